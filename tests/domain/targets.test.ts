/** Targets of every type that the plans print: read from facts, judged, printed, paced, with what is inside or beside them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import hokkaido from '../../seeds/hokkaido-r6.json' with { type: 'json' };
import kitakyushu from '../../seeds/kitakyushu-r6.json' with { type: 'json' };
import { codesOf } from '../../src/domain/codes.ts';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import { rates } from '../../src/domain/metrics/rates.ts';
import {
  amountText,
  besides,
  hundredthsOf,
  isPercent,
  isReached,
  overallOf,
  paceOf,
  percentText,
  resultOf,
  shortYear,
  targetOf,
  threshold,
  valueText,
} from '../../src/domain/metrics/targets.ts';
import type { Values } from '../../src/domain/value.ts';

const of = (values: Values) => targetOf({ fiscalYear: 2024, targetType: 'absolute', ...values });
const plans: readonly (Values & { readonly id: string })[] = [...kitakyushu.rows, ...hokkaido.rows];
const planned = (id: string) => targetOf(plans.find((row) => row.id === id) ?? {});

describe('percentages', () => {
  test.each([
    ['98.8', 9880, '98.8'],
    ['2.58', 258, '2.58'],
    ['95', 9500, '95.0'],
    ['100.0', 10_000, '100.0'],
    ['９５．９', 9590, '95.9'],
    ['0.05', 5, '0.05'],
  ])('%s is %d hundredths, printed %s', (typed, hundredths, printed) => {
    expect(hundredthsOf(typed)).toBe(hundredths);
    expect(percentText(hundredths)).toBe(printed);
  });

  test.each(['', '98.', '.5', '98.888', '九十', '-1', '1,000.0', '1e2'])('%j is none', (typed) => {
    expect(isPercent(typed)).toBe(false);
    expect(hundredthsOf(typed)).toBeUndefined();
  });

  test('what is printed reads back', () => {
    fc.assert(
      fc.property(fc.nat(99_999), (hundredths) => {
        expect(hundredthsOf(percentText(hundredths))).toBe(hundredths);
      }),
    );
  });
});

describe('as printed', () => {
  test.each([
    ['js-users', '7,300人'],
    ['school', '前年度実績以上（98.8％）'],
    ['seniors', '前年度実績以上（6,358人）'],
    ['mothers-rate', '95.9％'],
    ['ice-age', '2年間で1,500人'],
    ['graduates', '前年度実績以上'],
    ['women-30', '76.7％（R5）→77.4％（R6）'],
    ['commissioned', '71.9％（H30）→77.0％（R7）'],
    ['legal-rate', '2.58％（R5）→法定雇用率以上（R6）'],
    ['ui-turn', '37人（R4）→150人（R6）'],
    ['productivity', '1,118万円（H29）→1,325万円（R6）'],
  ])('%s: %s', (id, words) => {
    expect(valueText(planned(id))).toBe(words);
  });

  test('years are named as fiscal years are', () => {
    expect([2018, 2019, 1989, 2024].map(shortYear)).toEqual(['H30', 'R1', 'H1', 'R6']);
  });
});

describe('reached or not', () => {
  test.each([
    ['a number: just on it is reached', { value: 100 }, 100, 'met'],
    ['one less is not', { value: 100 }, 99, 'missed'],
    ['at least last year’s', { targetType: 'atLeastPrevious', previous: 6358 }, 6357, 'missed'],
    [
      'last year’s result goes before what was printed of it',
      { targetType: 'atLeastPrevious', value: 10, previous: 20 },
      15,
      'missed',
    ],
    ['last year’s as printed', { targetType: 'atLeastPrevious', value: 10 }, 10, 'met'],
    ['last year’s is not known', { targetType: 'atLeastPrevious' }, 10, undefined],
    [
      'a legal rate once it is known',
      { targetType: 'legalRate', unit: 'percent', rate: '2.5' },
      258,
      'met',
    ],
    [
      'a legal rate that nobody entered',
      { targetType: 'legalRate', unit: 'percent', baselineRate: '2.58' },
      258,
      undefined,
    ],
    ['up from a baseline', { targetType: 'goal', baseline: 37, value: 150 }, 149, 'missed'],
    ['down from a baseline', { targetType: 'goal', baseline: 1954, value: 1931 }, 1930, 'met'],
    ['not far enough down', { targetType: 'goal', baseline: 1954, value: 1931 }, 1940, 'missed'],
    [
      'a hundredth short, which one decimal would hide',
      { unit: 'percent', rate: '95.9' },
      9589,
      'missed',
    ],
    ['no result yet', { value: 1 }, undefined, undefined],
  ] as const)('%s', (_title, values, actual, result) => {
    expect(resultOf(of(values), actual)).toBe(result);
  });

  test('a result of 0 is a result, a target without a number none', () => {
    expect(resultOf(of({ value: 0 }), 0)).toBe('met');
    expect(threshold(of({}))).toBeUndefined();
    expect(of({ unit: 'percent', value: 5 }).value).toBeUndefined();
  });
});

describe('全達成・一部達成・未達成', () => {
  test.each([
    [['met', 'met'], 'all', true],
    [['met', 'missed'], 'part', true],
    [['missed', 'missed'], 'none', false],
    [['met', undefined], undefined, false],
    [['met', 'missed', undefined], 'part', true],
    [['missed', undefined], undefined, false],
    [[], undefined, false],
  ] as const)('%j is %s; counted among the reached: %s', (results, overall, reached) => {
    expect(overallOf(results)).toBe(overall);
    expect(isReached(overall)).toBe(reached);
  });
});

describe('pace', () => {
  const year = { fromYear: 2024, untilYear: 2024, isPercent: false };

  test('is the elapsed months of twelve, of twenty-four for two years', () => {
    expect([paceOf(year, 1200, 700, 7), paceOf(year, 1200, 699, 7)]).toEqual(['ahead', 'behind']);
    const two = { ...year, untilYear: 2025 };
    expect([paceOf(two, 1500, 438, 7), paceOf(two, 1500, 437, 7)]).toEqual(['ahead', 'behind']);
    expect(paceOf(two, 1500, 1500, 30)).toBe('ahead');
  });

  test('a percentage has none', () => {
    expect(paceOf({ ...year, isPercent: true }, 9590, 9600, 7)).toBeUndefined();
  });
});

test('内数 is inside, 外数 on top; 60社の「うち」360社 stays what it is', () => {
  expect(besides('included', 7300, 5580)).toEqual({ rest: 1720, total: 7300 });
  expect(besides('beside', 4261, 1200)).toEqual({ rest: 4261, total: 5461 });
  expect(besides('included', 60, 360)).toEqual({ rest: -300, total: 60 });
  expect(besides('included', undefined, 1)).toBeUndefined();
});

test('a target set for a rate of the app is of per cent without being told', () => {
  expect(of({ metric: 'placementRate', rate: '37.1' })).toMatchObject({
    isPercent: true,
    value: 3710,
  });
  expect(of({ metric: 'placements', value: 5 })).toMatchObject({ isPercent: false, unit: '件' });
});

test('an amount carries its unit; without one it stands alone', () => {
  expect(amountText(of({ unit: 'items' }), 1_500)).toBe('1,500件');
  expect(amountText(of({}), 1_500)).toBe('1,500');
});

test('what a target may be set for is a count or a rate of the app, or is entered by hand', () => {
  const known = codesOf('targetMetric')
    .map(({ code }) => code)
    .filter((code) => code !== 'other' && !metricNamed(code));
  expect(known.filter((code) => !rates.some(({ name }) => name === code))).toEqual([]);
});
