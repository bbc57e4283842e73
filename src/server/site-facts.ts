/**
 * Nameless facts of one counter as they stand now, read by their scopes; no person's key is needed. Kinds that the whole
 * area receives (求人) stand in no counter's scope: of those that are counted, the counter's own are read by their kind.
 */
import { addMonths } from '../domain/date.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { countedKinds } from '../domain/metrics/index.ts';
import type { Fact, Period } from '../domain/metrics/metric.ts';
import { halfYear } from '../sync/scopes.ts';
import { openParts } from './records.ts';
import { createSealer } from './person-keys.ts';
import type { Reading } from './staff.ts';
import type { Tx } from './storage.ts';

/** Facts stand in scopes by half-year of their date; some counts go by a later date, so a year before is read too. */
export function scopesOfSite(site: string, { from, to }: Period): string[] {
  return halvesBetween(addMonths(from, -12), to).map((half) => `facts:${site}:${half}`);
}

/** With `naming` only those that name that date somewhere. */
export async function factsOfSite(
  server: Reading,
  tx: Tx,
  site: string,
  period: Period,
  naming?: string,
): Promise<readonly Fact[]> {
  let query = tx
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
    .where('part_scope.scope', 'in', scopesOfSite(site, period))
    .where('part_scope.part', '=', 'facts');
  if (naming !== undefined) query = query.where('record_part.facts', 'like', `%"${naming}"%`);
  const rows = [...(await query.execute()), ...(await areaRows(server, tx, site, naming))];
  const bodies = await openParts(server.tenant, createSealer(tx, server), rows);
  const facts = rows.map(({ kind, id }, index) => ({ kind, id, values: bodies[index] ?? {} }));
  return [...new Map(facts.map((fact) => [`${fact.kind}/${fact.id}`, fact])).values()];
}

const areaKinds = countedKinds.filter((kind) => kindNamed(kind)?.siteFields.length === 0);

function areaRows(server: Reading, tx: Tx, site: string, naming?: string) {
  const query = tx
    .selectFrom('record_part')
    .selectAll()
    .where('tenant', '=', server.tenant)
    .where('kind', 'in', areaKinds)
    .where('part', '=', 'facts')
    .where('facts', 'like', `%"site":"${site}"%`);
  return (naming === undefined ? query : query.where('facts', 'like', `%"${naming}"%`)).execute();
}

function halvesBetween(from: string, to: string): string[] {
  const halves = new Set<string>();
  for (let date = `${from.slice(0, 7)}-01`; date <= to; date = addMonths(date, 1))
    halves.add(halfYear(date));
  return [...halves];
}
