/**
 * What lies in the second place (spare.ts), after every push: what the server has answered for goes, and what IndexedDB does
 * not have any more is brought from here. That needs neither key nor tablet: the signatures are the authorship, and twice
 * is once. What the server cannot take yet stays, and what cannot be read stays too.
 */
import type { Signal } from '@preact/signals-core';
import type { Problem, Result } from '../domain/problem.ts';
import { protocolVersion, pushResponse, type PushRequest } from '../sync/protocol.ts';
import { isRefused, type Receipt } from '../sync/verdict.ts';
import { durably } from './durable.ts';
import type { Net } from './net.ts';
import type { SparePort } from './ports.ts';
import { readSpare, sparePlace, type SpareItem, type SparePlace } from './spare.ts';
import { readMeta } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { SyncStep } from './sync-loop.ts';
import type { Spared } from './types.ts';

interface Parts {
  readonly spare: SparePort;
  readonly net: Net;
  readonly stores: Stores;
  readonly spared: Signal<Spared | undefined>;
}

/** Each may name a lease of its own, of which a request holds so many; and in characters. */
const [perRequest, perRequestSize] = [20, 500_000];

export function createSpareStep(parts: Parts): SyncStep {
  const { spare, stores, spared } = parts;
  const taken: Taken = { arrived: new Set(), refused: new Set() };
  return async () => {
    const sorted = await sortOut(stores, (await spare.names()).map(sparePlace));
    if (!sorted.ok) return sorted.problem;
    const { over, orphans, isCleared } = sorted.value;
    if (over.length > 0) await spare.drop(over.map(({ name }) => name));
    const { items, torn } = await readAll(spare, orphans);
    const tell = (left: readonly SparePlace[]) => {
      const { arrived, refused } = taken;
      spared.value = {
        isCleared: isCleared || spared.peek()?.isCleared === true,
        found: new Set([...writesIn(items), ...arrived]).size,
        left: writesIn(left).length,
        refused: refused.size,
        unreadable: writesIn(torn).length,
      };
    };
    tell(items);
    if (items.length > 0) tell(await bring(parts, items, taken));
    return undefined;
  };
}

/** Of this page's life, by name. */
interface Taken {
  readonly arrived: Set<string>;
  /** Without effect. */
  readonly refused: Set<string>;
}

/** One after the other: each has its own time, however many there are. */
async function readAll(spare: SparePort, places: readonly SparePlace[]) {
  const [items, torn]: [SpareItem[], SparePlace[]] = [[], []];
  for (const place of places) {
    const item = await readSpare(spare, place);
    if (item === 'torn') torn.push(place);
    else if (item !== 'gone') items.push(item);
  }
  return { items, torn };
}

/** That something was read or printed is written down too, but is no record of hers. */
const writesIn = (places: readonly SparePlace[]) =>
  places.flatMap(({ lane, name }) => (lane === 'write' ? name : []));

interface Sorted {
  readonly over: readonly SparePlace[];
  /** Not in IndexedDB: with its store, or because an older state of that has come back. */
  readonly orphans: readonly SparePlace[];
  /** Some are of a store that is not known here at all. */
  readonly isCleared: boolean;
}

/** A copy is put after its entry is durable, and its name was read before: what is not there now is gone. */
function sortOut(stores: Stores, places: readonly SparePlace[]): Promise<Result<Sorted>> {
  return durably(stores.device, async () => {
    const rows = await stores.device.stores.toArray();
    const known = new Set(rows.map(({ store }) => store));
    const [over, orphans]: [SparePlace[], SparePlace[]] = [[], []];
    for (const place of places) {
      const { store, lane, seq, id } = place;
      const db = known.has(store) ? stores.of(store) : undefined;
      const row = await db?.entries.get([lane, seq]);
      if (row?.id !== id) orphans.push(place);
      else if (db && seq <= ((await readMeta(db, `acked:${lane}`))?.seq ?? 0)) over.push(place);
    }
    return { over, orphans, isCleared: orphans.some(({ store }) => !known.has(store)) };
  });
}

/** Answers what is left. */
async function bring(
  { spare, net }: Parts,
  items: readonly SpareItem[],
  taken: Taken,
): Promise<readonly SpareItem[]> {
  const left = new Set(items);
  const untaken = new Set<string>();
  for (const stream of streamsOf(items)) {
    const runs = runsOf(stream);
    for (let run = runs.shift(); run; run = runs.shift()) {
      const last = run.at(-1)?.hash ?? '';
      // It rests on what the server has not taken.
      if (untaken.has(run[0].envelope.header.prevHash)) untaken.add(last);
      if (untaken.has(last)) continue;
      const behind = runs.reduce((sum, one) => sum + one.length, 0);
      const answer = await net.post('/api/push', requestOf(run, behind), pushResponse);
      if (!answer.ok && answer.problem.code === 'offline') return [...left];
      const halves = !answer.ok && isAboutOne(answer.problem) ? halvesOf(run) : [];
      runs.unshift(...halves);
      if ((!answer.ok && halves.length === 0) || (answer.ok && answer.value.kind === 'gap'))
        untaken.add(last);
      if (!answer.ok || answer.value.kind !== 'receipts') continue;
      const done = await keepReceipts(spare, run, answer.value.receipts, taken);
      for (const one of done) left.delete(one);
    }
  }
  return [...left];
}

/** One of them may keep the others back. */
const isAboutOne = ({ code }: Problem) =>
  code === 'malformed' || code === 'tooLarge' || code === 'unauthorised';

function halvesOf(run: Run): Run[] {
  const middle = Math.ceil(run.length / 2);
  const [[a, ...as], [b, ...bs]] = [run.slice(0, middle), run.slice(middle)];
  return a && b
    ? [
        [a, ...as],
        [b, ...bs],
      ]
    : [];
}

async function keepReceipts(
  spare: SparePort,
  run: Run,
  receipts: readonly Receipt[],
  { arrived, refused }: Taken,
): Promise<readonly SpareItem[]> {
  const byHash = new Map(receipts.map((one) => [one.hash, one]));
  const done = run.filter(({ hash }) => byHash.has(hash));
  const isWithout = ({ hash }: SpareItem) => {
    const receipt = byHash.get(hash);
    return receipt !== undefined && isRefused(receipt.verdict);
  };
  for (const name of writesIn(done)) arrived.add(name);
  for (const name of writesIn(done.filter(isWithout))) refused.add(name);
  await spare.drop(done.map(({ name }) => name));
  return done;
}

/** The counter's first: what a user wrote may rest on a visit that it logged. */
function streamsOf(items: readonly SpareItem[]): SpareItem[][] {
  const streams = Map.groupBy(items, ({ store, lane }) => `${store} ${lane}`);
  const isUser = ([first]: SpareItem[]) => Number(first?.lease.lease.role !== 'counter');
  return [...streams.values()].sort((a, b) => isUser(a) - isUser(b));
}

type Run = [SpareItem, ...SpareItem[]];

/** Each on its predecessor; where a profile was copied or put back there are several chains beside each other. */
function runsOf(stream: readonly SpareItem[]): Run[] {
  const runs: Run[] = [];
  const rest = new Set(stream.toSorted((a, b) => a.seq - b.seq));
  for (const first of rest) {
    let run: Run = [first];
    runs.push(run);
    for (let last = first, size = first.size; ;) {
      rest.delete(last);
      const { hash, seq } = last;
      const next = [...rest].find(
        (one) => one.seq === seq + 1 && one.envelope.header.prevHash === hash,
      );
      if (!next) break;
      size += next.size;
      const isFull = run.length === perRequest || size > perRequestSize;
      if (isFull) [run, size] = [[next], next.size];
      if (isFull) runs.push(run);
      else run.push(next);
      last = next;
    }
  }
  return runs;
}

function requestOf(run: Run, left: number): PushRequest {
  const { store, lane, seq, envelope } = run[0];
  return {
    protocol: protocolVersion,
    store,
    lane,
    after: seq > 1 ? { seq: seq - 1, hash: envelope.header.prevHash } : null,
    leases: [...new Map(run.map((one) => [one.lease.lease.id, one.lease])).values()],
    entries: run.map((one) => one.envelope),
    left,
  };
}
