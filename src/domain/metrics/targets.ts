/**
 * Targets of every type that the plans print, set against a result: reached or not, how it is printed, the pace, what is left
 * of a target beside its 内数 or with its 外数. Percentages are hundredths as whole numbers (98.8 % is 9880), so that
 * nothing is compared after rounding. A target whose comparator is not known is not judged; it is never taken as missed.
 * Sources: plans of 北海道 and 北九州市 for R6; 厚生労働省's 全達成・一部達成・未達成 of R1.
 */
import { codeLabel } from '../codes.ts';
import { formatCount } from '../figures.ts';
import { metricNamed } from './index.ts';
import { rates } from './rates.ts';
import { eraOf } from '../wareki.ts';
import { integer, text, type Values } from '../value.ts';

export type TargetType = 'absolute' | 'atLeastPrevious' | 'goal' | 'legalRate';

export interface Target {
  readonly type: TargetType;
  readonly unit: string;
  /** The numbers below are hundredths of a per cent. */
  readonly isPercent: boolean;
  readonly fromYear: number;
  readonly untilYear: number;
  readonly value: number | undefined;
  readonly baseline: number | undefined;
  readonly baselineYear: number | undefined;
  readonly previous: number | undefined;
  /** Entered by hand. */
  readonly actual: number | undefined;
}

const percentPattern = /^\d{1,3}(?:\.\d{1,2})?$/;
const plain = (typed: string) => typed.normalize('NFKC').trim();

export function isPercent(typed: string): boolean {
  return percentPattern.test(plain(typed));
}

/** 98.8 → 9880; by the digits, never through a fraction. */
export function hundredthsOf(typed: string): number | undefined {
  if (!isPercent(typed)) return undefined;
  const [units = '', decimals = ''] = plain(typed).split('.');
  return Number(units + decimals.padEnd(2, '0'));
}

/** At least one decimal; two where the plan prints two (2.58). */
export function percentText(hundredths: number): string {
  const [units, decimals] = [
    Math.trunc(hundredths / 100),
    String(hundredths % 100).padStart(2, '0'),
  ];
  return `${formatCount(units)}.${decimals.endsWith('0') ? decimals[0] : decimals}`;
}

const types: readonly TargetType[] = ['absolute', 'atLeastPrevious', 'goal', 'legalRate'];

/** By its unit, or, where none is named, because what it is set for is a rate of the app. */
export function isOfPercent({ unit, metric }: Values): boolean {
  return unit === undefined ? rates.some(({ name }) => name === metric) : unit === 'percent';
}

export function targetOf(facts: Values): Target {
  const unit = text(facts['unit']);
  const ofPercent = isOfPercent(facts);
  const number = (count: string, rate: string) =>
    ofPercent ? hundredthsOf(text(facts[rate]) ?? '') : integer(facts[count]);
  const fromYear = integer(facts['fiscalYear']) ?? 0;
  return {
    type: types.find((one) => one === facts['targetType']) ?? 'absolute',
    // A target that names no unit has that of the count it is set for.
    unit: unit
      ? codeLabel('targetUnit', unit)
      : (metricNamed(text(facts['metric']) ?? '')?.unit ?? ''),
    isPercent: ofPercent,
    fromYear,
    untilYear: integer(facts['untilYear']) ?? fromYear,
    value: number('value', 'rate'),
    baseline: number('baseline', 'baselineRate'),
    baselineYear: integer(facts['baselineYear']),
    previous: number('previous', 'previousRate'),
    actual: number('actual', 'actualRate'),
  };
}

/** What must be reached; not known where the plan leaves it to a number that is not there yet. */
export function threshold({ type, value, previous }: Target): number | undefined {
  return type === 'atLeastPrevious' ? (previous ?? value) : value;
}

export type Result = 'met' | 'missed';

export function resultOf(target: Target, actual: number | undefined): Result | undefined {
  const wanted = threshold(target);
  if (wanted === undefined || actual === undefined) return undefined;
  const isReached = isFall(target) ? actual <= wanted : actual >= wanted;
  return isReached ? 'met' : 'missed';
}

/** A goal below its baseline is one to come down to (年間総労働時間 1,954時間→1,931時間). */
export function isFall({ type, baseline, value }: Target): boolean {
  return type === 'goal' && baseline !== undefined && value !== undefined && value < baseline;
}

export const overallWords = { all: '全達成', part: '一部達成', none: '未達成' } as const;
export type Overall = keyof typeof overallWords;

/** Of a body's targets taken together; not judged as long as one that is open could still change it. */
export function overallOf(results: readonly (Result | undefined)[]): Overall | undefined {
  const has = (one: Result | undefined) => results.includes(one);
  if (has('met') && has('missed')) return 'part';
  if (results.length === 0 || has(undefined)) return undefined;
  return has('met') ? 'all' : 'none';
}

/** 「事業目標を達成した団体」: 一部達成 is among them. */
export const isReached = (overall: Overall | undefined) => overall === 'all' || overall === 'part';

/** Elapsed months of the target's years, at most all of them. */
export function paceOf(
  target: Pick<Target, 'fromYear' | 'untilYear' | 'isPercent'>,
  wanted: number | undefined,
  actual: number | undefined,
  elapsedMonths: number,
): 'ahead' | 'behind' | undefined {
  if (wanted === undefined || actual === undefined || target.isPercent) return undefined;
  const months = (target.untilYear - target.fromYear + 1) * 12;
  // Multiplied out: an expected figure is rounded for people and must not decide.
  return actual * months >= wanted * Math.min(elapsedMonths, months) ? 'ahead' : 'behind';
}

/** 内数 is inside its target, 外数 comes on top of it. Nothing where either is not known. */
export function besides(
  mode: 'included' | 'beside',
  whole: number | undefined,
  sub: number | undefined,
): { readonly rest: number; readonly total: number } | undefined {
  if (whole === undefined || sub === undefined) return undefined;
  return mode === 'included'
    ? { rest: whole - sub, total: whole }
    : { rest: whole, total: whole + sub };
}

/** R6, H30: the era of the year's May 1, as fiscal years are called. */
export function shortYear(fiscalYear: number): string {
  const era = eraOf(`${fiscalYear}-05-01`);
  return era === undefined ? String(fiscalYear) : `${era.letter}${era.year}`;
}

export function amountText({ isPercent: ofPercent, unit }: Target, amount: number): string {
  return ofPercent ? `${percentText(amount)}％` : `${formatCount(amount)}${unit}`;
}

const atLeast: Readonly<Partial<Record<TargetType, string>>> = {
  atLeastPrevious: '前年度実績以上',
  legalRate: '法定雇用率以上',
};

/** As the plans print it: 76.7％（R5）→77.4％（R6）; 前年度実績以上; 2年間で1,500件. */
export function valueText(target: Target): string {
  const { type, value, baseline, baselineYear, fromYear, untilYear } = target;
  const amount = value === undefined ? '' : amountText(target, value);
  const years = untilYear - fromYear + 1;
  const words = atLeast[type] ?? '';
  const goal = `${words || amount}${words && amount ? `（${amount}）` : ''}`;
  if (baseline !== undefined)
    return `${amountText(target, baseline)}（${shortYear(baselineYear ?? fromYear)}）→${goal}（${shortYear(untilYear)}）`;
  return years > 1 ? `${years}年間で${goal}` : goal;
}
