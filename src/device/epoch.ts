/** The server's epoch as a store knows it. A different one stops sync and sweeps nothing until it is proven (design.md §6.7). */
import { readMeta, writeMeta, type StoreDb } from './store-db.ts';

export async function isKnownEpoch(db: StoreDb, epoch: string): Promise<boolean> {
  const known = await readMeta(db, 'epoch');
  if (known === undefined) await writeMeta(db, 'epoch', epoch);
  return known === undefined || known === epoch;
}
