/** A save under way while the screen locks, and while another tab pulls. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStores, type Stores } from '../../src/device/stores.ts';
import type { StoreDb } from '../../src/device/store-db.ts';
import { seekerArgs } from '../server/samples.ts';
import { must, until } from '../support/device-surroundings.ts';
import { visit } from '../support/restored-town.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const staff = 'shiroishi-hw1';
const seen = { ...seekerArgs('きょう'), phone: '090-3333-4444' };
const phone = { id: seen.id, phone: '011-000-1111' };
let town: Town;
let place: Place;
let stores: Stores;
let db: StoreDb;
let isPushing = false;
beforeEach(async () => {
  isPushing = false;
  town = await openTown();
  const hw = await town.area.staff('shiroishi-hw2');
  await hw.act('seeker.register', seen);
  place = await town.tablet();
  await place.enrol(staff);
  stores = openStores(place.tab.ports.storage);
  const rows = await stores.device.stores.where('staff').equals(staff).toArray();
  db = stores.of(rows.at(-1)?.store ?? '');
});
afterEach(async () => {
  stores.close();
  await town.close();
});

/** Hers without a line; `meanwhile` is done each time before an entry is signed. */
async function hers(meanwhile: () => Promise<void>) {
  const sign = async (...args: Parameters<SubtleCrypto['sign']>) => {
    await meanwhile();
    return crypto.subtle.sign(...args);
  };
  const late = new Proxy(crypto.subtle, {
    get: (target, name) => {
      if (name === 'sign') return sign;
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
  const tab = await place.open((ports) => ({
    ...ports,
    crypto: late,
    fetch: () => Promise.reject(new TypeError('no line')),
  }));
  return { tab, session: await place.unlock(staff, tab) };
}

async function puller() {
  place.tab.tablet.stop();
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) =>
      path === '/api/push' && !isPushing
        ? Promise.reject(new TypeError('no line'))
        : ports.fetch(path, init),
  }));
  await place.unlock(staff, tab);
  await tab.tablet.syncNow();
  return tab;
}

const written = () => db.entries.filter(({ lane }) => lane === 'write').count();
const news = async (name: string) =>
  (await town.area.staff('shiroishi-hw2')).act('seeker.register', seekerArgs(name));

test('what was saved before the lock becomes durable, though a page came in between', async () => {
  const other = await puller();
  let isArmed = false;
  const { tab, session } = await hers(async () => {
    if (!isArmed) return;
    isArmed = false;
    await news('はは');
    await other.tablet.syncNow();
    tab.tablet.lock();
  });
  const id = session.newId();
  must(await session.write('visit.log', { id, arrivedAt: place.clock.now, ...visit }));
  isPushing = true;
  await other.tablet.syncNow();
  await until(() => session.get('visit', id) !== undefined, 'there');
  isArmed = true;
  const done = await session.write('visit.void', { id, voidReason: 'mistake' });
  expect(isArmed).toBe(false);
  expect.soft(done).toMatchObject({ ok: true });
  expect(await written()).toBe(2);
});

test('a save beside a tab that pulls page after page becomes durable', async () => {
  const other = await puller();
  let times = 0;
  const { session } = await hers(async () => {
    times += 1;
    await news('はは');
    await other.tablet.syncNow();
  });
  const done = await session.write('seeker.amend', phone);
  expect(times).toBeGreaterThan(1);
  expect.soft(done).toMatchObject({ ok: true });
  expect(await written()).toBe(1);
});

test('nor does it keep her from opening a file: what is logged was judged by no rows', async () => {
  const other = await puller();
  let times = 0;
  const { session } = await hers(async () => {
    times += 1;
    await news('はは');
    await other.tablet.syncNow();
  });
  expect(await session.openPerson(seen.id, '相談・支援')).toMatchObject({ ok: true });
  expect(times).toBe(1);
});
