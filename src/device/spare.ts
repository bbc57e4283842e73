/**
 * A second place for what has not been sent, beside IndexedDB. A browser that finds its database damaged throws the whole of
 * it away and begins anew without a word; Chromium does so at the second start after it was killed within a write
 * (docs/reliability.md). Envelopes are sealed to the server and lie here as they lie there. Never in the way of a save:
 * whatever fails here leaves the entry where it belongs. What becomes of them: spare-sync.ts.
 */
import * as v from 'valibot';
import type { Lane } from '../sync/entry.ts';
import { envelopeSchema, leaseSchema } from '../sync/protocol.ts';
import type { SparePort, Timers } from './ports.ts';
import type { EntryRow, StoreDb } from './store-db.ts';

const itemSchema = v.object({ hash: v.string(), envelope: envelopeSchema, lease: leaseSchema });

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

export async function keepSpare(
  spare: SparePort,
  db: StoreDb,
  { hash, envelope }: EntryRow,
): Promise<void> {
  const { store, lane, seq, id, lease } = envelope.header;
  try {
    const known = await db.leases.get(lease);
    if (!known) throw new Error('no lease');
    const item = { hash, envelope, lease: known.signed };
    await spare.put([store, lane, seq, id].join('/'), JSON.stringify(item));
  } catch (error) {
    console.warn('no second copy of an entry', error);
  }
}

export function sparePlace(name: string): SparePlace {
  const [store = '', lane, seq, id = ''] = name.split('/');
  return { name, store, lane: lane === 'access' ? 'access' : 'write', seq: Number(seq), id };
}

/** undefined where it was torn while it was put there, or cannot be read. */
export async function readSpare(
  spare: SparePort,
  place: SparePlace,
): Promise<SpareItem | undefined> {
  try {
    const text = (await spare.read(place.name)) ?? '';
    return { ...place, ...v.parse(itemSchema, JSON.parse(text)), size: text.length };
  } catch {
    return undefined;
  }
}

const patienceMs = 3_000;

/** A place that hangs is none, for as long as this page lives: neither a save nor a pull waits for it twice. */
export function patientSpare(spare: SparePort, timers: Timers): SparePort {
  let isGivenUp = false;
  const soon = <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    if (isGivenUp) return Promise.resolve(otherwise);
    const { promise: late, resolve } = Promise.withResolvers<T>();
    const stop = timers.after(patienceMs, () => {
      isGivenUp = true;
      resolve(otherwise);
    });
    return Promise.race([work(), late]).finally(stop);
  };
  return {
    names: () => soon(spare.names, []),
    read: (name) => soon(() => spare.read(name), undefined),
    put: (name, text) => soon(() => spare.put(name, text), undefined),
    drop: (names) => soon(() => spare.drop(names), undefined),
  };
}
