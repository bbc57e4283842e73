/**
 * What a set of scopes shows at a snapshot, part by part: the current body, or an eviction. Never a body that the scopes do
 * not allow now, never a former one; a part whose key has been destroyed is shown to nobody.
 */
import type { WirePart } from '../sync/protocol.ts';
import { createSealer } from './person-keys.ts';
import { prepared } from './prepared.ts';
import { openParts, partKey, type PartRef, type PartRow } from './records.ts';
import type { Server } from './server.ts';
import { atMost, chunks, type Tx } from './storage.ts';

export interface Seen {
  readonly shown: WirePart[];
  readonly evicted: PartRef[];
}

export async function asSeenBy(
  server: Server,
  tx: Tx,
  scopes: readonly string[],
  parts: readonly PartRef[],
): Promise<Seen> {
  const asked = new Map(parts.map((part) => [partKey(part), part]));
  const ids = [...new Set([...asked.values()].map(({ id }) => id))];
  const rows = (await visibleRows(tx, server.tenant, scopes, ids)).filter((row) =>
    asked.has(partKey(row)),
  );
  const bodies = await openParts(server.tenant, createSealer(tx, server), rows);
  const shown = rows.flatMap(({ kind, id, part, rev, seq }, index) => {
    const body = bodies[index];
    return body ? [{ kind, id, part, rev, seq, body }] : [];
  });
  for (const one of shown) asked.delete(partKey(one));
  return { shown, evicted: [...asked.values()].map(({ kind, id, part }) => ({ kind, id, part })) };
}

async function visibleRows(
  tx: Tx,
  tenant: string,
  scopes: readonly string[],
  ids: readonly string[],
): Promise<PartRow[]> {
  const rows: PartRow[] = [];
  for (const some of chunks(ids))
    rows.push(...(await rowsInScopes(tx, { tenant, ids: some, scopes })));
  return rows;
}

/** Parts with a row for each of these scopes that shows them. */
export const inScopes = (tx: Tx, given: { tenant: string; scopes: readonly string[] }) =>
  tx
    .selectFrom('part_scope')
    .innerJoin('record_part', (join) =>
      join
        .onRef('record_part.tenant', '=', 'part_scope.tenant')
        .onRef('record_part.id', '=', 'part_scope.id')
        .onRef('record_part.kind', '=', 'part_scope.kind')
        .onRef('record_part.part', '=', 'part_scope.part'),
    )
    .where('part_scope.tenant', '=', given.tenant)
    .where('part_scope.scope', 'in', given.scopes);

const rowsInScopes = prepared(
  (tx, given: { tenant: string; ids: readonly string[]; scopes: readonly string[] }) =>
    tx
      .selectFrom('record_part')
      .selectAll()
      .where('tenant', '=', given.tenant)
      .where('id', 'in', given.ids)
      .where((build) =>
        build.exists(
          build
            .selectFrom('part_scope')
            .select('part_scope.scope')
            .whereRef('part_scope.tenant', '=', 'record_part.tenant')
            .whereRef('part_scope.id', '=', 'record_part.id')
            .whereRef('part_scope.kind', '=', 'record_part.kind')
            .whereRef('part_scope.part', '=', 'record_part.part')
            // Not as the index has it: a part has few scopes, and SQLite would look it up by each of the list.
            .where((one) =>
              one(one.fn.coalesce('part_scope.scope', one.val('')), 'in', given.scopes),
            ),
        ),
      ),
);

interface HiddenAsked extends Readonly<Record<string, string | number | readonly string[]>> {
  readonly tenant: string;
  readonly followed: readonly string[];
  readonly scopes: readonly string[];
  readonly seq: number;
  readonly limit: number;
}

/** Of the changes in the scopes followed, those of parts that none of these scopes shows: mostly none. */
export const hiddenChanges = prepared((tx, given: HiddenAsked) =>
  tx
    .selectFrom('change_scope')
    .select(['seq', 'kind', 'id', 'part'])
    .where('tenant', '=', given.tenant)
    .where('scope', 'in', given.followed)
    .where('seq', '>', given.seq)
    .where((build) =>
      build.not(
        build.exists(
          build
            .selectFrom('part_scope')
            .select('part_scope.scope')
            .whereRef('part_scope.tenant', '=', 'change_scope.tenant')
            .whereRef('part_scope.id', '=', 'change_scope.id')
            .whereRef('part_scope.kind', '=', 'change_scope.kind')
            .whereRef('part_scope.part', '=', 'change_scope.part')
            // As above.
            .where((one) =>
              one(one.fn.coalesce('part_scope.scope', one.val('')), 'in', given.scopes),
            ),
        ),
      ),
    )
    .orderBy('seq')
    .limit(atMost(given.limit)),
);
