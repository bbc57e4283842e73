/**
 * What a verdict makes of the tablet's own entry: its state, whether a person has to look, whether its readable copy is
 * still needed. The first comes with the push, later ones with a pull; whoever has cleared an entry here is not asked again.
 */
import { hasEffect, needsCare, type Receipt } from '../sync/verdict.ts';
import type { EntryRow, StoreDb } from './store-db.ts';

/** With effect, and in the rows. What is to be offered again is not, whatever a server that has forgotten it once said. */
export function isPassed(row: Pick<EntryRow, 'state' | 'receipt'>, seq: number): boolean {
  const { state, receipt } = row;
  return (
    state !== 'pending' && receipt !== undefined && hasEffect(receipt.verdict) && receipt.seq <= seq
  );
}

/** Passed, and nobody has to look at it any more. */
export function isOver(row: Pick<EntryRow, 'state' | 'receipt' | 'care'>, seq: number): boolean {
  return row.care === undefined && isPassed(row, seq);
}

/** Refused, and nobody has to look at it any more. */
export function isDealtWith({ state, care }: Pick<EntryRow, 'state' | 'care'>): boolean {
  return care === undefined && state !== 'pending' && needsCare(state);
}

/** Refused, and given up with a reason. */
export function isWithdrawn(row: Pick<EntryRow, 'state' | 'care' | 'withdrawn'>): boolean {
  return row.withdrawn !== undefined && isDealtWith(row);
}

/** Closed by the server though nobody withdrew it and none of it is in: another entry took its place. */
export function isPutRight(row: Pick<EntryRow, 'state' | 'care' | 'withdrawn' | 'receipt'>) {
  const { receipt, withdrawn } = row;
  if (!receipt?.closed || receipt.withdrawn || withdrawn) return false;
  return isDealtWith(row) && !hasEffect(receipt.verdict);
}

/** Given up with a reason, and taken by the server before it heard of that. */
export function wentInBefore(row: Pick<EntryRow, 'state' | 'care' | 'withdrawn'>): boolean {
  const { state, care, withdrawn } = row;
  const isIn = state !== 'pending' && !needsCare(state);
  return withdrawn !== undefined && care === undefined && isIn;
}

export function withoutCopy(row: EntryRow): EntryRow {
  const { held: _, copy: __, plain: ___, ...rest } = row;
  return rest;
}

/** The entry as it is when nobody has to look at it any more; what had an effect is laid until the rows have it. */
export function cleared(row: EntryRow): EntryRow {
  const { care: _, ...calm } = row;
  if (row.receipt && hasEffect(row.receipt.verdict)) return calm;
  return withoutCopy(calm);
}

export function withVerdict(row: EntryRow, receipt: Receipt): EntryRow {
  const state = receipt.verdict.code;
  const isOpen = row.lane === 'write' && !receipt.closed && !isDealtWith(row);
  const isWaiting = isOpen && needsCare(state);
  const { care: _, ...rest } = row;
  const now: EntryRow = {
    ...rest,
    state,
    receipt,
    ...(isWaiting ? { care: row.id } : {}),
    ...(receipt.withdrawn && { withdrawn: row.withdrawn ?? {} }),
  };
  return !isWaiting && needsCare(state) ? cleared(now) : now;
}

/** Inside a transaction over `entries`, that of the page which brings the rows too. */
export async function takeVerdicts(db: StoreDb, receipts: readonly Receipt[]): Promise<void> {
  for (const receipt of receipts) {
    const row = await db.entries.where('id').equals(receipt.id).first();
    if (row?.hash === receipt.hash) await db.entries.put(withVerdict(row, receipt));
  }
}

/** Inside a transaction over `entries`: these wait for nobody any more. */
export async function clearEntries(db: StoreDb, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const row = await db.entries.where('id').equals(id).first();
    if (row?.care !== undefined) await db.entries.put(cleared(row));
  }
}
