/**
 * SQLite in memory for simulated servers: the same Kysely dialect as the real adapter over one connection. Transactions are
 * savepoints, so that a whole history, a backup and a crash are savepoints around them: cloned and taken back in no time.
 */
import { DefaultQueryExecutor, Kysely, SqliteDialect, type SqliteStatement } from 'kysely';
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

interface Connection {
  readonly kysely: Tx;
  readonly run: Record<'begin' | 'commit' | 'rollBack', () => void>;
  /** Whose write is under way. */
  writing: Process | undefined;
}

export interface ServerFaults {
  isFull: boolean;
}

export async function openSimBase(): Promise<SimBase> {
  const database = new DatabaseSync(':memory:');
  const kysely = await kyselyOver(database);
  await migrate(kysely, 'blob');
  const only: Connection = { kysely, run: runsOf(database), writing: undefined };
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
    isWriting: () => only.writing !== undefined,
    unmark: (name) => exec(`release ${name}`),
    storage: (schedule, process, faults) => storageOver(only, schedule, process, faults),
  };
}

/** The sequence of the server's last change. */
export function headOf(base: Pick<SimBase, 'all'>): number {
  return Number(base.all('select max(seq) as seq from change')[0]?.['seq'] ?? 0);
}

/** One for all: it is thrown every day, and nobody asks where. */
const diskFull = Object.assign(new Error('full'), { errcode: 13 });

function storageOver(
  only: Connection,
  schedule: Schedule,
  process: Process,
  faults: ServerFaults,
): Storage {
  const { kysely, run } = only;
  const end = (how: 'commit' | 'rollBack') => {
    if (only.writing !== process) return;
    run[how]();
    only.writing = undefined;
  };
  process.atDeath.push(() => end('rollBack'));
  const inTurn = oneAtATime();
  const read: Storage['read'] = (work) =>
    inTurn(async () => {
      await schedule.point(process);
      // One connection, one at a time: nobody else gets in between, so that a snapshot needs no transaction.
      return await work(kysely);
    });
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await schedule.point(process);
      run.begin();
      only.writing = process;
      try {
        const value = await work(kysely);
        await schedule.point(process);
        if (faults.isFull) throw diskFull;
        end('commit');
        return value;
      } catch (error) {
        end('rollBack');
        throw error;
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

function runsOf(database: DatabaseSync): Connection['run'] {
  const prepared = (sql: string) => {
    const statement = database.prepare(sql);
    return () => void statement.run();
  };
  const [back, commit] = [prepared('rollback to run'), prepared('release run')];
  const rollBack = () => {
    back();
    commit();
  };
  return { begin: prepared('savepoint run'), commit, rollBack };
}

/** The one connection goes straight to whoever asks: whose turn it is has been settled before, and nobody keeps it. */
async function kyselyOver(database: DatabaseSync): Promise<Tx> {
  const known = new Map<string, SqliteStatement>();
  const prepare = (sql: string) => {
    const statement = known.get(sql) ?? asStatement(database.prepare(sql));
    known.set(sql, statement);
    return statement;
  };
  const dialect = new SqliteDialect({ database: { prepare, close: () => undefined } });
  const driver = dialect.createDriver();
  await driver.init();
  const connection = await driver.acquireConnection();
  const [compiler, adapter] = [dialect.createQueryCompiler(), dialect.createAdapter()];
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor });
}
