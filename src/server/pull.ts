/**
 * Pull (design.md §6.5): first what changed in the scopes a device follows, then pages of scopes and kinds it has newly
 * learnt, and of scopes it has lost. Visibility is judged at the page's snapshot (visible.ts). The cost is that of what
 * changed for this device. Kinds that the app does not know are not sent; a cursor that is not accepted is told (`fresh`).
 */
import { businessDateJst } from '../domain/date.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { oldestPullProtocol, protocolVersion, pullPageParts } from '../sync/protocol.ts';
import type { PullRequest, PullResponse } from '../sync/protocol.ts';
import { maxScopes, scopesOfActor } from '../sync/scopes.ts';
import { headSeq } from './append.ts';
import { changedVerdicts } from './blocked.ts';
import { follow, newKinds, readCursor, writeCursor, type Cursor, type Position } from './cursor.ts';
import { readEpoch } from './epoch.ts';
import { signReceipts } from './receipts.ts';
import type { PartRef } from './records.ts';
import { beginForgotten } from './restore.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import type { Tx } from './storage.ts';
import { asSeenBy } from './visible.ts';

interface Page {
  readonly cursor: Cursor;
  readonly parts: readonly PartRef[];
  readonly isFull: boolean;
}

export async function pull(
  server: Server,
  asker: Asker,
  request: PullRequest,
  most = pullPageParts,
): Promise<Result<PullResponse>> {
  if (request.protocol > protocolVersion) return fail({ code: 'serverOlder' });
  if (request.protocol < oldestPullProtocol) return fail({ code: 'updateNeeded' });
  const { store } = asker.store;
  const now = server.clock();
  const scopes = scopesOfActor(asker.actor, businessDateJst(now));
  const given = readCursor(server, store, request.cursor);
  const known = request.kinds && knownKinds(request.kinds);
  const learnt = newKinds(given, known);
  const page = await server.storage.read(async (tx) => {
    const head = await headSeq(tx, server.tenant);
    // Rows of a backup would take the tablets back; a cursor of ours beyond the head says that this is one.
    const isBehind = (given?.seq ?? 0) > head;
    if (isBehind || (await readEpoch(tx, server.tenant)).isClosed) return { isBehind };
    const followed = {
      ...follow(given, scopes, head, learnt),
      ...(known && { kinds: known }),
      run: given?.run ?? toBase64Url(server.random(6)),
    };
    const read = await readPage(tx, server.tenant, followed, head, most);
    const seen = await asSeenBy(server, tx, scopes, read.parts);
    const stores = await storesHere(tx, server.tenant, asker);
    const verdicts = await changedVerdicts(tx, server.tenant, stores, given?.seq ?? 0);
    return { ...read, ...seen, verdicts };
  });
  if ('isBehind' in page) {
    if (page.isBehind) await beginForgotten(server, { store, cursor: given?.seq });
    return fail({ code: 'restoring' });
  }
  await notePull(server, asker, now);
  const { durable } = server.epochNow;
  return ok({
    epoch: server.epoch,
    now,
    parts: page.shown,
    evicted: page.evicted,
    cursor: writeCursor(server, store, page.cursor),
    seq: page.cursor.seq,
    more: page.isFull || page.cursor.todo.length > 0,
    ...(given ? {} : { fresh: true as const }),
    ...(learnt.length > 0 ? { begun: [...learnt] } : {}),
    ...(page.verdicts.length > 0
      ? { verdicts: signReceipts(server.keys, server.epoch, page.verdicts) }
      : {}),
    ...(durable === undefined ? {} : { durable }),
  });
}

function knownKinds(named: readonly string[]): string[] {
  return [...new Set(named)].filter((name) => kindNamed(name) !== undefined).sort();
}

/** Where this member's entries on this tablet may have come from: her stores, replaced ones too, and the counter's. */
async function storesHere(tx: Tx, tenant: string, { store }: Asker): Promise<string[]> {
  const rows = await tx
    .selectFrom('store')
    .select('store')
    .where('tenant', '=', tenant)
    .where('device', '=', store.device)
    .where((build) => build.or([build('user', '=', store.user), build('role', '=', 'counter')]))
    .execute();
  return rows.map((row) => row.store);
}

async function readPage(
  tx: Tx,
  tenant: string,
  cursor: Cursor,
  head: number,
  most: number,
): Promise<Page> {
  const changed = await changedParts(tx, tenant, cursor, head, 2 * (most + maxScopes));
  if (changed.isFull) return changed;
  const parts = [...changed.parts];
  const scopes = new Set(cursor.scopes);
  const todo = [...cursor.todo];
  while (parts.length < most) {
    const [position] = todo;
    if (!position) break;
    const room = most - parts.length;
    const rows = await scopeParts(tx, tenant, position, cursor.kinds, room);
    parts.push(...rows);
    const last = rows.at(-1);
    if (last && rows.length === room) {
      todo[0] = { ...position, after: [last.kind, last.id, last.part] };
      break;
    }
    todo.shift();
    if (position.op === 'sweep') scopes.delete(position.scope);
  }
  return { cursor: { ...cursor, scopes: [...scopes], seq: head, todo }, parts, isFull: false };
}

/** A sequence number belongs to one part, so a page never ends inside one except by its several scopes: `limit` is above them. */
async function changedParts(
  tx: Tx,
  tenant: string,
  cursor: Cursor,
  head: number,
  limit: number,
): Promise<Page> {
  const { scopes, seq, kinds } = cursor;
  const rows = await tx
    .selectFrom('change_scope')
    .select(['seq', 'kind', 'id', 'part'])
    .where('tenant', '=', tenant)
    .where('scope', 'in', scopes)
    .where('seq', '>', seq)
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', among(kinds)))
    .orderBy('seq')
    .limit(limit)
    .execute();
  const isFull = rows.length === limit;
  const lastSeq = rows.at(-1)?.seq ?? head;
  const whole = isFull ? rows.filter((row) => row.seq < lastSeq) : rows;
  const reached = isFull ? (whole.at(-1)?.seq ?? seq) : head;
  return { cursor: { ...cursor, seq: reached }, parts: whole, isFull };
}

function scopeParts(
  tx: Tx,
  tenant: string,
  { scope, after, kinds }: Position,
  known: readonly string[] | undefined,
  limit: number,
): Promise<PartRef[]> {
  const wanted = known && kinds ? kinds.filter((kind) => known.includes(kind)) : (kinds ?? known);
  const all = tx
    .selectFrom('part_scope')
    .select(['kind', 'id', 'part'])
    .where('tenant', '=', tenant)
    .where('scope', '=', scope)
    .$if(wanted !== undefined, (query) => query.where('kind', 'in', among(wanted)))
    .orderBy('kind')
    .orderBy('id')
    .orderBy('part')
    .limit(limit);
  if (!after) return all.execute();
  const [kind, id, part] = after;
  const rest = all.where((build) =>
    build.eb(build.refTuple('kind', 'id', 'part'), '>', build.tuple(kind, id, part)),
  );
  return rest.execute();
}

/** Not every database takes an empty list. */
function among(kinds: readonly string[] | undefined): readonly string[] {
  return kinds && kinds.length > 0 ? kinds : [''];
}

/** Once a minute is enough to say when a tablet was last here, and keeps a pull of nothing free of writes. */
async function notePull(server: Server, { store }: Asker, now: number): Promise<void> {
  if (now - (store.pulled_at ?? 0) < 60_000) return;
  await server.storage.write(server.tenant, (tx) =>
    tx
      .updateTable('store')
      .set({ pulled_at: now })
      .where('tenant', '=', server.tenant)
      .where('store', '=', store.store)
      .execute(),
  );
}
