/**
 * The server's epoch as a store knows it from its first moment. A different one stops sync and sweeps nothing until it is
 * proven (design.md §6.7). A store that knows none is not new: the browser has cleared it, and a second stream must not
 * begin under its name.
 */
import type { Problem } from '../domain/problem.ts';
import { readMeta, type StoreDb } from './store-db.ts';

export async function isLost(db: StoreDb): Promise<boolean> {
  return (await readMeta(db, 'epoch')) === undefined;
}

export async function epochProblem(db: StoreDb, epoch: string): Promise<Problem | undefined> {
  const known = await readMeta(db, 'epoch');
  if (known === undefined) return { code: 'storageLost' };
  return known === epoch ? undefined : { code: 'serverTrouble' };
}
