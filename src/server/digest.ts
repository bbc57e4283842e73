/**
 * Digest (design.md §6.11): what a device ought to hold, reckoned anew from the tables, against what it says it holds. Only
 * where its cursor stands at the head of everything it follows can the two be the same; a difference then is nobody's
 * ordinary day: the buckets that differ go to the tablet whole, and supervisors are told, in numbers.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { bucketOf, differing, digestOf, type DigestPart } from '../sync/digest.ts';
import type { DigestRequest, DigestResponse } from '../sync/protocol.ts';
import { pullPageParts } from '../sync/protocol.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import { askingAt } from './asking.ts';
import { readCursor, type Cursor } from './cursor.ts';
import { fitness } from './forgotten.ts';
import { ownerOf, partKey } from './records.ts';
import { prepared } from './prepared.ts';
import { among, changesOf } from './pull.ts';
import { heed } from './restore.ts';
import type { Server } from './server.ts';
import { askerIn } from './session.ts';
import { chunks, type Tx } from './storage.ts';
import { raiseAlarm } from './streams.ts';
import { asSeenBy, inScopes } from './visible.ts';

/** More than this is sent in pages, from the beginning. */
export const mostRepaired = 4 * pullPageParts;

export async function compareDigest(
  server: Server,
  store: string,
  { cursor: text, buckets }: DigestRequest,
): Promise<Result<DigestResponse>> {
  const { epoch } = server.epochNow;
  const cursor = readCursor(server, store, text);
  const behind = ok({ kind: 'behind' as const, epoch });
  const found = await server.storage.read(async (tx) => {
    const asking = await askingAt(server, tx, store, cursor?.seq ?? 0);
    const asker = askerIn(asking?.who);
    if (!asker.ok) return { problem: asker.problem };
    const scopes = scopesOfActor(asker.value.actor, businessDateJst(server.clock()));
    if (!asking || !cursor || !hasAll(cursor, scopes)) return undefined;
    const { log } = asking;
    const fit = await fitness(server, tx, cursor, log);
    if (fit !== 'fits') return { fit, cursor };
    if (cursor.seq < log.head && (await hasNews(tx, server.tenant, cursor))) return undefined;
    const held = await partsShown(tx, server.tenant, cursor);
    const own = await digestOf(held, server.keys.cipher.sha256);
    const wrong = new Set(differing(own, buckets));
    const parts = wrong.size === 0 ? [] : held.filter((part) => wrong.has(bucketOf(part)));
    const isMuch = parts.length > mostRepaired;
    const seen = await asSeenBy(server, tx, cursor.scopes, isMuch ? [] : parts);
    return { wrong: [...wrong], isMuch, count: parts.length, shown: seen.shown };
  });
  if (!found) return behind;
  if ('problem' in found) return fail(found.problem);
  if ('fit' in found) {
    await heed(server, found.fit, found.cursor, store);
    return behind;
  }
  if (found.wrong.length === 0) return ok({ kind: 'same', epoch });
  const { wrong, isMuch, count, shown } = found;
  await alarm(server, { store, buckets: wrong.length, parts: count });
  if (isMuch) return ok({ kind: 'rebuild', epoch });
  const byBucket = Map.groupBy(shown, bucketOf);
  const sent = wrong.map((bucket) => ({ bucket, parts: byBucket.get(bucket) ?? [] }));
  return ok({ kind: 'differs', epoch, buckets: sent });
}

/** Nothing of what it follows is still to be sent or swept, and it follows what it may today. */
function hasAll({ todo, scopes, kinds }: Cursor, now: readonly string[]): boolean {
  const isSame = scopes.length === now.length && now.every((scope) => scopes.includes(scope));
  return todo.length === 0 && isSame && kinds !== undefined;
}

async function hasNews(tx: Tx, tenant: string, { scopes, seq }: Cursor): Promise<boolean> {
  if (scopes.length === 0) return false;
  return (await changesOf(tx, { tenant, scopes, seq, limit: 1 })).length > 0;
}

/** Every part that these scopes show of these kinds, each once; a part whose key was destroyed is shown to nobody. */
async function partsShown(tx: Tx, tenant: string, cursor: Cursor): Promise<DigestPart[]> {
  const { scopes, kinds } = cursor;
  const rows = await rowsShown(tx, { tenant, scopes: among(scopes), kinds: among(kinds) });
  const parts = [...new Map(rows.map((row) => [partKey(row), row])).values()];
  const sealed = parts.filter(({ part }) => part !== 'facts');
  const keyed = await ownersWithKey(tx, tenant, [...new Set(sealed.map(ownerOf))]);
  return parts
    .filter((row) => row.part === 'facts' || keyed.has(ownerOf(row)))
    .map(({ kind, id, part, rev, seq }) => ({
      kind,
      id,
      part,
      rev: Number(rev),
      seq: Number(seq),
    }));
}

const rowsShown = prepared(
  (tx, given: { tenant: string; scopes: readonly string[]; kinds: readonly string[] }) =>
    inScopes(tx, given)
      .select(['record_part.kind', 'record_part.id', 'record_part.part'])
      .select(['record_part.rev', 'record_part.seq', 'record_part.person'])
      .where('part_scope.kind', 'in', given.kinds),
);

async function ownersWithKey(tx: Tx, tenant: string, owners: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of chunks(owners))
    for (const { person } of await keyed(tx, { tenant, owners: some })) found.add(person);
  return found;
}

const keyed = prepared((tx, given: { tenant: string; owners: readonly string[] }) =>
  tx
    .selectFrom('person_key')
    .select('person')
    .where('tenant', '=', given.tenant)
    .where('person', 'in', given.owners),
);

function alarm(server: Server, details: object): Promise<void> {
  return server.storage.write(server.tenant, (tx) => raiseAlarm(tx, server, 'digest', details));
}
