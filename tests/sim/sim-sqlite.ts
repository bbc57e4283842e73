/**
 * SQLite in memory for simulated servers: the same Kysely dialect as the real adapter over one connection. Transactions are
 * savepoints, so that a whole history, a backup and a crash are savepoints around them: cloned and taken back in no time.
 */
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { migrate } from '../../src/server/migrate.ts';
import { oneAtATime } from '../../src/server/one-at-a-time.ts';
import { asStatement } from '../../src/server/sqlite-statement.ts';
import type { Tables } from '../../src/server/schema.ts';
import type { Storage, Tx } from '../../src/server/storage.ts';
import type { Process, Schedule } from './schedule.ts';

export interface SimBase {
  readonly all: (sql: string, ...values: SQLInputValue[]) => Record<string, unknown>[];
  /** A write is under way: what a mark would hold now is not what has been committed. */
  readonly isWriting: () => boolean;
  readonly mark: (name: string) => void;
  /** Back to the mark, which stays. */
  readonly backTo: (name: string) => void;
  readonly unmark: (name: string) => void;
  readonly storage: (schedule: Schedule, process: Process, faults: ServerFaults) => Storage;
}

interface OpenWrite {
  by: Process | undefined;
}

export interface ServerFaults {
  isFull: boolean;
}

export async function openSimBase(): Promise<SimBase> {
  const database = new DatabaseSync(':memory:');
  const kysely = kyselyOver(database);
  await migrate(kysely, 'blob');
  const open: OpenWrite = { by: undefined };
  const exec = (sql: string) => database.exec(sql);
  // The oracle asks the same few questions all day.
  const asked = new Map<string, SqliteStatement>();
  return {
    all: (sql, ...values) => {
      const question = asked.get(sql) ?? asStatement(database.prepare(sql));
      asked.set(sql, question);
      return question.all(values) as Record<string, unknown>[];
    },
    mark: (name) => exec(`savepoint ${name}`),
    backTo: (name) => exec(`rollback to ${name}`),
    isWriting: () => open.by !== undefined,
    unmark: (name) => exec(`release ${name}`),
    storage: (schedule, process, faults) => storageOver(database, schedule, process, faults, open),
  };
}

/** The sequence of the server's last change. */
export function headOf(base: Pick<SimBase, 'all'>): number {
  return Number(base.all('select max(seq) as seq from change')[0]?.['seq'] ?? 0);
}

/** One for all: it is thrown every day, and nobody asks where. */
const diskFull = Object.assign(new Error('full'), { errcode: 13 });

function storageOver(
  database: DatabaseSync,
  schedule: Schedule,
  process: Process,
  faults: ServerFaults,
  open: OpenWrite,
): Storage {
  const kysely = kyselyOver(database);
  process.atDeath.push(() => {
    if (open.by === process) database.exec('rollback to run; release run');
    if (open.by === process) open.by = undefined;
  });
  const inTurn = oneAtATime();
  const read: Storage['read'] = (work) =>
    inTurn(async () => {
      await schedule.point(process);
      // One connection, one at a time: nobody else gets in between, so that a snapshot needs no transaction.
      return work(kysely);
    });
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await schedule.point(process);
      try {
        return await kysely.transaction().execute(async (tx) => {
          open.by = process;
          const value = await work(tx);
          await schedule.point(process);
          if (faults.isFull) throw diskFull;
          return value;
        });
      } finally {
        if (open.by === process) open.by = undefined;
      }
    });
  const leave = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work;
    // Committed, and nobody has been told: a crash here is a lost acknowledgement.
    await schedule.point(process);
    return value;
  };
  return {
    read,
    write: (_tenant, work) => leave(write(work)),
    isOutage: (error) => error instanceof Error && 'errcode' in error && error.errcode === 13,
    close: () => Promise.resolve(),
  };
}

const statements = new WeakMap<DatabaseSync, Map<string, SqliteStatement>>();
const transactions: Readonly<Record<string, readonly string[]>> = {
  begin: ['savepoint run'],
  commit: ['release run'],
  rollback: ['rollback to run', 'release run'],
};

function kyselyOver(database: DatabaseSync): Kysely<Tables> {
  const known = statements.get(database) ?? new Map<string, SqliteStatement>();
  statements.set(database, known);
  const adapted: SqliteDatabase = {
    close: () => undefined,
    prepare: (sql) => {
      const found = known.get(sql);
      if (found) return found;
      const made = statement(database, sql);
      known.set(sql, made);
      return made;
    },
  };
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapted }) });
}

function statement(database: DatabaseSync, sql: string): SqliteStatement {
  const whole = transactions[sql]?.map((one) => database.prepare(one));
  if (whole)
    return {
      reader: false,
      all: () => [],
      iterate: () => [].values(),
      run: () => {
        for (const one of whole) one.run();
        return { changes: 0, lastInsertRowid: 0 };
      },
    };
  return asStatement(database.prepare(sql));
}
