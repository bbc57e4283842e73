/** Every count with a worked example small enough to check by hand; voided never counts; switches do what they say. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  breakDown,
  breakdowns,
  byCategory,
  byChannel,
  byOrganisation,
  byPurpose,
  suppressSmall,
} from '../../src/domain/metrics/breakdown.ts';
import { metricNamed, metrics } from '../../src/domain/metrics/index.ts';
import { factsAt } from '../../src/domain/metrics/metric.ts';
import { placementRate, ratioOf, rates } from '../../src/domain/metrics/rates.ts';
import { codesOf } from '../../src/domain/codes.ts';
import { factFields } from '../../src/domain/metrics/fact-fields.ts';
import {
  arrivals,
  examples,
  handoffs,
  hires,
  period,
  registration,
  sessions,
  visit,
} from '../support/metric-examples.ts';
import { createWorld } from '../support/world.ts';

test('every count has a worked example', () => {
  expect(Object.keys(examples).toSorted()).toEqual(metrics.map(({ name }) => name).toSorted());
});

describe.each(metrics.map((metric) => [metric.name, metric] as const))('%s', (name, metric) => {
  const example = examples[name];

  test('comes out as worked by hand', () => {
    expect(metric.count(example?.facts ?? [], period)).toEqual({
      value: example?.value,
      unknown: example?.unknown,
    });
  });

  test('every switch is shown, and does what it says', () => {
    const shown = (example?.switched ?? []).flatMap(([switches]) => Object.keys(switches));
    expect(new Set(shown)).toEqual(new Set(Object.keys(metric.switches)));
    for (const [switches, value] of example?.switched ?? [])
      expect([switches, metric.count(example?.facts ?? [], period, switches).value]).toEqual([
        switches,
        value,
      ]);
  });

  test('says what it is: label, source, rule, words for each switch', () => {
    for (const words of [metric.label, metric.basis, metric.note]) expect(words).not.toBe('');
    for (const item of Object.values(metric.switches)) expect(item.label).not.toBe('');
    expect(metric.version).toBeGreaterThanOrEqual(1);
    expect(metricNamed(name)).toBe(metric);
  });

  test('a switch that nobody declared is a bug', () => {
    expect(() => metric.count([], period, { countGhosts: true })).toThrow(RangeError);
  });

  test('nothing voided is ever counted, and the order of the facts does not matter', () => {
    const facts = example?.facts ?? [];
    const on = Object.fromEntries(Object.keys(metric.switches).map((key) => [key, true]));
    const voided = facts.map((item) => ({ ...item, values: { ...item.values, state: 'voided' } }));
    expect(metric.count(voided, period, on)).toEqual({ value: 0, unknown: 0 });
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts], { minLength: facts.length }), (shuffled) => {
        expect(metric.count(shuffled, period)).toEqual(metric.count(facts, period));
      }),
    );
  });

  test('days add up to the month where each event counts once', () => {
    // A person is one in a month however often she came; a survey's answers name no day.
    if (metric.counting === 'persons' || metric.group === 'survey') return;
    const facts = example?.facts ?? [];
    const early = metric.count(facts, { from: '2026-04-01', to: '2026-04-15' }).value;
    const late = metric.count(facts, { from: '2026-04-16', to: '2026-04-30' }).value;
    expect(early + late).toBe(metric.count(facts, period).value);
  });
});

test('an unknown arrival may be a second one of the day: said, where that matters', () => {
  const visits = metricNamed('visits');
  expect(visits?.count(arrivals, period, { countSecondArrival: false })).toEqual({
    value: 7,
    unknown: 4,
  });
});

test('of two arrivals of one moment every device takes the same one as the first', () => {
  const arrival = (id: string, heads: number) => {
    const values = { site: 's', date: '2026-04-01', personKey: 'p', arrivedAt: 1, state: 'open' };
    return { kind: 'visit', id, values: { ...values, heads } };
  };
  const both = [arrival('a', 2), arrival('b', 5)];
  const on = { countSecondArrival: false, countCompanions: true };
  const count = (facts: typeof both) =>
    metricNamed('visits')?.count(facts, { from: '2026-04-01', to: '2026-04-30' }, on).value;
  expect([count(both), count(both.toReversed())]).toEqual([2, 2]);
});

test('a counter sees its own: sent at one, accepted at the other', () => {
  const count = (name: string, site: string) => {
    const metric = metricNamed(name);
    return metric?.count(factsAt(handoffs, site, metric.siteField), period).value;
  };
  expect([count('handoffsSent', 's-1'), count('handoffsSent', 's-2')]).toEqual([3, 0]);
  expect([count('handoffsAccepted', 's-1'), count('handoffsAccepted', 's-2')]).toEqual([0, 2]);
});

test('就職率: hires over new applications, one decimal, half up; － without a base', () => {
  const facts = [...hires, ...Array.from({ length: 7 }, () => registration())];
  expect(ratioOf(placementRate, () => facts, period)).toEqual({
    numerator: 4,
    denominator: 7,
    text: '57.1',
  });
  expect(ratioOf(placementRate, () => hires, period).text).toBe('－');
});

test('every rate is made of two counts of the registry and says its rule', () => {
  for (const rate of rates) {
    expect(metricNamed(rate.numerator.name)).toBe(rate.numerator);
    expect(metricNamed(rate.denominator.name)).toBe(rate.denominator);
    for (const words of [rate.label, rate.basis, rate.note]) expect(words).not.toBe('');
  }
});

test('what is part of another count never exceeds it', () => {
  for (const { name, partOf } of metrics.filter((metric) => metric.partOf !== undefined)) {
    const facts = examples[name]?.facts ?? [];
    const ids = (metric = '') =>
      metricNamed(metric)
        ?.events(facts, period)
        .map(({ id }) => id);
    expect(ids(partOf)).toEqual(expect.arrayContaining(ids(name) ?? []));
  }
});

describe('breakdowns', () => {
  const visits = metricNamed('visits');
  if (!visits) throw new Error('no visits');

  test.each(breakdowns.map((item) => [item.name, item] as const))(
    '%s reads a field that its kinds have, of the list that it names',
    (_name, item) => {
      for (const kind of item.kinds)
        expect(factFields(kind)?.[item.field]).toMatchObject({
          type: item.list ? (item.isMultiple ? 'choices' : 'choice') : 'ref',
          ...(item.list ? { list: item.list } : { kind: item.ref }),
        });
      if (item.list) expect(codesOf(item.list)).not.toEqual([]);
      expect(item.note?.includes('重複計上') ?? false).toBe(item.isMultiple);
    },
  );

  test('one cell an event: cells add up to the figure above them, companions included', () => {
    const on = { countPhone: true, countCompanions: true };
    const cells = breakDown(visits, byChannel, arrivals, period, on);
    expect(cells).toEqual([
      { code: 'inPerson', value: 10, unknown: 0 },
      { code: 'outreach', value: 1, unknown: 0 },
      { code: 'phone', value: 1, unknown: 0 },
    ]);
    const sum = cells.reduce((total, cell) => total + cell.value, 0);
    expect(sum).toBe(visits.count(arrivals, period, on).value);
  });

  test('several cells an event: 重複計上', () => {
    expect(breakDown(visits, byPurpose, arrivals, period)).toEqual([
      { code: 'jobCounselling', value: 6, unknown: 0 },
      { code: 'jobSearchTerminal', value: 2, unknown: 0 },
      { code: 'referral', value: 1, unknown: 0 },
    ]);
  });

  test('what was not entered has a cell of its own', () => {
    const facts = [
      visit(),
      visit({ clientCategories: [] }),
      visit({ clientCategories: ['youth'] }),
    ];
    expect(breakDown(visits, byCategory, facts, period)).toEqual([
      { code: '', value: 2, unknown: 0 },
      { code: 'youth', value: 1, unknown: 0 },
    ]);
  });

  test('consultations by organisation', () => {
    const metric = metricNamed('consultations');
    const cells = metric ? breakDown(metric, byOrganisation, sessions, period) : [];
    expect(cells.map((cell) => [cell.code, cell.value])).toEqual([
      ['o-city', 1],
      ['o-contractor', 1],
      ['o-hw', 2],
      ['o-pref', 1],
    ]);
  });
});

describe('small cells in exports', () => {
  const shown = (values: readonly number[]) =>
    suppressSmall(values.map((value, index) => ({ code: `c${index}`, value, unknown: 0 }))).map(
      (cell) => (cell.isSuppressed ? '＊' : cell.value),
    );

  test.each([
    [
      [0, 3, 10],
      [0, 3, 10],
    ],
    [
      [1, 2, 10],
      ['＊', '＊', 10],
    ],
    [
      [1, 30, 10],
      ['＊', 30, '＊'],
    ],
    [
      [1, 1, 30, 10],
      ['＊', '＊', 30, '＊'],
    ],
    [
      [2, 2, 10],
      ['＊', '＊', '＊'],
    ],
    [
      [2, 0, 0],
      ['＊', 0, 0],
    ],
    [[], []],
  ])('%j → %j', (values, expected) => {
    expect(shown(values)).toEqual(expected);
  });

  test('a cell goes too where the count that it is part of would tell the rest', () => {
    const cells = (values: readonly number[]) =>
      values.map((value, index) => ({ code: `c${index}`, value, unknown: 0 }));
    const given = (part: readonly number[], whole: readonly number[]) =>
      suppressSmall(cells(part), cells(whole)).map((cell) => cell.value ?? '＊');
    expect(given([5, 9, 20], [6, 19, 20])).toEqual(['＊', '＊', 20]);
    expect(given([5, 9, 20], [5, 19, 40])).toEqual([5, 9, 20]);
  });

  test('no suppressed number stands in the output', () => {
    const cells = suppressSmall([{ code: 'x', value: 1, unknown: 0 }]);
    expect(JSON.stringify(cells)).toBe('[{"code":"x","isSuppressed":true}]');
  });
});

test('the facts that real verbs write are counted', () => {
  const world = createWorld();
  const refs = [
    ['visit', 'v-nobody'],
    ['visit', 'v-sato'],
    ['consultation', 'k-city'],
    ['handoff', 'ho-sato'],
    ['handoff', 'ho-tanaka'],
    ['handoff', 'ho-slip'],
    ['handoff', 'ho-draft'],
    ['registration', 'rg-sato'],
    ['referral', 'rf-open'],
    ['referral', 'rf-hired'],
    ['placement', 'pl-sato'],
  ] as const;
  const facts = refs.map(([kind, id]) => ({ kind, id, values: world.part(`${kind}/${id}/facts`) }));
  const counted = metrics.map((metric) => [metric.name, metric.count(facts, period)]);
  expect(Object.fromEntries(counted)).toMatchObject({
    visits: { value: 2, unknown: 0 },
    // Person keys are the server's to write.
    persons: { value: 0, unknown: 2 },
    consultations: { value: 1, unknown: 0 },
    consultationsHW: { value: 0, unknown: 0 },
    consultationsCity: { value: 1, unknown: 0 },
    handoffsSent: { value: 3, unknown: 0 },
    handoffsAccepted: { value: 1, unknown: 0 },
    registrations: { value: 1, unknown: 0 },
    referrals: { value: 2, unknown: 0 },
    placements: { value: 1, unknown: 0 },
    placedPersons: { value: 0, unknown: 1 },
  });
});
