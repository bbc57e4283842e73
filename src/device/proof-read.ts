/**
 * What was entered on this tablet, day by day, over every store of this device: from envelopes alone, no key needed.
 * Streams are walked back from the head, never read whole unless the server says that it holds more than was found.
 */
import { dayOfEntry } from '../sync/proof.ts';
import type { EnrolmentRow, StoreRow } from './device-db.ts';
import { readMeta, type EntryRow, type StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';

/** A written entry with its day and whose stream it is in; not `isOwn`: of an earlier admission of this browser. */
export interface Dated {
  readonly store: StoreRow;
  readonly row: EntryRow;
  readonly day: string;
  readonly isOwn: boolean;
}

type Found = Pick<Dated, 'row' | 'day'>;

const pageSize = 100;

/** Entries of all days from one on. */
export async function datedSince(
  stores: Stores,
  { device }: EnrolmentRow,
  from: string,
  isWhole = false,
): Promise<Dated[]> {
  const rows = await stores.device.stores.toArray();
  const found = await Promise.all(
    rows.map(async (store) => {
      const entries = await walkBack(stores.of(store.store), from, isWhole);
      const isOwn = store.lease.lease.device === device;
      return entries.map(({ row, day }) => ({ store, row, day, isOwn }));
    }),
  );
  return found.flat();
}

/**
 * A clock that was wrong for a while may have put later days before earlier ones: the walk ends only where a whole page
 * holds nothing of that day or after.
 */
export async function walkBack(db: StoreDb, from: string, isWhole = false): Promise<Found[]> {
  const found: Found[] = [];
  let upTo = (await readMeta(db, 'head:write'))?.seq ?? 0;
  while (upTo > 0) {
    const lower = ['write', upTo - pageSize + 1];
    const page = await db.entries
      .where('[lane+seq]')
      .between(lower, ['write', upTo], true, true)
      .toArray();
    const kept = page.flatMap((row) => datedFrom(row, from));
    if (kept.length === 0 && !isWhole) break;
    found.push(...kept);
    upTo -= pageSize;
  }
  return found;
}

function datedFrom(row: EntryRow, from: string): Found[] {
  const day = dayOfEntry(row.envelope.header.occurredAt);
  return day !== null && day >= from ? [{ row, day }] : [];
}
