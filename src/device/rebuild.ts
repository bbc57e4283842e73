/**
 * Mark and sweep: when the server begins from the beginning (another epoch, a cursor it does not accept, none here, a kind
 * newly learnt), every row held becomes unconfirmed; each page confirms what it brings; what is left at the page without
 * `more` is what the server would have evicted, and goes in that page's transaction, not before. The list lies in the store,
 * so a rebuild goes on after a restart where it stopped.
 */
import { kindNamed } from '../domain/kinds/index.ts';
import type { PullResponse } from '../sync/protocol.ts';
import type { PartRef } from './memory.ts';
import { kindOfRow } from './rows.ts';
import type { RowKey, StoreDb } from './store-db.ts';

type Page = Pick<PullResponse, 'parts' | 'evicted' | 'fresh' | 'begun' | 'more'>;

/** What stays unconfirmed once this page is kept. Believed only while the cursor is the one that the page followed. */
export async function unconfirmedAfter(db: StoreDb, page: Page): Promise<readonly RowKey[]> {
  const before = await unconfirmedBefore(db, page);
  if (before.length === 0) return before;
  const confirmed = new Set(keysIn(page).map(String));
  return before.filter((key) => !confirmed.has(String(key)));
}

async function unconfirmedBefore(db: StoreDb, { fresh, begun = [] }: Page): Promise<RowKey[]> {
  if (fresh) return db.rows.toCollection().primaryKeys();
  const keys = await db.unconfirmed.toCollection().primaryKeys();
  for (const kind of begun) {
    const number = kindNamed(kind)?.number ?? 0;
    const range = db.rows.where('[k+i+p]').between([number, '', ''], [number, '\uffff', '\uffff']);
    keys.push(...(await range.primaryKeys()));
  }
  return keys;
}

/** Inside the transaction that keeps the page. */
export async function markOrSweep(db: StoreDb, page: Page, left: readonly RowKey[]): Promise<void> {
  const isBeginning = page.fresh === true || page.begun !== undefined;
  if (!page.more && left.length > 0) await db.rows.bulkDelete([...left]);
  if (!page.more || isBeginning) await db.unconfirmed.clear();
  else await db.unconfirmed.bulkDelete(keysIn(page));
  if (page.more && isBeginning)
    await db.unconfirmed.bulkPut(left.map(([k, i, p]) => ({ k, i, p })));
}

function keysIn({ parts, evicted }: Page): RowKey[] {
  return [...parts, ...evicted].flatMap(rowKeyOf);
}

export function rowKeyOf({ kind, id, part }: PartRef): RowKey[] {
  const number = kindNamed(kind)?.number;
  return number === undefined ? [] : [[number, id, part]];
}

export function partOfKey([k, i, p]: RowKey): PartRef {
  return { kind: kindOfRow({ k }), id: i, part: p };
}
