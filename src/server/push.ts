/**
 * Push (design.md §6.3): envelopes are opened and checked before any lock; then they join their stream (append-stream.ts).
 * No token: the signatures are the authorship. Every protocol ever shipped is taken, for ever; a later one is asked to wait
 * for a later server. Whoever offers something to a server that has forgotten it makes it close and wait for the others.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Entry } from '../sync/entry.ts';
import { leaseBytes, type SignedLease } from '../sync/lease.ts';
import { protocolVersion, type PushRequest, type PushResponse } from '../sync/protocol.ts';
import { appendStream, type Outcome, type Run } from './append-stream.ts';
import { storedLeases } from './leases.ts';
import { signReceipts } from './receipts.ts';
import { openIfReady } from './reoffer.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import { findStore, recallStore } from './stores.ts';
import type { Head } from './streams.ts';
import { openEnvelope } from './unseal.ts';

const malformed = (reason: string): Problem => ({ code: 'malformed', reason });

export async function push(server: Server, request: PushRequest): Promise<Result<PushResponse>> {
  if (request.protocol > protocolVersion) return fail({ code: 'serverOlder' });
  const store =
    (await findStore(server, request.store)) ??
    (await recallStore(server, request.store, request.leases));
  if (!store) return fail({ code: 'unauthorised' });
  const opened = await openAll(server, store, request);
  if (!opened.ok) return opened;
  const wait = await server.limits.push(store.store);
  if (wait > 0) return fail({ code: 'tooManyRequests', waitSeconds: wait });
  const leases = await leasesOf(server, request, opened.value);
  if (!leases.ok) return leases;
  const { lane, entries, receipts = [], left } = request;
  const sealed = opened.value.map(({ hash }, index) => [hash, entries[index]] as const);
  const envelopes = new Map(sealed.flatMap(([hash, one]) => (one ? [[hash, one]] : [])));
  const run: Run = {
    store,
    lane,
    leases: leases.value,
    envelopes,
    receipts,
    left,
    isOpening: false,
  };
  const append = () => appendStream(server, run, request.after, opened.value);
  const outcome = await append();
  // With the last of them it opens; what they have become is known then.
  const isOpened = outcome.kind === 'held' && (await openIfReady(server));
  return ok(answerOf(server, isOpened ? await append() : outcome));
}

function answerOf(server: Server, outcome: Outcome): PushResponse {
  const { epoch, durable } = outcome.epoch;
  if (outcome.kind === 'gap') return { kind: 'gap', epoch, head: outcome.head };
  if (outcome.kind === 'held') return { kind: 'held', epoch, upTo: outcome.upTo };
  return {
    kind: 'receipts',
    epoch,
    receipts: signReceipts(server.keys, epoch, outcome.receipts),
    ...(durable === undefined ? {} : { durable }),
    ...(outcome.isForked ? { fork: true } : {}),
  };
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
