/**
 * A second place for what has not been sent, beside IndexedDB. A browser that finds its database damaged throws the whole of
 * it away and begins anew without a word; Chromium does so at the second start after it was killed within a write
 * (docs/reliability.md). Envelopes are sealed to the server and lie here as they lie there. Never in the way of a save:
 * whatever fails here leaves the entry where it belongs. What becomes of them: spare-sync.ts.
 */
import * as v from 'valibot';
import type { Lane } from '../sync/entry.ts';
import { pushRequest } from '../sync/protocol.ts';
import { durably } from './durable.ts';
import type { SparePort, Timers } from './ports.ts';
import { readMeta, type EntryRow, type StoreDb } from './store-db.ts';

const { entries, leases } = pushRequest.entries;
const itemSchema = v.object({ hash: v.string(), envelope: entries.item, lease: leases.item });

export interface SparePlace {
  readonly name: string;
  readonly store: string;
  readonly lane: Lane;
  readonly seq: number;
  /** A copied profile has other entries under the same numbers. */
  readonly id: string;
}
export type SpareItem = SparePlace &
  v.InferOutput<typeof itemSchema> & { /** Of its text, in characters. */ readonly size: number };

/** Per database the last entries that have their copies, and with them all before. */
const kept = new WeakMap<StoreDb, Map<Lane, string>>();

/** With those before it, of which a tab that died may have left none: without its predecessor the server takes no entry. */
async function keepSpare(spare: SparePort, db: StoreDb, row: EntryRow): Promise<void> {
  const { lane, hash, envelope } = row;
  const last = kept.get(db) ?? new Map<Lane, string>();
  kept.set(db, last);
  try {
    await putCopy(spare, db, row);
    if (last.get(lane) !== envelope.header.prevHash) await keepBefore(spare, db, row);
    last.set(lane, hash);
  } catch (error) {
    if (!(error instanceof HangingPlace)) console.warn('no second copy of an entry', error);
  }
}

async function keepBefore(spare: SparePort, db: StoreDb, { lane, seq }: EntryRow): Promise<void> {
  const unsent = await durably(db, async () => {
    const from = ((await readMeta(db, `acked:${lane}`))?.seq ?? 0) + 1;
    const range = db.entries.where('[lane+seq]').between([lane, from], [lane, seq], true, false);
    return range.toArray();
  });
  if (!unsent.ok) throw new Error(unsent.problem.code);
  if (unsent.value.length === 0) return;
  const names = new Set(await spare.names());
  for (const row of unsent.value) if (!names.has(nameOf(row))) await putCopy(spare, db, row);
}

const nameOf = ({ envelope: { header } }: EntryRow) =>
  [header.store, header.lane, header.seq, header.id].join('/');

async function putCopy(spare: SparePort, db: StoreDb, row: EntryRow): Promise<void> {
  const { hash, envelope } = row;
  const known = await durably(db, () => db.leases.get(envelope.header.lease));
  if (!known.ok || !known.value) throw new Error('no lease');
  await spare.put(nameOf(row), JSON.stringify({ hash, envelope, lease: known.value.signed }));
}

export function sparePlace(name: string): SparePlace {
  const [store = '', lane, seq, id = ''] = name.split('/');
  return { name, store, lane: lane === 'access' ? 'access' : 'write', seq: Number(seq), id };
}

/** torn: while it was put there, or not to be read · gone: another tab has dropped it meanwhile. Throws where the place hangs. */
export async function readSpare(
  spare: SparePort,
  place: SparePlace,
): Promise<SpareItem | 'torn' | 'gone'> {
  try {
    const text = await spare.read(place.name);
    if (text === undefined) return 'gone';
    return { ...place, ...v.parse(itemSchema, JSON.parse(text)), size: text.length };
  } catch (error) {
    if (error instanceof HangingPlace) throw error;
    return 'torn';
  }
}

/** Nothing to report: a tablet may have slept meanwhile. */
export class HangingPlace extends Error {
  override readonly name = 'HangingPlace';
}

const patienceMs = 3_000;
const onceBittenMs = 200;
/** What was begun goes on behind the save. */
const longestKeepMs = 1_000;

/** As the tablet uses it: with a way to put an entry there. */
export interface Spare extends SparePort {
  /** Never throws, and comes back after a second whatever the place does. */
  readonly keep: (db: StoreDb, row: EntryRow) => Promise<void>;
}

/** A place that hangs is an error after a while, and hardly waited for again until it has answered once. */
export function createSpare(given: SparePort, timers: Timers): Spare {
  let patience = patienceMs;
  const soon = <T>(work: Promise<T>): Promise<T> => {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const stop = timers.after(patience, () => {
      patience = onceBittenMs;
      reject(new HangingPlace());
    });
    const done = work.then((value) => {
      patience = patienceMs;
      return value;
    });
    // Nobody waits for it any more when it fails late.
    done.catch(() => undefined);
    return Promise.race([done, late]).finally(stop);
  };
  const spare: SparePort = {
    names: () => soon(given.names()),
    read: (name) => soon(given.read(name)),
    put: (name, text) => soon(given.put(name, text)),
    drop: (names) => soon(given.drop(names)),
  };
  const keep: Spare['keep'] = (db, row) => {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const stop = timers.after(longestKeepMs, resolve);
    return Promise.race([keepSpare(spare, db, row), late]).finally(stop);
  };
  return { ...spare, keep };
}
