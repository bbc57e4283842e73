/**
 * Handoffs that were taken over by hand: shown below the server's rows for as long as there are none, never in them. What
 * can be read of one goes with the first row or eviction of its handoff, or when the rows have passed what the server said
 * of it; containers that the server has not taken yet stay to be brought.
 */
import * as v from 'valibot';
import type { Rec } from '../domain/record.ts';
import { shareSchema, type Share } from '../sync/container.ts';
import { recordsOf } from '../sync/share.ts';
import { openJson, sealJson, type Box, type CryptoPorts } from './crypto.ts';
import type { RowKeys } from './rows.ts';
import { noteTaken, type CarriedRow, type StoreDb } from './store-db.ts';

/** As screens see it: the records are shown with the others. */
export interface Carried {
  readonly handoff: string;
  readonly takenAt: number;
  /** The server has it, and it came to nothing. */
  readonly isRefused: boolean;
  readonly records: readonly Rec[];
}

const about = (store: string, handoff: string) => ({ format: 1, store, carried: handoff });

export function sealCarried(ports: CryptoPorts, keys: RowKeys, share: Share): Promise<Box> {
  return sealJson(ports, keys.dataKey, share, about(keys.store, share.handoff));
}

export async function readCarried(
  crypto: SubtleCrypto,
  keys: RowKeys,
  db: StoreDb,
): Promise<Carried[]> {
  const rows = await db.carried.toArray();
  const shown = rows.filter(({ share, isRefused }) => share !== undefined || isRefused === true);
  return Promise.all(shown.map((row) => openCarried(crypto, keys, row)));
}

async function openCarried(
  crypto: SubtleCrypto,
  { store, dataKey }: RowKeys,
  { handoff, takenAt, share, isRefused = false }: CarriedRow,
): Promise<Carried> {
  const opened = share && (await openJson(crypto, dataKey, share, about(store, handoff)));
  const parsed = v.safeParse(shareSchema, opened);
  const records = parsed.success ? recordsOf(parsed.output.parts) : [];
  return { handoff, takenAt, isRefused, records };
}

export function recordsIn(carried: readonly Carried[]): Rec[] {
  return carried.flatMap(({ records }) => records);
}

interface Page {
  readonly parts: readonly { readonly kind: string; readonly id: string }[];
  readonly evicted: readonly { readonly kind: string; readonly id: string }[];
  readonly seq: number;
  readonly more: boolean;
}

/**
 * Inside the transaction that keeps a page; counted (`taken`) like any part that goes. A refused one stays, without content,
 * until somebody has read that it was.
 */
export async function dropCarried(db: StoreDb, page: Page): Promise<void> {
  const told = new Set(
    [...page.parts, ...page.evicted].filter(({ kind }) => kind === 'handoff').map(({ id }) => id),
  );
  const isPassed = ({ delivered, isRefused }: CarriedRow) =>
    !page.more && delivered !== undefined && delivered <= page.seq && isRefused !== true;
  const rows = await db.carried.toArray();
  const gone = rows.filter((one) => told.has(one.handoff) || isPassed(one));
  if (gone.some(({ share }) => share)) await noteTaken(db);
  for (const row of gone) {
    const { share: _, ...rest } = row;
    if (rest.containers.length > 0) await db.carried.put(rest);
    else await db.carried.delete(row.handoff);
  }
}
