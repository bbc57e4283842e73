/** peers 1: the browser throws its database away with what had not been sent; a second copy of that goes to the server. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DevicePorts, SparePort } from '../../src/device/ports.ts';
import type { Session } from '../../src/device/types.ts';
import { createSpare } from '../../src/device/spare.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must, until, type Tab } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';
import { dbOf } from '../support/restored-town.ts';

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
  damaged = undefined;
  isHanging = false;
  tab = await place.open(withSpare);
});
afterEach(() => town.close());

let damaged: string | undefined;
let isHanging = false;
const spare: SparePort = {
  names: async () => (isHanging ? new Promise<never>(() => undefined) : [...texts.keys()]),
  read: async (name) => {
    if (name === damaged) throw new Error('damaged');
    return texts.get(name);
  },
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
  const told = { isCleared: true, found: 4, refused: 0, unreadable: 0 };
  expect(tablet.spared.peek()).toEqual({ ...told, left: 4 });
  expect(tablet.sync.peek()).toMatchObject({ pending: 4 });
  place.line.isCut = false;
  await tablet.syncNow();
  expect(tablet.spared.peek()).toEqual({ ...told, left: 0 });
  expect(tablet.sync.peek()).toMatchObject({ pending: 0 });
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
  expect(tab.tablet.spared.peek()).toMatchObject({ isCleared: false, found: 0, left: 0 });
}, 60_000);

const nameOf = (id: string | undefined) =>
  [...texts.keys()].find((name) => name.endsWith(id ?? '-')) ?? '';
const isHeld = async (ids: readonly string[]) => {
  const there = await held();
  return ids.map((id) => there.has(id));
};

test('what stood before a torn copy is sent; it and what stood behind it stay, and are told', async () => {
  const ids = await writeOffline();
  texts.set(nameOf(ids[1]), (texts.get(nameOf(ids[1])) ?? '').slice(0, -20));
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, false, false]);
  expect([...texts.keys()].map((one) => one.split('/').at(-1))).toEqual(ids.slice(1));
  expect(tablet.spared.peek()).toMatchObject({ found: 3, left: 1, unreadable: 1 });
}, 60_000);

test('one that the server does not take keeps back only what rests on it', async () => {
  const ids = await writeOffline();
  const name = nameOf(ids[1]);
  const item = JSON.parse(texts.get(name) ?? '') as { envelope: { ciphertext: string } };
  const { envelope } = item;
  const ciphertext = `AAAA${envelope.ciphertext.slice(4)}`;
  texts.set(name, JSON.stringify({ ...item, envelope: { ...envelope, ciphertext } }));
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, false, false]);
  expect(tablet.spared.peek()).toMatchObject({ found: 4, left: 2, unreadable: 0 });
}, 60_000);

test('what came to nothing at the server is told apart from what arrived', async () => {
  const session = await enrolled();
  await logVisit(session);
  await tab.tablet.syncNow();
  const [visited] = session.all('visit').peek();
  place.line.isCut = true;
  const mistake = { id: visited?.id ?? '', voidReason: 'mistake' };
  must(await session.write('visit.void', mistake));
  await loseDatabases();
  const other = await town.tablet();
  const colleague = await other.enrol('shiroishi-city2');
  must(await colleague.write('visit.void', mistake));
  await other.tab.tablet.syncNow();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(tablet.spared.peek()).toMatchObject({ found: 1, left: 0, refused: 1 });
}, 60_000);

test('what another tab has dropped meanwhile is no torn copy', async () => {
  await writeOffline();
  await loseDatabases();
  const listed = [...texts.keys()];
  texts.clear();
  place.line.isCut = false;
  const { tablet } = await place.open((ports) => ({
    ...withSpare(ports),
    spare: { ...spare, names: async () => listed },
  }));
  await tablet.syncNow();
  expect(tablet.spared.peek()).toMatchObject({ found: 0, left: 0, unreadable: 0 });
}, 60_000);

test('one that the browser cannot read keeps none of the others back', async () => {
  const ids = await writeOffline();
  damaged = nameOf(ids[2]);
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, true, false]);
  expect(tablet.spared.peek()).toMatchObject({ found: 3, left: 0, unreadable: 1 });
}, 60_000);

/** An older state of the store comes back, as with a log that was cut off. */
async function rollBackTo(id: string | undefined): Promise<Session> {
  const db = await dbOf(place, staff);
  const row = await db.entries
    .where('id')
    .equals(id ?? '')
    .first();
  const [head, seq] = row ? [{ seq: row.seq, hash: row.hash }, row.seq] : [{ seq: 0, hash: '' }, 0];
  await db.entries
    .where('[lane+seq]')
    .between(['write', seq + 1], ['write', Infinity])
    .delete();
  await db.meta.put({ name: 'head:write', value: head });
  place.closeAll();
  tab = await place.open(withSpare);
  must(await tab.tablet.unlock(staff, pin));
  const session = tab.tablet.session.peek();
  if (!session) throw new Error('nobody sits here');
  return session;
}

test('a database that has come back older than it was: what it lacks is brought, and what was written since', async () => {
  const ids = [...(await writeOffline())];
  const session = await rollBackTo(ids[0]);
  ids.push(await logVisit(session), await logVisit(session));
  place.line.isCut = false;
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(await isHeld(ids)).toEqual(ids.map(() => true));
  expect(tab.tablet.spared.peek()).toMatchObject({ isCleared: false, found: 2, left: 0 });
  expect(texts.size).toBe(0);
}, 60_000);

test('one that a tab which died left without a copy gets it with the next', async () => {
  const ids = [...(await writeOffline())];
  // The last one by the session: durable, and its copy was never put.
  texts.delete(nameOf(ids[2]));
  place.closeAll();
  tab = await place.open(withSpare);
  must(await tab.tablet.unlock(staff, pin));
  const session = tab.tablet.session.peek();
  if (session) ids.push(await logVisit(session));
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, true, true, true]);
}, 60_000);

test('both histories of a database that came back and was lost after all', async () => {
  const ids = [...(await writeOffline())];
  const session = await rollBackTo(ids[0]);
  ids.push(await logVisit(session), await logVisit(session));
  // As a browser may list them: the third of the one history before the third of the other.
  const third = nameOf(ids[2]);
  const text = texts.get(third) ?? '';
  texts.delete(third);
  texts.set(third, text);
  await loseDatabases();
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual(ids.map(() => true));
  expect(tablet.spared.peek()).toMatchObject({ left: 0, unreadable: 0 });
}, 60_000);

test('one database of a tablet that knows its store is lost: its copies are sent', async () => {
  const ids = await writeOffline();
  const [store = ''] = nameOf(ids[0]).split('/');
  place.closeAll();
  await new Promise((resolve) => {
    const request = place.indexedDB.deleteDatabase(`madoguchi-${store}`);
    request.addEventListener('success', resolve);
  });
  place.line.isCut = false;
  const { tablet } = await place.open(withSpare);
  await tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, true, true]);
  expect(texts.size).toBe(0);
}, 60_000);

test('what the server has not taken of a tablet that is whole is no loss, and stays', async () => {
  const session = await enrolled();
  const place503 = (ports: DevicePorts): DevicePorts => ({
    ...withSpare(ports),
    fetch: async (path, init) =>
      path === '/api/push'
        ? Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 })
        : ports.fetch(path, init),
  });
  place.closeAll();
  tab = await place.open(place503);
  must(await tab.tablet.unlock(staff, pin));
  await logVisit(tab.tablet.session.peek() ?? session);
  await tab.tablet.syncNow();
  expect(texts.size).toBeGreaterThan(0);
  expect(tab.tablet.spared.peek()).toMatchObject({ isCleared: false, found: 0, left: 0 });
}, 60_000);

test('a second place that hangs is an error after a while, and hardly waited for until it has answered', async () => {
  let isHung = true;
  const slow = async <T>(value: T): Promise<T> =>
    isHung ? new Promise<never>(() => undefined) : value;
  const waits: number[] = [];
  const fires: (() => void)[] = [];
  const after = (ms: number, work: () => void) => {
    waits.push(ms);
    fires.push(work);
    return () => undefined;
  };
  const raw = {
    names: () => slow(['a']),
    read: () => slow('text'),
    put: () => slow(undefined),
    drop: () => slow(undefined),
  };
  const patient = createSpare(raw, { after });
  const inVain = async (asked: Promise<unknown>) => {
    for (const fire of fires.splice(0)) fire();
    await expect(asked).rejects.toThrow();
  };
  await inVain(patient.put('a', 'text'));
  await inVain(patient.names());
  await inVain(patient.read('a'));
  isHung = false;
  expect(await patient.names()).toEqual(['a']);
  expect(await patient.read('a')).toBe('text');
  expect(waits).toEqual([3000, 200, 200, 200, 3000]);
});

test('while it hangs, saving goes on, and the screen keeps what it knew', async () => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const ids = await writeOffline();
  await loseDatabases();
  tab = await place.open(withSpare);
  await tab.tablet.syncNow();
  expect(tab.tablet.spared.peek()).toMatchObject({ found: 4, left: 4 });
  isHanging = true;
  const run = tab.tablet.syncNow();
  for (let n = 0; n < 5; n++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    place.pass(1_000);
  }
  await run;
  expect(tab.tablet.spared.peek()).toMatchObject({ found: 4, left: 4 });
  isHanging = false;
  place.line.isCut = false;
  await tab.tablet.syncNow();
  expect(await isHeld(ids)).toEqual([true, true, true]);
  expect(tab.tablet.spared.peek()).toMatchObject({ found: 4, left: 0 });
  warned.mockRestore();
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
