/**
 * The outbox's way to the server, the same for page, lock screen and service worker: it needs no key. Every store and the
 * counter push for themselves, lane by lane, in order, naming the predecessor. A refusal of the request leaves everything
 * pending; a refusal of an entry is its verdict and blocks nothing. Twice the same push changes nothing.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Lane } from '../sync/entry.ts';
import {
  maxPushEntries,
  protocolVersion,
  pushResponse,
  type PushRequest,
} from '../sync/protocol.ts';
import type { Receipt } from '../sync/verdict.ts';
import { durably } from './durable.ts';
import { isKnownEpoch } from './epoch.ts';
import type { Net } from './net.ts';
import type { WorkerPorts } from './ports.ts';
import { lanes, readMeta, writeMeta, type EntryRow, type Head, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';

export const outboxTag = 'outbox';
const maxLeases = 20;
const maxGaps = 2;

export interface PushReport {
  readonly pushed: number;
  /** The first refusal; other stores went on regardless. */
  readonly problem: Problem | undefined;
}

type PushPorts = Pick<WorkerPorts, 'locks' | 'channel'>;

export function pushAll(ports: PushPorts, net: Net, stores: Stores): Promise<PushReport> {
  const work = () => pushStores(ports, net, stores);
  return ports.locks ? ports.locks.request(outboxTag, work) : work();
}

async function pushStores(ports: PushPorts, net: Net, stores: Stores): Promise<PushReport> {
  const rows = await durably(stores.device, () => stores.device.stores.toArray());
  if (!rows.ok) return { pushed: 0, problem: rows.problem };
  let pushed = 0;
  let problem: Problem | undefined;
  for (const { store } of rows.value) {
    for (const lane of lanes) {
      const result = await pushLane(net, stores.of(store), store, lane);
      pushed += result.pushed;
      if (result.pushed > 0) ports.channel.post({ type: 'entries', store });
      problem ??= result.problem;
      if (result.problem?.code === 'offline') return { pushed, problem };
    }
  }
  return { pushed, problem };
}

async function pushLane(net: Net, db: StoreDb, store: string, lane: Lane): Promise<PushReport> {
  let pushed = 0;
  let limit = maxPushEntries;
  let gaps = 0;
  for (;;) {
    const batch = await durably(db, () => nextBatch(db, store, lane, limit));
    if (!batch.ok) return { pushed, problem: batch.problem };
    if (!batch.value) return { pushed, problem: undefined };
    const { request, rows } = batch.value;
    const answer = await net.post('/api/push', request, pushResponse);
    if (!answer.ok && answer.problem.code === 'tooLarge' && rows.length > 1) {
      limit = Math.ceil(rows.length / 2);
      continue;
    }
    if (!answer.ok) return { pushed, problem: answer.problem };
    const { value } = answer;
    const isGap = value.kind === 'gap';
    if (isGap && ++gaps > maxGaps) return { pushed, problem: { code: 'serverTrouble' } };
    const kept = await durably(db, async () => {
      if (!(await isKnownEpoch(db, value.epoch))) return fail({ code: 'serverTrouble' });
      return value.kind === 'gap'
        ? goBackTo(db, lane, value.head)
        : keepReceipts(db, rows, value.receipts);
    });
    const outcome = kept.ok ? kept.value : kept;
    if (!outcome.ok) return { pushed, problem: outcome.problem };
    pushed += outcome.value;
  }
}

interface Batch {
  readonly rows: readonly EntryRow[];
  readonly request: PushRequest;
}

async function nextBatch(
  db: StoreDb,
  store: string,
  lane: Lane,
  limit: number,
): Promise<Batch | undefined> {
  const after = (await readMeta(db, `acked:${lane}`)) ?? null;
  const range = db.entries
    .where('[lane+seq]')
    .between([lane, (after?.seq ?? 0) + 1], [lane, Infinity]);
  const rows = withinLeases(await range.limit(limit).toArray());
  if (rows.length === 0) return undefined;
  const ids = [...new Set(rows.map((row) => row.envelope.header.lease))];
  const leases = await db.leases.bulkGet(ids);
  const request = {
    protocol: protocolVersion,
    store,
    lane,
    after: after && after.seq > 0 ? after : null,
    leases: leases.flatMap((lease) => (lease ? [lease.signed] : [])),
    entries: rows.map((row) => row.envelope),
  };
  return { rows, request };
}

function withinLeases(rows: readonly EntryRow[]): readonly EntryRow[] {
  const seen = new Set<string>();
  const end = rows.findIndex((row) => seen.add(row.envelope.header.lease).size > maxLeases);
  return end < 0 ? rows : rows.slice(0, end);
}

/** The server misses a prefix: go on from its head, if that head is ours. Envelopes are never thrown away, so we can. */
async function goBackTo(db: StoreDb, lane: Lane, head: Head | null): Promise<Result<number>> {
  return db.transaction('rw', db.entries, db.meta, async () => {
    const own = head && (await db.entries.get([lane, head.seq]));
    if (head && own?.hash !== head.hash) return fail({ code: 'malformed', reason: 'fork' });
    await writeMeta(db, `acked:${lane}`, head ?? { seq: 0, hash: '' });
    return ok(0);
  });
}

/** Takes the receipts as far as they go without a hole. */
async function keepReceipts(
  db: StoreDb,
  rows: readonly EntryRow[],
  receipts: readonly Receipt[],
): Promise<Result<number>> {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const firstWithout = rows.findIndex((row) => byId.get(row.id)?.hash !== row.hash);
  const answered = firstWithout < 0 ? rows : rows.slice(0, firstWithout);
  const last = answered.at(-1);
  if (!last) return fail({ code: 'malformed', reason: 'receipts' });
  return db.transaction('rw', db.entries, db.meta, async () => {
    for (const row of answered) await keepReceipt(db, row, byId.get(row.id));
    const acked = await readMeta(db, `acked:${last.lane}`);
    if ((acked?.seq ?? 0) < last.seq)
      await writeMeta(db, `acked:${last.lane}`, { seq: last.seq, hash: last.hash });
    return ok(answered.length);
  });
}

/** Whatever was not applied waits for a person; of an access event nobody needs to hear again. */
async function keepReceipt(
  db: StoreDb,
  { lane, seq, id }: EntryRow,
  receipt: Receipt | undefined,
): Promise<void> {
  const now = await db.entries.get([lane, seq]);
  if (!receipt || !now || now.state !== 'pending') return;
  const state = receipt.verdict.code;
  const care = state !== 'applied' && lane === 'write' ? { care: id } : {};
  await db.entries.put({ ...now, state, receipt, ...care });
}
