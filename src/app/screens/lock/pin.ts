/** The written form of a PIN: six to eight digits, full width taken as half width; easily guessed ones are refused. */
import { digitsOnly } from '../../../domain/names.ts';
import type { Problem } from '../../../domain/problem.ts';

export const mostDigits = 8;

export function isPin(pin: string): boolean {
  return /^\d{6,8}$/.test(pin);
}

export function pinDigits(typed: string): string {
  return digitsOnly(typed.normalize('NFKC')).slice(0, mostDigits);
}

export function appendDigit(pin: string, digit: string): string {
  return (pin + digit).slice(0, mostDigits);
}

/** Why a new PIN will not do; undefined when it will. */
export function weakness(pin: string): string | undefined {
  if (!isPin(pin)) return '6けたから8けたの数字で決めてください。';
  if (new Set(pin).size === 1) return '同じ数字だけの暗証番号は使えません。';
  const steps = new Set(
    Array.from(pin)
      .slice(1)
      .map((digit, index) => Number(digit) - Number(pin[index])),
  );
  const isRun = steps.size === 1 && (steps.has(1) || steps.has(-1));
  return isRun ? '続いた数字の暗証番号は使えません。' : undefined;
}

export function needsPassword(problem: Problem): boolean {
  return ['pinBlocked', 'leaseExpired', 'storageLost'].includes(problem.code);
}
