/**
 * The own entries that still matter, readable: to lay over the rows until the rows have them, and to show in
 * 未送信・要確認. Own stores (the live one and those it replaced) and the counter's; never a colleague's.
 */
import { isObject } from '../domain/value.ts';
import { readVerbRef, type LocalCopy } from '../sync/entry.ts';
import type { Change } from '../domain/record.ts';
import { upcastCopy } from '../sync/upcast.ts';
import { hasEffect } from '../sync/verdict.ts';
import { openJson } from './crypto.ts';
import { readMetas, type EntryRow, type StoreDb } from './store-db.ts';
import { copyAbout } from './stream.ts';
import { isPassed } from './verdicts.ts';

export interface LedgerItem {
  readonly store: string;
  readonly row: EntryRow;
  readonly copy: LocalCopy | undefined;
}

export interface Source {
  readonly store: string;
  readonly db: StoreDb;
  /** Absent: copies of this source cannot be opened (an old store) or lie in clear (the counter). */
  readonly dataKey?: CryptoKey;
}

/** By what was opened: a copy that was made shorter is another. */
export type CopyCache = Map<string, { readonly sealed: string; readonly copy: LocalCopy }>;

export const sealedAs = ({ copy }: EntryRow) => String(copy?.nonce);

/** A store's entries and how far its rows were when they were read: one moment. */
export interface Ledger {
  readonly items: readonly LedgerItem[];
  readonly head: number;
  readonly seq: number;
  readonly cursor: string | undefined;
  readonly syncedAt: number | undefined;
}

/** Writes that are pending, refused and not cleared, or kept readable; in stream order. */
export async function readLedger(
  crypto: SubtleCrypto,
  source: Source,
  known: CopyCache,
): Promise<Ledger> {
  const { rows, moment } = await readMoment(source.db);
  const items = rows.map(async (row) => {
    const copy = row.held === undefined ? undefined : await copyOf(crypto, source, row, known);
    if (copy) known.set(row.id, { sealed: sealedAs(row), copy });
    return { store: source.store, row, copy };
  });
  return { ...moment, items: await Promise.all(items) };
}

function readMoment(db: StoreDb) {
  return db.transaction('r', db.entries, db.meta, async () => {
    const [seq = 0, cursor, syncedAt, head, acked] = await readMetas(db, ...momentNames);
    const rows = await openEntries(db, head?.seq, acked?.seq);
    return { rows, moment: { head: head?.seq ?? 0, seq, cursor, syncedAt } };
  });
}

const momentNames = ['seq', 'cursor', 'syncedAt', 'head:write', 'acked:write'] as const;

/** The head becomes durable with its entry: beyond it there is none to ask for. */
async function openEntries(db: StoreDb, head = 0, acked = 0): Promise<EntryRow[]> {
  if (head === 0) return [];
  const held = await db.entries.where('held').above('').toArray();
  const care = await db.entries.where('care').above('').toArray();
  const unsent = acked < head ? await entriesAfter(db, acked) : [];
  const all = [...held, ...care, ...unsent];
  const rows = new Map(all.map((row) => [row.seq, row]));
  return [...rows.values()].filter((row) => row.lane === 'write').sort((a, b) => a.seq - b.seq);
}

function entriesAfter(db: StoreDb, acked: number): Promise<EntryRow[]> {
  return db.entries
    .where('[lane+seq]')
    .between(['write', acked + 1], ['write', Infinity])
    .toArray();
}

async function copyOf(
  crypto: SubtleCrypto,
  { store, dataKey }: Source,
  row: EntryRow,
  known: CopyCache,
): Promise<LocalCopy | undefined> {
  const found = known.get(row.id);
  if (found?.sealed === sealedAs(row)) return found.copy;
  const { name, version } = readVerbRef(row.envelope.header.verb);
  if (row.plain) return upcastCopy(name, version, row.plain);
  if (!row.copy || !dataKey) return undefined;
  const { lane, seq, id } = row;
  const opened = await openJson(crypto, dataKey, row.copy, copyAbout({ store, lane, seq, id }));
  // Sealed by appendEntry under this very key and place.
  return isObject(opened) ? upcastCopy(name, version, opened as unknown as LocalCopy) : undefined;
}

/** What is not in the rows yet and not refused. */
export function overlayChanges(items: readonly LedgerItem[], seq: number): Change[] {
  return items.filter(({ row }) => isLaid(row, seq)).flatMap(({ copy }) => copy?.changes ?? []);
}

function isLaid(row: EntryRow, seq: number): boolean {
  if (row.state === 'pending') return true;
  return row.receipt !== undefined && hasEffect(row.receipt.verdict) && !isPassed(row, seq);
}

/** Items read now, and those read before that have left since but still have to be laid. */
export function withThoseLeft(
  now: readonly LedgerItem[],
  before: readonly LedgerItem[],
  seq: number,
): readonly LedgerItem[] {
  const ids = new Set(now.map(({ row }) => row.id));
  const left = before.filter(({ row }) => !ids.has(row.id) && isLaid(row, seq));
  return left.length === 0 ? now : [...left, ...now].sort((a, b) => a.row.seq - b.row.seq);
}

/** Two streams in the order in which things happened, each keeping its own order. */
export function interleave(
  a: readonly LedgerItem[],
  b: readonly LedgerItem[],
): readonly LedgerItem[] {
  const merged: LedgerItem[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    const isLeft = left && (!right || timeOf(left) <= timeOf(right));
    const next = isLeft ? left : right;
    if (next) merged.push(next);
    if (isLeft) i += 1;
    else j += 1;
  }
  return merged;
}

function timeOf({ row }: LedgerItem): number {
  return row.envelope.header.occurredAt;
}
