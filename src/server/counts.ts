/**
 * Official counts of one counter: the metrics of src/domain/metrics over its nameless facts, closed days as they were
 * closed. Beside them what the figures do not know: tablets and when they were last heard, entries in quarantine, days
 * not closed yet, and what has come to closed days since. Small groups are left out of every table that lays a figure
 * out, and where the difference of two tables printed together would be one; adjustments are not laid out at all. Not
 * defended: differences of two periods or of exports at two times, which a supervisor may ask for and who asks is logged.
 */
import { sql } from 'kysely';
import { successorOf } from '../domain/closed-site.ts';
import { daysBetween } from '../domain/date.ts';
import {
  breakdowns,
  layOut,
  saysSomething,
  suppressSmall,
  type Breakdown,
  type ExportCell,
} from '../domain/metrics/breakdown.ts';
import { officialFacts, type OfficialFacts } from '../domain/metrics/closing.ts';
import { metricNamed, metrics } from '../domain/metrics/index.ts';
import type { Fact, Metric, MetricGroup, Period } from '../domain/metrics/metric.ts';
import { ratioFrom, rates, type Ratio } from '../domain/metrics/rates.ts';
import { closingsIn, lateChanges, type DayState, type LateChange } from './closing.ts';
import { prepared } from './prepared.ts';
import { factsOfSite } from './site-facts.ts';
import { readRecords } from './staff.ts';
import { surveyFacts } from './survey.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export interface OfficialCount {
  readonly metric: string;
  readonly version: number;
  readonly label: string;
  readonly group: MetricGroup;
  readonly unit: string;
  readonly basis: string;
  readonly note: string;
  readonly value: number;
  readonly unknown: number;
  /** By how much the figure would differ if closed days took what has come since. */
  readonly late: number;
  readonly breakdowns: readonly {
    readonly name: string;
    readonly label: string;
    readonly note?: string;
    readonly cells: readonly ExportCell[];
  }[];
}

export interface OfficialRate extends Ratio {
  readonly rate: string;
  readonly version: number;
  readonly label: string;
  readonly group: MetricGroup;
  readonly basis: string;
  readonly note: string;
}

export interface Completeness {
  readonly quarantined: number;
  readonly tablets: readonly {
    readonly device: string;
    readonly name: string;
    readonly receivedAt: number | null;
    /** Last contact of any kind: a tablet asks for news only after it has sent what it had. */
    readonly heardAt: number | null;
  }[];
}

export interface OfficialCounts {
  readonly site: string;
  readonly period: Period;
  readonly asOf: number;
  /** Some day of the period is not closed: late arrivals may still change these figures. */
  readonly provisional: boolean;
  /** Days of the period that have been closed, or closed and opened again. */
  readonly days: readonly DayState[];
  readonly adjustments: readonly LateChange[];
  readonly rows: readonly OfficialCount[];
  readonly rates: readonly OfficialRate[];
  readonly completeness: Completeness;
}

export function officialCounts(
  server: Server,
  site: string,
  period: Period,
): Promise<OfficialCounts> {
  return server.storage.read(async (tx) => {
    const live = [
      ...(await factsOfSite(server, tx, site, period)),
      ...(await surveyFacts(server, tx, site, period)),
    ];
    const closings = await closingsIn(server, tx, site, period);
    const official = officialFacts(live, closings.closed, site, period);
    const events = eventsIn(official, period);
    // Without closed days the official facts are those of now.
    const present =
      closings.closed.length === 0
        ? events
        : eventsIn(officialFacts(live, [], site, period), period);
    const rows = metrics.map((metric) => countOf(metric, events, present));
    return {
      site,
      period,
      asOf: server.clock(),
      provisional: closings.closed.length < daysBetween(period.from, period.to) + 1,
      days: closings.days,
      adjustments: await lateChanges(server, tx, site, period, live, closings),
      rows,
      rates: ratesOf(events),
      completeness: await completenessOf(server, tx, site),
    };
  });
}

type EventsOf = (metric: Metric) => readonly Fact[];

/** Found once for a metric: its count, its tables, those of its parts and its rates ask for the same. */
function eventsIn(facts: OfficialFacts, period: Period): EventsOf {
  const found = new Map<Metric, readonly Fact[]>();
  const find: EventsOf = (metric) => {
    const own = facts(metric);
    // Most of them have nothing to look through.
    return own.length === 0 ? own : metric.events(own, period);
  };
  return (metric) => {
    const known = found.get(metric);
    if (known) return known;
    const events = find(metric);
    found.set(metric, events);
    return events;
  };
}

function countOf(metric: Metric, official: EventsOf, present: EventsOf): OfficialCount {
  const { name, version, label, group, unit, basis, note } = metric;
  const count = metric.tally(official(metric));
  const late = present === official ? 0 : metric.tally(present(metric)).value - count.value;
  const tables = tablesOf(metric, official);
  return {
    metric: name,
    version,
    label,
    group,
    unit,
    basis,
    note,
    ...count,
    late,
    breakdowns: tables,
  };
}

function tablesOf(metric: Metric, official: EventsOf) {
  const events = official(metric);
  if (events.length === 0) return [];
  const whole = metric.partOf === undefined ? undefined : metricNamed(metric.partOf);
  const kinds = new Set(events.map((event) => event.kind));
  const isOf = (table: Breakdown) => table.kinds.some((kind) => kinds.has(kind));
  return breakdowns.filter(isOf).flatMap((table) => {
    const cells = layOut(metric, table, events);
    if (!saysSomething(table, cells)) return [];
    return {
      name: table.name,
      label: table.label,
      ...(table.note === undefined ? {} : { note: table.note }),
      cells: suppressSmall(cells, whole && layOut(whole, table, official(whole))),
    };
  });
}

function ratesOf(official: EventsOf): readonly OfficialRate[] {
  return rates.map((rate) => {
    const { name, version, label, group, basis, note } = rate;
    const ratio = ratioFrom(rate, (metric) => metric.tally(official(metric)).value);
    return { rate: name, version, label, group, basis, note, ...ratio };
  });
}

/** Tablets of a closed counter stand at its successor: what they have not sent is missing here. */
async function tabletSites(server: Server, tx: Tx, site: string): Promise<readonly string[]> {
  const record = (await readRecords(server, tx, [site])).get(`site/${site}`)?.record;
  const successor = successorOf(record);
  return successor === undefined ? [site] : [site, successor];
}

type AtSites = Readonly<{ tenant: string; sites: readonly string[] }>;

const tabletsAt = prepared((tx, { tenant, sites }: AtSites) =>
  tx
    .selectFrom('device')
    .leftJoin('store', (join) =>
      join.onRef('store.tenant', '=', 'device.tenant').onRef('store.device', '=', 'device.device'),
    )
    .select(['device.device', 'device.name'])
    .select((build) => build.fn.max('store.pushed_at').as('receivedAt'))
    .select((build) => build.fn.max('store.pulled_at').as('pulledAt'))
    .where('device.tenant', '=', tenant)
    .where('device.site', 'in', sites)
    .groupBy(['device.device', 'device.name'])
    .orderBy('device.device'),
);

const quarantinedAt = prepared((tx, { tenant, sites }: AtSites) =>
  tx
    .selectFrom('entry')
    .innerJoin('store', (join) =>
      join.onRef('store.tenant', '=', 'entry.tenant').onRef('store.store', '=', 'entry.store'),
    )
    .leftJoin('repair', (join) =>
      join.onRef('repair.tenant', '=', 'entry.tenant').onRef('repair.entry', '=', 'entry.id'),
    )
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('entry.tenant', '=', tenant)
    .where('store.site', 'in', sites)
    .where('entry.verdict', 'like', sql.lit('{"code":"quarantined"%'))
    // Put right or withdrawn, it waits for nobody; from before there were repairs, it still does.
    .where((where) =>
      where.or([where('repair.state', 'is', null), where('repair.state', '=', 'open')]),
    ),
);

async function completenessOf(server: Server, tx: Tx, site: string): Promise<Completeness> {
  const { tenant } = server;
  const sites = await tabletSites(server, tx, site);
  const tablets = await tabletsAt(tx, { tenant, sites });
  const [quarantined] = await quarantinedAt(tx, { tenant, sites });
  return {
    quarantined: Number(quarantined?.count ?? 0),
    tablets: tablets.map(({ pulledAt, ...one }) => ({
      ...one,
      heardAt: Math.max(one.receivedAt ?? 0, pulledAt ?? 0) || null,
    })),
  };
}
