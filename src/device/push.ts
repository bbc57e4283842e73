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
import { pushCarried } from './container-push.ts';
import { durably } from './durable.ts';
import { epochProblem } from './epoch.ts';
import type { Net } from './net.ts';
import type { WorkerPorts } from './ports.ts';
import { lanes, readMeta, writeMeta, type EntryRow, type Head, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import { withVerdict } from './verdicts.ts';

export const outboxTag = 'outbox';
const maxLeases = 20;
const maxGaps = 2;

export interface PushReport {
  readonly pushed: number;
  /** The first refusal; other stores went on regardless. */
  readonly problem: Problem | undefined;
}

type PushPorts = Pick<WorkerPorts, 'locks' | 'channel' | 'clock'>;

export function pushAll(ports: PushPorts, net: Net, stores: Stores): Promise<PushReport> {
  const work = async () => {
    // Others' entries that were carried here by hand go first: own ones may rest on them.
    const carried = await pushCarried(ports, net, stores);
    for (const store of carried.touched) ports.channel.post({ type: 'entries', store });
    if (carried.problem?.code === 'offline') return { pushed: 0, problem: carried.problem };
    const report = await pushStores(ports, net, stores);
    const pushed = report.pushed + carried.touched.length;
    return { pushed, problem: report.problem ?? carried.problem };
  };
  return ports.locks ? ports.locks.request(outboxTag, work) : work();
}

async function pushStores(ports: PushPorts, net: Net, stores: Stores): Promise<PushReport> {
  const turns = await durably(stores.device, () => turnsOf(stores));
  if (!turns.ok) return { pushed: 0, problem: turns.problem };
  let pushed = 0;
  let problem: Problem | undefined;
  for (const turn of turns.value) {
    const result = await pushLane(net, stores.of(turn.store), turn);
    pushed += result.pushed;
    if (result.pushed > 0) ports.channel.post({ type: 'entries', store: turn.store });
    problem ??= result.problem;
    if (result.problem && endsPass(result.problem, turn)) break;
  }
  return { pushed, problem };
}

interface Turn {
  readonly store: string;
  readonly lane: Lane;
  readonly isCounter: boolean;
  readonly upTo: number;
}

/**
 * A user's entries may rest on a visit that the counter logged: the counter goes first and whole, users only as far as
 * they were when the pass began. What is written meanwhile goes with the next pass.
 */
async function turnsOf(stores: Stores): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (const { store, role } of await stores.device.stores.toArray())
    for (const lane of lanes) {
      const isCounter = role === 'counter';
      const head = await readMeta(stores.of(store), `head:${lane}`);
      turns.push({ store, lane, isCounter, upTo: isCounter ? Infinity : (head?.seq ?? 0) });
    }
  return turns.sort((a, b) => Number(b.isCounter) - Number(a.isCounter));
}

/** A server that cannot take the counter's entries for the moment shall not judge the users' without them. */
function endsPass({ code }: Problem, { isCounter }: Turn): boolean {
  const isPassing = code === 'serverTrouble' || code === 'tooManyRequests';
  return code === 'offline' || (isCounter && isPassing);
}

async function pushLane(net: Net, db: StoreDb, turn: Turn): Promise<PushReport> {
  const { lane } = turn;
  let pushed = 0;
  let limit = maxPushEntries;
  let gaps = 0;
  for (;;) {
    const batch = await durably(db, () => nextBatch(db, turn, limit));
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
    if (value.kind === 'held') return { pushed, problem: { code: 'restoring' } };
    const isGap = value.kind === 'gap';
    if (isGap && ++gaps > maxGaps) return { pushed, problem: { code: 'serverTrouble' } };
    const kept = await durably(db, async () => {
      const problem = await epochProblem(db, value.epoch);
      if (problem) return fail(problem);
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
  { store, lane, upTo }: Turn,
  limit: number,
): Promise<Batch | undefined> {
  const after = (await readMeta(db, `acked:${lane}`)) ?? null;
  const range = db.entries
    .where('[lane+seq]')
    .between([lane, (after?.seq ?? 0) + 1], [lane, upTo], true, true);
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

async function keepReceipt(
  db: StoreDb,
  { lane, seq }: EntryRow,
  receipt: Receipt | undefined,
): Promise<void> {
  const now = await db.entries.get([lane, seq]);
  if (!receipt || !now || now.state !== 'pending') return;
  await db.entries.put(withVerdict(now, receipt));
}
