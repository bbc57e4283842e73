/**
 * A tablet's disk over fake IndexedDB. Every transaction waits to be drawn before it begins and, when it has written, once
 * more when it is committed and nobody has been told. A process that dies takes its open transactions with it; its
 * connections never say another word. What has been committed is copied beside, as the disk in memory keeps it: the oracle
 * reads both tiers alike. The library's own insides are touched here and nowhere else.
 */
import { forceCloseDatabase, IDBFactory, IDBKeyRange, IDBOpenDBRequest } from 'fake-indexeddb';
import type { StoragePort } from '../../src/device/ports.ts';
import { baseOf, copyDisk, createDisk, type Base, type Disk, type Key } from './disk.ts';
import type { Process, Schedule } from './schedule.ts';

interface RawRecord {
  readonly key: Key;
  readonly value: object;
}
interface RawIndex {
  readonly name: string;
  readonly keyPath: unknown;
  readonly multiEntry: boolean;
  readonly unique: boolean;
  initialized: boolean;
}
type Undo = (() => void)[];
interface RawStore {
  readonly name: string;
  readonly keyPath: unknown;
  readonly autoIncrement: boolean;
  readonly rawIndexes: Map<string, RawIndex>;
  readonly records: { readonly values: () => Iterable<RawRecord> };
  storeRecord: (record: RawRecord, noOverwrite: boolean, undo?: Undo) => unknown;
  deleteRecord: (key: unknown, undo?: Undo) => void;
  clear: (undo?: Undo) => void;
}
interface RawBase {
  readonly name: string;
  version: number;
  readonly rawObjectStores: Map<string, RawStore>;
  readonly transactions: RawTransaction[];
  connections: Connection[];
  readonly processTransactions: () => void;
}
interface RawTransaction {
  readonly mode: string;
  readonly db: Connection;
  readonly _rollbackLog: Undo;
  readonly _requests: { readonly request: { readyState: string } }[];
  _state: string;
  _started: boolean;
  _start: () => void;
  _abort: (name: string) => void;
  dispatchEvent: (event: Event) => boolean;
}
interface Connection {
  readonly _rawDatabase: RawBase;
  _closed: boolean;
  _closePending: boolean;
  transaction: (...args: readonly unknown[]) => RawTransaction;
}
interface RawFactory {
  readonly _databases: Map<string, RawBase>;
}

interface FullDisk extends Disk {
  readonly factory: IDBFactory;
  readonly connections: Set<Connection>;
}

/** What a transaction has done so far, in words for the copy beside. */
type Journal = ((base: Base) => void)[];
const journals = new WeakMap<Undo, Journal>();
const watchedStores = new WeakSet<RawStore>();

/** Reads change nothing: that others get in between is drawn now and then, not every time. */
const oneReadIn = 8;

const rawOf = (factory: IDBFactory) => (factory as unknown as RawFactory)._databases;

export function createFullDisk(): Disk {
  return fullDisk(createDisk(), new IDBFactory());
}

function fullDisk(plain: Disk, factory: IDBFactory): FullDisk {
  const connections = new Set<Connection>();
  let { cuts } = plain;
  const disk = {
    ...plain,
    factory,
    connections,
    get cuts() {
      return cuts;
    },
    set cuts(next: number) {
      cuts = next;
      for (const one of connections) cut(one);
      connections.clear();
    },
  };
  return disk;
}

function cut(connection: Connection): void {
  for (const one of connection._rawDatabase.transactions)
    if (one.db === connection && one._state !== 'finished') one._abort('AbortError');
  forceCloseDatabase(connection as never);
}

/** Databases with what has been committed; connections stay where they are. */
export function copyFullDisk(given: Disk): Disk {
  const { factory } = given as FullDisk;
  const copy = fullDisk(copyDisk(given), new IDBFactory());
  for (const [name, raw] of rawOf(factory)) rawOf(copy.factory).set(name, copyBase(raw));
  return copy;
}

/** What the first release had not yet: it left databases without these. */
const laterTables = ['carried', 'unconfirmed'];
const firstVersion = 10;

/** The disk as the first release left it, if nothing is in the tables that it did not know; nobody has it open. */
export function makeOlder(given: Disk): boolean {
  const bases = [...rawOf((given as FullDisk).factory).values()];
  const isUsed = ({ rawObjectStores }: RawBase) =>
    laterTables.some((name) => [...(rawObjectStores.get(name)?.records.values() ?? [])].length > 0);
  if (bases.some(isUsed)) return false;
  for (const base of bases) {
    for (const name of laterTables) base.rawObjectStores.delete(name);
    base.version = firstVersion;
  }
  return true;
}

type Maker<T> = new (...args: readonly unknown[]) => T;
const makerOf = <T extends object>(one: T) => one.constructor as Maker<T>;

function copyBase(raw: RawBase): RawBase {
  const copy = new (makerOf(raw))(raw.name, raw.version);
  for (const [name, store] of raw.rawObjectStores) {
    const { keyPath, autoIncrement } = store;
    const made = new (makerOf(store))(copy, name, keyPath, autoIncrement);
    for (const [index, one] of store.rawIndexes) {
      const fresh = new (makerOf(one))(made, index, one.keyPath, one.multiEntry, one.unique);
      fresh.initialized = true;
      made.rawIndexes.set(index, fresh);
    }
    for (const { key, value } of store.records.values()) made.storeRecord({ key, value }, false);
    copy.rawObjectStores.set(name, made);
  }
  return copy;
}

export function fullStorage(schedule: Schedule, process: Process, given: Disk): StoragePort {
  const disk = given as FullDisk;
  const own = new Set<Connection>();
  process.atDeath.push(() => {
    for (const one of own) {
      disk.connections.delete(one);
      die(one);
    }
  });
  const { factory } = disk;
  const adopt = (connection: Connection) => {
    if (own.has(connection)) return;
    own.add(connection);
    disk.connections.add(connection);
    const make = connection.transaction.bind(connection);
    connection.transaction = (...args) => {
      const made = make(...args);
      for (const store of connection._rawDatabase.rawObjectStores.values()) watch(store, disk);
      if (made.mode !== 'versionchange') govern(made, schedule, process, disk);
      return made;
    };
  };
  const indexedDB = {
    open: (...args: Parameters<IDBFactory['open']>) => {
      // Nobody answers the dead.
      if (process.isDead) return new IDBOpenDBRequest();
      const request = factory.open(...args);
      for (const type of ['upgradeneeded', 'success'])
        request.addEventListener(type, () => adopt(request.result as unknown as Connection));
      return request;
    },
    deleteDatabase: factory.deleteDatabase.bind(factory),
    databases: factory.databases.bind(factory),
    cmp: factory.cmp.bind(factory),
  };
  return { indexedDB: indexedDB as unknown as IDBFactory, keyRange: IDBKeyRange };
}

function govern(made: RawTransaction, schedule: Schedule, process: Process, disk: Disk): void {
  const isWrite = made.mode !== 'readonly';
  const [start, dispatch] = [made._start.bind(made), made.dispatchEvent.bind(made)];
  const journal: Journal = [];
  journals.set(made._rollbackLog, journal);
  let hasBegun = false;
  made._start = () => {
    if (hasBegun || process.isDead) {
      if (!process.isDead) start();
      return;
    }
    hasBegun = true;
    made._started = true;
    const isDrawn = isWrite || schedule.rng.below(oneReadIn) === 0;
    if (!isDrawn) start();
    else void schedule.point(process).then(() => made._state !== 'finished' && start());
  };
  made.dispatchEvent = (event) => {
    if (process.isDead) return true;
    if (event.type !== 'complete') return dispatch(event);
    const base = baseOf(disk, made.db._rawDatabase.name);
    for (const one of journal) one(base);
    if (journal.length === 0) return dispatch(event);
    // Durable, and nobody knows yet: the meanest moment to die.
    made.db._rawDatabase.processTransactions();
    void schedule.point(process).then(() => dispatch(event));
    return true;
  };
}

/** A dead tab's connection: what it had not committed never was, and nobody hears of it. */
function die(connection: Connection): void {
  const raw = connection._rawDatabase;
  for (const one of raw.transactions) {
    if (one.db !== connection || one._state === 'finished') continue;
    for (const undo of one._rollbackLog.toReversed()) undo();
    for (const { request } of one._requests) request.readyState = 'done';
    one._state = 'finished';
  }
  connection._closePending = true;
  connection._closed = true;
  raw.connections = raw.connections.filter((other) => other !== connection);
  raw.processTransactions();
}

function watch(store: RawStore, disk: Disk): void {
  if (watchedStores.has(store)) return;
  watchedStores.add(store);
  const put = store.storeRecord.bind(store);
  const drop = store.deleteRecord.bind(store);
  const clear = store.clear.bind(store);
  const { name } = store;
  store.storeRecord = (record, noOverwrite, undo) => {
    if (undo && disk.isFull) throw new DOMException('no room', 'QuotaExceededError');
    const key = put(record, noOverwrite, undo) as Key;
    if (undo) journals.get(undo)?.push((base) => setIn(base, name, key, record.value));
    return key;
  };
  store.deleteRecord = (key, undo) => {
    const keys = undo ? keysOf(store, key) : [];
    drop(key, undo);
    if (undo) journals.get(undo)?.push((base) => keys.forEach((one) => dropIn(base, name, one)));
  };
  store.clear = (undo) => {
    const keys = undo ? [...store.records.values()].map(({ key }) => key) : [];
    clear(undo);
    if (undo) journals.get(undo)?.push((base) => keys.forEach((one) => dropIn(base, name, one)));
  };
}

function keysOf(store: RawStore, key: unknown): Key[] {
  if (!(key instanceof IDBKeyRange)) return [key as Key];
  return [...store.records.values()].flatMap((one) => (key.includes(one.key) ? [one.key] : []));
}

const textOf = (key: Key) => (typeof key === 'string' ? key : JSON.stringify(key));

function setIn(base: Base, table: string, key: Key, row: object): void {
  const rows = base.tables.get(table) ?? new Map();
  base.tables.set(table, rows);
  const before = rows.get(textOf(key));
  rows.set(textOf(key), { key, row, since: before?.since ?? ++base.writes });
}

function dropIn(base: Base, table: string, key: Key): void {
  base.drops.set(`${table} ${textOf(key)}`, ++base.writes);
  base.tables.get(table)?.delete(textOf(key));
}
