/**
 * Nameless facts of one counter as they stand now, read by their scopes; no person's key is needed. Kinds that the whole
 * area receives (求人) stand in no counter's scope: of those that are counted, the counter's own are read by their kind.
 */
import { sql } from 'kysely';
import { addMonths } from '../domain/date.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { countedKinds } from '../domain/metrics/index.ts';
import type { Fact, Period } from '../domain/metrics/metric.ts';
import { halfYear } from '../sync/scopes.ts';
import { prepared } from './prepared.ts';
import { valuesOf, type Reading } from './staff.ts';
import type { Tx } from './storage.ts';
import { inScopes } from './visible.ts';

/** Facts stand in scopes by half-year of their date; some counts go by a later date, so a year before is read too. */
export function scopesOfSite(site: string, { from, to }: Period): string[] {
  return halvesBetween(addMonths(from, -12), to).map((half) => `facts:${site}:${half}`);
}

/** With `naming` only those that name that date somewhere. */
export async function factsOfSite(
  { tenant }: Pick<Reading, 'tenant'>,
  tx: Tx,
  site: string,
  period: Period,
  naming?: string,
): Promise<readonly Fact[]> {
  const scopes = scopesOfSite(site, period);
  const words = naming === undefined ? '%' : `%"${naming}"%`;
  const here = `%"site":"${site}"%`;
  const rows = [
    ...(await factsInScopes(tx, { tenant, scopes, words })),
    ...(await factsOfArea(tx, { tenant, kinds: areaKinds, here, words })),
  ];
  const facts = rows.map(({ kind, id, facts: own }) => ({ kind, id, values: valuesOf(own) }));
  return [...new Map(facts.map((fact) => [`${fact.kind}/${fact.id}`, fact])).values()];
}

/** For a `like`: SQLite looks at a bare parameter there, and plans the statement anew for every value. */
const pattern = (words: string) => sql<string>`${words} || ''`;

const factsInScopes = prepared(
  (tx, given: { tenant: string; scopes: readonly string[]; words: string }) =>
    inScopes(tx, given)
      .select(['record_part.kind', 'record_part.id', 'record_part.facts'])
      .where('part_scope.part', '=', 'facts')
      .where('record_part.facts', 'like', pattern(given.words)),
);

const areaKinds = countedKinds.filter((kind) => kindNamed(kind)?.siteFields.length === 0);

const factsOfArea = prepared(
  (tx, given: { tenant: string; kinds: readonly string[]; here: string; words: string }) =>
    tx
      .selectFrom('record_part')
      .select(['kind', 'id', 'facts'])
      .where('tenant', '=', given.tenant)
      .where('kind', 'in', given.kinds)
      .where('part', '=', 'facts')
      .where('facts', 'like', pattern(given.here))
      .where('facts', 'like', pattern(given.words)),
);

function halvesBetween(from: string, to: string): string[] {
  const halves = new Set<string>();
  // Six months on is the next half.
  for (let date = `${from.slice(0, 7)}-01`; date <= to; date = addMonths(date, 6))
    halves.add(halfYear(date));
  return [...halves.add(halfYear(to))];
}
