/** A save under way while the screen locks, and while another tab pulls. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteTaken, type StoreDb } from '../../src/device/store-db.ts';
import { seekerArgs } from '../server/samples.ts';
import type { Place, Town } from '../support/device-town.ts';
import { must, until } from '../support/device-surroundings.ts';
import { visit } from '../support/restored-town.ts';
import { openSeenDesk, phone, seen, slowSigner, staff } from '../support/seen-person.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let town: Town;
let place: Place;
let db: StoreDb;
let isPushing = false;
beforeEach(async () => {
  isPushing = false;
  ({ town, place, db } = await openSeenDesk());
});
afterEach(() => town.close());

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

/** Hers, and beside it a tab to which each of her entries brings a page while it is signed; how often that was. */
async function besideNews() {
  const other = await puller();
  let times = 0;
  const { session } = await slowSigner(place, async () => {
    times += 1;
    await news('はは');
    await other.tablet.syncNow();
  });
  return { session, times: () => times };
}

test('what was saved before the lock becomes durable, though a page took parts away in between', async () => {
  const other = await puller();
  let isArmed = false;
  const { tab, session } = await slowSigner(place, async () => {
    if (!isArmed) return;
    isArmed = false;
    // Who was here today is at hand until tomorrow.
    place.clock.now += 2 * 86_400_000;
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

test('a save beside a tab that pulls page after page is made once, and seen at once', async () => {
  const { session, times } = await besideNews();
  const id = session.newId();
  must(await session.write('seeker.register', { ...seekerArgs('はは'), id }));
  expect(times()).toBe(1);
  expect(session.get('seeker', id)).toBeDefined();
  must(await session.write('seeker.amend', { id, phone: phone.phone }));
});

test('a save while page after page takes parts away becomes durable', async () => {
  let times = 0;
  const { session } = await slowSigner(place, async () => {
    times += 1;
    await noteTaken(db);
  });
  const done = await session.write('seeker.amend', phone);
  expect(times).toBeGreaterThan(1);
  expect.soft(done).toMatchObject({ ok: true });
  expect(await written()).toBe(1);
});

test('nor does it keep her from opening a file: what is logged was judged by no rows', async () => {
  const { session, times } = await besideNews();
  expect(await session.openPerson(seen.id, '相談・支援')).toMatchObject({ ok: true });
  expect(times()).toBe(1);
});
