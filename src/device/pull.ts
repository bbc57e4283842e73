/**
 * Brings a store's rows up to the server's word, page by page: rows are sealed before the transaction that writes them with
 * the evictions and the cursor. With the last page the store knows which of its own entries the rows now contain: their
 * readable copies go. A page that another tab has overtaken is thrown away.
 */
import { kindNamed } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import {
  protocolVersion,
  pullResponse,
  type PullResponse,
  type WirePart,
} from '../sync/protocol.ts';
import { dropCarried } from './carried.ts';
import type { CryptoPorts } from './crypto.ts';
import { durably } from './durable.ts';
import { epochProblem } from './epoch.ts';
import type { Login } from './login.ts';
import type { PartRef } from './memory.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { sealRow, type RowKeys } from './rows.ts';
import {
  readMeta,
  writeMeta,
  type EntryRow,
  type RowKey,
  type SealedRow,
  type StoreDb,
} from './store-db.ts';
import { isOver, takeVerdicts } from './verdicts.ts';

export interface PullTarget {
  readonly db: StoreDb;
  readonly keys: RowKeys;
  readonly login: Login;
  /** Ids of own entries whose readable copy touches an evicted part. */
  readonly copiesTouching: (evicted: readonly PartRef[]) => readonly string[];
  /** After the page is durable, with the cursor before it. */
  readonly onPage: (page: PullResponse, from: string | undefined) => Promise<void>;
  readonly isClosed: () => boolean;
}

export interface PullPorts extends CryptoPorts {
  readonly clock: Clock;
}

const maxPages = 10_000;
const batch = 256;

export async function pullAll(
  ports: PullPorts,
  net: Net,
  target: PullTarget,
): Promise<Result<void>> {
  for (let page = 0; page < maxPages; page++) {
    if (target.isClosed()) return fail({ code: 'locked' });
    const cursor = await durably(target.db, () => readMeta(target.db, 'cursor'));
    if (!cursor.ok) return cursor;
    const request = { protocol: protocolVersion, cursor: cursor.value ?? null };
    const answer = await target.login.withToken((token) =>
      net.post('/api/pull', request, pullResponse, token),
    );
    if (!answer.ok) return answer;
    const kept = await keepPage(ports, target, cursor.value, answer.value);
    if (!kept.ok) return kept;
    if (kept.value === 'kept') await target.onPage(answer.value, cursor.value);
    if (kept.value === 'kept' && !answer.value.more) return ok(undefined);
  }
  return fail({ code: 'serverTrouble' });
}

async function keepPage(
  ports: PullPorts,
  target: PullTarget,
  cursor: string | undefined,
  page: PullResponse,
): Promise<Result<'kept' | 'overtaken'>> {
  const rows = await sealParts(ports, target.keys, page.parts);
  const gone = page.evicted.flatMap(rowKeyOf);
  const unreadable = target.copiesTouching(page.evicted);
  const { db } = target;
  const kept = await durably(db, async () => {
    const problem = await epochProblem(db, page.epoch);
    if (problem) return fail(problem);
    return db.transaction('rw', [db.rows, db.entries, db.meta, db.drafts, db.carried], async () => {
      const now = await readMeta(db, 'cursor');
      // Whoever sits down after this desk was closed must find rows that no late page changes behind her back.
      if (target.isClosed() || now !== cursor) return ok('overtaken' as const);
      await db.rows.bulkPut(rows);
      await db.rows.bulkDelete(gone);
      await dropCarried(db, page);
      await dropDraftsAbout(db, [...page.evicted.map(({ id }) => id), ...unreadable]);
      await dropCopies(db, (row) => unreadable.includes(row.id));
      await takeVerdicts(db, page.verdicts ?? []);
      await writeMeta(db, 'cursor', page.cursor);
      if (!page.more) await finish(ports, db, page);
      return ok('kept' as const);
    });
  });
  return kept.ok ? kept.value : kept;
}

async function finish({ clock }: PullPorts, db: StoreDb, page: PullResponse): Promise<void> {
  const now = clock.now();
  await writeMeta(db, 'seq', page.seq);
  await writeMeta(db, 'syncedAt', now);
  await writeMeta(db, 'skew', Math.round(now - page.now));
  await dropCopies(db, (row) => isOver(row, page.seq));
}

export async function dropCopies(db: StoreDb, isOver: (row: EntryRow) => boolean): Promise<void> {
  await db.entries
    .where('held')
    .above('')
    .filter(isOver)
    .modify((row, ref) => {
      const { copy: _, plain: __, held: ___, ...rest } = row;
      ref.value = rest;
    });
}

async function sealParts(
  ports: PullPorts,
  keys: RowKeys,
  parts: readonly WirePart[],
): Promise<SealedRow[]> {
  const rows: SealedRow[] = [];
  for (let at = 0; at < parts.length; at += batch) {
    const some = parts.slice(at, at + batch).map((part) => sealRow(ports, keys, part));
    for (const row of await Promise.all(some)) if (row) rows.push(row);
  }
  return rows;
}

function rowKeyOf({ kind, id, part }: PartRef): RowKey[] {
  const number = kindNamed(kind)?.number;
  return number === undefined ? [] : [[number, id, part]];
}

/** Keys of drafts are names of forms and ids of records or entries: a draft about something evicted goes with it. */
async function dropDraftsAbout(db: StoreDb, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const keys = await db.drafts.toCollection().primaryKeys();
  await db.drafts.bulkDelete(keys.filter((key) => ids.some((id) => key.includes(id))));
}
