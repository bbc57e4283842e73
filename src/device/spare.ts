/**
 * A second place for what has not been sent, beside IndexedDB. A browser that finds its database damaged throws the whole of
 * it away and begins anew without a word; Chromium does so at the second start after it was killed within a write
 * (docs/reliability.md). Envelopes are sealed to the server and lie here as they lie there. Never in the way of a save:
 * whatever fails here leaves the entry where it belongs. What becomes of them: spare-sync.ts.
 */
import type { SparePort } from './ports.ts';
import type { EntryRow, StoreDb } from './store-db.ts';

export async function keepSpare(
  spare: SparePort,
  db: StoreDb,
  { envelope }: EntryRow,
): Promise<void> {
  const { store, lane, seq, id, lease } = envelope.header;
  try {
    const known = await db.leases.get(lease);
    if (!known) return;
    // A copied profile has other entries under the same numbers.
    const name = [store, lane, seq, id].join('/');
    await spare.put(name, JSON.stringify({ envelope, lease: known.signed }));
  } catch (error) {
    console.warn('no second copy of an entry', error);
  }
}
