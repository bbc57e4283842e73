/**
 * Work on IndexedDB with its accidents made plain: full is `storageFull`; a lost connection is reopened once and the work
 * tried again, then it is `storageBroken`. Work must therefore be safe to repeat. Anything else is a bug and throws.
 */
import Dexie from 'dexie';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import type { StoragePort } from './ports.ts';

export function dexieOf({ indexedDB, keyRange }: StoragePort, name: string): Dexie {
  return new Dexie(name, {
    indexedDB,
    IDBKeyRange: keyRange,
    chromeTransactionDurability: 'strict',
    // The read side is our own memory; Dexie's would keep sealed rows twice.
    cache: 'disabled',
  });
}

export async function durably<T>(db: Dexie, work: () => Promise<T>): Promise<Result<T>> {
  const first = await attempt(work);
  if (first.ok || first.problem.code === 'storageFull') return first;
  const reopened = await attempt(() => reopen(db));
  return reopened.ok ? attempt(work) : reopened;
}

async function reopen(db: Dexie): Promise<void> {
  db.close({ disableAutoOpen: false });
  await db.open();
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
