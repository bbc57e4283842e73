/**
 * The counter's own stream: visits counted on the lock screen without any key of a person. Its entries are nameless facts,
 * so their copies lie in clear and the next colleague who unlocks sees them on the board, offline too.
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { businessDateJst } from '../domain/date.ts';
import { stateOf } from '../domain/kind.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { applyChange, refKey, type Rec, type Ref } from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import type { SignedLease } from '../sync/lease.ts';
import { actorOf } from './actor.ts';
import type { EnrolmentRow } from './device-db.ts';
import { durably } from './durable.ts';
import type { ReadWhole } from './judge-here.ts';
import { later } from './later.ts';
import { overlayChanges, readLedger, type LedgerItem } from './ledger.ts';
import { dropCopies } from './evicted.ts';
import { createQueue } from './queue.ts';
import { createSealer } from './sealer.ts';
import { readMeta, type EntryRow, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import { appendEntry, type Stream, type StreamPorts } from './stream.ts';
import type { CountInput } from './types.ts';
import { isOver, isPassed } from './verdicts.ts';

const judging = later(() => import('./judge-here.ts'));

export interface Counter {
  readonly store: string;
  readonly items: ReadonlySignal<readonly LedgerItem[]>;
  readonly counted: ReadonlySignal<readonly Rec[]>;
  /** Reads the stream again: another tab wrote, a verdict came, or a pull brought the visits back. */
  readonly refresh: () => Promise<Result<void>>;
  readonly count: (input: CountInput) => Promise<Result<{ readonly id: string }>>;
  readonly undoCount: (id: string) => Promise<Result<void>>;
}

export interface CounterPorts extends StreamPorts {
  readonly wrote: (store: string) => void;
}

export function createCounter(
  ports: CounterPorts,
  stores: Stores,
  enrolment: EnrolmentRow,
  lease: () => SignedLease,
  /** Its stream goes on elsewhere too: nothing more is written under its name. */
  isForked: () => boolean,
): Counter {
  const store = enrolment.counterStore;
  const db = stores.of(store);
  const items = signal<readonly LedgerItem[]>([]);
  const seen = signal(0);
  const inTurn = createQueue();
  const openStream = streamOpener(ports, db, enrolment, lease);
  const readAgain = async () => {
    const read = await durably(db, () => readStream(ports.crypto, stores, store));
    if (!read.ok) return read;
    batch(() => {
      seen.value = read.value.seen;
      // None as before is no news to a desk or a screen.
      if (items.peek().length + read.value.items.length > 0) items.value = read.value.items;
    });
    return ok(undefined);
  };
  const write = (verb: string, args: Values): Promise<Result<void>> =>
    inTurn(async () => {
      const loaded = await judging();
      if (!loaded.ok) return loaded;
      const { judgeHere } = loaded.value;
      if (isForked()) return fail({ code: 'forked' });
      const occurredAt = ports.clock.now();
      const moment = { occurredAt, businessDate: businessDateJst(occurredAt) };
      const appended = await appendEntry(ports, await openStream(), 'write', async () => {
        const fresh = await readAgain();
        if (!fresh.ok) return fresh;
        const actor = actorOf(lease().lease);
        const judged = await judgeHere(readFrom(items.value), actor, moment, verb, args);
        return judged.ok ? ok(judged.value.content) : judged;
      });
      if (!appended.ok) return appended;
      const { row, copy } = appended.value;
      items.value = [...items.value, { store, row, copy }];
      ports.wrote(store);
      return ok(undefined);
    });
  return {
    store,
    items,
    counted: computed(() => visitsIn(items.value, seen.value)),
    refresh: () => inTurn(readAgain),
    count: async (input) => {
      const id = ports.newId();
      const args = { id, arrivedAt: ports.clock.now(), ...input };
      const done = await write('visit.log', args);
      return done.ok ? ok({ id }) : done;
    },
    undoCount: (id) => write('visit.void', { id, voidReason: 'mistake' }),
  };
}

/** One sealing context per tablet opened, made with the first count. */
function streamOpener(
  ports: CounterPorts,
  db: StoreDb,
  { hpke, counterKey }: EnrolmentRow,
  lease: () => SignedLease,
): () => Promise<Stream> {
  let stream: Promise<Stream> | undefined;
  return () =>
    (stream ??= createSealer(ports, hpke).then((sealer) => ({
      db,
      lease: () => lease().lease,
      signingKey: counterKey,
      sealer,
    })));
}

/**
 * Copies go when every user of this tablet has the visits in her rows. Only what was read with its receipt goes: an open
 * desk that is not so far yet goes on laying it over its rows.
 */
async function readStream(crypto: SubtleCrypto, stores: Stores, store: string) {
  const db = stores.of(store);
  const { items } = await readLedger(crypto, { store, db }, new Map());
  // What nobody has answered for is in nobody's rows.
  if (!items.some(({ row }) => row.receipt)) return { seen: 0, items };
  const passed = await passedSeqs(stores);
  const over = items.filter(({ row }) => isOver(row, passed.least)).map(({ row }) => row.id);
  // Answered for anew by a server put back meanwhile, it is in the rows by the new number only; or not at all so far.
  const isStillOver = (row: EntryRow) => over.includes(row.id) && isOver(row, passed.least);
  if (over.length > 0) await dropCopies(db, isStillOver);
  return { seen: passed.most, items };
}

function readFrom(items: readonly LedgerItem[]): ReadWhole {
  const records = recordsIn(items, 0);
  return async (ref: Ref) => ok(records.get(refKey(ref)));
}

function recordsIn(items: readonly LedgerItem[], seq: number): Map<string, Rec> {
  const records = new Map<string, Rec>();
  for (const change of overlayChanges(items, seq))
    records.set(refKey(change), applyChange(records.get(refKey(change)), change));
  return records;
}

/** Newest first; undone ones are gone from the list, not from the stream. */
function visitsIn(items: readonly LedgerItem[], seq: number): Rec[] {
  const isSeen = new Set(items.filter(({ row }) => isPassed(row, seq)).flatMap(refsOf));
  return [...recordsIn(items, 0).values()]
    .filter((record) => stateOf(record) !== 'voided' && !isSeen.has(refKey(record)))
    .toReversed();
}

function refsOf({ copy }: LedgerItem): string[] {
  return copy?.changes.map(refKey) ?? [];
}

/** Up to where every user of this tablet has the rows, and up to where somebody has. */
async function passedSeqs(stores: Stores): Promise<{ least: number; most: number }> {
  const rows = await stores.device.stores.toArray();
  const live = rows.filter((row) => row.role === 'user' && row.state === 'live');
  const seqs = await Promise.all(
    live.map(async ({ store }) => (await readMeta(stores.of(store), 'seq')) ?? 0),
  );
  return { least: seqs.length > 0 ? Math.min(...seqs) : 0, most: Math.max(0, ...seqs) };
}
