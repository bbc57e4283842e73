import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, percent, roundHalfUp } from '../../src/domain/figures.ts';

describe('roundHalfUp', () => {
  test.each([
    ['a half that binary stores too low', 1.005, 2, 1.01],
    ['another such half', 8.345, 2, 8.35],
    ['a half that binary stores exactly', 2.5, 0, 3],
    ['just under a half', 2.4999, 0, 2],
    ['a negative half goes away from zero', -2.5, 0, -3],
    ['a small negative becomes plain zero', -0.04, 1, 0],
    ['a very small number', 5e-7, 6, 0.000001],
    ['a very large number', 1e21, 2, 1e21],
    ['tens', 12_345, -1, 12_350],
    ['zero', 0, 1, 0],
  ])('%s: %d at %d decimals', (_title, value, decimals, expected) => {
    expect(roundHalfUp(value, decimals)).toBe(expected);
  });

  test('what is no finite number is a bug and throws', () => {
    expect(() => roundHalfUp(Number.NaN, 1)).toThrow(RangeError);
  });

  test('any half of a tenth goes up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (tenths) => {
        const half = Number(`${Math.floor(tenths / 10)}.${tenths % 10}5`);
        expect(roundHalfUp(half, 1)).toBe((tenths + 1) / 10);
      }),
    );
  });
});

describe('percent', () => {
  test.each([
    ['bodies that met a goal in R1', 160, 183, '87.4'],
    ['利用者 of 南区 against the FY25 target', 8232, 3500, '235.2'],
    ['白石 at seven months', 8382, 14_500, '57.8'],
    ['satisfied', 952, 1000, '95.2'],
    ['an exact half goes up', 1, 2000, '0.1'],
    ['a half that floating point loses', 1005, 100_000, '1.0'],
    ['a half above it', 1045, 100_000, '1.0'],
    ['an exact half of a tenth', 1050, 100_000, '1.1'],
    ['all', 7, 7, '100.0'],
    ['none', 0, 7, '0.0'],
    ['a decrease', -25, 1000, '▲2.5'],
    ['a decrease that rounds away keeps no sign', -1, 10_000, '0.0'],
    ['more than a thousand per cent', 123_456, 1000, '12,345.6'],
    ['no base', 5, 0, '－'],
    ['nothing of no base', 0, 0, '－'],
    ['no numerator', undefined, 7, ''],
    ['no comparator (南区 H24)', 8232, undefined, ''],
  ])('%s', (_title, numerator, denominator, expected) => {
    expect(percent(numerator, denominator)).toBe(expected);
  });

  test('refuses a part of a person', () => {
    expect(() => percent(1.5, 3)).toThrow(RangeError);
  });

  test('lies within half a tenth of the true ratio, and never below by as much', () => {
    const count = fc.integer({ min: 0, max: 9_999 });
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 9_999 }), (part, whole) => {
        const tenths = BigInt(percent(part, whole).replace(/[.,]/g, ''));
        const twiceError = 2n * (tenths * BigInt(whole) - 1000n * BigInt(part));
        expect(twiceError > -BigInt(whole) && twiceError <= BigInt(whole)).toBe(true);
      }),
    );
  });
});

describe('formatCount', () => {
  test.each([
    ['nought', 0, '0'],
    ['minus nought', -0, '0'],
    ['three digits', 999, '999'],
    ['four digits', 1234, '1,234'],
    ['consultations of R1', 941_981, '941,981'],
    ['millions', 1_234_567, '1,234,567'],
    ['a decrease', -1234, '▲1,234'],
    ['a small decrease', -5, '▲5'],
  ])('%s', (_title, count, expected) => {
    expect(formatCount(count)).toBe(expected);
  });

  test('refuses a fraction', () => {
    expect(() => formatCount(1.5)).toThrow(RangeError);
  });
});
