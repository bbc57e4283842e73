/**
 * What holds of every count in the registry, present and future: it does not depend on the order in which records came, nor on
 * how often, nor on when files were merged or linked. The facts are drawn from the kinds that the count says it reads.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factFields } from '../../src/domain/metrics/fact-fields.ts';
import { breakDown, breakdowns } from '../../src/domain/metrics/breakdown.ts';
import { metrics } from '../../src/domain/metrics/index.ts';
import type { Fact, Metric, Switches } from '../../src/domain/metrics/metric.ts';
import { ratioOf, rates } from '../../src/domain/metrics/rates.ts';
import { anyFacts, anyPeriod, people } from '../support/any-fact.ts';

const settingsOf = (metric: Metric): fc.Arbitrary<Switches> =>
  fc.record(Object.fromEntries(Object.keys(metric.switches).map((name) => [name, fc.boolean()])));
const shuffled = (facts: readonly Fact[]) =>
  fc.shuffledSubarray([...facts], { minLength: facts.length });

/** Two files become one: every record of the one carries the pseudonym of the other. */
const merged = (facts: readonly Fact[], from: string, into: string): Fact[] =>
  facts.map((fact) =>
    fact.values['personKey'] === from
      ? { ...fact, values: { ...fact.values, personKey: into } }
      : fact,
  );
const keysIn = (facts: readonly Fact[]) =>
  new Set(facts.flatMap(({ values }) => values['personKey'] ?? []));

describe.each(metrics.map((metric) => [metric.name, metric] as const))('%s', (_name, metric) => {
  const facts = anyFacts(metric.kinds);

  test('reads kinds that exist, and of the facts drawn from them it counts some', () => {
    for (const kind of metric.kinds)
      expect([kind, factFields(kind)]).not.toEqual([kind, undefined]);
    const drawn = fc.sample(facts, { numRuns: 200, seed: 4 });
    expect(drawn.some((all) => metric.count(all, anyPeriod).value > 0)).toBe(true);
    expect(drawn.some((all) => metric.events(all, anyPeriod).length < all.length)).toBe(true);
  });

  test('reads no kind but those it names', () => {
    const others = [...new Set(metrics.flatMap(({ kinds }) => kinds))].filter(
      (kind) => !metric.kinds.includes(kind),
    );
    fc.assert(
      fc.property(anyFacts(others), (all) => {
        expect(metric.events(all, anyPeriod)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('does not depend on the order in which records came', () => {
    fc.assert(
      fc.property(
        facts.chain((all) => fc.tuple(fc.constant(all), shuffled(all), settingsOf(metric))),
        ([all, other, on]) => {
          expect(metric.count(other, anyPeriod, on)).toEqual(metric.count(all, anyPeriod, on));
        },
      ),
    );
  });

  test('does not depend on how often a record came', () => {
    const twice = facts.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.subarray(all).chain((some) => shuffled([...all, ...some])),
        settingsOf(metric),
      ),
    );
    fc.assert(
      fc.property(twice, ([all, more, on]) => {
        expect(metric.count(more, anyPeriod, on)).toEqual(metric.count(all, anyPeriod, on));
      }),
    );
  });

  test('merging or linking two people makes them one person and changes no other number', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const [into = '', from = ''] = people;
        const before = metric.count(all, anyPeriod);
        const after = metric.count(merged(all, from, into), anyPeriod);
        const keys = keysIn(metric.events(all, anyPeriod));
        const isTwo = metric.counting === 'persons' && keys.has(from) && keys.has(into);
        expect(after).toEqual({ ...before, value: before.value - (isTwo ? 1 : 0) });
      }),
    );
  });

  test('merging three in whatever order, or before some of the records came, is the same', () => {
    const [one = '', two = '', three = ''] = people;
    fc.assert(
      fc.property(facts, settingsOf(metric), fc.nat(24), (all, on, at) => {
        const count = (given: readonly Fact[]) => metric.count(given, anyPeriod, on);
        const chain = merged(merged(all, three, two), two, one);
        const star = merged(merged(all, two, one), three, one);
        const later = [...star.slice(0, at), ...merged(chain.slice(at), three, one)];
        expect(count(chain)).toEqual(count(star));
        expect(count(later)).toEqual(count(star));
      }),
    );
  });

  test('its tables do not depend on order or repetition, and single ones add up', () => {
    fc.assert(
      fc.property(
        facts.chain((all) => fc.tuple(fc.constant(all), shuffled([...all, ...all]))),
        ([all, other]) => {
          for (const table of breakdowns.filter((one) =>
            one.kinds.some((kind) => metric.kinds.includes(kind)),
          )) {
            const cells = breakDown(metric, table, all, anyPeriod);
            expect(breakDown(metric, table, other, anyPeriod)).toEqual(cells);
            const sum = cells.reduce((total, { value }) => total + value, 0);
            const { value } = metric.count(all, anyPeriod);
            if (table.isMultiple || metric.counting === 'persons')
              expect(sum).toBeGreaterThanOrEqual(value);
            else expect(sum).toBe(value);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe.each(rates.map((rate) => [rate.name, rate] as const))('%s', (_name, rate) => {
  const kinds = [...new Set([...rate.numerator.kinds, ...rate.denominator.kinds])];

  test('is of its two counts, whatever the order and however often', () => {
    fc.assert(
      fc.property(
        anyFacts(kinds).chain((all) => fc.tuple(fc.constant(all), shuffled([...all, ...all]))),
        ([all, other]) => {
          const ratio = ratioOf(rate, () => all, anyPeriod);
          expect(ratioOf(rate, () => other, anyPeriod)).toEqual(ratio);
          expect(ratio.text === '－').toBe(ratio.denominator === 0);
        },
      ),
      { numRuns: 50 },
    );
  });
});
