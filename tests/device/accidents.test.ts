/** Accidents of the tablet's storage and clock, and what one tab does to another: no fork, no lost work, said in words. */
import { forceCloseDatabase, IDBDatabase } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storeDbName } from '../../src/device/store-db.ts';
import { openStores } from '../../src/device/stores.ts';
import type { Session } from '../../src/device/types.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let session: Session;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await town.close();
});

const log = (on: Session) => on.write('visit.log', { id: on.newId(), arrivedAt: 1, ...count });
const lost = { ok: false, problem: { code: 'storageLost' } };

async function storeOf(member: string): Promise<string> {
  const { device } = openStores(place.tab.ports.storage);
  const rows = await device.stores.where('staff').equals(member).toArray();
  return rows.find(({ state }) => state === 'live')?.store ?? '';
}

/** As a browser does that clears a broken database: connections are told, then it is gone. */
async function erase(name: string): Promise<void> {
  const request = place.indexedDB.deleteDatabase(name);
  await new Promise((resolve) => request.addEventListener('success', resolve));
}

test('connections that die under many calls at once: every call is tried on the new one, none fails', async () => {
  const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
  must(await log(session));
  const used = () => new Set(opened.mock.contexts);
  for (let round = 0; round < 12; round++) {
    const calls = [
      log(session),
      place.tab.tablet.count(count),
      session.check('visit.log', { id: session.newId(), arrivedAt: 1, ...count }),
      session.open('visit', session.all('visit').value[0]?.id ?? '', 'x'),
    ];
    await new Promise((resolve) => setTimeout(resolve, round));
    for (const connection of used()) forceCloseDatabase(connection as never);
    opened.mockClear();
    const [written, counted, checked, seen] = await Promise.all(calls);
    expect([written, counted, seen]).toMatchObject([{ ok: true }, { ok: true }, { ok: true }]);
    expect(checked).toBeUndefined();
  }
}, 60_000);

test('peers 1: a store that is gone begins no second stream: nothing is written and the words say what happened', async () => {
  must(await log(session));
  const store = await storeOf(staff);
  await erase(storeDbName(store));
  expect(await log(session)).toEqual(lost);
  await place.tab.tablet.syncNow();
  expect(place.tab.tablet.sync.peek().problem).toEqual({ code: 'storageLost' });
  place.tab.tablet.lock();
  expect(await place.tab.tablet.unlock(staff, pin)).toEqual(lost);
  const { tablet } = await place.open();
  expect(await tablet.unlock(staff, pin)).toEqual(lost);
  must(await tablet.enrolStaff({ staff, password: demoPassword, pin }));
  const again = tablet.session.peek();
  expect(again && (await log(again))).toMatchObject({ ok: true });
}, 60_000);

test('a counter that is gone counts nothing', async () => {
  must(await place.tab.tablet.count(count));
  const [counter] = (await openStores(place.tab.ports.storage).device.stores.toArray()).filter(
    ({ role }) => role === 'counter',
  );
  await erase(storeDbName(counter?.store ?? ''));
  expect(await place.tab.tablet.count(count)).toEqual(lost);
}, 30_000);

test('whoever is enrolled anew, or revoked, in one tab sits in no other tab with the old store', async () => {
  const second = await place.open();
  must(await second.tablet.enrolStaff({ staff, password: demoPassword, pin }));
  await until(() => place.tab.tablet.session.peek() === undefined, 'the old store is closed');
  expect(second.tablet.session.peek()).toBeDefined();
}, 30_000);

test('another member who sits down in one tab closes the first one’s records in every tab', async () => {
  const second = await place.open();
  await place.enrol('shiroishi-hw1', second);
  await until(() => place.tab.tablet.session.peek() === undefined, 'the first tab is closed');
  const third = await place.open();
  await place.unlock('shiroishi-hw1', third);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(second.tablet.session.peek()).toBeDefined();
}, 30_000);

test('a lock while the PIN is being checked is a lock', async () => {
  const { tablet } = place.tab;
  tablet.lock();
  const opening = tablet.unlock(staff, pin);
  place.tab.hide();
  expect(await opening).toEqual({ ok: false, problem: { code: 'locked' } });
  expect(tablet.session.peek()).toBeUndefined();
  must(await tablet.unlock(staff, pin));
}, 30_000);

test('what was typed last is kept though the screen locks in the same moment', async () => {
  const writing = session.writeDraft('seeker.register', { familyName: '途中' });
  place.tab.hide();
  await writing;
  await session.writeDraft('seeker.register', { familyName: '途中まで' });
  const again = await place.unlock(staff);
  expect(await again.readDraft('seeker.register')).toEqual({ familyName: '途中まで' });
}, 30_000);

test('a clock that was ahead when the PIN was wrong does not keep anybody out for longer', async () => {
  const { tablet } = place.tab;
  tablet.lock();
  place.pass(400 * 86_400_000);
  for (let times = 0; times < 2; times++) await tablet.unlock(staff, '000000');
  place.pass(-400 * 86_400_000);
  expect(await tablet.pinWait(staff)).toBe(5);
  expect(await tablet.unlock(staff, pin)).toMatchObject({ problem: { code: 'wrongPin' } });
  place.pass(5_000);
  expect(await tablet.pinWait(staff)).toBe(0);
}, 30_000);

test('a tablet that slept for longer than half an hour wants the slot again, timers or none', async () => {
  const { tablet } = place.tab;
  const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey');
  const cold = () => unwrap.mock.calls.filter(([format]) => format === 'raw').length;
  tablet.lock();
  must(await tablet.unlock(staff, pin));
  expect(cold()).toBe(0);
  tablet.lock();
  place.clock.now += 31 * 60_000;
  must(await tablet.unlock(staff, pin));
  expect(cold()).toBe(1);
}, 30_000);

test('peers 1: a browser that was a tablet and has lost everything says so; a new one does not', async () => {
  const kept = new Set<string>();
  const memento = { isKept: () => kept.size > 0, keep: () => void kept.add('here') };
  const open = () => place.open((ports) => ({ ...ports, memento }));
  expect((await open()).tablet.wasCleared.peek()).toBe(false);
  expect(kept.size).toBe(1);
  place.closeAll();
  for (const { name = '' } of await place.indexedDB.databases()) await erase(name);
  const { tablet } = await open();
  expect(tablet.enrolment.peek()).toBeUndefined();
  expect(tablet.wasCleared.peek()).toBe(true);
  kept.clear();
  expect((await open()).tablet.wasCleared.peek()).toBe(false);
}, 30_000);
