/**
 * Compares this store's rows with the server's and mends what differs (design.md §6.11): after the first complete pull of a
 * day, after a rebuild, and when a row did not open; at most once an hour. The buckets that differ are replaced whole, in one
 * transaction, and only while the rows stand where they were read. Silent here; the server tells supervisors.
 */
import { businessDateJst } from '../domain/date.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { bucketOf, digestOf, type DigestPart } from '../sync/digest.ts';
import { digestResponse, type DigestResponse, type WirePart } from '../sync/protocol.ts';
import { sha256 } from './crypto.ts';
import { durably } from './durable.ts';
import { epochProblem } from './epoch.ts';
import { dropEvicted } from './evicted.ts';
import type { PartRef } from './memory.ts';
import type { Net } from './net.ts';
import { sealParts, tablesOf, type PullPorts, type PullTarget } from './pull.ts';
import { partOfKey, rowKeyOf } from './rebuild.ts';
import { kindOfRow } from './rows.ts';
import { readMeta, readMetas, writeMeta, type RowKey, type StoreDb } from './store-db.ts';

const standingNames = ['epoch', 'wiped', 'cursor', 'gone'] as const;
const hourMs = 3_600_000;
const readAtOnce = 1_000;

export interface DigestTarget extends Pick<
  PullTarget,
  'db' | 'keys' | 'login' | 'copiesTouching' | 'knows' | 'isClosed'
> {
  /** Rows that did not open, by their keys as text. */
  readonly broken: Map<string, RowKey>;
  readonly onRepair: (repair: Repair) => Promise<void>;
}

export interface Repair {
  readonly parts: readonly WirePart[];
  readonly evicted: readonly PartRef[];
  readonly cursor: string;
}

/** `rebuild`: the cursor is gone; the next pull begins from the beginning. */
export type Checked = 'idle' | 'same' | 'behind' | 'repaired' | 'rebuild';

interface Held {
  readonly cursor: string | undefined;
  readonly parts: readonly DigestPart[];
}

export async function checkDigest(
  ports: PullPorts,
  net: Net,
  target: DigestTarget,
): Promise<Result<Checked>> {
  const { db, broken } = target;
  const known = await durably(db, () => readMeta(db, 'digest'));
  if (!known.ok) return known;
  if (!isDue(known.value, broken.size > 0, ports.clock.now())) return ok('idle');
  const held = await durably(db, () => readHeld(db, broken));
  if (!held.ok) return held;
  const { cursor, parts } = held.value;
  if (cursor === undefined) return ok('behind');
  const buckets = await digestOf(parts, (bytes) => sha256(ports.crypto, bytes));
  const answer = await target.login.withToken((token) =>
    net.post('/api/digest', { cursor, buckets }, digestResponse, token),
  );
  if (!answer.ok) {
    await durably(db, () => note(ports, db, true));
    return answer;
  }
  if (answer.value.kind === 'behind') return ok('behind');
  return settle(ports, target, { cursor, parts }, answer.value);
}

function isDue(
  known: { readonly at: number; readonly isDue: boolean } | undefined,
  isBroken: boolean,
  now: number,
): boolean {
  if (!known) return true;
  // A clock that was turned back must not silence it for years.
  if (Math.abs(now - known.at) < hourMs) return false;
  return known.isDue || isBroken || businessDateJst(now) !== businessDateJst(known.at);
}

function note({ clock }: PullPorts, db: StoreDb, isDue: boolean): Promise<void> {
  return writeMeta(db, 'digest', { at: clock.now(), isDue });
}

/** Page by page: sealed bodies are not all in memory at once. */
function readHeld(db: StoreDb, broken: ReadonlyMap<string, RowKey>): Promise<Held> {
  return db.transaction('r', db.rows, db.meta, async () => {
    const parts: DigestPart[] = [];
    let after: RowKey | undefined;
    for (;;) {
      const rest = after ? db.rows.where('[k+i+p]').above(after) : db.rows.toCollection();
      const rows = await rest.limit(readAtOnce).toArray();
      for (const row of rows) {
        const { i: id, p: part, rev, seq } = row;
        const kind = kindOfRow(row);
        after = [row.k, id, part];
        if (kind && !broken.has(String(after))) parts.push({ kind, id, part, rev, seq });
      }
      if (rows.length < readAtOnce) return { cursor: await readMeta(db, 'cursor'), parts };
    }
  });
}

async function settle(
  ports: PullPorts,
  target: DigestTarget,
  held: Held,
  answer: DigestResponse,
): Promise<Result<Checked>> {
  const { db, broken } = target;
  const sent = answer.kind === 'differs' ? answer.buckets : [];
  const parts = sent.flatMap((one) => one.parts);
  const evicted = answer.kind === 'rebuild' ? [] : phantoms(held, broken, sent);
  const rows = await sealParts(ports, target.keys, parts);
  const kept = await durably(db, () =>
    db.transaction('rw', tablesOf(db), async (): Promise<Result<Checked>> => {
      const [epoch, isWiped, cursor, gone = []] = await readMetas(db, ...standingNames);
      const problem = epochProblem(epoch, answer.epoch);
      if (problem) return fail(problem);
      if (isWiped) return fail({ code: 'revoked' });
      if (target.isClosed() || cursor !== held.cursor) return ok('behind');
      await note(ports, db, answer.kind === 'rebuild');
      if (answer.kind === 'rebuild') {
        await db.meta.delete('cursor');
        return ok('rebuild');
      }
      await db.rows.bulkPut(rows);
      await db.rows.bulkDelete(evicted.flatMap(rowKeyOf));
      const unseen = await dropEvicted(db, target, evicted);
      if (unseen.length > 0) await writeMeta(db, 'gone', [...gone, ...unseen]);
      return ok(answer.kind === 'differs' ? 'repaired' : 'same');
    }),
  );
  const done = kept.ok ? kept.value : kept;
  if (!done.ok || done.value === 'behind') return done;
  broken.clear();
  if (parts.length + evicted.length > 0)
    await target.onRepair({ parts, evicted, cursor: held.cursor ?? '' });
  return done;
}

/** Held in a bucket that differs, or not to be opened, and not among what the server sends for it. */
function phantoms(
  held: Held,
  broken: ReadonlyMap<string, RowKey>,
  sent: readonly { readonly bucket: number; readonly parts: readonly WirePart[] }[],
): PartRef[] {
  const wrong = new Set(sent.map(({ bucket }) => bucket));
  const there = new Set(sent.flatMap(({ parts }) => parts.flatMap(rowKeyOf)).map(String));
  return [
    ...held.parts.filter((part) => wrong.has(bucketOf(part))),
    ...[...broken.values()].map(partOfKey),
  ]
    .filter((part) => !rowKeyOf(part).some((key) => there.has(String(key))))
    .map(({ kind, id, part }) => ({ kind, id, part }));
}
