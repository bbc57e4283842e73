/**
 * Push (design.md §6.3): envelopes are opened and checked before any lock; then one transaction compares the stream with
 * what is held (the same again → the stored receipt; a hole → `gap`; another history → a fork, refused and alarmed) and
 * appends the rest. No token: the signatures are the authorship.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Entry } from '../sync/entry.ts';
import { leaseBytes, type SignedLease } from '../sync/lease.ts';
import type { PushRequest, PushResponse } from '../sync/protocol.ts';
import { protocolVersion } from '../sync/protocol.ts';
import type { Receipt } from '../sync/verdict.ts';
import { appendAccess } from './access.ts';
import { appendWrites, type Appended } from './append.ts';
import type { Authored } from './judging.ts';
import { actorOf, keepLeases, storedLeases } from './leases.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import { compareStream, type Head, raiseAlarm } from './streams.ts';
import { openEnvelope } from './unseal.ts';

const malformed = (reason: string): Problem => ({ code: 'malformed', reason });

interface Run {
  readonly store: Tables['store'];
  readonly lane: PushRequest['lane'];
  readonly leases: ReadonlyMap<string, SignedLease>;
}

export async function push(server: Server, request: PushRequest): Promise<Result<PushResponse>> {
  if (request.protocol > protocolVersion) return fail(malformed('protocol'));
  const store = await findStore(server, request.store);
  if (!store) return fail({ code: 'unauthorised' });
  const opened = await openAll(server, store, request);
  if (!opened.ok) return opened;
  const wait = await server.limits.push(store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const leases = await leasesOf(server, request, opened.value);
  if (!leases.ok) return leases;
  const run = { store, lane: request.lane, leases: leases.value };
  const outcome = await appendHalving(server, run, request.after, opened.value, false);
  if (outcome.kind === 'fork') return fail(malformed('fork'));
  if (outcome.kind === 'gap') return ok({ kind: 'gap', epoch: server.epoch, head: outcome.head });
  return ok({ kind: 'receipts', epoch: server.epoch, receipts: [...outcome.receipts] });
}

export function findStore(server: Server, store: string): Promise<Tables['store'] | undefined> {
  return server.storage.read((tx) =>
    tx
      .selectFrom('store')
      .selectAll()
      .where('tenant', '=', server.tenant)
      .where('store', '=', store)
      .executeTakeFirst(),
  );
}

async function openAll(
  server: Server,
  store: Tables['store'],
  request: PushRequest,
): Promise<Result<Entry[]>> {
  let before: Head = request.after;
  const opened = await Promise.all(
    request.entries.map((envelope) => openEnvelope(envelope, store.public_key, server.keys)),
  );
  const entries: Entry[] = [];
  for (const result of opened) {
    if (!result.ok) return result;
    const { header, hash } = result.value;
    const isNext =
      header.seq === (before?.seq ?? 0) + 1 && header.prevHash === (before?.hash ?? '');
    const isOfRequest = header.store === store.store && header.lane === request.lane;
    if (!isNext || !isOfRequest) return fail(malformed('chain'));
    entries.push(result.value);
    before = { seq: header.seq, hash };
  }
  return ok(entries);
}

/** The leases that the entries name, from the request or from before, each signed by this server for this store. */
async function leasesOf(
  server: Server,
  request: PushRequest,
  entries: readonly Entry[],
): Promise<Result<Map<string, SignedLease>>> {
  for (const { lease, sig } of request.leases)
    if (!(await server.keys.isOwn(leaseBytes(lease), sig))) return fail(malformed('lease'));
  const given = new Map(request.leases.map((signed) => [signed.lease.id, signed]));
  const missing = [...new Set(entries.map(({ header }) => header.lease))].filter(
    (id) => !given.has(id),
  );
  const stored = await server.storage.read((tx) => storedLeases(tx, server.tenant, missing));
  for (const signed of stored) given.set(signed.lease.id, signed);
  const fits = entries.every(({ header }) => {
    const lease = given.get(header.lease)?.lease;
    return (
      lease?.tenant === server.tenant && lease.store === header.store && lease.user === header.actor
    );
  });
  return fits ? ok(given) : fail(malformed('lease'));
}

type Outcome =
  | { readonly kind: 'receipts'; readonly receipts: readonly Receipt[] }
  | { readonly kind: 'gap'; readonly head: Head }
  | { readonly kind: 'fork' };

async function appendHalving(
  server: Server,
  run: Run,
  after: Head,
  entries: readonly Entry[],
  isForced: boolean,
): Promise<Outcome> {
  try {
    return await appendOnce(server, run, after, entries, isForced);
  } catch (error) {
    // A full disk is no fault of the entries: nothing is judged, the tablet comes again.
    if (isForced || server.storage.isOutage(error)) throw error;
    server.log.warn({ store: run.store.store, entries: entries.length, err: error }, 'push halved');
    if (entries.length === 1) return appendHalving(server, run, after, entries, true);
  }
  const middle = Math.ceil(entries.length / 2);
  const first = entries.slice(0, middle);
  const outcome = await appendHalving(server, run, after, first, false);
  const last = first.at(-1);
  if (outcome.kind !== 'receipts' || !last) return outcome;
  const head = { seq: last.header.seq, hash: last.hash };
  const rest = await appendHalving(server, run, head, entries.slice(middle), false);
  if (rest.kind !== 'receipts') return rest;
  return { kind: 'receipts', receipts: [...outcome.receipts, ...rest.receipts] };
}

async function appendOnce(
  server: Server,
  run: Run,
  after: Head,
  entries: readonly Entry[],
  isForced: boolean,
): Promise<Outcome> {
  const { storage, tenant } = server;
  let appended: Appended | undefined;
  const outcome = await storage.write(tenant, async (tx): Promise<Outcome> => {
    const compared = await compareStream(tx, tenant, run, after, entries);
    if (compared.kind === 'fork') await raiseAlarm(tx, server, 'fork', compared.details);
    if (compared.kind !== 'fits') return compared;
    await keepLeases(tx, tenant, [...run.leases.values()]);
    appended = await append(server, tx, run, compared.fresh, isForced);
    return { kind: 'receipts', receipts: [...compared.known, ...appended.receipts] };
  });
  appended?.afterCommit();
  return outcome;
}

async function append(
  server: Server,
  tx: Tx,
  run: Run,
  fresh: readonly Entry[],
  isForced: boolean,
): Promise<Appended> {
  if (fresh.length === 0) return { receipts: [], afterCommit: () => undefined };
  await tx
    .updateTable('store')
    .set({ pushed_at: server.clock() })
    .where('tenant', '=', server.tenant)
    .where('store', '=', run.store.store)
    .execute();
  if (run.lane === 'access') return appendAccess(server, tx, run.store, fresh);
  const items = fresh.flatMap((entry): Authored[] => {
    const lease = run.leases.get(entry.header.lease)?.lease;
    return lease ? [{ entry, actor: actorOf(lease) }] : [];
  });
  const isRevoked = await isStoreRevoked(tx, server.tenant, run.store.store);
  return appendWrites(server, tx, items, { isRevoked, isForced });
}

/** Read under the lock: a revocation that was committed while the envelopes were opened counts. */
async function isStoreRevoked(tx: Tx, tenant: string, store: string): Promise<boolean> {
  const row = await tx
    .selectFrom('store')
    .select('state')
    .where('tenant', '=', tenant)
    .where('store', '=', store)
    .executeTakeFirst();
  return row?.state !== 'active';
}
