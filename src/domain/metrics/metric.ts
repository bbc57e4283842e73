/**
 * What a count is: a versioned, named, pure function over nameless facts, of one period. It answers which facts it
 * counted (`events`, for looking behind a figure) and how many (`value`), and owns up to what it cannot tell
 * (`unknown`). What nobody could settle is a declared switch; the default is the plain reading of the plans.
 * Voided records never count. A change of meaning is a new version. Refuses any personal value: it sees facts only.
 */
import type { DateRange } from '../date.ts';
import { integer, text, type Values } from '../value.ts';

/** The `facts` part of one record. */
export interface Fact {
  readonly kind: string;
  readonly id: string;
  readonly values: Values;
}

/** Business dates, both ends included. */
export type Period = DateRange;

export interface Switch {
  readonly label: string;
  readonly default: boolean;
}
export type Switches = Readonly<Record<string, boolean>>;

export interface Count {
  readonly value: number;
  /** Counted or not, these could not be told (e.g. arrivals of nobody known, for 実人員); never hidden in `value`. */
  readonly unknown: number;
}

/** How the figures are set out, in this order. */
export const metricGroups = {
  use: '利用',
  consult: '相談・引継ぎ',
  jobs: '求職・紹介・就職',
  cooperation: '連携・チーム支援',
  support: 'つづけての支援',
  firms: '求人・事業所',
  events: '催し',
  survey: '利用者アンケート',
} as const;
export type MetricGroup = keyof typeof metricGroups;

export interface Metric {
  readonly name: string;
  readonly version: number;
  readonly label: string;
  readonly group: MetricGroup;
  readonly unit: '人' | '件' | '回' | '社';
  /** Kinds of record that it reads. */
  readonly kinds: readonly string[];
  /** events: each once · known: each once whose answer is known · persons: different people · sum: a number in each. */
  readonly counting: 'events' | 'known' | 'persons' | 'sum';
  /** The field that a sum adds up. */
  readonly sums?: string;
  /** Each of its events is one of that metric too: what is in the difference must be as safe as what is shown. */
  readonly partOf?: string;
  /** Where the rule comes from. */
  readonly basis: string;
  /** The rule and its limits in words, to be printed beside the figure. */
  readonly note: string;
  /** The fact's field that names the counter to which it is credited. */
  readonly siteField: 'site' | 'toSite';
  readonly switches: Readonly<Record<string, Switch>>;
  readonly events: (facts: readonly Fact[], period: Period, switches?: Switches) => readonly Fact[];
  /** What events come to, all of them or those of one cell. */
  readonly tally: (events: readonly Fact[], switches?: Switches) => Count;
  readonly count: (facts: readonly Fact[], period: Period, switches?: Switches) => Count;
}

/** Given switches over the declared defaults; a name that is not declared is a bug. */
export function settings(declared: Metric['switches'], given?: Switches): Switches {
  const on: Record<string, boolean> = {};
  for (const [name, item] of Object.entries(declared)) on[name] = item.default;
  if (!given) return on;
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (stranger !== undefined) throw new RangeError(`no such switch: ${stranger}`);
  return Object.assign(on, given);
}

export function isOn(switches: Switches, name: string): boolean {
  return switches[name] === true;
}

/** A metric whose count is the tally of its events. */
export function tallied(metric: Omit<Metric, 'count'>): Metric {
  const { events, tally } = metric;
  return {
    ...metric,
    count: (facts, period, switches) => tally(events(facts, period, switches), switches),
  };
}

type Uncounted = Omit<Metric, 'count' | 'tally' | 'counting' | 'sums'>;

/** A metric that counts each event once. */
export function countsEach(metric: Uncounted): Metric {
  return tallied({
    ...metric,
    counting: 'events',
    tally: ({ length }) => ({ value: length, unknown: 0 }),
  });
}

/**
 * A metric that counts the different people among its events, by the pseudonym that the server writes. Events of nobody
 * known stay apart as `unknown`: adding them would count twice, dropping them would hide them.
 */
export function countsPersons(metric: Uncounted): Metric {
  return tallied({ ...metric, counting: 'persons', tally: distinctPersons });
}

export function distinctPersons(events: readonly Fact[]): Count {
  const keys = events.map((fact) => text(fact.values['personKey']));
  const known = keys.filter((key) => key !== undefined);
  return { value: new Set(known).size, unknown: keys.length - known.length };
}

/** A metric that adds up a number of its events; those where it was not entered (yet) are unknown. */
export function countsSum(metric: Uncounted & { readonly sums: string }): Metric {
  return tallied({
    ...metric,
    counting: 'sum',
    tally: (events) => {
      const numbers = events.map((fact) => integer(fact.values[metric.sums]));
      return {
        value: numbers.reduce<number>((sum, one) => sum + (one ?? 0), 0),
        unknown: numbers.filter((one) => one === undefined).length,
      };
    },
  });
}

export function factsAt(
  facts: readonly Fact[],
  site: string,
  field: Metric['siteField'] = 'site',
): readonly Fact[] {
  return facts.filter((fact) => fact.values[field] === site);
}

export type FactsByKind = ReadonlyMap<string, readonly Fact[]>;

/** For many metrics, each of which reads a kind or two. */
export function byKind(facts: readonly Fact[]): FactsByKind {
  return Map.groupBy(facts, ({ kind }) => kind);
}

/** Those that a metric may count at a counter. */
export function factsFor(
  { kinds, siteField }: Metric,
  facts: FactsByKind,
  site: string,
): readonly Fact[] {
  const found: Fact[] = [];
  for (const kind of kinds)
    for (const fact of facts.get(kind) ?? []) if (fact.values[siteField] === site) found.push(fact);
  return found;
}

/** Standing records of a kind whose date lies in the period, each once however often it came. */
export function within(
  facts: readonly Fact[],
  kind: string,
  period: Period,
  dateField = 'date',
): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    if (fact.kind !== kind) return false;
    const date = text(fact.values[dateField]);
    return (
      fact.values['state'] !== 'voided' &&
      date !== undefined &&
      period.from <= date &&
      date <= period.to &&
      !seen.has(fact.id) &&
      seen.add(fact.id)
    );
  });
}
