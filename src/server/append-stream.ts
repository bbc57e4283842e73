/**
 * A piece of a stream, opened and checked, into the log: compared with what is held, appended, answered with receipts. A
 * batch that throws is halved; what still throws alone is kept in quarantine. While the epoch is closed it is held instead.
 */
import type { Entry } from '../sync/entry.ts';
import type { Envelope } from '../sync/envelope.ts';
import type { SignedLease } from '../sync/lease.ts';
import type { PushRequest } from '../sync/protocol.ts';
import type { Receipt } from '../sync/verdict.ts';
import { appendAccess } from './access.ts';
import { appendWrites, type Appended } from './append.ts';
import type { GivenCursor } from './cursor.ts';
import { beginEpoch, refreshEpoch } from './epoch.ts';
import { proofOfForgetting } from './forgotten.ts';
import { holdEntries } from './hold.ts';
import type { Authored } from './judging.ts';
import { actorOf, keepLeases } from './leases.ts';
import type { Server } from './server.ts';
import type { Tx } from './storage.ts';
import type { EpochNow, LogNow } from './log-now.ts';
import type { Pusher } from './pushers.ts';
import { notePush, readPushNow, type PushNow } from './pushed.ts';
import { compareStream, raiseAlarm, type Fits, type Head } from './streams.ts';
import { keepTaken } from './taken.ts';

export interface Run {
  readonly store: Pusher;
  readonly lane: PushRequest['lane'];
  readonly leases: ReadonlyMap<string, SignedLease>;
  /** Of them, those that are not stored yet. */
  readonly freshLeases: readonly SignedLease[];
  /** As they came, by the hash of the entry inside. */
  readonly envelopes: ReadonlyMap<string, Envelope>;
  /** Receipts that came along. */
  readonly receipts: readonly Receipt[];
  /** Hashes of the entries that are not to be judged anew (receipts.ts). */
  readonly putAway: ReadonlySet<string>;
  /** Entries of the lane that follow; undefined where nobody said. */
  readonly left: number | undefined;
  /** How far the tablet has read. */
  readonly seen: GivenCursor | undefined;
  /** Held before and judged now, though the epoch is not open yet. */
  readonly isOpening: boolean;
}

export type Outcome = (
  | {
      readonly kind: 'receipts';
      readonly receipts: readonly Receipt[];
      /** How many of them stand for entries that were here before. */
      readonly known: number;
      readonly isForked: boolean;
    }
  | { readonly kind: 'gap'; readonly head: Head }
  | { readonly kind: 'held'; readonly upTo: Head }
) & { readonly epoch: EpochNow };

export async function appendStream(
  server: Server,
  run: Run,
  after: Head,
  entries: readonly Entry[],
  isForced = false,
): Promise<Outcome> {
  try {
    return await appendOnce(server, run, after, entries, isForced);
  } catch (error) {
    // A full disk is no fault of the entries: nothing is judged, the tablet comes again.
    if (isForced || server.storage.isOutage(error)) throw error;
    server.log.warn({ store: run.store.store, entries: entries.length, err: error }, 'push halved');
    if (entries.length === 1) return appendStream(server, run, after, entries, true);
  }
  const middle = Math.ceil(entries.length / 2);
  const first = entries.slice(0, middle);
  const outcome = await appendStream(server, run, after, first);
  const last = first.at(-1);
  if (outcome.kind !== 'receipts' || !last) return outcome;
  const head = { seq: last.header.seq, hash: last.hash };
  const rest = await appendStream(server, run, head, entries.slice(middle));
  if (rest.kind !== 'receipts') return rest;
  const receipts = [...outcome.receipts, ...rest.receipts];
  return { ...rest, receipts, known: outcome.known + rest.known };
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
    const { store } = run.store;
    const found = await readPushNow(tx, { tenant, store, seq: run.seen?.seq ?? 0 });
    const now = found.log;
    if (now.isClosed && !run.isOpening) return hold(server, tx, run, after, entries, now);
    const compared = await compareStream(tx, tenant, run, after, entries);
    const proof = run.isOpening
      ? undefined
      : await proofOfForgetting(server, tx, run, after, compared, now);
    if (proof) {
      const begun = await beginEpoch(tx, server, proof);
      return hold(server, tx, run, after, entries, begun);
    }
    if (compared.kind === 'gap') return { ...compared, epoch: now };
    await keepLeases(tx, tenant, run.freshLeases);
    appended = await append(server, tx, run, compared, isForced, found);
    const receipts = [...compared.known, ...appended.receipts];
    const { known, isForked } = compared;
    return { kind: 'receipts', receipts, known: known.length, isForked, epoch: now };
  });
  appended?.afterCommit();
  await catchUp(server, outcome.epoch);
  return outcome;
}

/** Read anew, not taken over: of two pushes the later one to commit may be the first to come here. */
async function catchUp(server: Server, { epoch, isClosed, durable }: EpochNow): Promise<void> {
  const { epochNow } = server;
  const isSame =
    epochNow.epoch === epoch && epochNow.isClosed === isClosed && epochNow.durable === durable;
  if (!isSame) await refreshEpoch(server);
}

async function hold(
  server: Server,
  tx: Tx,
  run: Run,
  after: Head,
  entries: readonly Entry[],
  epoch: EpochNow,
): Promise<Outcome> {
  await keepLeases(tx, server.tenant, run.freshLeases);
  return { ...(await holdEntries(server, tx, run, after, entries, epoch.epoch)), epoch };
}

const nothing: Appended = { receipts: [], afterCommit: () => undefined };

async function append(
  server: Server,
  tx: Tx,
  run: Run,
  { fresh, taken, lane, isNewBranch }: Fits,
  isForced: boolean,
  { log, isRevoked, pushedAt }: PushNow,
): Promise<Appended> {
  const { store } = run.store;
  const [first] = fresh;
  if (!first) return nothing;
  const { seq, id } = first.header;
  if (isNewBranch || taken.size > 0)
    await raiseAlarm(tx, server, 'fork', { store, lane: run.lane, seq, branch: id });
  await notePush(server, tx, store, pushedAt);
  const items = fresh.flatMap((entry): Authored[] => {
    const lease = run.leases.get(entry.header.lease)?.lease;
    const isPutAway = run.putAway.has(entry.hash);
    return lease ? [{ entry, actor: actorOf(lease), isPutAway }] : [];
  });
  const kept = await keepTaken(
    server,
    tx,
    items.filter(({ entry }) => taken.has(entry)),
    lane,
  );
  const appended = await appendFree(
    server,
    tx,
    run,
    { items, taken, lane, isForced, isRevoked },
    log,
  );
  if (kept.length === 0) return appended;
  const byHash = new Map([...kept, ...appended.receipts].map((one) => [one.hash, one]));
  return { ...appended, receipts: fresh.flatMap(({ hash }) => byHash.get(hash) ?? []) };
}

async function appendFree(
  server: Server,
  tx: Tx,
  run: Run,
  given: {
    readonly items: readonly Authored[];
    readonly taken: ReadonlySet<Entry>;
    readonly lane: string;
    readonly isForced: boolean;
    readonly isRevoked: boolean;
  },
  now: LogNow,
): Promise<Appended> {
  const free = given.items.filter(({ entry }) => !given.taken.has(entry));
  if (free.length === 0) return nothing;
  const { lane, isForced, isRevoked } = given;
  if (run.lane === 'access') {
    const entries = free.map(({ entry }) => entry);
    return appendAccess(server, tx, run.store, entries, { lane, isRevoked, head: now.head });
  }
  return appendWrites(server, tx, free, { isRevoked, isForced, lane }, now);
}
