/** The write path against accidents: two tabs at once, a full disk, an aborted transaction, a lost connection. */
import { forceCloseDatabase, IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi, type MockInstance } from 'vitest';
import { openStores } from '../../src/device/stores.ts';
import type { EntryRow, StoreDb } from '../../src/device/store-db.ts';
import type { Session } from '../../src/device/types.ts';
import { toBase64Url } from '../../src/sync/bytes.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
let session: Session;
let db: StoreDb;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
  place.line.isCut = true;
  const stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  db = stores.of(rows[0]?.store ?? '');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await town.close();
});

const visit = (id: string) => ({
  id,
  arrivedAt: 1,
  channel: 'inPerson',
  visitKind: 'new',
  purposes: ['jobCounselling'],
  heads: 1,
});
const log = (on: Session) => {
  const id = on.newId();
  return on.write('visit.log', visit(id)).then((result) => ({ id, result }));
};
const stream = (): Promise<EntryRow[]> =>
  db.entries.where('[lane+seq]').between(['write', 0], ['write', Infinity]).toArray();

function expectGapless(rows: readonly EntryRow[]): void {
  let prevHash = '';
  rows.forEach((row, index) => {
    const { header } = row.envelope;
    expect([row.seq, header.seq, header.prevHash]).toEqual([index + 1, index + 1, prevHash]);
    prevHash = row.hash;
  });
}

test('two tabs writing at once keep one gapless stream and see each other’s writes', async () => {
  const second = await place.open();
  const other = await place.unlock(staff, second);
  const done = await Promise.all(
    Array.from({ length: 24 }, (_, index) => log(index % 2 ? session : other)),
  );
  const ids = done.map(({ id, result }) => (must(result), id));
  const rows = await stream();
  expect(rows).toHaveLength(24);
  expectGapless(rows);
  const seen = (on: Session) => ids.every((id) => on.get('visit', id));
  await until(() => seen(session) && seen(other), 'both tabs show all visits');
  expect(place.tab.tablet.sync.peek().pending).toBe(24);

  place.line.isCut = false;
  await Promise.all([place.tab.tablet.syncNow(), second.tablet.syncNow()]);
  expect((await stream()).map(({ state }) => state)).toEqual(rows.map(() => 'applied'));
  await until(() => second.tablet.sync.peek().pending === 0, 'the second tab hears of the push');
}, 30_000);

test('the second tab judges by what the first one wrote', async () => {
  const second = await place.open();
  const other = await place.unlock(staff, second);
  const { id } = await log(session);
  await until(() => other.get('visit', id) !== undefined, 'the visit is in the second tab');
  const [a, b] = await Promise.all([
    session.write('visit.leave', { id }),
    other.write('visit.leave', { id }),
  ]);
  expect([a, b].filter(({ ok }) => ok)).toHaveLength(1);
  const refused = a.ok ? b : a;
  expect(refused).toMatchObject({ problem: { code: 'illegalState', kind: 'visit' } });
}, 30_000);

const failing = (name: string) => () => {
  throw new DOMException('on purpose', name);
};

test('a full disk: storageFull, nothing half-written, nothing in memory, and on it goes afterwards', async () => {
  must((await log(session)).result);
  const before = await stream();
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(failing('QuotaExceededError'));
  const { id, result } = await log(session);
  expect(result).toEqual({ ok: false, problem: { code: 'storageFull' } });
  expect(session.get('visit', id)).toBeUndefined();
  expect(session.outbox.value).toHaveLength(1);
  vi.restoreAllMocks();
  expect(await stream()).toEqual(before);
  must((await log(session)).result);
  expectGapless(await stream());
});

/** The disk refuses at commit, after the entry was accepted into the transaction. */
function abortWrites(times: number): MockInstance {
  // Called with its own store as `this` below.
  // oxlint-disable-next-line typescript/unbound-method
  const { add } = IDBObjectStore.prototype;
  let left = times;
  const spy = vi.spyOn(IDBObjectStore.prototype, 'add');
  spy.mockImplementation(function (this: globalThis.IDBObjectStore, value: unknown) {
    const request = add.call(this, value);
    if (left-- > 0) request.addEventListener('success', () => request.transaction?.abort());
    return request;
  });
  return spy;
}

test('one aborted transaction is tried again on a new connection, and written once', async () => {
  const adds = abortWrites(1);
  must((await log(session)).result);
  expect(adds).toHaveBeenCalledTimes(2);
  const rows = await stream();
  expect(rows).toHaveLength(1);
  expectGapless(rows);
});

test('a store that keeps failing is storageBroken and leaves no trace', async () => {
  abortWrites(Infinity);
  const { id, result } = await log(session);
  expect(result).toEqual({ ok: false, problem: { code: 'storageBroken' } });
  expect(session.get('visit', id)).toBeUndefined();
  vi.restoreAllMocks();
  expect(await stream()).toEqual([]);
  expect(place.tab.tablet.sync.peek().pending).toBe(0);
});

test('a connection that the browser closed is opened again', async () => {
  const open = vi.spyOn(IDBDatabase.prototype, 'transaction');
  must((await log(session)).result);
  const used = new Set(open.mock.contexts);
  open.mockRestore();
  for (const connection of used) forceCloseDatabase(connection as never);
  must((await log(session)).result);
  expectGapless(await stream());
});

test('after a lock nothing can be read or written, and nothing is left in memory', async () => {
  const { id } = await log(session);
  const visits = session.all('visit');
  expect(visits.value).toHaveLength(1);
  place.tab.tablet.lock();
  expect([visits.value, session.outbox.value, session.get('visit', id)]).toEqual([
    [],
    [],
    undefined,
  ]);
  expect((await log(session)).result).toEqual({ ok: false, problem: { code: 'locked' } });
  expect(await session.open('visit', id, 'x')).toEqual({ ok: false, problem: { code: 'locked' } });
  const again = await place.unlock(staff);
  expect(again.get('visit', id)).toBeDefined();
});

test('hiding the page for good drops everything; locking one tab locks every tab', async () => {
  const second = await place.open();
  const other = await place.unlock(staff, second);
  place.tab.hide();
  expect(place.tab.tablet.session.peek()).toBeUndefined();
  expect(second.tablet.session.peek()).toBe(other);
  must(await place.tab.tablet.unlock(staff, pin));
  place.tab.tablet.lock();
  await until(() => second.tablet.session.peek() === undefined, 'the second tab locks');
}, 30_000);

test('a save under way when the screen locks still becomes durable', async () => {
  const saving = log(session);
  place.tab.tablet.lock();
  const { result } = await saving;
  const written = await stream();
  expect(written).toHaveLength(result.ok ? 1 : 0);
});

test('every entry is signed, chained and sealed; the header names no one but the author', async () => {
  const id = session.newId();
  const name = '秘密名前';
  must(await session.write('seeker.register', { id, familyName: name, familyKana: 'ヒミツ' }));
  const [row] = await stream();
  const text = JSON.stringify(row?.envelope);
  expect(text).not.toContain(name);
  expect(text).not.toContain(toBase64Url(new TextEncoder().encode(name)));
  expect(Object.keys(row?.envelope.header ?? {}).toSorted()).toEqual([
    'actor',
    'businessDate',
    'estSkew',
    'id',
    'lane',
    'lease',
    'occurredAt',
    'prevHash',
    'seq',
    'store',
    'tz',
    'v',
    'verb',
  ]);
});
