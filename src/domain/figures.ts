/**
 * Figures as the reports print them: rounding half up on the decimal a person sees, percentages with
 * one decimal, ▲ for a minus, 「－」 for a rate without a base, blank for a missing comparator.
 * Percentages are worked out from whole numbers, never from an already rounded ratio, and are
 * never adjusted to total 100. Refuses (throws on) what is not a whole number, as counts are.
 */
const NO_BASE = '－';
const MINUS = '▲';

/** Half rounds away from zero (四捨五入): 1.005 → 1.01 and -2.5 → -3. */
export function roundHalfUp(value: number, decimals: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  const rounded = shiftPoint(Math.round(shiftPoint(Math.abs(value), decimals)), -decimals);
  return value < 0 && rounded !== 0 ? -rounded : rounded;
}

// The point moves in the decimal text, because 1.005 * 100 is 100.49999999999999.
function shiftPoint(value: number, places: number): number {
  const [digits = '', exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

/** One decimal, half up, without the % sign; a missing number on either side prints blank. */
export function percent(numerator: number | undefined, denominator: number | undefined): string {
  if (numerator === undefined || denominator === undefined) return '';
  if (denominator === 0) return NO_BASE;
  const [part, whole] = [BigInt(numerator), BigInt(denominator)];
  const tenths = (absolute(part) * 2000n + absolute(whole)) / (absolute(whole) * 2n);
  const sign = part < 0n !== whole < 0n && tenths > 0n ? MINUS : '';
  return `${sign}${groupThousands(tenths / 10n)}.${tenths % 10n}`;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

export function formatCount(count: number): string {
  const value = BigInt(count);
  return `${value < 0n ? MINUS : ''}${groupThousands(absolute(value))}`;
}

function groupThousands(value: bigint): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
