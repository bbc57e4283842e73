/** Closed figures and what comes after: over generated days, whatever the order and however often things arrive. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjustmentsOf, countedOn, officialFacts } from '../../src/domain/metrics/closing.ts';
import { countedKinds, metrics } from '../../src/domain/metrics/index.ts';
import { factsAt, type Fact } from '../../src/domain/metrics/metric.ts';
import { anyPeriod, anyValues } from '../support/any-fact.ts';

const site = 's-1';
const days = ['2026-11-02', '2026-11-03', '2026-11-04'] as const;
const month = { from: '2026-11-01', to: '2026-11-30' };
const on = (date: string) => ({ from: date, to: date });

const day = fc.constantFrom(...days);
const anyone = fc.option(fc.constantFrom('p1', 'p2', 'p3'), { nil: undefined });
const withKey = (values: Record<string, unknown>, personKey: string | undefined) =>
  (personKey === undefined ? values : { ...values, personKey }) as Fact['values'];

const visit = fc.record({ date: day, key: anyone, isVoided: fc.boolean() }).map((one) => ({
  kind: 'visit',
  values: withKey(
    {
      site,
      date: one.date,
      state: one.isVoided ? 'voided' : 'done',
      channel: 'inPerson',
      purposes: ['seminar'],
    },
    one.key,
  ),
}));
const handoff = fc
  .record({ sent: day, accepted: fc.option(day, { nil: undefined }) })
  .map((one) => ({
    kind: 'handoff',
    values: {
      site,
      toSite: site,
      named: true,
      date: one.sent,
      sentOn: one.sent,
      state: one.accepted ? 'accepted' : 'sent',
      ...(one.accepted ? { acceptedOn: one.accepted } : {}),
    },
  }));
const placement = fc.record({ date: day, key: anyone, isGone: fc.boolean() }).map((one) => ({
  kind: 'placement',
  values: withKey({ site, date: one.date, state: one.isGone ? 'cancelled' : 'confirmed' }, one.key),
}));
const fact = fc.oneof(visit, handoff, placement);
/** Some twenty records that exist before, after, or on both sides of the closing, perhaps changed. */
const history = fc.array(
  fc.record({
    id: fc.integer({ min: 0, max: 30 }),
    before: fc.option(fact, { nil: undefined }),
    after: fc.option(fact, { nil: undefined }),
  }),
  { maxLength: 25 },
);

function sides(
  rows: readonly { id: number; before?: object | undefined; after?: object | undefined }[],
) {
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  const pick = (of: (row: (typeof unique)[number]) => object | undefined) =>
    unique.flatMap((row): Fact[] => {
      const found = of(row);
      return found ? [{ id: `r${row.id}`, ...found } as Fact] : [];
    });
  // A record never becomes one of another kind, and none goes away.
  const kindOf = (one: object | undefined) => (one as Fact | undefined)?.kind;
  const stays = (row: (typeof unique)[number]) =>
    row.after && (!row.before || kindOf(row.before) === kindOf(row.after)) ? row.after : row.before;
  return { before: pick((row) => row.before), after: pick(stays) };
}

const additive = metrics.filter(({ counting }) => counting === 'events');
const figures = (facts: (metric: (typeof metrics)[number]) => readonly Fact[], period = month) =>
  Object.fromEntries(metrics.map((metric) => [metric.name, metric.count(facts(metric), period)]));

describe('a closed day', () => {
  test('keeps its figures whatever arrives, and its adjustments are the difference', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const { before, after } = sides(rows);
        const [date] = days;
        const closed = [{ date, facts: countedOn(before, site, date) }];
        const asClosed = figures(() => before, on(date));
        expect(figures(officialFacts(after, closed, site, on(date)), on(date))).toEqual(asClosed);
        const late = adjustmentsOf(after, closed, site);
        for (const metric of additive) {
          const adds = late.filter((one) => one.adds.includes(metric.name)).length;
          const takes = late.filter((one) => one.takes.includes(metric.name)).length;
          const now = metric.count(factsAt(after, site, metric.siteField), on(date)).value;
          expect([metric.name, (asClosed[metric.name]?.value ?? 0) + adds - takes]).toEqual([
            metric.name,
            now,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('in a month stands beside open days as they are now', () => {
    fc.assert(
      fc.property(history, (rows) => {
        const { before, after } = sides(rows);
        const [date, ...others] = days;
        const closed = [{ date, facts: countedOn(before, site, date) }];
        const official = officialFacts(after, closed, site, month);
        for (const metric of additive) {
          const kept = metric.events(before, on(date)).map(({ id }) => id);
          const open = others
            .flatMap((one) => metric.events(after, on(one)))
            .filter(({ id }) => !kept.includes(id));
          const value = metric.count(official(metric), month).value;
          expect([metric.name, value]).toEqual([metric.name, kept.length + open.length]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('counts alike in whatever order and however often facts came', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (rows, noise) => {
        const { before, after } = sides(rows);
        const closed = days.slice(0, 2).map((date) => ({
          date,
          facts: countedOn(before, site, date),
        }));
        const shuffled = after
          .map((one) => [noise.next().value ?? 0, one] as const)
          .sort(([a], [b]) => a - b)
          .map(([, one]) => one);
        expect(figures(officialFacts(shuffled, closed.toReversed(), site, month))).toEqual(
          figures(officialFacts(after, closed, site, month)),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('people', () => {
  const came = (id: string, date: string, personKey?: string): Fact => ({
    kind: 'visit',
    id,
    values: withKey({ site, date, state: 'done', channel: 'inPerson', purposes: [] }, personKey),
  });
  const persons = metrics.find(({ name }) => name === 'persons');
  const count = (live: readonly Fact[], before: readonly Fact[], period = month) => {
    const [date] = days;
    const closed = [{ date, facts: countedOn(before, site, date) }];
    return persons?.count(officialFacts(live, closed, site, period)(persons), period).value;
  };

  test('joined after the closing, the day stays at two, the month says one, parted again two', () => {
    const [date, next] = days;
    const apart = [came('a', date, 'k1'), came('b', date, 'k2'), came('c', next, 'k2')];
    const joined = apart.map((one) => ({ ...one, values: { ...one.values, personKey: 'k1' } }));
    expect(count(joined, apart, on(date))).toBe(2);
    expect(count(joined, apart)).toBe(1);
    expect(count(apart, apart)).toBe(2);
    expect(adjustmentsOf(joined, [{ date, facts: apart.slice(0, 2) }], site)).toMatchObject([
      { id: 'b', what: 'joined', adds: [], takes: [] },
    ]);
  });

  test('named after the closing, an arrival stays unknown in the closed figure and is listed', () => {
    const [date] = days;
    expect(count([came('a', date, 'k1')], [came('a', date)])).toBe(0);
    expect(
      adjustmentsOf([came('a', date, 'k1')], [{ date, facts: [came('a', date)] }], site),
    ).toMatchObject([{ what: 'joined' }]);
  });
});

test('a record that merely went on is no adjustment; one laid out otherwise is', () => {
  const [date] = days;
  const values = { site, date, state: 'waiting', channel: 'inPerson', purposes: ['seminar'] };
  const before: Fact = { kind: 'visit', id: 'a', values };
  const closed = [{ date, facts: [before] }];
  const done = { ...before, values: { ...values, state: 'done', endedAt: 5 } };
  expect(adjustmentsOf([done], closed, site)).toEqual([]);
  const other = { ...before, values: { ...values, purposes: ['documents'] } };
  expect(adjustmentsOf([other], closed, site)).toMatchObject([{ what: 'changed' }]);
});

describe('a closed day, with records of every kind that is counted', () => {
  const [closedOn, wide] = ['2026-04-15', anyPeriod];
  // The survey names no day; nothing of it is ever closed by one.
  const dated = metrics.filter(({ group }) => group !== 'survey');
  const kinds = countedKinds.filter((kind) => kind !== 'survey');
  const lived = fc.constantFrom(...kinds).chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      before: fc.option(anyValues(kind), { nil: undefined, freq: 3 }),
      after: fc.option(anyValues(kind), { nil: undefined, freq: 3 }),
    }),
  );
  const lives = fc.array(lived, { maxLength: 25 });
  type Side = 'before' | 'after';
  interface Life {
    readonly kind: string;
    readonly before: Fact['values'] | undefined;
    readonly after: Fact['values'] | undefined;
  }
  const sideOf = (all: readonly Life[], side: Side) =>
    all.flatMap((one, index): Fact[] => {
      const values = side === 'after' ? (one.after ?? one.before) : one.before;
      return values ? [{ kind: one.kind, id: `r${index}`, values }] : [];
    });
  const at = (facts: readonly Fact[], metric: (typeof metrics)[number]) =>
    factsAt(facts, 's-1', metric.siteField);
  const closedFrom = (before: readonly Fact[]) => [
    { date: closedOn, facts: countedOn(before, 's-1', closedOn) },
  ];

  test('keeps every figure, and what changed since is listed', () => {
    fc.assert(
      fc.property(lives, (all) => {
        const [before, after] = [sideOf(all, 'before'), sideOf(all, 'after')];
        const closed = closedFrom(before);
        const late = adjustmentsOf(after, closed, 's-1');
        for (const metric of dated) {
          const official = officialFacts(after, closed, 's-1', on(closedOn))(metric);
          const kept = metric.count(official, on(closedOn));
          expect([metric.name, kept]).toEqual([
            metric.name,
            metric.count(at(before, metric), on(closedOn)),
          ]);
          const now = metric.count(at(after, metric), on(closedOn));
          if (kept.value !== now.value)
            expect([metric.name, late.map(({ kind }) => kind)]).toEqual([
              metric.name,
              expect.arrayContaining([expect.toSatisfy((kind) => metric.kinds.includes(kind))]),
            ]);
          if (metric.counting !== 'events') continue;
          const adds = late.filter((one) => one.adds.includes(metric.name)).length;
          const takes = late.filter((one) => one.takes.includes(metric.name)).length;
          expect([metric.name, now.value - kept.value]).toEqual([metric.name, adds - takes]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a number entered later is told, though the record counts as before', () => {
    const held = (values: Fact['values']): Fact[] => [
      { kind: 'event', id: 'e', values: { site: 's-1', heldOn: closedOn, ...values } },
    ];
    const closed = closedFrom(held({ state: 'planned' }));
    const late = (values: Fact['values']) => adjustmentsOf(held(values), closed, 's-1');
    expect(late({ state: 'planned' })).toEqual([]);
    expect(late({ state: 'confirmed', seekers: 12 })).toEqual([
      { date: closedOn, kind: 'event', id: 'e', what: 'changed', adds: [], takes: [] },
    ]);
  });

  test('no record counts on a closed day and again on an open one', () => {
    fc.assert(
      fc.property(lives, (all) => {
        const [before, after] = [sideOf(all, 'before'), sideOf(all, 'after')];
        for (const metric of dated) {
          const official = officialFacts(after, closedFrom(before), 's-1', wide)(metric);
          const ids = metric.events(official, wide).map(({ id }) => id);
          expect([metric.name, new Set(ids).size]).toEqual([metric.name, ids.length]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
