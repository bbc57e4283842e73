/**
 * Brings a store's rows up to the server's word, page by page: rows are sealed before the transaction that writes them with
 * the evictions and the cursor; a page that was kept is never asked for again, whatever happens after it. With the last page
 * the store knows which of its own entries the rows now contain: their readable copies go. A page that another tab has
 * overtaken is thrown away.
 */
import type { Table } from 'dexie';
import { kinds } from '../domain/kinds/index.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import {
  maxPullReceipts,
  protocolVersion,
  pullResponse,
  type PullResponse,
  type WirePart,
} from '../sync/protocol.ts';
import type { Receipt } from '../sync/verdict.ts';
import { dropCarried } from './carried.ts';
import type { CryptoPorts } from './crypto.ts';
import { durably } from './durable.ts';
import { epochProblem } from './epoch.ts';
import { dropCopies, dropEvicted, type KnownCopies } from './evicted.ts';
import type { Login } from './login.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import { markOrSweep, partOfKey, rowKeyOf, unconfirmedAfter } from './rebuild.ts';
import { sealRow, type RowKeys } from './rows.ts';
import {
  keepDurable,
  readMeta,
  readMetas,
  writeMeta,
  writeMetas,
  type SealedRow,
  type StoreDb,
  type ValuesOf,
} from './store-db.ts';
import { isOver, takeVerdicts } from './verdicts.ts';

export interface PullTarget extends KnownCopies {
  readonly db: StoreDb;
  readonly keys: RowKeys;
  readonly login: Login;
  /** The tablet's own stream, on whose visits hers rest. */
  readonly counter: StoreDb;
  /** Where else on this tablet there are entries whose verdicts come with this pull: the counter's first. */
  readonly others: readonly StoreDb[];
  /** After the page is durable, with the cursor before it. */
  readonly onPage: (page: PullResponse, from: string | undefined) => Promise<void>;
  readonly isClosed: () => boolean;
}

export interface PullPorts extends CryptoPorts {
  readonly clock: Clock;
}

const maxPages = 10_000;
const batch = 256;
const kindNames = kinds.map(({ name }) => name);

export async function pullAll(
  ports: PullPorts,
  net: Net,
  target: PullTarget,
): Promise<Result<void>> {
  for (let page = 0; page < maxPages; page++) {
    if (target.isClosed()) return fail({ code: 'locked' });
    const cursor = await durably(target.db, () => readMeta(target.db, 'cursor'));
    if (!cursor.ok) return cursor;
    const owed = cursor.value === undefined && (await owesAgain([target.db, target.counter]));
    if (owed) return owed === true ? fail({ code: 'restoring' }) : owed;
    const receipts = await lastReceipts([target.db, ...target.others]);
    if (!receipts.ok) return receipts;
    const request = {
      protocol: protocolVersion,
      cursor: cursor.value ?? null,
      kinds: kindNames,
      ...(receipts.value.length > 0 && { receipts: receipts.value }),
    };
    const answer = await target.login.withToken((token) =>
      net.post('/api/pull', request, pullResponse, token),
    );
    if (!answer.ok) return answer;
    const kept = await keepPage(ports, target, cursor.value, answer.value);
    if (!kept.ok) return kept;
    if (kept.value === 'overtaken') continue;
    await target.onPage(kept.value, cursor.value);
    if (!answer.value.more) return ok(undefined);
  }
  return fail({ code: 'serverTrouble' });
}

/**
 * Of each stream what was answered for last and is still laid over the rows. Whether the server still has it is asked with
 * every pull: one put back from a backup may have gone on beyond the number that the receipt names.
 */
async function lastReceipts(streams: readonly StoreDb[]): Promise<Result<Receipt[]>> {
  const found: Receipt[] = [];
  for (const db of streams.slice(0, maxPullReceipts)) {
    const held = await durably(db, () => db.entries.where('held').above('').toArray());
    if (!held.ok) return held;
    const laid = held.value.filter(({ state, receipt }) => state !== 'pending' && receipt?.sig);
    const last = laid.sort((a, b) => a.seq - b.seq).at(-1)?.receipt;
    if (last) found.push(last);
  }
  return ok(found);
}

/**
 * A restored server lacks what these streams have yet to offer again, and rebuilding by what it knows would take that from
 * the screen: the push comes first, whichever tab holds its lock. A store that was replaced is not waited for: nobody may
 * ever take what it holds.
 */
async function owesAgain(streams: readonly StoreDb[]): Promise<boolean | Result<never>> {
  for (const db of streams) {
    const again = await durably(db, () => countOwed(db));
    if (!again.ok) return again;
    if (again.value > 0) return true;
  }
  return false;
}

async function countOwed(db: StoreDb): Promise<number> {
  const acked = (await readMeta(db, 'acked:write'))?.seq ?? 0;
  return db.entries
    .where('[lane+seq]')
    .between(['write', acked + 1], ['write', Infinity])
    .filter(({ state, receipt }) => state === 'pending' && receipt !== undefined)
    .count();
}

/** What a page is kept by, of one moment. */
const standingNames = ['epoch', 'wiped', 'cursor', 'durable', 'gone', 'goneTo'] as const;
type Standing = ValuesOf<typeof standingNames>;

/** The page with what it swept among the evicted. */
async function keepPage(
  ports: PullPorts,
  target: PullTarget,
  cursor: string | undefined,
  page: PullResponse,
): Promise<Result<PullResponse | 'overtaken'>> {
  const { db } = target;
  const told = await takeElsewhere(target, page);
  if (!told.ok) return told;
  const marked = await durably(db, () => unconfirmedAfter(db, page));
  if (!marked.ok) return marked;
  const left = marked.value;
  const evicted = page.more ? page.evicted : [...page.evicted, ...left.map(partOfKey)];
  const rows = await sealParts(ports, target.keys, page.parts);
  const gone = page.evicted.flatMap(rowKeyOf);
  const kept = await durably(db, () =>
    db.transaction('rw', tablesOf(db), async () => {
      const before = await readMetas(db, ...standingNames);
      const [epoch, isWiped, now, , earlier = []] = before;
      const problem = epochProblem(epoch, page.epoch);
      if (problem) return fail(problem);
      if (isWiped) return fail({ code: 'revoked' });
      // Whoever sits down after this desk was closed must find rows that no late page changes behind her back.
      if (target.isClosed() || now !== cursor) return ok('overtaken' as const);
      await db.rows.bulkPut(rows);
      await db.rows.bulkDelete(gone);
      await markOrSweep(db, page, left);
      await dropCarried(db, page);
      const unseen = await dropEvicted(db, target, evicted);
      await takeVerdicts(db, page.verdicts ?? []);
      await writeMeta(db, 'cursor', page.cursor);
      if (page.fresh) await wantDigest(db);
      if (!page.more) await finish(ports, db, page, before);
      if (unseen.length > 0) await writeMeta(db, 'gone', [...earlier, ...unseen]);
      return ok({ ...page, evicted });
    }),
  );
  return kept.ok ? kept.value : kept;
}

export function tablesOf(db: StoreDb): Table[] {
  return [db.rows, db.entries, db.meta, db.drafts, db.carried, db.unconfirmed];
}

/** Before the page that brings them here, so that none is missed; twice does no harm. */
async function takeElsewhere(
  { others }: PullTarget,
  { verdicts = [] }: PullResponse,
): Promise<Result<void>> {
  for (const db of verdicts.length > 0 ? others : []) {
    const taken = await durably(db, () =>
      db.transaction('rw', db.entries, () => takeVerdicts(db, verdicts)),
    );
    if (!taken.ok) return taken;
  }
  return ok(undefined);
}

async function finish(
  { clock }: PullPorts,
  db: StoreDb,
  page: PullResponse,
  [, , , durable, , goneTo]: Standing,
): Promise<void> {
  const now = clock.now();
  await writeMetas(
    db,
    { name: 'seq', value: page.seq },
    { name: 'syncedAt', value: now },
    { name: 'skew', value: Math.round(now - page.now) },
  );
  await keepDurable(db, durable, page.durable);
  // What was taken away while the tablet was locked has been said again by these pages.
  if (goneTo !== undefined) await db.meta.delete('goneTo');
  await dropCopies(db, (row) => isOver(row, page.seq));
}

async function wantDigest(db: StoreDb): Promise<void> {
  const known = await readMeta(db, 'digest');
  await writeMeta(db, 'digest', { at: known?.at ?? 0, isDue: true });
}

export async function sealParts(
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
