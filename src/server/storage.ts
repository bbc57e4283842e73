/**
 * The storage port: what the server asks of a database. Queries are plain Kysely over one schema; what differs between
 * databases (locks, snapshots, column types) is behind these calls and nowhere else.
 */
import { sql, type Kysely } from 'kysely';
import type { Tables } from './schema.ts';

export type Tx = Kysely<Tables>;

export interface Storage {
  /** One snapshot for all reads inside. */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** One transaction holding the tenant's head: commit order is sequence order. A throw rolls everything back. */
  readonly write: <T>(tenant: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** The database's own trouble, of which what was to be written is innocent: the same may be tried again later. */
  readonly isOutage: (error: unknown) => boolean;
  readonly close: () => Promise<void>;
}

/** For a `limit`: SQLite looks at a bare parameter there, and plans the statement anew for every value. */
export const atMost = (rows: number) => sql<number>`${rows} + 0`;

/** Databases limit the parameters of one statement. */
export function chunks<T>(items: readonly T[], size = 400): T[][] {
  const out: T[][] = [];
  for (let at = 0; at < items.length; at += size) out.push(items.slice(at, at + size));
  return out;
}
