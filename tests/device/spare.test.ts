/** peers 1: the browser throws its database away with what had not been sent; a second copy of that goes to the server. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DevicePorts, SparePort } from '../../src/device/ports.ts';
import type { Session } from '../../src/device/types.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must, until, type Tab } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
const visit = { purposes: ['jobCounselling'], visitKind: 'new', channel: 'inPerson', heads: 1 };
let town: Town;
let place: Place;
let texts: Map<string, string>;
let tab: Tab;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  texts = new Map();
  tab = await place.open(withSpare);
});
afterEach(() => town.close());

const spare: SparePort = {
  names: async () => [...texts.keys()],
  read: async (name) => texts.get(name),
  put: async (name, text) => void texts.set(name, text),
  drop: async (names) => names.forEach((name) => texts.delete(name)),
};
const withSpare = (ports: DevicePorts) => ({ ...ports, spare });

async function enrolled() {
  must(await tab.tablet.enrolStaff({ staff, password: demoPassword, pin }));
  await tab.tablet.syncNow();
  const session = tab.tablet.session.peek();
  if (!session) throw new Error('nobody sits here');
  return session;
}

async function logVisit(session: Session): Promise<string> {
  const args = { id: session.newId(), arrivedAt: place.clock.now, ...visit };
  return must(await session.write('visit.log', args)).id;
}

/** Three by the session, one by the counter. */
async function writeOffline(): Promise<readonly string[]> {
  const session = await enrolled();
  place.line.isCut = true;
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push(await logVisit(session));
  must(await tab.tablet.count(visit));
  await until(() => texts.size === 4, 'second copies');
  return ids;
}

/** As a browser does that finds its database damaged. */
async function loseDatabases(): Promise<void> {
  place.closeAll();
  for (const { name = '' } of await place.indexedDB.databases())
    await new Promise((resolve) => {
      place.indexedDB.deleteDatabase(name).addEventListener('success', resolve);
    });
}

const held = async () => {
  const rows = await town.area
    .server()
    .storage.read((tx) => tx.selectFrom('entry').select(['id', 'verdict']).execute());
  return new Map(rows.map(({ id, verdict }) => [id, verdict]));
};

test('peers 1: what had not been sent reaches the server from its second place, once, and the screen is told', async () => {
  const ids = await writeOffline();
  const before = (await held()).size;
  await loseDatabases();
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(tablet.enrolment.peek()).toBeUndefined();
  expect(tablet.wasCleared.peek()).toBe(true);
  expect(tablet.spared.peek()).toEqual({ isCleared: true, found: 4, left: 4 });
  place.line.isCut = false;
  await tablet.syncNow();
  expect(tablet.spared.peek()).toEqual({ isCleared: true, found: 4, left: 0 });
  const after = await held();
  expect(after.size).toBe(before + 4);
  for (const id of ids) expect(after.get(id)).toContain('applied');
  expect(texts.size).toBe(0);
}, 60_000);

test('what the server has answered for lies in no second place any more', async () => {
  const session = await enrolled();
  await logVisit(session);
  await until(() => texts.size > 0, 'a second copy');
  await tab.tablet.syncNow();
  await tab.tablet.syncNow();
  expect(texts.size).toBe(0);
  expect(tab.tablet.spared.peek()).toEqual({ isCleared: false, found: 0, left: 0 });
}, 60_000);

test('what stood before a torn copy is sent; it and what stood behind it stay', async () => {
  const ids = await writeOffline();
  const name = [...texts.keys()].find((one) => one.endsWith(ids[1] ?? '-')) ?? '';
  texts.set(name, (texts.get(name) ?? '').slice(0, -20));
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  const after = await held();
  expect(ids.map((id) => after.has(id))).toEqual([true, false, false]);
  expect([...texts.keys()].map((one) => one.split('/').at(-1))).toEqual(ids.slice(1));
  expect(tablet.spared.peek()).toMatchObject({ left: 1 });
}, 60_000);

test('a second place that fails is in nobody’s way', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const broken = async () => Promise.reject(new Error('no room'));
  const bad = { names: broken, read: broken, put: broken, drop: broken };
  place.closeAll();
  tab = await place.open((ports) => ({ ...ports, spare: bad }));
  const session = await enrolled();
  await logVisit(session);
  await tab.tablet.syncNow();
  expect(tab.tablet.sync.peek()).toMatchObject({ pending: 0, problem: undefined });
  expect(warned).toHaveBeenCalled();
  warned.mockRestore();
}, 60_000);
