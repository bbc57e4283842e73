/** Targets as rows: what the tablet may count itself, what was entered, when something may be called missed. */
import { describe, expect, test } from 'vitest';
import kitakyushu from '../../seeds/kitakyushu-r6.json' with { type: 'json' };
import {
  elapsedMonths,
  overallWord,
  planSources,
  targetGroups,
  targetRows,
  type Counting,
} from '../../src/app/logic/target-view.ts';
import type { Fact } from '../../src/domain/metrics/metric.ts';
import type { Values } from '../../src/domain/value.ts';

const facts: Values = {
  state: 'active',
  site: 's1',
  fiscalYear: 2025,
  metric: 'placements',
  targetType: 'absolute',
  unit: 'items',
  value: 12,
};
const placement = (id: string, date: string): Fact => ({
  kind: 'placement',
  id,
  values: { site: 's1', date, state: 'confirmed' },
});
const counting: Counting = {
  today: '2025-11-20',
  site: 's1',
  facts: [placement('p1', '2025-04-01'), placement('p2', '2025-11-20')],
};
const one = (values: Values, given: Counting | undefined = counting) =>
  targetRows([{ id: 't', facts: { ...facts, ...values } }], given)[0];

describe('a result', () => {
  test('is the tablet’s own count of its own counter, as 速報, where it holds the whole year', () => {
    expect(one({})).toMatchObject({ actual: '2件', isProvisional: true, rate: '16.7' });
    expect(one({ site: 's2' })?.actual).toBe('');
    expect(one({ site: 's2' }, { ...counting, site: 's1' })?.isProvisional).toBe(false);
    expect(one({}, { ...counting, today: '2026-02-10' })?.actual).toBe('');
    expect(one({ fiscalYear: 2024 })?.actual).toBe('');
    expect(one({ metric: 'other' })?.actual).toBe('');
  });

  test('of a rate is worked out like the rate; what a tablet does not hold is not counted', () => {
    const facts = [
      ...counting.facts,
      ...['a', 'b', 'c'].map((id): Fact => {
        const values = { site: 's1', date: '2025-05-01', registrationKind: 'new', state: 'active' };
        return { kind: 'registration', id, values };
      }),
    ];
    const given = { ...counting, facts };
    const rate = { metric: 'placementRate', rate: '60.0', unit: 'percent' };
    expect(one(rate, given)).toMatchObject({ actual: '66.67％', isProvisional: true, rate: '' });
    expect(one(rate)?.actual).toBe('');
    expect(one({ metric: 'newOpenings', unit: 'persons' })?.actual).toBe('');
    expect(one({ metric: 'satisfactionRate', rate: '95.0', unit: 'percent' })?.actual).toBe('');
  });

  test('that was entered goes before it', () => {
    const row = one({ actual: 9, actualOn: '2025-10-31' });
    expect(row).toMatchObject({ actual: '9件', isProvisional: false, pace: 'ahead' });
    expect(one({ actual: 6, actualOn: '2025-10-31' })?.pace).toBe('behind');
  });

  test('is called missed only when the years are over, reached at once where it cannot fall again', () => {
    expect(one({ actual: 11, actualOn: '2026-02-28' })?.result).toBeUndefined();
    expect(one({ actual: 11, actualOn: '2026-03-31' })?.result).toBe('missed');
    expect(one({ actual: 12, actualOn: '2025-06-30' })?.result).toBe('met');
    const rate = { unit: 'percent', rate: '95.9', actualRate: '96.0' };
    expect(one({ ...rate, actualOn: '2025-06-30' })?.result).toBeUndefined();
    expect(one({ ...rate, actualOn: '2026-03-31' })).toMatchObject({ result: 'met', rate: '' });
    expect(one({ untilYear: 2026, actual: 11, actualOn: '2026-03-31' })?.result).toBeUndefined();
  });
});

test('whole months of the year so far', () => {
  const months = [
    '2025-04-01',
    '2025-04-30',
    '2025-10-30',
    '2025-10-31',
    '2026-03-31',
    '2025-03-01',
  ];
  expect(months.map((day) => elapsedMonths(2025, day))).toEqual([0, 1, 6, 7, 12, 0]);
});

test('内数 and 外数 stand under their target; a voided one is gone; nobody’s child is lost', () => {
  const rows = targetRows(planSources(kitakyushu.rows));
  expect(rows).toHaveLength(kitakyushu.rows.length);
  expect(rows.slice(0, 2).map(({ id, sub }) => [id, sub])).toEqual([
    ['js-users', undefined],
    ['js-users-wp', 'included'],
  ]);
  const orphan = { id: 'b', facts: { ...facts, parent: 'a', subTarget: 'included' } };
  const voided = { id: 'a', facts: { ...facts, state: 'voided' } };
  expect(targetRows([voided, orphan]).map(({ id }) => id)).toEqual(['b']);
});

test('by year, newest first, the area, the own counter and the others, with 全達成・一部達成・未達成 where it is settled', () => {
  const done = { actualOn: '2026-03-31' };
  const { site: _, ...area } = facts;
  const rows = targetRows([
    { id: 'a', facts: { ...facts, ...done, actual: 12 } },
    { id: 'b', facts: { ...facts, ...done, metric: 'visits', actual: 11 } },
    { id: 'c', facts: { ...facts, fiscalYear: 2026, site: 's1' } },
    { id: 'd', facts: { ...facts, fiscalYear: 2026, site: 's2' } },
    { id: 'e', facts: { ...area, fiscalYear: 2026 } },
  ]);
  expect(
    targetGroups(rows, 's2').map(({ fiscalYear, site, overall }) => [fiscalYear, site, overall]),
  ).toEqual([
    [2026, undefined, undefined],
    [2026, 's2', undefined],
    [2026, 's1', undefined],
    [2025, 's1', '一部達成'],
  ]);
  expect(overallWord(rows.filter(({ id }) => id === 'a'))).toBe('全達成');
  expect(overallWord(rows.filter(({ id }) => id === 'b'))).toBe('未達成');
});
