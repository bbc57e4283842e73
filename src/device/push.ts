/**
 * The outbox's way to the server, the same for page, lock screen and service worker: it needs no key. Every store and the
 * counter push for themselves, lane by lane, in order, naming the predecessor. A refusal of the request leaves everything
 * pending; a refusal of an entry is its verdict and blocks nothing. Twice the same push changes nothing: that is how a lane
 * with nothing new asks now and then whether the server still has its last entry, which one put back from a backup has not.
 */
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { Lane } from '../sync/entry.ts';
import {
  maxPushEntries,
  protocolVersion,
  pushResponse,
  type PushRequest,
  type PushResponse,
} from '../sync/protocol.ts';
import { hasEffect, type Receipt } from '../sync/verdict.ts';
import { pushCarried } from './container-push.ts';
import type { StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { epochProblem, goBackBefore, meetEpoch } from './epoch.ts';
import type { Net } from './net.ts';
import type { WorkerPorts } from './ports.ts';
import {
  ackedNameOf,
  headNameOf,
  headNames,
  keepDurable,
  readMetas,
  writeMeta,
  type EntryRow,
  type Head,
  type Heads,
  type StoreDb,
} from './store-db.ts';
import type { Stores } from './stores.ts';
import { isDealtWith, isOver, withoutCopy, withVerdict } from './verdicts.ts';

export const outboxTag = 'outbox';
const maxLeases = 20;
const maxGaps = 3;
const askAgainMs = 10 * 60_000;

export interface PushReport {
  /** Stores in which something of theirs was learnt. */
  readonly touched: readonly string[];
  /** The first refusal; other stores went on regardless. */
  readonly problem: Problem | undefined;
}

type PushPorts = Pick<WorkerPorts, 'locks' | 'channel' | 'clock' | 'crypto'>;

export function pushAll(ports: PushPorts, net: Net, stores: Stores): Promise<PushReport> {
  const line = { ports, net, stores };
  const work = async () => {
    const known = await durably(stores.device, () => stores.device.stores.toArray());
    if (!known.ok) return { touched: [], problem: known.problem };
    // Others' entries that were carried here by hand go first: own ones may rest on them.
    const carried = await pushCarried(line, known.value);
    for (const store of carried.touched) ports.channel.post({ type: 'entries', store });
    if (carried.problem?.code === 'offline') return carried;
    const report = await pushStores(line, known.value);
    const touched = [...carried.touched, ...report.touched];
    return { touched, problem: report.problem ?? carried.problem };
  };
  return ports.locks ? ports.locks.request(outboxTag, work) : work();
}

async function pushStores(line: Line, rows: readonly StoreRow[]): Promise<PushReport> {
  const met = await meetAll(line, rows);
  if (!met.ok) return { touched: [], problem: met.problem };
  const touched: string[] = [];
  let problem: Problem | undefined;
  for (const turn of turnsOf(line, met.value)) {
    const result = await pushLane(line, turn);
    if (result.pushed > 0) {
      touched.push(turn.store);
      line.ports.channel.post({ type: 'entries', store: turn.store });
    }
    problem ??= result.problem;
    if (result.problem && endsPass(result.problem, turn)) break;
  }
  return { touched, problem };
}

/** What a pass asks of every store, in one question. */
const standingNames = ['epoch', 'cursor', 'seq', ...headNames] as const;
interface Standing {
  readonly row: StoreRow;
  readonly epoch: string | undefined;
  readonly cursor: string | undefined;
  readonly seq: number;
  readonly heads: Heads;
}

/** The counter last: a visit on which an entry rests that a user's head names is in the counter's by then. */
function standingsOf(stores: Stores, rows: readonly StoreRow[]): Promise<Result<Standing[]>> {
  const standingOf = async (row: StoreRow) => {
    const db = stores.of(row.store);
    const [epoch, cursor, seq = 0, ...heads] = await readMetas(db, ...standingNames);
    return { row, epoch, cursor, seq, heads };
  };
  const { users = [], counters = [] } = Object.groupBy(rows, ({ role }) =>
    role === 'counter' ? 'counters' : 'users',
  );
  return durably(stores.device, async () => {
    const found = await Promise.all(users.map(standingOf));
    return [...found, ...(await Promise.all(counters.map(standingOf)))];
  });
}

/** A store with nothing to send hears of a new epoch from the heartbeat alone, and answers it. */
async function meetAll(line: Line, rows: readonly StoreRow[]): Promise<Result<Standing[]>> {
  const { ports, net, stores } = line;
  const found = await standingsOf(stores, rows);
  const others = found.ok ? strangersTo(net.epoch.peek(), found.value) : [];
  if (others.length === 0) return found;
  // What was heard last may be older than what a store has met since.
  await net.isThere();
  const heard = net.epoch.peek() ?? '';
  for (const { row } of others) {
    const met = await meetEpoch(ports, net, stores, stores.of(row.store), heard);
    if (!met.ok) return met;
  }
  return standingsOf(stores, rows);
}

/** Stores that know another epoch. */
function strangersTo(heard: string | undefined, all: readonly Standing[]): Standing[] {
  if (heard === undefined) return [];
  return all.filter(({ epoch }) => epoch !== undefined && epoch !== heard);
}

interface Seen {
  readonly store: string;
  readonly cursor: string;
}

interface Turn {
  readonly store: string;
  readonly lane: Lane;
  readonly isCounter: boolean;
  readonly isLive: boolean;
  readonly upTo: number;
  readonly seen: Seen | undefined;
  /** The store's, when the pass began. */
  readonly epoch: string | undefined;
}

/**
 * A user's entries may rest on a visit that the counter logged: the counter goes first and whole, users only as far as
 * they were when the pass began. What is written meanwhile goes with the next pass.
 */
function turnsOf(line: Line, all: readonly Standing[]): Turn[] {
  const seen = furthest(all);
  const turns = all.flatMap((standing) => {
    const [written, ackedWrite, accessed, ackedAccess] = standing.heads;
    const write = turnOf(standing, 'write', written, seen);
    const access = turnOf(standing, 'access', accessed, seen);
    const isNeeded =
      isAwaited(line, write, written, ackedWrite) || isAwaited(line, access, accessed, ackedAccess);
    // Both or none: an answer to the one may bring back the other.
    return isNeeded ? [write, access] : [];
  });
  return turns.sort((a, b) => Number(b.isCounter) - Number(a.isCounter));
}

function turnOf(
  { row: { store, role, state }, epoch }: Standing,
  lane: Lane,
  head: Head | undefined,
  seen: Seen | undefined,
): Turn {
  const isCounter = role === 'counter';
  const upTo = isCounter ? Infinity : (head?.seq ?? 0);
  return { store, lane, isCounter, isLive: state === 'live', upTo, seen, epoch };
}

/** Something is to be sent or asked. */
function isAwaited(line: Line, turn: Turn, head = nothing, acked = nothing): boolean {
  return head.seq > acked.seq || (acked.seq > 0 && isToAsk(line, turn));
}

const nothing: Head = { seq: 0, hash: '' };

/** Of the desks on this tablet the one that has read most: the counter itself reads nothing. */
function furthest(all: readonly Standing[]): Seen | undefined {
  let [seen, most]: [Seen | undefined, number] = [undefined, -1];
  for (const { row, cursor, seq } of all) {
    if (row.role === 'counter' || cursor === undefined || seq <= most) continue;
    [seen, most] = [{ store: row.store, cursor }, seq];
  }
  return seen;
}

/** A server that cannot take the counter's entries for the moment shall not judge the users' without them. */
function endsPass({ code }: Problem, { isCounter }: Turn): boolean {
  const isPassing = code === 'serverTrouble' || code === 'tooManyRequests';
  return code === 'offline' || (isCounter && isPassing);
}

interface Line {
  readonly ports: PushPorts;
  readonly net: Net;
  readonly stores: Stores;
}

interface LaneReport {
  readonly pushed: number;
  readonly problem: Problem | undefined;
}

async function pushLane(line: Line, turn: Turn): Promise<LaneReport> {
  const { ports, net, stores } = line;
  const db = stores.of(turn.store);
  let pushed = 0;
  let limit = maxPushEntries;
  let gaps = 0;
  /** Held by a server that is not open yet: everything up to here, in this pass. */
  let held: Head | undefined;
  let problem: Problem | undefined;
  for (;;) {
    const from = held;
    const isDue = !from && isToAsk(line, turn);
    const batch = await durably(db, () => nextBatch(db, turn, { limit, from, isDue }));
    if (!batch.ok) return { pushed, problem: batch.problem };
    if (!batch.value) return { pushed, problem };
    const { request, rows } = batch.value;
    const answer = await net.post('/api/push', request, pushResponse);
    if (!answer.ok && answer.problem.code === 'tooLarge' && rows.length > 1) {
      limit = Math.ceil(rows.length / 2);
      continue;
    }
    if (!answer.ok) return { pushed, problem: answer.problem };
    const { value } = answer;
    // Of the epoch known there is nobody to meet; whether it still is, is seen where the answer is kept.
    if (value.epoch !== turn.epoch) {
      const met = await meetEpoch(ports, net, stores, db, value.epoch);
      if (!met.ok) return { pushed, problem: met.problem };
    }
    if (value.kind === 'held') {
      held = rows.at(-1);
      problem = { code: 'restoring' };
      continue;
    }
    // Open again: what was held in this pass has its receipts from the acknowledged head on.
    if (value.kind === 'receipts' && from) {
      [held, problem] = [undefined, undefined];
      continue;
    }
    if (value.kind === 'gap' && ++gaps > maxGaps)
      return { pushed, problem: { code: 'serverTrouble' } };
    const taken = await takeAnswer(db, turn, rows, value);
    if (!taken.ok) return { pushed, problem: taken.problem };
    pushed += taken.value;
    held = undefined;
    if (value.kind === 'receipts') stores.shownAt[turn.lane].set(turn.store, ports.clock.now());
    if (value.kind === 'receipts' && value.fork && turn.isLive)
      problem = await noteFork(line, turn.store);
    if (value.kind === 'receipts' && isAllSent(turn, rows, taken.value)) return { pushed, problem };
  }
}

/** Everything up to where the pass goes has its receipt, without another look at the stream. */
function isAllSent({ upTo }: Turn, rows: readonly EntryRow[], taken: number): boolean {
  return taken === rows.length && (rows.at(-1)?.seq ?? 0) >= upTo;
}

function isToAsk({ ports, stores }: Line, { store, lane }: Turn): boolean {
  const shownAt = stores.shownAt[lane].get(store) ?? -Infinity;
  return Math.abs(ports.clock.now() - shownAt) >= askAgainMs;
}

type Taken = Exclude<PushResponse, { kind: 'held' }>;

/** The epoch is looked at where the answer is kept: another tab may have met the next one meanwhile. */
async function takeAnswer(
  db: StoreDb,
  { lane }: Turn,
  rows: readonly EntryRow[],
  answer: Taken,
): Promise<Result<number>> {
  const kept = await durably(db, () =>
    db.transaction('rw', db.entries, db.meta, async () => {
      const names = ['epoch', 'durable', 'seq', ackedNameOf[lane]] as const;
      const [epoch, durable, passed = 0, acked = nothing] = await readMetas(db, ...names);
      const problem = epochProblem(epoch, answer.epoch);
      if (problem) return fail(problem);
      if (answer.kind === 'gap') return goBackTo(db, lane, answer.head);
      await keepDurable(db, durable, answer.durable);
      return keepReceipts(db, rows, answer.receipts, { passed, acked: acked.seq });
    }),
  );
  return kept.ok ? kept.value : kept;
}

/** Nobody writes under this store's name any more; what it holds goes on being sent. */
async function noteFork({ ports, stores }: Line, store: string): Promise<Problem> {
  const { device } = stores;
  const noted = await durably(device, () =>
    device.transaction('rw', device.stores, async () => {
      const row = await device.stores.get(store);
      if (row?.state === 'live') await device.stores.put({ ...row, state: 'forked' });
    }),
  );
  ports.channel.post({ type: 'stores' });
  return noted.ok ? { code: 'forked' } : noted.problem;
}

interface Batch {
  readonly rows: readonly EntryRow[];
  readonly request: PushRequest;
}

interface From {
  readonly limit: number;
  /** Held by the server up to here. */
  readonly from: Head | undefined;
  /** Where there is nothing new, the last one is sent again. */
  readonly isDue: boolean;
}

async function nextBatch(
  db: StoreDb,
  turn: Turn,
  { limit, from, isDue }: From,
): Promise<Batch | undefined> {
  const { lane } = turn;
  const [head, acked = null] = await readMetas(db, headNameOf[lane], ackedNameOf[lane]);
  const upTo = Math.min(turn.upTo, head?.seq ?? 0);
  const after = from ?? acked;
  const isNew = upTo > (after?.seq ?? 0);
  const next = isNew ? await batchAfter(db, turn, after, upTo, limit) : undefined;
  if (next || !isDue || !acked || acked.seq === 0) return next;
  const before = await db.entries.get([lane, acked.seq - 1]);
  return batchAfter(db, turn, before ?? null, upTo, limit);
}

async function batchAfter(
  db: StoreDb,
  { store, lane, seen }: Turn,
  after: Head | null,
  upTo: number,
  limit: number,
): Promise<Batch | undefined> {
  const range = db.entries
    .where('[lane+seq]')
    .between([lane, (after?.seq ?? 0) + 1], [lane, upTo], true, true);
  const rows = withinLeases(await range.limit(limit).toArray());
  if (rows.length === 0) return undefined;
  const ids = [...new Set(rows.map((row) => row.envelope.header.lease))];
  const leases = await db.leases.bulkGet(ids);
  const before = after && after.seq > 0 ? await db.entries.get([lane, after.seq]) : undefined;
  const request = {
    protocol: protocolVersion,
    store,
    lane,
    after: after && after.seq > 0 ? { seq: after.seq, hash: after.hash } : null,
    leases: leases.flatMap((lease) => (lease ? [lease.signed] : [])),
    entries: rows.map((row) => row.envelope),
    receipts: (before ? [before, ...rows] : rows).flatMap(toldOf),
    left: Math.max(0, upTo - (rows.at(-1)?.seq ?? 0)),
    ...(seen && { seen }),
  };
  return { rows, request };
}

/** A server that has forgotten what stood in an entry's way shall not let it have an effect that its author gave up. */
function toldOf(row: EntryRow): Receipt[] {
  const { receipt } = row;
  if (receipt?.sig === undefined) return [];
  return [
    isDealtWith(row) && !hasEffect(receipt.verdict) ? { ...receipt, putAway: true } : receipt,
  ];
}

function withinLeases(rows: readonly EntryRow[]): readonly EntryRow[] {
  const seen = new Set<string>();
  const end = rows.findIndex((row) => seen.add(row.envelope.header.lease).size > maxLeases);
  return end < 0 ? rows : rows.slice(0, end);
}

/**
 * The server misses a prefix: go on from its head, or from the beginning where that head is of another history. Envelopes
 * are never thrown away, so we can. Inside a transaction over entries and meta, as is the one below.
 */
async function goBackTo(db: StoreDb, lane: Lane, head: Head | null): Promise<Result<number>> {
  const own = head && (await db.entries.get([lane, head.seq]));
  await goBackBefore(db, lane, head && own?.hash === head.hash ? head.seq + 1 : 1);
  return ok(0);
}

/** Takes the receipts as far as they go without a hole. What lies before them and is to be sent again stays so. */
async function keepReceipts(
  db: StoreDb,
  rows: readonly EntryRow[],
  receipts: readonly Receipt[],
  { passed, acked }: { readonly passed: number; readonly acked: number },
): Promise<Result<number>> {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const firstWithout = rows.findIndex((row) => byId.get(row.id)?.hash !== row.hash);
  const answered = firstWithout < 0 ? rows : rows.slice(0, firstWithout);
  const last = answered.at(-1);
  if (!last) return fail({ code: 'malformed', reason: 'receipts' });
  const ackedName = ackedNameOf[last.lane];
  const held = await db.entries.bulkGet(answered.map(({ lane, seq }) => [lane, seq] as const));
  await db.entries.bulkPut(
    held.flatMap((row) => answeredBy(row, row && byId.get(row.id), passed) ?? []),
  );
  if (acked < last.seq && acked >= (rows[0]?.seq ?? 0) - 1)
    await writeMeta(db, ackedName, { seq: last.seq, hash: last.hash });
  return ok(answered.filter(({ state }) => state === 'pending').length);
}

/** The row as the receipt leaves it; undefined where it says nothing new. */
function answeredBy(
  now: EntryRow | undefined,
  receipt: Receipt | undefined,
  passed: number,
): EntryRow | undefined {
  if (!receipt || !now) return undefined;
  // What was dealt with is not asked for again; of a restored server its word counts all the same.
  if (now.state !== 'pending' && now.receipt?.epoch === receipt.epoch) return undefined;
  const known = withVerdict(now, receipt);
  // An answer that comes again after a lost one may be of what the rows have had for long; no later page drops the copy
  // of a desk that is closed.
  return isOver(known, passed) ? withoutCopy(known) : known;
}
