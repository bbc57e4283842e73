/** Pure logic of the counts screen: spans, how far back the tablet sees, figures of one counter, nameless events. */
import { addDays } from '../../src/domain/date.ts';
import { dayAfter, dayBefore, heldFrom, spanOf, type Span } from '../../src/app/logic/spans.ts';
import { describe, expect, test } from 'vitest';
import {
  eventRows,
  factsOf,
  figures,
  grouped,
  namesStaff,
  ownFacts,
  rateFigures,
} from '../../src/app/logic/count-view.ts';
import { csvFrom, officialFrom } from '../../src/app/logic/official-counts.ts';
import { readersFrom, readersSince } from '../../src/app/logic/readers.ts';
import { deviceCodeFrom, storesFrom } from '../../src/app/logic/stores.ts';
import type { OfficialCounts } from '../../src/server/counts.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const fact = (kind: string, id: string, facts: Values): Rec => ({
  kind,
  id,
  parts: { facts: { site: 's1', state: 'done', ...facts }, city: { citySeeker: '山田' } },
});

test.each([
  ['2025-11-20', '2025-01-01'],
  ['2026-02-10', '2025-07-01'],
  ['2025-08-31', '2025-01-01'],
  ['2025-06-30', '2024-07-01'],
])('on %s the tablet holds facts from %s', (today, from) => {
  expect(heldFrom(today)).toBe(from);
});

describe('periods', () => {
  const at = (span: Span, on: string, today = on) => spanOf(span, on, today);

  test('day, month, quarter and year of the fiscal year', () => {
    const told = (['day', 'month', 'quarter', 'year'] as const).map((span) => {
      const { label, period } = at(span, '2025-11-20');
      return [label, period.from, period.to];
    });
    expect(told).toEqual([
      ['11月20日(木)', '2025-11-20', '2025-11-20'],
      ['令和7年11月', '2025-11-01', '2025-11-30'],
      ['令和7年度 第3四半期（10〜12月）', '2025-10-01', '2025-12-31'],
      ['令和7年度', '2025-04-01', '2026-03-31'],
    ]);
  });

  test('a year of quarters, back to back', () => {
    const quarters = ['2025-04-01', '2025-09-30', '2025-10-01', '2026-03-31'];
    expect(quarters.map((on) => at('quarter', on).label)).toEqual([
      '令和7年度 第1四半期（4〜6月）',
      '令和7年度 第2四半期（7〜9月）',
      '令和7年度 第3四半期（10〜12月）',
      '令和7年度 第4四半期（1〜3月）',
    ]);
  });

  test('one step back meets the period before, one forward the next, none into what has not begun', () => {
    for (const span of ['day', 'month', 'quarter', 'year'] as const) {
      const now = at(span, '2026-03-01');
      const before = at(span, dayBefore(now), '2026-03-01');
      expect(addDays(before.period.to, 1)).toBe(now.period.from);
      expect(dayAfter(before, '2026-03-01')).toBe(now.period.from);
      expect(dayAfter(now, '2026-03-01')).toBeUndefined();
    }
  });

  test('in winter the year is not whole on the tablet, and says so; nor is an old month', () => {
    const today = '2026-02-10';
    expect(at('month', today).heldFrom).toBeUndefined();
    expect(at('year', today).heldFrom).toBe('2025-07-01');
    expect(at('month', '2025-06-20', today).heldFrom).toBe('2025-07-01');
  });
});

describe('figures', () => {
  const records = [
    fact('visit', 'v1', {
      date: '2025-11-20',
      arrivedAt: Date.parse('2025-11-20T01:05:00+09:00'),
      purposes: ['other'],
      visitKind: 'new',
      channel: 'inPerson',
    }),
    fact('visit', 'v2', {
      date: '2025-11-20',
      arrivedAt: Date.parse('2025-11-20T09:05:00+09:00'),
      purposes: ['seminar'],
      visitKind: 'returning',
      channel: 'inPerson',
    }),
    fact('visit', 'v3', { date: '2025-11-20', site: 's2', purposes: ['other'] }),
    fact('visit', 'v4', { date: '2025-11-20', state: 'voided', purposes: ['other'] }),
    fact('visit', 'v5', { date: '2025-11-19', purposes: ['other'] }),
  ];
  const found = figures(factsOf(records), 's1', { from: '2025-11-20', to: '2025-11-20' });
  const visits = found.find(({ metric }) => metric.name === 'visits');

  test('count this counter on this day, voided ones not', () => {
    expect(visits?.count).toEqual({ value: 2, unknown: 0 });
  });

  test('open down to events, newest first, with no name', () => {
    const rows = eventRows(visits?.events ?? []);
    expect(rows.map(({ time, text }) => [time, text])).toEqual([
      ['09:05', 'セミナー・面接会・再来'],
      ['01:05', 'その他・新規'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('山田');
  });
});

describe('groups', () => {
  const period = { from: '2025-11-01', to: '2025-11-30' };
  const facts = factsOf([
    fact('referral', 'r1', { date: '2025-11-20', state: 'issued', staff: 'me' }),
    fact('referral', 'r2', { date: '2025-11-20', state: 'issued', staff: 'other' }),
    fact('visit', 'v1', { date: '2025-11-20', channel: 'inPerson', purposes: ['other'] }),
    fact('placement', 'p1', { date: '2025-11-20', state: 'confirmed' }),
    fact('registration', 'a1', { date: '2025-11-20', registrationKind: 'new' }),
  ]);
  const valueOf = (all: ReturnType<typeof figures>, name: string) =>
    all.find(({ metric }) => metric.name === name)?.count.value;

  test('hold every figure and every rate once, in the order of the groups', () => {
    const all = figures(facts, 's1', period);
    const rates = rateFigures(facts, 's1', period);
    const groups = grouped<(typeof all)[number], (typeof rates)[number]>(
      all,
      rates,
      (item) => ('metric' in item ? item.metric.group : item.rate.group),
      ({ count }) => count.value === 0 && count.unknown === 0,
    );
    expect(groups.flatMap((group) => group.figures)).toHaveLength(all.length);
    expect(groups.flatMap((group) => group.rates)).toHaveLength(rates.length);
    expect(groups.map(({ label, isEmpty }) => [label, isEmpty]).slice(0, 4)).toEqual([
      ['利用', false],
      ['相談・引継ぎ', true],
      ['求職・紹介・就職', false],
      ['連携・チーム支援', true],
    ]);
    expect(rates.find(({ rate }) => rate.name === 'placementRate')?.ratio.text).toBe('100.0');
  });

  test('leave out what a tablet does not hold: answers, and jobs that are over', () => {
    const names = figures(facts, 's1', period).map(({ metric }) => metric.name);
    expect(names).toEqual(expect.arrayContaining(['visits', 'eventsHeld', 'welfarePlaced']));
    for (const name of ['surveyAnswers', 'gladYes', 'newOpenings'])
      expect(names).not.toContain(name);
    const rates = rateFigures(facts, 's1', period).map(({ rate }) => rate.name);
    expect(rates).toContain('linkRate');
    for (const name of ['satisfactionRate', 'fillRate']) expect(rates).not.toContain(name);
  });

  test('of one’s own: what names her, nothing of another, nothing that names nobody', () => {
    const mine = figures(ownFacts(facts, 'me'), 's1', period);
    expect([valueOf(mine, 'referrals'), valueOf(mine, 'visits')]).toEqual([1, 0]);
    expect([namesStaff('referral'), namesStaff('consultation'), namesStaff('visit')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('answers of the server', () => {
  /** Typed by the server itself, so that the two cannot drift apart unseen. */
  const answer: OfficialCounts = {
    site: 's1',
    period: { from: '2025-11-20', to: '2025-11-20' },
    asOf: 5,
    provisional: true,
    days: [
      {
        date: '2025-11-19',
        state: 'closed',
        closedAt: 3,
        missing: 1,
        reopenReason: null,
      },
    ],
    adjustments: [
      {
        date: '2025-11-19',
        kind: 'visit',
        what: 'added',
        adds: ['visits'],
        takes: [],
        receivedAt: 9,
        enteredAt: 2,
        skew: 0,
      },
    ],
    rows: [
      {
        metric: 'visits',
        version: 1,
        label: '利用者数（延べ）',
        group: 'use',
        unit: '人',
        basis: '',
        note: '',
        value: 80,
        unknown: 0,
        late: 1,
        breakdowns: [
          {
            name: 'byPurpose',
            label: '用件別',
            cells: [
              { code: 'other', value: 12, isSuppressed: false },
              { code: 'welfare', isSuppressed: true },
            ],
          },
        ],
      },
    ],
    rates: [
      {
        rate: 'placementRate',
        version: 1,
        label: '就職率',
        group: 'jobs',
        basis: '',
        note: 'n',
        numerator: 0,
        denominator: 0,
        text: '－',
      },
    ],
    completeness: {
      quarantined: 2,
      tablets: [
        { device: 'd', name: '白石1', receivedAt: null, heardAt: null },
        { device: 'e', name: '白石2', receivedAt: 4, heardAt: 6 },
      ],
    },
  };

  test('official counts with what is missing; a hidden cell has no number', () => {
    const official = officialFrom({
      ...answer,
      rows: [...answer.rows, { metric: 'broken' }, { ...answer.rows[0], group: 'unheard' }],
      rates: [...answer.rates, { rate: 'broken', group: 'jobs' }],
    });
    expect(official?.rates).toEqual([
      {
        rate: 'placementRate',
        label: '就職率',
        group: 'jobs',
        note: 'n',
        text: '－',
        numerator: 0,
        denominator: 0,
      },
    ]);
    expect(official).toMatchObject({ asOf: 5, quarantined: 2, provisional: true });
    expect(official?.rows.map(({ metric }) => metric)).toEqual(['visits']);
    expect(official?.rows[0]?.breakdowns[0]?.cells).toEqual([
      { code: 'other', value: 12 },
      { code: 'welfare', value: undefined },
    ]);
    expect(official?.tablets).toEqual([
      { name: '白石1', receivedAt: undefined, heardAt: undefined },
      { name: '白石2', receivedAt: 4, heardAt: 6 },
    ]);
    expect(official?.rows[0]).toMatchObject({ value: 80, late: 1 });
    expect(official?.days).toEqual([
      {
        date: '2025-11-19',
        isClosed: true,
        closedAt: 3,
        missing: 1,
        reopenReason: undefined,
      },
    ]);
    expect(official?.adjustments).toMatchObject([
      { what: 'added', kind: 'visit', enteredAt: 2, receivedAt: 9 },
    ]);
  });

  test.each([undefined, null, 'x', {}, { counts: [] }])('%j is no official count', (other) => {
    expect(officialFrom(other)).toBeUndefined();
  });

  test.each<[unknown, string | undefined]>([
    ['\uFEFFa', '\uFEFFa'],
    [{ csv: 'a' }, 'a'],
    ['', undefined],
    [{}, undefined],
  ])('CSV in %j', (value, csv) => {
    expect(csvFrom(value)).toBe(csv);
  });

  test('stores with their tablet’s name and the later of their times', () => {
    const stores = storesFrom({
      devices: [{ device: 'd', name: '白石1' }],
      stores: [
        {
          store: 'a',
          device: 'd',
          userName: '山本',
          state: 'open',
          madeAt: 1,
          pushedAt: 3,
          pulledAt: 9,
          mayRevoke: true,
        },
        {
          store: 'b',
          device: 'x',
          state: 'revoked',
          pushedAt: null,
          pulledAt: null,
          mayRevoke: false,
        },
        { device: 'd' },
      ],
    });
    expect(stores).toEqual([
      {
        id: 'a',
        deviceName: '白石1',
        userName: '山本',
        madeAt: 1,
        isCounter: false,
        lastSyncAt: 9,
        isRevoked: false,
        mayRevoke: true,
      },
      {
        id: 'b',
        deviceName: '（名前のない端末）',
        userName: '受付（ロック画面で数える来所）',
        madeAt: undefined,
        isCounter: true,
        lastSyncAt: undefined,
        isRevoked: true,
        mayRevoke: false,
      },
    ]);
  });

  test('who read, what they did, when', () => {
    const readers = readersFrom({
      readers: [{ user: 'u', action: 'print', occurredAt: 7 }, { user: 'v' }],
    });
    expect(readers).toEqual([{ user: 'u', did: '印刷した', at: 7 }]);
    const later = { user: 'v', did: '見た', at: 9 };
    expect(readersSince([...readers, later, later], 8)).toEqual([later]);
    expect(readersSince([...readers, later], undefined)).toEqual([later, ...readers]);
    expect(deviceCodeFrom({ code: '12345678', expiresAt: 9 })).toEqual({
      code: '12345678',
      expiresAt: 9,
    });
    expect(deviceCodeFrom({})).toBeUndefined();
  });
});
