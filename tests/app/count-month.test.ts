/** A whole month: what it is, which days nobody closed, which reason stands to reason, which figures are compared. */
import { expect, test } from 'vitest';
import { comparedFigures, monthOfPeriod, openDays } from '../../src/app/logic/count-month.ts';
import type { OfficialRow } from '../../src/app/logic/official-counts.ts';
import { reconciliationId } from '../../src/domain/kinds/reconciliation.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const at = { site: 's-1', today: '2026-11-21' };
const record = (kind: string, id: string, facts: Values): Rec => ({ kind, id, parts: { facts } });
const visit = (date: string, more: Values = {}) =>
  record('visit', date, { site: 's-1', date, state: 'arrived', ...more });

test('a month is from its first day to its last', () => {
  expect(monthOfPeriod({ from: '2026-02-01', to: '2026-02-28' })).toBe('2026-02');
  expect(monthOfPeriod({ from: '2026-02-01', to: '2026-03-31' })).toBeUndefined();
  expect(monthOfPeriod({ from: '2026-02-02', to: '2026-02-28' })).toBeUndefined();
});

test('only a weekend without a visit is taken for a day on which nobody was there', () => {
  const closed = { date: '2026-10-05', isClosed: true, closedAt: 0, missing: 0 };
  const opened = { ...closed, date: '2026-10-06', isClosed: false };
  const closings = [closed, opened].map((one) => ({ ...one, reopenReason: undefined }));
  const visits = [
    visit('2026-10-03'),
    visit('2026-10-10', { state: 'voided' }),
    visit('2026-10-17', { site: 's-2' }),
  ];
  const days = openDays('2026-10', closings, visits, at);
  const usual = (date: string) => days.find((day) => day.date === date)?.usual;
  expect(days.map(({ date }) => date)).not.toContain('2026-10-05');
  expect(days).toHaveLength(30);
  expect(days.find(({ date }) => date === '2026-10-03')).toMatchObject({ visits: 1 });
  expect(['03', '04', '06', '10', '17'].map((day) => usual(`2026-10-${day}`))).toEqual([
    undefined,
    'closedDay',
    undefined,
    'closedDay',
    'closedDay',
  ]);
});

test('of a month that the tablet does not hold nothing is guessed', () => {
  expect(openDays('2025-10', [], [], at).filter(({ usual }) => usual)).toEqual([]);
});

test('the usual figures, those compared already and those chosen; a voided one stands back again', () => {
  const row = (metric: string): OfficialRow => ({
    metric,
    label: metric,
    group: 'jobs',
    note: '',
    unit: '件',
    value: 3,
    unknown: 0,
    late: 0,
    breakdowns: [],
  });
  const rows = ['placements', 'guidances', 'visits', 'persons', 'attendances'].map(row);
  const month = '2026-10';
  const compared = (metric: string, state: string) =>
    record('reconciliation', reconciliationId('s-1', month, metric), { state });
  const records = [compared('guidances', 'recorded'), compared('visits', 'voided')];
  const found = comparedFigures(rows, records, { site: 's-1', month }, ['persons']);
  expect(found.shown.map(({ metric }) => metric).toSorted()).toEqual([
    'guidances',
    'persons',
    'placements',
  ]);
  expect(found.others.map(({ metric }) => metric)).toEqual(['visits']);
});
