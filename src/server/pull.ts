/**
 * Pull (design.md §6.5): first what changed in the scopes a device follows, then pages of scopes it has newly learnt or
 * lost. Visibility is judged at the page's snapshot: the current body, or an eviction; never a body that scopes do not
 * allow now. The cost is that of what changed for this device.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { protocolVersion, pullPageParts } from '../sync/protocol.ts';
import type { PullRequest, PullResponse, WirePart } from '../sync/protocol.ts';
import { scopesOfActor } from '../sync/scopes.ts';
import { headSeq } from './append.ts';
import { changedVerdicts } from './blocked.ts';
import { follow, readCursor, writeCursor, type Cursor, type Position } from './cursor.ts';
import { createSealer } from './person-keys.ts';
import { openParts, partKey, partRows, type PartRef } from './records.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { chunks, type Tx } from './storage.ts';

interface Page {
  readonly cursor: Cursor;
  readonly parts: readonly PartRef[];
  readonly isFull: boolean;
}

export async function pull(
  server: Server,
  asker: Asker,
  request: PullRequest,
): Promise<Result<PullResponse>> {
  if (request.protocol > protocolVersion) return fail({ code: 'malformed', reason: 'protocol' });
  const { store } = asker.store;
  const now = server.clock();
  const scopes = scopesOfActor(asker.actor, businessDateJst(now));
  const given = readCursor(server, store, request.cursor);
  const page = await server.storage.read(async (tx) => {
    const head = await headSeq(tx, server.tenant);
    const read = await readPage(tx, server.tenant, follow(given, scopes, head), head);
    const seen = await asSeenBy(server, tx, scopes, read.parts);
    const verdicts = await changedVerdicts(tx, server.tenant, [store], given?.seq ?? 0);
    return { ...read, ...seen, verdicts };
  });
  await notePull(server, asker, now);
  return ok({
    epoch: server.epoch,
    now,
    parts: page.shown,
    evicted: page.evicted,
    cursor: writeCursor(server, store, page.cursor),
    seq: page.cursor.seq,
    more: page.isFull || page.cursor.todo.length > 0,
    ...(page.verdicts.length > 0 ? { verdicts: page.verdicts } : {}),
  });
}

async function readPage(tx: Tx, tenant: string, cursor: Cursor, head: number): Promise<Page> {
  const changed = await changedParts(tx, tenant, cursor, head);
  if (changed.isFull) return changed;
  const parts = [...changed.parts];
  const scopes = new Set(cursor.scopes);
  const todo = [...cursor.todo];
  while (parts.length < pullPageParts) {
    const [position] = todo;
    if (!position) break;
    const room = pullPageParts - parts.length;
    const rows = await scopeParts(tx, tenant, position, room);
    parts.push(...rows);
    const last = rows.at(-1);
    if (last && rows.length === room) {
      todo[0] = { ...position, after: [last.kind, last.id, last.part] };
      break;
    }
    todo.shift();
    if (position.op === 'sweep') scopes.delete(position.scope);
  }
  return { cursor: { scopes: [...scopes], seq: head, todo }, parts, isFull: false };
}

/** A sequence number belongs to one part, so a page never ends inside one except by its several scopes. */
async function changedParts(
  tx: Tx,
  tenant: string,
  { scopes, seq, todo }: Cursor,
  head: number,
): Promise<Page> {
  const limit = pullPageParts * 2;
  const rows = await tx
    .selectFrom('change_scope')
    .select(['seq', 'kind', 'id', 'part'])
    .where('tenant', '=', tenant)
    .where('scope', 'in', scopes)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const isFull = rows.length === limit;
  const lastSeq = rows.at(-1)?.seq ?? head;
  const whole = isFull ? rows.filter((row) => row.seq < lastSeq) : rows;
  const reached = isFull ? (whole.at(-1)?.seq ?? seq) : head;
  return { cursor: { scopes, seq: reached, todo }, parts: whole, isFull };
}

function scopeParts(
  tx: Tx,
  tenant: string,
  { scope, after }: Position,
  limit: number,
): Promise<PartRef[]> {
  const all = tx
    .selectFrom('part_scope')
    .select(['kind', 'id', 'part'])
    .where('tenant', '=', tenant)
    .where('scope', '=', scope)
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

interface Seen {
  readonly shown: WirePart[];
  readonly evicted: PartRef[];
}

async function asSeenBy(
  server: Server,
  tx: Tx,
  scopes: readonly string[],
  parts: readonly PartRef[],
): Promise<Seen> {
  const asked = new Map(
    parts.map(({ kind, id, part }) => [partKey({ kind, id, part }), { kind, id, part }]),
  );
  const visible = await visibleOf(tx, server.tenant, scopes, asked);
  const ids = [...asked].flatMap(([key, { id }]) => (visible.has(key) ? [id] : []));
  const rows = (await partRows(tx, server.tenant, ids)).filter(
    (row) => asked.has(partKey(row)) && visible.has(partKey(row)),
  );
  const bodies = await openParts(server.tenant, createSealer(tx, server), rows);
  const shown = rows.flatMap(({ kind, id, part, rev, seq }, index) => {
    const body = bodies[index];
    return body ? [{ kind, id, part, rev, seq, body }] : [];
  });
  const isShown = new Set(shown.map(partKey));
  const evicted = [...asked].flatMap(([key, ref]) => (isShown.has(key) ? [] : [ref]));
  return { shown, evicted };
}

async function visibleOf(
  tx: Tx,
  tenant: string,
  scopes: readonly string[],
  asked: ReadonlyMap<string, PartRef>,
): Promise<Set<string>> {
  const visible = new Set<string>();
  for (const some of chunks([...new Set([...asked.values()].map(({ id }) => id))])) {
    const rows = await tx
      .selectFrom('part_scope')
      .select(['kind', 'id', 'part'])
      .where('tenant', '=', tenant)
      .where('id', 'in', some)
      .where('scope', 'in', scopes)
      .execute();
    for (const row of rows) visible.add(partKey(row));
  }
  return visible;
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
