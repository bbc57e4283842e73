/** What a browser does to a tablet's storage, provoked one by one: recognised, mended where it can be, said in words. */
import Dexie from 'dexie';
import { forceCloseDatabase, IDBDatabase, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { syncWords } from '../../src/app/words/sync-words.ts';
import { kinds } from '../../src/domain/kinds/index.ts';
import { problemText, type Problem } from '../../src/domain/problem.ts';
import { durably } from '../../src/device/durable.ts';
import { openStoreDb, storeDbName } from '../../src/device/store-db.ts';
import { openStores } from '../../src/device/stores.ts';
import { createStorageWatch } from '../../src/device/storage.ts';
import { StorageClosed } from '../../src/device/tablet.ts';
import type { Session } from '../../src/device/types.ts';
import { demoCodes } from '../../src/server/demo-codes.ts';
import { must, surroundings, until } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000 });

const staff = 'shiroishi-city1';
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let session: Session;
let store: string;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
  const stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  store = rows.find(({ state }) => state === 'live')?.store ?? '';
  stores.close();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await town.close();
});

const log = (on: Session = session, id = on.newId()) =>
  on.write('visit.log', { id, arrivedAt: 1, ...count });
const state = () => place.tab.tablet.sync.peek();

/** What is durable, seen by somebody else's connection. */
async function durableEntries(name = store): Promise<readonly string[]> {
  const db = openStoreDb(place.tab.ports.storage, name);
  const rows = await db.entries.where('[lane+seq]').between(['write', 0], ['write', 1e9]).toArray();
  db.close();
  return rows.map(({ id }) => id);
}

/** As it is before it is replaced. */
function methodOf<T, K extends keyof T>(owner: T, name: K): T[K] {
  return owner[name];
}

/** A connection as a newer version of the app opens it. */
function openNewer(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = place.indexedDB.open(name, 990);
    request.onsuccess = () => resolve(request.result as unknown as IDBDatabase);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

describe('peers 8: saved is said only after the transaction has completed', () => {
  type Accident = readonly [name: string, provoke: () => void, isMended: boolean];
  const inCommit = (harm: (store: IDBObjectStore) => void, times = Infinity) => {
    const add = methodOf(IDBObjectStore.prototype, 'add');
    let left = times;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = add.apply(this, args);
      if (this.name === 'entries' && left-- > 0) harm(this);
      return request;
    });
  };
  const abort = (one: IDBObjectStore) => one.transaction.abort();
  const cut = (one: IDBObjectStore) => {
    one.transaction.abort();
    forceCloseDatabase(one.transaction.db as never);
  };
  const throwing = (name: string) => () => {
    throw new DOMException(name, name);
  };
  const accidents: readonly Accident[] = [
    ['the transaction is aborted once', () => inCommit(abort, 1), true],
    ['the transaction is aborted every time', () => inCommit(abort), false],
    ['the connection dies within it', () => inCommit(cut, 1), true],
    ['the connection dies every time', () => inCommit(cut), false],
    ['the disk is full', () => inCommit(throwing('QuotaExceededError')), false],
    ['the storage server is lost (iOS)', () => inCommit(throwing('UnknownError')), false],
    ['it is lost for a moment', () => inCommit(throwing('UnknownError'), 1), true],
  ];
  test.each(accidents)('%s', async (_name, provoke, isMended) => {
    place.line.isCut = true;
    must(await log());
    const before = await durableEntries();
    provoke();
    const result = await log();
    vi.restoreAllMocks();
    const after = await durableEntries();
    expect(result.ok).toBe(isMended);
    if (result.ok) expect(after).toEqual([...before, result.value.id]);
    else expect(after).toEqual(before);
    expect(session.all('visit').value).toHaveLength(after.length);
    // And on it goes.
    must(await log());
    expect(await durableEntries()).toHaveLength(after.length + 1);
  });
});

describe('a newer version of the app in another tab', () => {
  test('the old tab lets go, writes no more, and the words say update', async () => {
    place.line.isCut = true;
    must(await log());
    const before = await durableEntries();
    const newer = await openNewer(storeDbName(store));
    const newerProblem = { ok: false, problem: { code: 'storageNewer' } };
    expect(await log()).toEqual(newerProblem);
    expect(await session.open('visit', session.all('visit').value[0]?.id ?? '', 'x')).toEqual(
      newerProblem,
    );
    newer.close();
    expect(await log()).toEqual(newerProblem);
    await place.tab.tablet.syncNow();
    expect(state().problem).toEqual({ code: 'storageNewer' });
    expect(syncWords(state()).words).toBe('更新が必要です');
    const { what, safe, press } = problemText({ code: 'storageNewer' }, (kind) => kind);
    expect([what, safe, press].join()).toMatch(/新しい版.*まだ保存されていません.*更新する/s);
    const raw = await openNewer(storeDbName(store));
    const kept = await new Promise((resolve) => {
      const all = raw.transaction('entries').objectStore('entries').getAll();
      all.onsuccess = () => resolve(all.result.filter(({ lane }) => lane === 'write'));
    });
    expect(kept).toMatchObject(before.map((id) => ({ id })));
    raw.close();
  });

  test('older code that meets newer storage does not open it, and says so', async () => {
    place.closeAll();
    (await openNewer(storeDbName('newer'))).close();
    const db = openStoreDb(place.tab.ports.storage, 'newer');
    const work = vi.fn(async () => 1);
    expect(await durably(db, work)).toEqual({ ok: false, problem: { code: 'storageNewer' } });
    expect(work).not.toHaveBeenCalled();
    (await openNewer('madoguchi-device')).close();
    const opening = place.open();
    await expect(opening).rejects.toBeInstanceOf(StorageClosed);
    await expect(opening).rejects.toMatchObject({ problem: { code: 'storageNewer' } });
  });
});

test('an older tab that holds the storage: said, nothing begun behind its back, and it opens once that tab is gone', async () => {
  const name = storeDbName('held');
  const old = await new Promise<IDBDatabase>((resolve) => {
    const request = place.indexedDB.open(name, 5);
    request.onsuccess = () => resolve(request.result as unknown as IDBDatabase);
  });
  const db = openStoreDb(place.tab.ports.storage, 'held');
  let begun = 0;
  const work = async () => {
    begun += 1;
    return db.meta.put({ name: 'epoch', value: 'e' });
  };
  expect(await durably(db, work)).toEqual({ ok: false, problem: { code: 'storageBlocked' } });
  expect(begun).toBe(0);
  old.close();
  await until(() => db.isOpen(), 'it opens by itself');
  // It is open before all that belongs to opening is done.
  await db.open();
  expect(begun).toBe(0);
  expect(await durably(db, work)).toMatchObject({ ok: true });
  db.close();
});

test('peers 5: an upgrade of the storage killed at any step loses nothing: the outbox is there afterwards, and goes', async () => {
  const v1 = {
    rows: '[k+i+p]',
    entries: '[lane+seq],id,care,held',
    meta: 'name',
    keys: 'id',
    drafts: 'key',
    leases: 'id',
  };
  const tables = Object.keys(v1);
  place.line.isCut = true;
  for (let times = 0; times < 3; times++) must(await log());
  const unsent = await durableEntries();
  const db = openStoreDb(place.tab.ports.storage, store);
  const contents = await Promise.all(tables.map((table) => db.table(table).toArray()));
  place.closeAll();
  db.close();
  const rebuild = async () => {
    const request = place.indexedDB.deleteDatabase(storeDbName(store));
    await new Promise((resolve) => request.addEventListener('success', resolve));
    const old = new Dexie(storeDbName(store), { indexedDB: place.indexedDB, IDBKeyRange });
    old.version(1).stores(v1);
    for (const [at, table] of tables.entries())
      await old.table(table).bulkPut([...(contents[at] ?? [])]);
    old.close();
  };
  let kills = 0;
  for (let step = 0; ; step++) {
    await rebuild();
    const isKilled = await upgradeKilledAt(step);
    vi.restoreAllMocks();
    expect(await durableEntries()).toEqual(unsent);
    if (!isKilled) break;
    kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  place.line.isCut = false;
  const { tablet } = await place.open();
  await tablet.syncNow();
  expect(tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
}, 60_000);

/** The page dies in the middle of the upgrade: the browser rolls its transaction back. */
async function upgradeKilledAt(step: number): Promise<boolean> {
  let steps = 0;
  const dies = () => {
    if (steps++ === step) throw new DOMException('killed', 'AbortError');
  };
  const createObjectStore = methodOf(IDBDatabase.prototype, 'createObjectStore');
  const transaction = methodOf(IDBDatabase.prototype, 'transaction');
  vi.spyOn(IDBDatabase.prototype, 'createObjectStore').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    dies();
    const made = createObjectStore.apply(this, args);
    dies();
    return made;
  });
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    // The upgrade's own transaction is begun by the browser itself, which does not die.
    if (args[1] !== 'versionchange') dies();
    return transaction.apply(this, args);
  });
  const db = openStoreDb(place.tab.ports.storage, store);
  await db.open().catch(() => undefined);
  db.close();
  return steps > step;
}

test('a row that has gone bad is passed over; the others are shown, and writing goes on', async () => {
  must(await log());
  must(await log());
  await place.tab.tablet.syncNow();
  place.tab.tablet.lock();
  const db = openStoreDb(place.tab.ports.storage, store);
  const [bad] = (await db.rows.toArray()).filter(({ k }) => k === visitNumber);
  if (!bad) throw new Error('no visit among the rows');
  await db.rows.put({ ...bad, c: bad.c.map((byte) => byte ^ 1) });
  db.close();
  const again = await place.unlock(staff);
  expect(again.get('visit', bad.i)).toBeUndefined();
  expect(again.all('visit').value).toHaveLength(1);
  expect(await log(again)).toMatchObject({ ok: true });
});
const visitNumber = kinds.find(({ name }) => name === 'visit')?.number;

describe('the browser’s promise and its room', () => {
  const timers = { after: (ms: number, work: () => void) => void setTimeout(work, ms / 100) };
  const patient = { after: (ms: number, work: () => void) => (timers.after(ms, work), () => {}) };
  const watch = (answers: Partial<StorageManager>) =>
    createStorageWatch({
      timers: patient,
      storageManager: {
        persisted: async () => false,
        persist: async () => false,
        estimate: async () => ({}),
        ...answers,
      },
    });

  test('peers 1: asked at the start and again at admission while it is not given, not once it is', async () => {
    const persist = vi.fn(async () => persist.mock.calls.length > 1);
    const persisted = vi.fn(async () => persist.mock.calls.length > 1);
    const storageManager = { persist, persisted, estimate: async () => ({}) };
    const fresh = surroundings((path, init) => town.area.ask(path, init), town.area.clock);
    const { tablet } = await fresh.open((ports) => ({ ...ports, storageManager }));
    await until(() => tablet.sync.peek().persisted === false, 'the first answer is shown');
    must(await tablet.admit({ code: demoCodes['shiroishi'] ?? '', name: '窓口' }));
    await until(() => tablet.sync.peek().persisted === true, 'the second answer is shown');
    expect(await tablet.storage()).toMatchObject({ persisted: true });
    expect(persist).toHaveBeenCalledTimes(2);
    fresh.closeAll();
  });

  test('refused, it is not asked for with every visit; how much room is left is looked at each time', async () => {
    const persist = vi.fn(async () => false);
    let usage = 0;
    const estimate = async () => ({ usage, quota: 100 * 1024 ** 2 });
    const storageManager = { persist, persisted: async () => false, estimate };
    const fresh = surroundings((path, init) => town.area.ask(path, init), town.area.clock);
    const { tablet } = await fresh.open((ports) => ({ ...ports, storageManager }));
    must(await tablet.admit({ code: demoCodes['shiroishi'] ?? '', name: '窓口' }));
    await tablet.syncNow();
    const asked = persist.mock.calls.length;
    const isLow = () => tablet.sync.peek().isRoomLow === true;
    expect(isLow()).toBe(false);
    usage = 99 * 1024 ** 2;
    await tablet.syncNow();
    await until(isLow, 'the want of room is shown');
    await tablet.syncNow();
    expect(persist).toHaveBeenCalledTimes(asked);
    fresh.closeAll();
  });

  test('a question that nobody answers holds up nothing and counts as no', async () => {
    const unanswered = watch({ persist: () => new Promise(() => undefined) });
    expect(await unanswered.report()).toMatchObject({ persisted: false });
    expect(unanswered.persisted.peek()).toBe(false);
  });

  test('a browser without the question answers nothing', async () => {
    const none = createStorageWatch({ timers: patient });
    const unknown = { persisted: undefined, usedBytes: undefined, quotaBytes: undefined };
    expect(await none.report()).toEqual(unknown);
    expect(none.isRoomLow.peek()).toBe(false);
  });

  test.each([
    [10e9, 1e6, false],
    [10e9, 9.5e9, true],
    [60e6, 20e6, true],
  ])('of %d bytes %d used: low %s', async (quota, usage, isLow) => {
    const found = watch({ estimate: async () => ({ quota, usage }) });
    expect(await found.report()).toMatchObject({ usedBytes: usage, quotaBytes: quota });
    expect(found.isRoomLow.peek()).toBe(isLow);
  });
});

test('every accident of the storage has words of its own', () => {
  const codes = ['storageFull', 'storageBroken', 'storageLost', 'storageBlocked', 'storageNewer'];
  const said = codes.map((code) => problemText({ code } as Problem, (kind) => kind).what);
  expect(new Set(said).size).toBe(codes.length);
});

describe('a browser that was cleared whole, its memory of itself too', () => {
  const hours = 3_600_000;
  test('the server tells the tablet admitted next which ones of its counter have gone silent', async () => {
    must(await log());
    await place.tab.tablet.syncNow();
    const heardAt = town.area.clock.now;
    const busy = await town.tablet();
    const elsewhere = await town.tablet('toyohira');
    place.closeAll();
    elsewhere.closeAll();
    town.area.clock.now += 9 * hours;
    await busy.enrol('shiroishi-city2');
    const fresh = await town.tablet();
    expect(fresh.tab.tablet.enrolment.peek()?.silent).toEqual([{ name: '窓口1', heardAt }]);
    await fresh.enrol(staff);
    expect(fresh.tab.tablet.enrolment.peek()?.silent).toEqual([]);
  });

  test('on an ordinary day nobody is missed', async () => {
    town.area.clock.now += hours;
    expect((await town.tablet()).tab.tablet.enrolment.peek()?.silent).toEqual([]);
  });
});
