/**
 * What goes with an evicted part besides its row: readable copies of own entries that show it, and drafts about it. While a
 * tablet is locked nobody can tell which copies those are; they are dropped when the desk opens, before anybody sees them.
 */
import type { Result } from '../domain/problem.ts';
import { ok } from '../domain/problem.ts';
import { refKey } from '../domain/record.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import type { PartRef } from './memory.ts';
import { noteTaken, readMeta, type EntryRow, type StoreDb } from './store-db.ts';
import { withoutCopy } from './verdicts.ts';
import { isNote } from './withdrawn-key.ts';

/** Ids of own entries whose readable copy touches one of these parts. */
export function copiesTouching(
  { items }: Pick<Desk, 'items'>,
  evicted: readonly PartRef[],
): string[] {
  if (evicted.length === 0) return [];
  const gone = new Set(evicted.map((ref) => `${refKey(ref)}/${ref.part}`));
  return items
    .peek()
    .filter(({ copy }) =>
      copy?.changes.some((change) => gone.has(`${refKey(change)}/${change.part}`)),
    )
    .map(({ row }) => row.id);
}

/** What the desk knows of the readable copies in its store. */
export interface KnownCopies {
  /** Ids of own entries whose readable copy touches an evicted part. */
  readonly copiesTouching: (evicted: readonly PartRef[]) => readonly string[];
  /** It has read this entry: what its copy tells is known. */
  readonly knows: (entry: string) => boolean;
}

/**
 * Inside a transaction that takes these parts away. Answers what has to be kept in mind (`gone`): an entry may have become
 * durable in this very moment, here or in another tab, and its copy opens outside of a transaction only (dropGone).
 */
export async function dropEvicted(
  db: StoreDb,
  { copiesTouching, knows }: KnownCopies,
  evicted: readonly PartRef[],
): Promise<readonly PartRef[]> {
  if (evicted.length === 0) return [];
  await noteTaken(db);
  // Of these alone: what she wrote since another part had gone is her own, and stays readable.
  await dropReadable(db, evicted, copiesTouching(evicted));
  return (await isEachKnown(db, knows)) ? [] : evicted;
}

async function isEachKnown(db: StoreDb, knows: KnownCopies['knows']): Promise<boolean> {
  const held = await db.entries.where('held').above('').toArray();
  return held.every(({ id }) => knows(id));
}

export const knows = ({ items }: Pick<Desk, 'items'>, entry: string): boolean =>
  items.peek().some(({ row }) => row.id === entry);

/** Inside a transaction over entries and drafts. */
export async function dropReadable(
  db: StoreDb,
  evicted: readonly PartRef[],
  entries: readonly string[],
): Promise<void> {
  await dropDraftsAbout(db, [...new Set([...evicted.map(({ id }) => id), ...entries])]);
  if (entries.length > 0) await dropCopies(db, (row) => entries.includes(row.id));
}

export async function dropCopies(db: StoreDb, isOver: (row: EntryRow) => boolean): Promise<void> {
  await db.entries
    .where('held')
    .above('')
    .filter(isOver)
    .modify((row, ref) => {
      ref.value = withoutCopy(row);
    });
}

/** A draft about something evicted goes with it: its key names forms and ids of records or entries, its row further ids. */
async function dropDraftsAbout(db: StoreDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.drafts
    .filter(({ key, about = [] }) => ids.some((id) => key.includes(id) || about.includes(id)))
    .delete();
}

/** Half-filled forms about an entry that was given up or put right; the note why (withdrawn.ts) is none. */
export async function dropFormsOf(db: StoreDb, entry: string): Promise<void> {
  const keys = await db.drafts.toCollection().primaryKeys();
  await db.drafts.bulkDelete(keys.filter((key) => key.includes(entry) && !isNote(key)));
}

/**
 * For a desk that opens, and after every pull: what was taken away while it was locked, or while an entry was written, is
 * not shown from copies either. Once every copy was looked at nothing is kept in mind: what she writes since is her own.
 */
export async function dropGone(desk: Desk): Promise<Result<void>> {
  const { db } = desk;
  const gone = await durably(db, () => readMeta(db, 'gone'));
  if (!gone.ok) return gone;
  if (gone.value === undefined) return ok(undefined);
  const dropped = await durably(db, () =>
    // Dexie keeps the transaction open for what is awaited in an async function alone.
    db.transaction('rw', db.entries, db.drafts, db.meta, async () => lookAt(desk)),
  );
  if (!dropped.ok || !dropped.value) return dropped.ok ? ok(undefined) : dropped;
  desk.ports.wrote(desk.keys.store);
  return desk.refreshEntries();
}

/** True where copies went. */
async function lookAt(desk: Desk): Promise<boolean> {
  const { db } = desk;
  const unreadable = copiesTouching(desk, (await readMeta(db, 'gone')) ?? []);
  await dropReadable(db, [], unreadable);
  if (await isEachKnown(db, (entry) => knows(desk, entry))) await db.meta.delete('gone');
  return unreadable.length > 0;
}
