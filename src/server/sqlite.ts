/**
 * The SQLite adapter: Kysely's own dialect over `node:sqlite`. One writer and one reader connection, each used by one
 * transaction at a time (the driver shares a connection without a lock). WAL and synchronous=FULL: an acknowledged push
 * survives power loss. The only place that knows a pragma or BEGIN IMMEDIATE.
 */
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { asStatement } from './sqlite-statement.ts';
import type { Tables } from './schema.ts';
import type { Storage } from './storage.ts';

const cachedStatements = 300;

/** `open` makes the connections: whoever simulates a server that is killed lets go of them herself. */
export async function openSqlite(
  file: string,
  open = (name: string) => new DatabaseSync(name),
): Promise<Storage> {
  const writer = connect(open(file), 'begin immediate');
  await migrate(writer, 'blob');
  const reader = connect(open(file), 'begin');
  const [writes, reads] = [oneAtATime(), oneAtATime()];
  return {
    read: (work) => reads(() => reader.transaction().execute(work)),
    write: (_tenant, work) => writes(() => writer.transaction().execute(work)),
    isOutage,
    close: async () => {
      await reads(() => reader.destroy());
      await writes(() => writer.destroy());
    },
  };
}

/** Result codes of SQLite (the low byte): busy, locked, no memory, read-only, interrupted, disk error, corrupt, full, cannot open. */
const outages = [5, 6, 7, 8, 9, 10, 11, 13, 14];

function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return typeof code === 'number' && outages.includes(code & 255);
}

function connect(database: DatabaseSync, begin: string): Kysely<Tables> {
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA busy_timeout = 5000');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database, begin) }) });
}

/** BEGIN IMMEDIATE takes the write lock at once: on SQLite that is the lock on the tenant's head. */
function adapt(database: DatabaseSync, begin: string): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = asStatement(database.prepare(sql === 'begin' ? begin : sql));
      const statement = sql === 'rollback' ? onlyInside(database, prepared) : prepared;
      if (statements.size >= cachedStatements) statements.clear();
      statements.set(sql, statement);
      return statement;
    },
  };
}

/** A full disk ends the transaction by itself; a rollback after that would hide why behind a complaint of its own. */
function onlyInside(database: DatabaseSync, statement: SqliteStatement): SqliteStatement {
  const nothing = { changes: 0, lastInsertRowid: 0 };
  return {
    ...statement,
    run: (parameters) => (database.isTransaction ? statement.run(parameters) : nothing),
  };
}
