/** The comparison with the server on a real tablet: what is found wrong is mended in one step, and how often it is made. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readMeta, type StoreDb } from '../../src/device/store-db.ts';
import { openStores, type Stores } from '../../src/device/stores.ts';
import type { Session } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const hour = 3_600_000;
const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
let session: Session;
let stores: Stores;
let db: StoreDb;
let seeker: string;
let asked: number;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  asked = 0;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) => {
      if (path === '/api/digest') asked += 1;
      return ports.fetch(path, init);
    },
  }));
  place.tab.tablet.stop();
  session = await place.enrol(staff, tab);
  place = { ...place, tab };
  stores = openStores(tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  db = stores.of(rows.at(-1)?.store ?? '');
  seeker = session.newId();
  must(
    await session.write('seeker.register', {
      id: seeker,
      familyName: '照合',
      familyKana: 'ショウゴウ',
    }),
  );
  await sync();
});
afterEach(async () => {
  stores.close();
  await town.close();
});

const sync = () => place.tab.tablet.syncNow();
const alarms = () =>
  town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('alarm').selectAll().where('what', '=', 'digest').execute(),
    );
const partsOf = async (id: string) =>
  (await db.rows.toArray())
    .filter(({ i }) => i === id)
    .map(({ p }) => p)
    .sort();
const nextHour = () => {
  town.area.clock.now += hour + 1;
};
const nextDay = () => {
  town.area.clock.now += 24 * hour;
};

test('once after the first complete pull of a day, and then not again', async () => {
  expect(asked).toBe(1);
  await sync();
  nextHour();
  await sync();
  expect(asked).toBe(1);
  nextDay();
  await sync();
  expect(asked).toBe(2);
  await sync();
  expect(asked).toBe(2);
  expect(await alarms()).toEqual([]);
});

test('a row that was lost comes back, a phantom goes with its draft, memory follows, supervisors are told', async () => {
  const [row] = (await db.rows.toArray()).filter(({ i, p }) => i === seeker && p === 'card');
  if (!row) throw new Error('no card');
  await session.writeDraft('consultation:phantom-1', { summary: '幻' });
  await db.rows.put({ ...row, i: 'phantom-1' });
  await db.rows.delete([row.k, row.i, row.p]);
  nextDay();
  await sync();
  expect(await partsOf('phantom-1')).toEqual([]);
  expect(await session.readDraft('consultation:phantom-1')).toBeUndefined();
  expect((await alarms()).length).toBe(1);
  expect(session.get('seeker', seeker)?.parts['card']).toMatchObject({ familyName: '照合' });
  // The day has moved on: her card is still hers to have, and is back in the store.
  expect(await partsOf(seeker)).toContain('card');
});

test('a row that does not open is brought anew within the hour', async () => {
  const [row] = (await db.rows.toArray()).filter(({ i, p }) => i === seeker && p === 'card');
  if (!row) throw new Error('no card');
  await db.rows.put({ ...row, c: row.c.map((byte) => byte ^ 1) });
  place.tab.tablet.lock();
  const again = await place.unlock(staff, place.tab);
  await sync();
  expect(again.get('seeker', seeker)?.parts['card']).toBeUndefined();
  expect(asked).toBe(1);
  nextHour();
  await sync();
  expect(asked).toBe(2);
  expect(again.get('seeker', seeker)?.parts['card']).toMatchObject({ familyName: '照合' });
  nextHour();
  await sync();
  expect(asked).toBe(2);
});

test('after a rebuild, but at most once an hour', async () => {
  await db.meta.delete('cursor');
  await sync();
  expect(asked).toBe(1);
  nextHour();
  await sync();
  expect(asked).toBe(2);
  nextHour();
  await sync();
  expect(asked).toBe(2);
});

test('a server that answers nonsense or nothing is asked again after an hour; the pull stands', async () => {
  nextDay();
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path !== '/api/digest') return ports.fetch(path, init);
      asked += 1;
      return Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 });
    },
  }));
  await place.unlock(staff, tab);
  const before = asked;
  await tab.tablet.syncNow();
  await tab.tablet.syncNow();
  expect(asked - before).toBeLessThanOrEqual(1);
  expect(await readMeta(db, 'digest')).toMatchObject({ isDue: true });
  expect(await readMeta(db, 'syncedAt')).toBe(town.area.clock.now);
});
