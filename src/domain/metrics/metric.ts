/**
 * What a count is: a versioned, named, pure function over nameless facts, of one period. It answers which facts it
 * counted (`events`, for looking behind a figure) and how many (`value`), and owns up to what it cannot tell
 * (`unknown`). What nobody could settle is a declared switch; the default is the plain reading of the plans.
 * Voided records never count. A change of meaning is a new version. Refuses any personal value: it sees facts only.
 */
import type { DateRange } from '../date.ts';
import { text, type Values } from '../value.ts';

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

export interface Metric {
  readonly name: string;
  readonly version: number;
  readonly label: string;
  readonly unit: '人' | '件' | '回';
  /** Where the rule comes from. */
  readonly basis: string;
  /** The rule and its limits in words, to be printed beside the figure. */
  readonly note: string;
  /** The fact's field that names the counter to which it is credited. */
  readonly siteField: 'site' | 'toSite';
  readonly switches: Readonly<Record<string, Switch>>;
  readonly events: (facts: readonly Fact[], period: Period, switches?: Switches) => readonly Fact[];
  readonly count: (facts: readonly Fact[], period: Period, switches?: Switches) => Count;
}

/** Given switches over the declared defaults; a name that is not declared is a bug. */
export function settings(declared: Metric['switches'], given: Switches = {}): Switches {
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
  if (stranger !== undefined) throw new RangeError(`no such switch: ${stranger}`);
  const defaults = Object.entries(declared).map(([name, item]) => [name, item.default]);
  return { ...(Object.fromEntries(defaults) as Switches), ...given };
}

export function isOn(switches: Switches, name: string): boolean {
  return switches[name] === true;
}

/** A metric that counts each event once. */
export function countsEach(metric: Omit<Metric, 'count'>): Metric {
  return {
    ...metric,
    count: (facts, period, switches) => ({
      value: metric.events(facts, period, switches).length,
      unknown: 0,
    }),
  };
}

export function factsAt(
  facts: readonly Fact[],
  site: string,
  field: Metric['siteField'] = 'site',
): readonly Fact[] {
  return facts.filter((fact) => fact.values[field] === site);
}

/** Standing records of a kind whose date lies in the period. */
export function within(
  facts: readonly Fact[],
  kind: string,
  period: Period,
  dateField = 'date',
): readonly Fact[] {
  return facts.filter((fact) => {
    const date = text(fact.values[dateField]);
    return (
      fact.kind === kind &&
      fact.values['state'] !== 'voided' &&
      date !== undefined &&
      period.from <= date &&
      date <= period.to
    );
  });
}
