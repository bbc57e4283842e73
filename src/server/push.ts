/**
 * Push (design.md §6.3): envelopes are opened and checked before any lock; then they join their stream (append-stream.ts).
 * No token: the signatures are the authorship. Every protocol ever shipped is taken, for ever; a later one is asked to wait
 * for a later server. Whoever offers something to a server that has forgotten it makes it close and wait for the others.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { isSameValue } from '../domain/value.ts';
import type { Entry } from '../sync/entry.ts';
import { leaseBytes, type SignedLease } from '../sync/lease.ts';
import { protocolVersion, type PushRequest, type PushResponse } from '../sync/protocol.ts';
import { appendStream, type Outcome, type Run } from './append-stream.ts';
import { readCursor } from './cursor.ts';
import { storedLeases, storeWithLeases } from './leases.ts';
import type { Pusher } from './pushers.ts';
import { putAwayIn, signReceipts } from './receipts.ts';
import { openIfReady } from './reoffer.ts';
import type { Server } from './server.ts';
import { recallStore } from './stores.ts';
import type { Head } from './streams.ts';
import { openEnvelope } from './unseal.ts';

const malformed = (reason: string): Problem => ({ code: 'malformed', reason });

export async function push(server: Server, request: PushRequest): Promise<Result<PushResponse>> {
  const outcome = await takeIn(server, request);
  return outcome.ok ? ok(await answerOf(server, outcome.value)) : outcome;
}

/** Before the receipts are signed: a container tells nobody what became of single entries. */
export async function takeIn(server: Server, request: PushRequest): Promise<Result<Outcome>> {
  if (request.protocol > protocolVersion) return fail({ code: 'serverOlder' });
  const ids = leaseIds(request);
  const known = await pusherOf(server, request.store, ids);
  const store = known.store ?? (await recallStore(server, request.store, request.leases));
  if (!store) return fail({ code: 'unauthorised' });
  const opened = await openAll(server, store, request);
  if (!opened.ok) return opened;
  const wait = await server.limits.push(store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  // One that was forgotten may have been recalled by another request, with leases.
  const stored = known.store
    ? known.leases
    : await server.storage.read((tx) => storedLeases(tx, server.tenant, ids));
  const leases = await leasesOf(server, request, opened.value, stored);
  if (!leases.ok) return leases;
  const { lane, entries, receipts = [], left, seen } = request;
  const sealed = opened.value.map(({ hash }, index) => [hash, entries[index]] as const);
  const envelopes = new Map(sealed.flatMap(([hash, one]) => (one ? [[hash, one]] : [])));
  const run: Run = {
    store,
    lane,
    ...leases.value,
    envelopes,
    receipts,
    putAway: await putAwayIn(server.keys, receipts),
    left,
    seen: seen && readCursor(server, seen.store, seen.cursor),
    isOpening: false,
  };
  const append = () => appendStream(server, run, request.after, opened.value);
  const outcome = await append();
  if (outcome.kind !== 'gap') server.pushers.note({ store, leases: run.freshLeases });
  // With the last of them it opens; what they have become is known then.
  const isOpened = outcome.kind === 'held' && (await openIfReady(server));
  return ok(isOpened ? await append() : outcome);
}

async function pusherOf(server: Server, store: string, leases: readonly string[]) {
  const known = server.pushers.find(store, leases);
  if (known) return known;
  const read = await server.storage.read((tx) => storeWithLeases(tx, server.tenant, store, leases));
  server.pushers.note(read);
  return read;
}

async function answerOf(server: Server, outcome: Outcome): Promise<PushResponse> {
  const { epoch, durable } = outcome.epoch;
  if (outcome.kind === 'gap') return { kind: 'gap', epoch, head: outcome.head };
  if (outcome.kind === 'held') return { kind: 'held', epoch, upTo: outcome.upTo };
  return {
    kind: 'receipts',
    epoch,
    receipts: await signReceipts(server.keys, epoch, outcome.receipts),
    ...(durable === undefined ? {} : { durable }),
    ...(outcome.isForked ? { fork: true } : {}),
  };
}

async function openAll(
  server: Server,
  store: Pusher,
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

function leaseIds({ entries, leases }: PushRequest): string[] {
  const named = entries.map(({ header }) => header.lease);
  return [...new Set([...named, ...leases.map(({ lease }) => lease.id)])];
}

/** The leases that the entries name, from the request or from before, each signed by this server for this store. */
async function leasesOf(
  server: Server,
  request: PushRequest,
  entries: readonly Entry[],
  stored: readonly SignedLease[],
): Promise<Result<Pick<Run, 'leases' | 'freshLeases'>>> {
  const given = new Map(stored.map((signed) => [signed.lease.id, signed]));
  const fresh = request.leases.filter((signed) => !isSameLease(given.get(signed.lease.id), signed));
  for (const signed of fresh) {
    const { lease, sig } = signed;
    if (!(await server.keys.isOwn(leaseBytes(lease), sig))) return fail(malformed('lease'));
    given.set(lease.id, signed);
  }
  const fits = entries.every(({ header }) => {
    const lease = given.get(header.lease)?.lease;
    return (
      lease?.tenant === server.tenant && lease.store === header.store && lease.user === header.actor
    );
  });
  return fits ? ok({ leases: given, freshLeases: fresh }) : fail(malformed('lease'));
}

/** Checked when it was stored. */
function isSameLease(known: SignedLease | undefined, { lease, sig }: SignedLease): boolean {
  return known?.sig === sig && isSameValue({ ...known.lease }, { ...lease });
}
