/**
 * The small part of Dexie that the device uses, over a disk in memory: tables with the declared keys and indexes,
 * transactions that exclude each other per database and leave nothing behind when they throw or their process dies.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type Dexie from 'dexie';
import { acquire, baseOf, letGo, release, type Base, type Disk, type Key } from './disk.ts';
import { Table } from './memory-table.ts';
import type { Process, Schedule } from './schedule.ts';

export interface Running {
  readonly base: Base;
  readonly undo: (() => void)[];
  readonly checkRoom: () => void;
  isOver: boolean;
}

/** How a table reaches its rows: inside the running transaction, or in one of its own. */
export type Access = <T>(isWrite: boolean, work: (running: Running) => T) => Promise<T>;

/** Reads change nothing: that others get in between is drawn now and then, not every time. */
const oneReadIn = 8;

const current = new AsyncLocalStorage<Running>();

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}

// One for all: full disks are met every day, and a stack each time costs.
const quotaExceeded = named('QuotaExceededError');

export function memoryDatabase(
  schedule: Schedule,
  process: Process,
  disk: Disk,
): (name: string) => Dexie {
  process.atDeath.push(() => letGo(disk, process));
  return (name) => {
    const connection = createConnection(schedule, process, disk, name);
    // The part of Dexie that the device calls; any other call of it is no function here and throws.
    return connection.api as unknown as Dexie;
  };
}

function createConnection(schedule: Schedule, process: Process, disk: Disk, name: string) {
  let cuts = disk.cuts;
  let isClosed = false;
  const base = () => baseOf(disk, name);
  const check = () => {
    if (isClosed) throw named('DatabaseClosedError');
    if (cuts !== disk.cuts) throw named('AbortError');
  };
  const checkRoom = () => {
    if (disk.isFull) throw quotaExceeded;
  };

  const transact = async <T>(
    isWrite: boolean,
    work: (running: Running) => Promise<T> | T,
    isDrawn = isWrite || schedule.rng.below(oneReadIn) === 0,
  ): Promise<T> => {
    if (isDrawn) await schedule.point(process);
    // As Dexie does by itself when it begins on a dead connection; one that dies under a transaction is the caller's affair.
    if (!isClosed) cuts = disk.cuts;
    check();
    const running: Running = { base: base(), undo: [], checkRoom, isOver: false };
    const rollBack = () => {
      running.isOver = true;
      for (const undo of running.undo.toReversed()) undo();
    };
    const turn = acquire(running.base, { process, rollBack });
    if (turn) await turn;
    if (isWrite && schedule.rng.below(oneReadIn) === 0) await schedule.point(process);
    let value: T;
    try {
      const given = work(running);
      value = given instanceof Promise ? await given : given;
      check();
    } catch (error) {
      rollBack();
      release(running.base);
      throw error;
    }
    running.isOver = true;
    release(running.base);
    // Durable, and nobody knows yet: the meanest moment to die.
    if (running.undo.length > 0) await schedule.point(process);
    return value;
  };
  const inside = <T>(running: Running, work: (running: Running) => T): Promise<T> => {
    try {
      check();
      return Promise.resolve(work(running));
    } catch (error) {
      return Promise.reject(error as Error); // whatever it threw
    }
  };
  const checked =
    <T>(work: (running: Running) => T) =>
    (running: Running) => {
      check();
      return work(running);
    };
  const access: Access = (isWrite, work) => {
    const now = base();
    const running = current.getStore();
    if (running?.base === now && !running.isOver) return inside(running, work);
    const isDrawn = isWrite || schedule.rng.below(oneReadIn) === 0;
    if (isDrawn || now.holder) return transact(isWrite, checked(work), isDrawn);
    // A read that nobody gets in between of: the same as a transaction of its own, without its many turns.
    if (!isClosed) cuts = disk.cuts;
    return inside({ base: now, undo: [], checkRoom, isOver: true }, work);
  };
  const api: Record<string, unknown> = {
    name,
    version: () => ({
      stores: (schema: Readonly<Record<string, string | null>>) => {
        for (const [table, spec] of Object.entries(schema))
          if (spec !== null) api[table] = new Table(table, spec, access);
        return { upgrade: () => undefined };
      },
    }),
    transaction: (mode: string, ...rest: unknown[]) => {
      // Dexie's own signature: tables, then the work.
      const work = rest.at(-1) as () => Promise<unknown>;
      const running = current.getStore();
      if (running && !running.isOver && running.base === base()) return work();
      return transact(mode !== 'r', (own) => current.run(own, work));
    },
    on: () => undefined,
    isOpen: () => !isClosed && cuts === disk.cuts,
    hasBeenClosed: () => isClosed,
    open: async () => {
      await schedule.point(process);
      cuts = disk.cuts;
      isClosed = false;
    },
    close: (options?: { readonly disableAutoOpen?: boolean }) => {
      isClosed = options?.disableAutoOpen !== false;
    },
  };
  return { api };
}

export type { Key, Table };
