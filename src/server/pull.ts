/**
 * Pull (design.md §6.5): first what changed in the scopes a device follows, then pages of scopes and kinds it has newly
 * learnt, and of scopes it has lost. Visibility is judged at the page's snapshot (visible.ts). The cost is that of what
 * changed for this device. Kinds that the app does not know are not sent; a cursor that is not accepted is told (`fresh`).
 */
import { businessDateJst, minuteOf } from '../domain/date.ts';
import { kinds as allKinds } from '../domain/kinds/index.ts';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { oldestPullProtocol, protocolVersion, pullPageParts } from '../sync/protocol.ts';
import type { PullRequest, PullResponse } from '../sync/protocol.ts';
import { maxScopes, scopesOfActor } from '../sync/scopes.ts';
import type { Receipt } from '../sync/verdict.ts';
import { askingForPage } from './asking.ts';
import {
  follow,
  isSameList,
  newKinds,
  readCursor,
  writeCursor,
  type Cursor,
  type GivenCursor,
  type Position,
} from './cursor.ts';
import { answeredAndLost, fitness, markAt } from './forgotten.ts';
import type { LogNow } from './log-now.ts';
import { signReceipts } from './receipts.ts';
import { prepared } from './prepared.ts';
import type { PartRef } from './records.ts';
import { heed } from './restore.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { atMost, type Tx } from './storage.ts';
import type { StoreHere } from './store-here.ts';
import { changedVerdicts, toldUpTo } from './verdict-changes.ts';
import { asSeenBy } from './visible.ts';

interface Page {
  readonly cursor: Cursor;
  readonly parts: readonly PartRef[];
  readonly isFull: boolean;
}

export async function pull(
  server: Server,
  store: string,
  request: PullRequest,
  most = pullPageParts,
): Promise<Result<PullResponse>> {
  const now = server.clock();
  const given = readCursor(server, store, request.cursor);
  const known = request.kinds && knownKinds(request.kinds);
  const learnt = newKinds(given, known);
  const asked = { store, request, most, now, given, known, learnt };
  const page = await server.storage.read((tx) => pageFor(server, tx, asked));
  if ('problem' in page) return fail(page.problem);
  if ('fit' in page) {
    await heed(server, page.fit, page.proof, store);
    return fail({ code: 'restoring' });
  }
  await notePull(server, page.from, now);
  // As they were when the page was read: another request may have ended that epoch since.
  const { epoch, durable } = page.log;
  const { receipts } = page.verdicts;
  return ok({
    epoch,
    now,
    parts: page.shown,
    evicted: page.evicted,
    cursor: writeCursor(server, store, { ...page.cursor, ...page.last }),
    seq: page.cursor.seq,
    more: page.isFull || page.cursor.todo.length > 0 || page.verdicts.next !== undefined,
    ...(given ? {} : { fresh: true as const }),
    ...(learnt.length > 0 ? { begun: [...learnt] } : {}),
    ...(receipts.length > 0 ? { verdicts: await signReceipts(server.keys, epoch, receipts) } : {}),
    ...(durable === undefined ? {} : { durable }),
  });
}

interface PageAsked {
  readonly store: string;
  readonly request: PullRequest;
  readonly most: number;
  readonly now: number;
  readonly given: GivenCursor | undefined;
  readonly known: readonly string[] | undefined;
  readonly learnt: readonly string[];
}

async function pageFor(
  server: Server,
  tx: Tx,
  { store, request, most, now, given, known, learnt }: PageAsked,
) {
  const from = given?.told ?? ([(given?.seq ?? 0) + 1, ''] as const);
  const asking = await askingForPage(server, tx, store, given?.seq ?? 0, from[0]);
  if (!asking.ok) return { problem: asking.problem };
  const problem = refusalOf(request);
  if (problem) return { problem };
  const { log, hasTold, ...asker } = asking.value;
  const unfit = await whyNot(server, tx, given, request.receipts ?? [], log);
  if (unfit) return unfit;
  const { head } = log;
  const scopes = scopesOfActor(asker.actor, businessDateJst(now));
  const followed = {
    ...follow(given, scopes, head, learnt),
    ...(known && { kinds: known }),
    run: given?.run ?? toBase64Url(server.random(6)),
  };
  const read = await readPage(tx, server.tenant, followed, head, most);
  const seen = await asSeenBy(server, tx, scopes, read.parts);
  const stores = hasTold ? await storesHere(tx, server.tenant, asker) : [];
  const verdicts = await changedVerdicts(tx, server.tenant, stores, from, most);
  const mark = await markAt(tx, server.tenant, read.cursor.seq, log);
  return {
    ...read,
    ...seen,
    from: asker.store,
    verdicts,
    last: { epoch: log.epoch, ...mark, ...toldUpTo(given ?? {}, verdicts, head) },
    log,
  };
}

function refusalOf({ protocol }: PullRequest): Problem | undefined {
  if (protocol > protocolVersion) return { code: 'serverOlder' };
  return protocol < oldestPullProtocol ? { code: 'updateNeeded' } : undefined;
}

/** Rows of a backup would take the tablets back. */
async function whyNot(
  server: Server,
  tx: Tx,
  given: GivenCursor | undefined,
  receipts: readonly Receipt[],
  log: LogNow,
) {
  const fit = await fitness(server, tx, given, log);
  if (fit !== 'fits') return { fit, proof: given };
  const lost = await answeredAndLost(server, tx, receipts, log);
  return lost && { fit: 'forgotten' as const, proof: lost };
}

const declaredKinds = allKinds.map(({ name }) => name);
const kindNames = declaredKinds.toSorted();

function knownKinds(named: readonly string[]): readonly string[] {
  // As an app of this release names them.
  if (isSameList(named, declaredKinds)) return kindNames;
  const asked = new Set(named);
  return kindNames.filter((name) => asked.has(name));
}

/**
 * Where this member's entries on this tablet may have come from: her stores, replaced ones too, and the counter's. Asked only
 * where one of them has a verdict that has changed since.
 */
async function storesHere(tx: Tx, tenant: string, { store }: Asker): Promise<string[]> {
  const { device, user } = store;
  return (await storesOn(tx, { tenant, device, user })).map((row) => row.store);
}

const storesOn = prepared((tx, given: { tenant: string; device: string; user: string }) =>
  tx
    .selectFrom('store')
    .select('store')
    .where('tenant', '=', given.tenant)
    .where('device', '=', given.device)
    .where((build) => build.or([build('user', '=', given.user), build('role', '=', 'counter')])),
);

async function readPage(
  tx: Tx,
  tenant: string,
  cursor: Cursor,
  head: number,
  most: number,
): Promise<Page> {
  const changed = await changedParts(tx, tenant, cursor, head, 2 * (most + maxScopes));
  if (changed.isFull || cursor.todo.length === 0) return changed;
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
  // Every scope's changes are changes: at the head there is nothing to look for.
  if (seq >= head) return { cursor: { ...cursor, seq: head }, parts: [], isFull: false };
  const rows = await changesOf(tx, { tenant, scopes: among(scopes), seq, limit });
  const isFull = rows.length === limit;
  const lastSeq = rows.at(-1)?.seq ?? head;
  const whole = isFull ? rows.filter((row) => row.seq < lastSeq) : rows;
  const reached = isFull ? (whole.at(-1)?.seq ?? seq) : head;
  const known = kinds && new Set(kinds);
  const parts = known ? whole.filter(({ kind }) => known.has(kind)) : whole;
  return { cursor: { ...cursor, seq: reached }, parts, isFull };
}

interface ChangesAsked extends Readonly<Record<string, string | number | readonly string[]>> {
  readonly tenant: string;
  readonly scopes: readonly string[];
  readonly seq: number;
  readonly limit: number;
}

export const changesOf = prepared((tx, { tenant, scopes, seq, limit }: ChangesAsked) =>
  tx
    .selectFrom('change_scope')
    .select(['seq', 'kind', 'id', 'part'])
    .where('tenant', '=', tenant)
    .where('scope', 'in', scopes)
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(atMost(limit)),
);

function scopeParts(
  tx: Tx,
  tenant: string,
  { scope, after, kinds }: Position,
  known: readonly string[] | undefined,
  limit: number,
): Promise<PartRef[]> {
  const wanted = known && kinds ? kinds.filter((kind) => known.includes(kind)) : (kinds ?? known);
  const [kind, id, part] = after ?? ['', '', ''];
  const given = { tenant, scope, kind, id, part, limit };
  return wanted ? partsOfKinds(tx, { ...given, kinds: among(wanted) }) : partsInScope(tx, given);
}

interface PartsAsked extends Readonly<Record<string, string | number | readonly string[]>> {
  readonly tenant: string;
  readonly scope: string;
  readonly kind: string;
  readonly id: string;
  readonly part: string;
  readonly limit: number;
}

const partsQuery = (tx: Tx, given: PartsAsked) =>
  tx
    .selectFrom('part_scope')
    .select(['kind', 'id', 'part'])
    .where('tenant', '=', given.tenant)
    .where('scope', '=', given.scope)
    // From the beginning: no name comes before the empty one.
    .where((build) =>
      build.eb(
        build.refTuple('kind', 'id', 'part'),
        '>',
        build.tuple(given.kind, given.id, given.part),
      ),
    )
    .orderBy('kind')
    .orderBy('id')
    .orderBy('part')
    .limit(atMost(given.limit));
const partsInScope = prepared(partsQuery);
const partsOfKinds = prepared((tx, given: PartsAsked & { kinds: readonly string[] }) =>
  partsQuery(tx, given).where('kind', 'in', given.kinds),
);

/** Not every database takes an empty list. */
export function among(kinds: readonly string[] | undefined): readonly string[] {
  return kinds && kinds.length > 0 ? kinds : [''];
}

/** To the minute is enough to say when a tablet was last here, and keeps a pull of nothing free of writes. */
async function notePull(server: Server, from: StoreHere, now: number): Promise<void> {
  const { store, pulled_at } = from;
  if (minuteOf(now) === minuteOf(pulled_at ?? 0)) return;
  const { tenant } = server;
  await server.storage.write(tenant, (tx) => pulledAt(tx, { now, tenant, store }));
}

const pulledAt = prepared((tx, given: { now: number; tenant: string; store: string }) =>
  tx
    .updateTable('store')
    .set({ pulled_at: given.now })
    .where('tenant', '=', given.tenant)
    .where('store', '=', given.store),
);
