/** A copied profile: two tablets write under one name. Both histories are kept and judged, and both are told to enrol anew. */
import { IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStores, type Stores } from '../../src/device/stores.ts';
import { storeDbName } from '../../src/device/store-db.ts';
import { demoCodes } from '../../src/server/demo-codes.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must, surroundings, type Tab } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
const visit = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let closing: (() => void)[];
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) close();
  await town.close();
});

async function logVisit(tab: Tab): Promise<string> {
  const session = tab.tablet.session.peek();
  if (!session) throw new Error('nobody sits here');
  const id = session.newId();
  must(await session.write('visit.log', { id, arrivedAt: town.area.clock.now, ...visit }));
  return id;
}

/** Every database of the tablet, as a copied browser profile has them. */
async function cloned(): Promise<Tab> {
  const around = surroundings((path, init) => town.area.ask(path, init), town.area.clock);
  const [from, to] = [
    openStores(place.tab.ports.storage),
    openStores({ indexedDB: around.indexedDB, keyRange: IDBKeyRange }),
  ];
  await copyAll(from.device, to.device);
  for (const { store } of await from.device.stores.toArray())
    await copyAll(from.of(store), to.of(store));
  from.close();
  to.close();
  closing.push(around.closeAll);
  return around.open();
}

async function copyAll(from: Stores['device'] | ReturnType<Stores['of']>, to: typeof from) {
  await to.open();
  for (const table of from.tables) await to.table(table.name).bulkPut(await table.toArray());
}

const known = async (id: string) => {
  const rows = await town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('record_part').select('kind').where('id', '=', id).execute(),
    );
  return rows.length === 1;
};
const forks = async () => {
  const rows = await town.area
    .server()
    .storage.read((tx) => tx.selectFrom('alarm').select('what').execute());
  return rows.filter(({ what }) => what === 'fork').length;
};

test('both histories arrive, both tablets hear of it, the desk closes, a password opens another', async () => {
  await place.enrol(staff);
  await logVisit(place.tab);
  await place.tab.tablet.syncNow();
  const other = await cloned();
  must(await other.tablet.unlock(staff, pin));
  place.line.isCut = true;
  const here = [await logVisit(place.tab), await logVisit(place.tab)];
  place.line.isCut = false;
  const there = [await logVisit(other), await logVisit(other)];
  await place.tab.tablet.syncNow();
  await other.tablet.syncNow();
  await logVisitMaybe(place.tab);
  await place.tab.tablet.syncNow();
  for (const id of [...here, ...there]) expect(await known(id)).toBe(true);
  expect(await forks()).toBe(1);
  for (const { tablet } of [place.tab, other]) {
    expect(tablet.session.peek()).toBeUndefined();
    expect(tablet.sync.peek()).toMatchObject({ pending: 0, problem: { code: 'forked' } });
    expect(await tablet.unlock(staff, pin)).toMatchObject({ problem: { code: 'forked' } });
    must(await tablet.enrolStaff({ staff, password: demoPassword, pin }));
    await tablet.syncNow();
    expect(tablet.sync.peek().problem).toBeUndefined();
  }
  const last = [await logVisit(place.tab), await logVisit(other)];
  for (const { tablet } of [place.tab, other]) await tablet.syncNow();
  for (const id of last) expect(await known(id)).toBe(true);
  expect(await forks()).toBe(1);
});

/** Whose history came first hears of the other with her next push. */
async function logVisitMaybe(tab: Tab): Promise<void> {
  if (tab.tablet.session.peek()) await logVisit(tab);
}

test('a later push finds its predecessor on whichever history it stands', async () => {
  await place.enrol(staff);
  await logVisit(place.tab);
  await place.tab.tablet.syncNow();
  const other = await cloned();
  must(await other.tablet.unlock(staff, pin));
  place.line.isCut = true;
  const there = [await logVisit(other)];
  await other.tablet.syncNow();
  const here: string[] = [];
  for (let n = 0; n < 130; n++) here.push(await logVisit(place.tab));
  place.line.isCut = false;
  // More than one request: the second goes on where the first has branched off.
  await place.tab.tablet.syncNow();
  for (const id of [...here, ...there]) expect(await known(id)).toBe(true);
  expect(place.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
  expect(await forks()).toBe(1);
});

test('the counter itself: it counts no more, says so, and a supervisor’s code admits it anew', async () => {
  await place.enrol(staff);
  must(await place.tab.tablet.count(visit));
  await place.tab.tablet.syncNow();
  const other = await cloned();
  place.line.isCut = true;
  const here = must(await place.tab.tablet.count(visit));
  const there = must(await other.tablet.count(visit));
  await other.tablet.syncNow();
  place.line.isCut = false;
  await place.tab.tablet.syncNow();
  for (const { id } of [here, there]) expect(await known(id)).toBe(true);
  const { tablet } = place.tab;
  expect(tablet.enrolment.peek()?.admitAnew).toBe('forked');
  expect(await tablet.count(visit)).toMatchObject({ problem: { code: 'forked' } });
  must(await tablet.admit({ code: demoCodes['shiroishi'] ?? '', name: '窓口1' }));
  expect(tablet.enrolment.peek()?.admitAnew).toBeUndefined();
  const anew = must(await tablet.count(visit));
  await tablet.syncNow();
  expect(await known(anew.id)).toBe(true);
  expect(tablet.sync.peek()).toMatchObject({ pending: 0, problem: undefined });
});

test('a counter whose storage was cleared is admitted anew as well', async () => {
  const session = await place.enrol(staff);
  place.line.isCut = true;
  const id = await logVisit(place.tab);
  const stores = openStores(place.tab.ports.storage);
  const [counter] = (await stores.device.stores.toArray()).filter(({ role }) => role === 'counter');
  stores.close();
  await new Promise((resolve) => {
    const asked = place.indexedDB.deleteDatabase(storeDbName(counter?.store ?? ''));
    asked.onsuccess = resolve;
  });
  const { tablet } = place.tab;
  expect(await tablet.count(visit)).toMatchObject({ problem: { code: 'storageLost' } });
  place.line.isCut = false;
  await tablet.syncNow();
  expect(tablet.enrolment.peek()?.admitAnew).toBe('storageLost');
  must(await tablet.admit({ code: demoCodes['shiroishi'] ?? '', name: '窓口1' }));
  await tablet.syncNow();
  expect(session.actor.user).toBe(staff);
  expect(await known(id)).toBe(true);
  must(await tablet.count(visit));
  expect(tablet.sync.peek()).toMatchObject({ problem: undefined });
});
