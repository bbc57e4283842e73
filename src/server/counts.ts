/**
 * Official counts of one counter: the metrics of src/domain/metrics over its nameless facts, and beside them what the
 * figures do not know: tablets and when they were last heard, entries in quarantine, and that nothing is closed yet.
 */
import { addMonths } from '../domain/date.ts';
import {
  breakDown,
  breakdowns,
  suppressSmall,
  type ExportCell,
} from '../domain/metrics/breakdown.ts';
import { metrics } from '../domain/metrics/index.ts';
import { factsAt, type Fact, type Metric, type Period } from '../domain/metrics/metric.ts';
import { halfYear } from '../sync/scopes.ts';
import { openParts } from './records.ts';
import { createSealer } from './person-keys.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';

export interface OfficialCount {
  readonly metric: string;
  readonly version: number;
  readonly label: string;
  readonly unit: string;
  readonly basis: string;
  readonly note: string;
  readonly value: number;
  readonly unknown: number;
  readonly breakdowns: readonly {
    readonly name: string;
    readonly label: string;
    readonly note?: string;
    readonly cells: readonly ExportCell[];
  }[];
}

export interface Completeness {
  readonly quarantined: number;
  readonly tablets: readonly {
    readonly device: string;
    readonly name: string;
    readonly receivedAt: number | null;
  }[];
}

export interface OfficialCounts {
  readonly site: string;
  readonly period: Period;
  readonly asOf: number;
  /** No closing exists yet: late arrivals may still change these figures. */
  readonly provisional: true;
  readonly rows: readonly OfficialCount[];
  readonly completeness: Completeness;
}

export function officialCounts(
  server: Server,
  site: string,
  period: Period,
): Promise<OfficialCounts> {
  return server.storage.read(async (tx) => {
    const facts = await factsOfSite(server, tx, site, period);
    const rows = metrics.map((metric) =>
      countOf(metric, factsAt(facts, site, metric.siteField), period),
    );
    const completeness = await completenessOf(server, tx, site);
    return { site, period, asOf: server.clock(), provisional: true, rows, completeness };
  });
}

function countOf(metric: Metric, facts: readonly Fact[], period: Period): OfficialCount {
  const { name, version, label, unit, basis, note } = metric;
  const kinds = new Set(metric.events(facts, period).map((fact) => fact.kind));
  const own = breakdowns.filter((one) => one.kinds.some((kind) => kinds.has(kind)));
  const tables = own.map((one) => ({
    name: one.name,
    label: one.label,
    ...(one.note === undefined ? {} : { note: one.note }),
    cells: suppressSmall(breakDown(metric, one, facts, period)),
  }));
  return {
    metric: name,
    version,
    label,
    unit,
    basis,
    note,
    ...metric.count(facts, period),
    breakdowns: tables,
  };
}

/** Facts stand in scopes by half-year of their date; some counts go by a later date, so a year before is read too. */
async function factsOfSite(
  server: Server,
  tx: Tx,
  site: string,
  period: Period,
): Promise<readonly Fact[]> {
  const scopes = halvesBetween(addMonths(period.from, -12), period.to);
  const rows = await tx
    .selectFrom('part_scope')
    .innerJoin('record_part', (join) =>
      join
        .onRef('record_part.tenant', '=', 'part_scope.tenant')
        .onRef('record_part.id', '=', 'part_scope.id')
        .onRef('record_part.kind', '=', 'part_scope.kind')
        .onRef('record_part.part', '=', 'part_scope.part'),
    )
    .selectAll('record_part')
    .where('part_scope.tenant', '=', server.tenant)
    .where(
      'part_scope.scope',
      'in',
      scopes.map((half) => `facts:${site}:${half}`),
    )
    .where('part_scope.part', '=', 'facts')
    .execute();
  const bodies = await openParts(server.tenant, createSealer(tx, server), rows);
  const facts = rows.map(({ kind, id }, index) => ({ kind, id, values: bodies[index] ?? {} }));
  return [...new Map(facts.map((fact) => [`${fact.kind}/${fact.id}`, fact])).values()];
}

function halvesBetween(from: string, to: string): string[] {
  const halves = new Set<string>();
  for (let date = `${from.slice(0, 7)}-01`; date <= to; date = addMonths(date, 1))
    halves.add(halfYear(date));
  return [...halves];
}

async function completenessOf(server: Server, tx: Tx, site: string): Promise<Completeness> {
  const { tenant } = server;
  const tablets = await tx
    .selectFrom('device')
    .leftJoin('store', (join) =>
      join.onRef('store.tenant', '=', 'device.tenant').onRef('store.device', '=', 'device.device'),
    )
    .select(['device.device', 'device.name'])
    .select((build) => build.fn.max('store.pushed_at').as('receivedAt'))
    .where('device.tenant', '=', tenant)
    .where('device.site', '=', site)
    .groupBy(['device.device', 'device.name'])
    .orderBy('device.device')
    .execute();
  const quarantined = await tx
    .selectFrom('entry')
    .innerJoin('store', (join) =>
      join.onRef('store.tenant', '=', 'entry.tenant').onRef('store.store', '=', 'entry.store'),
    )
    .select((build) => build.fn.countAll<number>().as('count'))
    .where('entry.tenant', '=', tenant)
    .where('store.site', '=', site)
    .where('entry.verdict', 'like', '{"code":"quarantined"%')
    .executeTakeFirst();
  return { quarantined: Number(quarantined?.count ?? 0), tablets };
}
