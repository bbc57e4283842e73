/**
 * Work on IndexedDB with its accidents made plain: full is `storageFull`; a lost connection is reopened once and the work
 * tried again, then it is `storageBroken`. Work must therefore be safe to repeat. A newer version of the app in another tab
 * takes the storage over: this one lets go and writes no more (`storageNewer`). An older tab that does not let go is
 * `storageBlocked`. Anything else is a bug and throws.
 */
import Dexie from 'dexie';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { StoragePort } from './ports.ts';

interface Watch {
  /** The storage belongs to a newer version now, for as long as this page lives. */
  isOvertaken: boolean;
  /** Resolves while opening waits for an older tab; the browser opens it once that tab lets go. */
  blocked: PromiseWithResolvers<void>;
  /** Closed on purpose: what was still under way does not open it again. */
  isPutAway: boolean;
}
const newer = 'StorageNewerError';
const watches = new WeakMap<Dexie, Watch>();

export function dexieOf({ indexedDB, keyRange, database }: StoragePort, name: string): Dexie {
  if (database) return database(name);
  const db = new Dexie(name, {
    indexedDB,
    IDBKeyRange: keyRange,
    chromeTransactionDurability: 'strict',
    // The read side is our own memory; Dexie's would keep sealed rows twice.
    cache: 'disabled',
  });
  const watch: Watch = { isOvertaken: false, blocked: Promise.withResolvers(), isPutAway: false };
  watches.set(db, watch);
  db.on('blocked', () => watch.blocked.resolve());
  db.on('ready', () => meet(db, watch), true);
  return db;
}

/**
 * Asked to let go by a newer version, Dexie closes, and at the next call opens what that version has made: this one must
 * not write into it.
 */
function meet(db: Dexie, watch: Watch): void {
  watch.blocked = Promise.withResolvers();
  watch.isOvertaken = isNewer(db, db.backendDB().version);
  if (watch.isOvertaken) throw Object.assign(new Error('made by a newer app'), { name: newer });
}

/** Dexie multiplies by ten, and counts within the ten when only tables were added. */
function isNewer(db: Dexie, version: number): boolean {
  return Math.floor(version / 10) > db.verno;
}

/** For good, as when a tab ends: a look that is still under way must not hold up whoever clears the storage. */
export function putAway(db: Dexie): void {
  const watch = watches.get(db);
  if (watch) watch.isPutAway = true;
  db.close();
}

export async function durably<T>(db: Dexie, work: () => Promise<T>): Promise<Result<T>> {
  const first = await tryOnce(db, work);
  if (first.ok || first.problem.code !== 'storageBroken') return first;
  db.close({ disableAutoOpen: false });
  return tryOnce(db, work);
}

function tryOnce<T>(db: Dexie, work: () => Promise<T>): Promise<Result<T>> {
  const watch = watches.get(db);
  return watch ? whenOpen(db, watch, work) : attempt(work);
}

/** No work begins before its database is open: what waits for another tab must not commit after it was called unsaved. */
async function whenOpen<T>(db: Dexie, watch: Watch, work: () => Promise<T>): Promise<Result<T>> {
  if (watch.isOvertaken) return fail({ code: 'storageNewer' });
  if (watch.isPutAway) return fail({ code: 'storageBroken' });
  const opened = attempt(async () => {
    await db.open();
  });
  const isBlocked = watch.blocked.promise.then(() => fail({ code: 'storageBlocked' }));
  const done = await Promise.race([opened, isBlocked]);
  const result = done.ok ? await attempt(work) : done;
  return !result.ok && watch.isOvertaken ? fail({ code: 'storageNewer' }) : result;
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return fail(storageProblem(error));
  }
}

function storageProblem(error: unknown): Problem {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) return { code: 'storageFull' };
  if (names.includes(newer)) return { code: 'storageNewer' };
  if (names.some((name) => accidents.has(name))) return { code: 'storageBroken' };
  throw error;
}

const accidents = new Set([
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotFoundError',
  'NotReadableError',
  'OpenFailedError',
  'TimeoutError',
  'TransactionInactiveError',
  'UnknownError',
  'VersionError',
]);

/** Dexie wraps: the cause sits in `inner`, of a bulk operation in `failures`. */
function namesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) && !isNamed(error)) return [];
  const { name, inner, failures } = error as {
    name: string;
    inner?: unknown;
    failures?: readonly unknown[];
  };
  const causes = depth < 3 ? [inner, ...(failures ?? [])] : [];
  return [name, ...causes.flatMap((cause) => namesOf(cause, depth + 1))];
}

function isNamed(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error;
}
