/**
 * Where a simulated server keeps what it has, as the bench sees it: marks stand for backups and for the morning of a day.
 * The fast tier's is below: tables in memory (memory-base/) behind the server's own statements, one connection. Transactions
 * are places in its journal, so that a whole history, a backup and a crash are taken back in no time.
 */
import {
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
} from 'kysely';
import { migrate } from '../../src/server/migrate.ts';
import { oneAtATime } from '../../src/server/one-at-a-time.ts';
import type { Tables } from '../../src/server/schema.ts';
import type { Storage, Tx } from '../../src/server/storage.ts';
import { createEngine, type Engine } from './memory-base/engine.ts';
import type { Process, Schedule } from './schedule.ts';

export interface SimBase {
  /** All of a table, in order of arrival, for the oracle. */
  readonly rows: <T extends keyof Tables>(table: T) => Tables[T][];
  /** The sequence of the server's last change. */
  readonly head: () => number;
  /** A write is under way: what a mark would hold now is not what has been committed. */
  readonly isWriting: () => boolean;
  readonly mark: (name: string) => void;
  /** Back to the mark, which stays. */
  readonly backTo: (name: string) => void;
  readonly unmark: (name: string) => void;
  readonly storage: (schedule: Schedule, process: Process, faults: ServerFaults) => Storage;
}

export interface ServerFaults {
  isFull: boolean;
}

interface Connection {
  readonly kysely: Tx;
  readonly engine: Engine;
  /** Whose write is under way. */
  writing: Process | undefined;
}

export async function openMemoryBase(engine = createEngine()): Promise<SimBase> {
  const kysely = kyselyOver(engine);
  await migrate(kysely, 'blob');
  const only: Connection = { kysely, engine, writing: undefined };
  return {
    rows: (table) => engine.rows(table) as never[], // of that table, as the schema says
    head: () => engine.greatest('change', 'seq'),
    isWriting: () => only.writing !== undefined,
    mark: engine.mark,
    backTo: engine.backTo,
    unmark: engine.unmark,
    storage: (schedule, process, faults) => storageOver(only, schedule, process, faults),
  };
}

/** One for all: it is thrown every day, and nobody asks where. */
const diskFull = Object.assign(new Error('full'), { errcode: 13 });

function storageOver(
  only: Connection,
  schedule: Schedule,
  process: Process,
  faults: ServerFaults,
): Storage {
  const { kysely, engine } = only;
  const rollBack = () => {
    if (only.writing !== process) return;
    engine.backTo('write');
    engine.unmark('write');
    only.writing = undefined;
  };
  process.atDeath.push(rollBack);
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
      engine.mark('write');
      only.writing = process;
      try {
        const value = await work(kysely);
        await schedule.point(process);
        if (faults.isFull) throw diskFull;
        engine.unmark('write');
        only.writing = undefined;
        return value;
      } catch (error) {
        rollBack();
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

/** The one connection goes straight to whoever asks: whose turn it is has been settled before, and nobody keeps it. */
function kyselyOver(engine: Engine): Tx {
  const connection: DatabaseConnection = {
    // What the engine throws is the caller's, as a rejection.
    executeQuery: async <R>(query: Parameters<DatabaseConnection['executeQuery']>[0]) =>
      engine.execute(query) as QueryResult<R>,
    streamQuery: () => {
      throw new Error('nobody streams');
    },
  };
  const [compiler, adapter] = [new SqliteQueryCompiler(), new SqliteAdapter()];
  const dialect: Dialect = {
    createAdapter: () => adapter,
    createDriver: () => new DummyDriver(),
    createQueryCompiler: () => compiler,
    // Made a moment ago: nothing of an older release is in it.
    createIntrospector: () => ({
      getSchemas: () => Promise.resolve([]),
      getTables: () => Promise.resolve([]),
      getMetadata: () => Promise.resolve({ tables: [] }),
    }),
  };
  const executor = new DefaultQueryExecutor(compiler, adapter, {
    provideConnection: (consumer) => consumer(connection),
  });
  return new Kysely<Tables>({
    config: { dialect },
    dialect,
    driver: new DummyDriver(),
    executor,
  });
}
