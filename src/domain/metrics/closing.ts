/**
 * Closed days: a figure is counted from the facts that the closing kept, and from the present facts for days that are
 * open. What became of a closed day since is listed, never mixed in. Who is whom is not the day's affair: for one closed
 * day people are told apart as they were at the closing; for a longer period a kept fact takes the pseudonym that its
 * record carries now, so that a person whose registrations were joined in between is one.
 * A record that a closed day has counted is not counted again on an open one.
 */
import { isSameValue, type Values } from '../value.ts';
import { breakdowns } from './breakdown.ts';
import { metrics } from './index.ts';
import {
  byKind,
  factsFor,
  type Fact,
  type FactsByKind,
  type Metric,
  type Period,
} from './metric.ts';

export interface ClosedDay {
  readonly date: string;
  /** Every fact that some metric counted on that day. */
  readonly facts: readonly Fact[];
}

/** joined: only whom it is about is known otherwise: named since, or files joined or parted. */
export type AdjustmentKind = 'added' | 'changed' | 'removed' | 'joined';

export interface Adjustment {
  readonly date: string;
  readonly kind: string;
  readonly id: string;
  readonly what: AdjustmentKind;
  /** Names of the metrics that count it on that day now and did not, and the other way round. */
  readonly adds: readonly string[];
  readonly takes: readonly string[];
}

const keyOf = ({ kind, id }: Fact) => `${kind}/${id}`;
const dayOf = (date: string): Period => ({ from: date, to: date });

function eventsOn(metric: Metric, facts: FactsByKind, site: string, date: string) {
  return metric.events(factsFor(metric, facts, site), dayOf(date));
}

/** What a closing of the day would keep. */
export function countedOn(facts: readonly Fact[], site: string, date: string): readonly Fact[] {
  const own = byKind(naming([date], facts).get(date) ?? []);
  return [...new Set(metrics.flatMap((metric) => eventsOn(metric, own, site, date)))];
}

/** Facts by those of the dates that they name: a metric goes by one of them. */
function naming(
  dates: readonly string[],
  facts: readonly Fact[],
): ReadonlyMap<unknown, readonly Fact[]> {
  const byDate = new Map(dates.map((date) => [date as unknown, [] as Fact[]]));
  for (const fact of facts)
    for (const value of Object.values(fact.values)) {
      const own = byDate.get(value);
      if (own && own.at(-1) !== fact) own.push(fact);
    }
  return byDate;
}

/** What a metric is to count at a counter in a period, closed days as they were closed. */
export type OfficialFacts = (metric: Metric) => readonly Fact[];

export function officialFacts(
  live: readonly Fact[],
  closed: readonly ClosedDay[],
  site: string,
  period: Period,
): OfficialFacts {
  const days = closed.filter(({ date }) => period.from <= date && date <= period.to);
  if (days.length > 0) return settledFacts(live, days, site, period);
  const facts = byKind(live);
  return (metric) => factsFor(metric, facts, site);
}

type DayFacts = readonly [date: string, facts: FactsByKind];

/** What of present facts may be counted on each closed day. */
function closedNow(live: readonly Fact[], closed: readonly ClosedDay[]): readonly DayFacts[] {
  const dates = closed.map(({ date }) => date);
  const named = naming(dates, live);
  return dates.map((date) => [date, byKind(named.get(date) ?? [])]);
}

/** Of a period of which some days are closed. */
function settledFacts(
  live: readonly Fact[],
  days: readonly ClosedDay[],
  site: string,
  period: Period,
): OfficialFacts {
  const daysKept = days.map(({ date, facts }) => [date, byKind(facts)] as const);
  const daysNow = closedNow(live, days);
  const liveByKind = byKind(live);
  const isOneDay = period.from === period.to;
  const now = new Map(live.map((fact) => [keyOf(fact), fact.values]));
  return (metric) => {
    const eventsOf = ([date, facts]: DayFacts) => eventsOn(metric, facts, site, date);
    const kept = daysKept.flatMap(eventsOf);
    const settled = new Set([...kept, ...daysNow.flatMap(eventsOf)].map(keyOf));
    const here = metric.events(factsFor(metric, liveByKind, site), period);
    const open = here.filter((fact) => !settled.has(keyOf(fact)));
    return [...(isOneDay ? kept : kept.map((fact) => known(fact, now.get(keyOf(fact))))), ...open];
  };
}

/** The pseudonym of now, where it had one and has one. */
function known(fact: Fact, now: Values | undefined): Fact {
  const [before, key] = [fact.values['personKey'], now?.['personKey']];
  return before === undefined || key === undefined || before === key
    ? fact
    : { ...fact, values: { ...fact.values, personKey: key } };
}

/** What of a closed day stands otherwise now than it was counted. */
export function adjustmentsOf(
  live: readonly Fact[],
  closed: readonly ClosedDay[],
  site: string,
): readonly Adjustment[] {
  if (closed.length === 0) return [];
  const named = naming(
    closed.map(({ date }) => date),
    live,
  );
  return closed.flatMap(({ date, facts }) => {
    const before = countedBy(byKind(facts), site, date);
    const after = countedBy(byKind(named.get(date) ?? []), site, date);
    const keys = new Set([...before.keys(), ...after.keys()]);
    return [...keys].flatMap((key) => adjustment(date, before.get(key), after.get(key)) ?? []);
  });
}

interface Counted {
  readonly fact: Fact;
  readonly by: readonly string[];
  /** What it comes to in each of them: a number entered later (results of an event) changes that alone. */
  readonly worth: readonly number[];
}

function countedBy(facts: FactsByKind, site: string, date: string): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const metric of metrics)
    for (const fact of eventsOn(metric, facts, site, date)) {
      const { by, worth } = counted.get(keyOf(fact)) ?? { by: [], worth: [] };
      counted.set(keyOf(fact), {
        fact,
        by: [...by, metric.name],
        worth: [...worth, ...worthOf(metric, fact)],
      });
    }
  return counted;
}

/** Whom it is about is no matter of worth: a person known later is 照合, no correction. */
function worthOf(metric: Metric, fact: Fact): readonly number[] {
  if (metric.counting === 'persons') return [];
  const { value, unknown } = metric.tally([fact]);
  return [value, unknown];
}

function adjustment(date: string, before?: Counted, after?: Counted): Adjustment | undefined {
  const fact = (after ?? before)?.fact;
  if (!fact) return undefined;
  const [was, is] = [before?.by ?? [], after?.by ?? []];
  const adds = is.filter((name) => !was.includes(name));
  const takes = was.filter((name) => !is.includes(name));
  const isMoved =
    adds.length > 0 || takes.length > 0 || before?.worth.join() !== after?.worth.join();
  const what =
    before && after
      ? (difference(before.fact, after.fact) ?? (isMoved ? 'changed' : undefined))
      : before
        ? 'removed'
        : 'added';
  return what && { date, kind: fact.kind, id: fact.id, what, adds, takes };
}

/** What a table lays a figure out by. A record that merely went on (a result heard, a talk ended) is as it was counted. */
const laidOutBy = [...new Set(['heads', ...breakdowns.map(({ field }) => field)])];

function difference(before: Fact, after: Fact): AdjustmentKind | undefined {
  const moved = (field: string) => !isSameValue(before.values[field], after.values[field]);
  if (laidOutBy.some(moved)) return 'changed';
  return moved('personKey') ? 'joined' : undefined;
}
