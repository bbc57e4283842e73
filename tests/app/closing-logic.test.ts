/** 締め on the screen: which tablets are missing for a day, which days are offered, how late changes are said. */
import { describe, expect, test } from 'vitest';
import {
  dayRows,
  heardWords,
  lateSummary,
  missingTablets,
  skewWords,
} from '../../src/app/logic/closing.ts';
import type { LateChange, LateKind } from '../../src/app/logic/official-counts.ts';

const today = '2026-11-20';
const at = (time: string) => Date.parse(`${time}+09:00`);
const tablet = (name: string, heardAt: number | undefined) => ({
  name,
  receivedAt: heardAt,
  heardAt,
});
const late = (date: string, what: LateKind): LateChange => ({
  date,
  kind: 'visit',
  what,
  receivedAt: 2,
  enteredAt: 1,
  skew: 0,
});

describe('a tablet that has not reported', () => {
  const now = at('2026-11-20T17:30:00');
  const names = (date: string, heardAt: number | undefined) =>
    missingTablets([tablet('A', heardAt)], date, today, now).map(({ name }) => name);

  test.each([
    ['today, heard just now', today, '2026-11-20T17:20:00', []],
    ['today, silent since noon', today, '2026-11-20T12:00:00', ['A']],
    ['yesterday, heard this morning', '2026-11-19', '2026-11-20T08:31:00', []],
    ['yesterday, silent since yesterday evening', '2026-11-19', '2026-11-19T17:59:00', ['A']],
    ['yesterday, heard as the day ended', '2026-11-19', '2026-11-20T00:00:00', []],
  ])('%s', (_title, date, heard, expected) => {
    expect(names(date, at(heard))).toEqual(expected);
  });

  test('one that was never heard is missing', () => {
    expect(names('2026-11-01', undefined)).toEqual(['A']);
  });
});

test.each([
  [0, true, 'すべての端末とつながりましたが、'],
  [0, false, 'すべての端末とつながりましたが、'],
  [2, true, '2台の端末と、この15分のあいだつながっていないため、'],
  [1, false, '1台の端末と、その日が終わってからつながっていないため、'],
])('%i missing, today %s: heard is never called complete', (missing, isToday, words) => {
  expect(heardWords(missing, isToday)).toBe(`${words}まだ届いていない記録があるかもしれません。`);
});

describe('days', () => {
  const closed = {
    date: '2026-04-03',
    isClosed: true,
    closedAt: 1,
    missing: 0,
    reopenReason: undefined,
  };

  test('newest first, none to come, each with what came late', () => {
    const rows = dayRows(
      { days: [], adjustments: [late('2026-11-19', 'added')] },
      { from: '2026-11-18', to: '2026-11-30' },
      today,
    );
    expect(rows.map(({ date, late: found }) => [date, found.length])).toEqual([
      ['2026-11-20', 0],
      ['2026-11-19', 1],
      ['2026-11-18', 0],
    ]);
  });

  test('of a year a month is offered, and every day that was closed', () => {
    const rows = dayRows(
      { days: [closed], adjustments: [] },
      { from: '2026-04-01', to: '2027-03-31' },
      today,
    );
    expect(rows).toHaveLength(32);
    expect(rows.at(-1)).toMatchObject({ date: '2026-04-03', isClosed: true });
  });
});

test('late changes are said by what happened', () => {
  const all = (['removed', 'added', 'added', 'joined'] as const).map((what) => late(today, what));
  expect(lateSummary(all)).toBe('締め後の追加 2件・取消 1件・人の照合 1件');
  expect(lateSummary([])).toBe('');
});

test('a clock that was off is said from two minutes on', () => {
  expect([60_000, 600_000, -600_000].map(skewWords)).toEqual([
    '',
    '時計が10分進んでいました',
    '時計が10分遅れていました',
  ]);
});
