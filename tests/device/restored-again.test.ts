/** A server put back more than once: tablets know epochs that it has forgotten, and answers that it gave in them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pushAll } from '../../src/device/push.ts';
import { readMeta, readMetas } from '../../src/device/store-db.ts';
import { beginRestored } from '../../src/server/restore.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import {
  dbOf,
  restoredTown,
  stateOf,
  sync,
  workerOf,
  type RestoredTown,
} from '../support/restored-town.ts';

let town: Town;
let restored: RestoredTown;
beforeEach(async () => {
  town = await openTown();
  restored = restoredTown(town);
});
afterEach(() => town.close());

async function settled(place: Place): Promise<void> {
  for (let n = 0; n < 6; n++) await sync(place);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
}

test('restored twice, the second time to before the first: tablets teach the server the epoch that it has forgotten', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await restored.logVisit(session);
  await sync(place);
  await restored.saveBackup();
  await beginRestored(town.area.server());
  for (let n = 0; n < 3; n++) await sync(place);
  const between = await restored.logVisit(session);
  await sync(place);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
  const second = town.area.server().epochNow.epoch;
  await restored.putBack();
  expect(town.area.server().epochNow.epoch).not.toBe(second);
  await settled(place);
  expect(await restored.factsOf(between)).toBeDefined();
});

test('restored again and again: whatever epoch comes back, one that the tablet has left or one before it, nothing is lost', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await settled(place);
  await restored.saveBackup();
  const first = restored.setAside();
  const ids: string[] = [];
  for (const file of [first, restored.saved, first]) {
    // The tablet hears of this epoch, and the server is put back to where it has never been.
    await beginRestored(town.area.server());
    await settled(place);
    if (file === first) await restored.saveBackup();
    ids.push(await restored.logVisit(session));
    await settled(place);
    await restored.putBack(file);
    await beginRestored(town.area.server());
    await settled(place);
    ids.push(await restored.logVisit(session));
    await settled(place);
    await restored.putBack(file);
    await settled(place);
  }
  for (const id of ids) expect(await restored.factsOf(id)).toBeDefined();
});

test('the same where the clock of the server ran ahead for a while: an epoch that was made later is not a newer one', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await settled(place);
  await restored.saveBackup();
  const first = restored.setAside();
  const { clock } = town.area;
  clock.now += 2 * 3_600_000;
  await beginRestored(town.area.server());
  await settled(place);
  await restored.saveBackup();
  clock.now -= 2 * 3_600_000;
  await restored.putBack(first);
  await beginRestored(town.area.server());
  await settled(place);
  await restored.putBack(restored.saved);
  const id = await restored.logVisit(session);
  await settled(place);
  expect(await restored.factsOf(id)).toBeDefined();
});

test('while a restored server waits for others, a tablet shows again what is in no backup, and once only', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-hw1')];
  const id = await restored.logVisit(city);
  for (let n = 0; n < 5; n++) await restored.logVisit(city);
  await sync(here);
  await sync(there);
  must(await hw.write('visit.call', { id }));
  await sync(there);
  await restored.saveBackup();
  await restored.noteBackup();
  const refused = must(await city.write('visit.call', { id })).id;
  await restored.logVisit(city);
  await sync(here);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 1 });
  const db = await dbOf(here, 'shiroishi-city1');
  there.line.isCut = true;
  for (let n = 0; n < 3; n++) {
    await beginRestored(town.area.server());
    await sync(here);
    await sync(here);
    // Every epoch asks for the one acknowledged last as well.
    const [head, acked] = await readMetas(db, 'head:write', 'acked:write');
    expect((head?.seq ?? 0) - (acked?.seq ?? 0)).toBe(2 + n);
    expect(stateOf(here)).toMatchObject({ needsCare: 1 });
  }
  must(await city.discard(refused, '先に呼ばれていた'));
  there.line.isCut = false;
  for (let n = 0; n < 3; n++) for (const place of [there, here]) await sync(place);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
});

test('how far a backup reached is forgotten with the epoch in which it was said', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await settled(place);
  await restored.saveBackup();
  await restored.logVisit(session);
  await sync(place);
  await restored.noteBackup();
  await restored.logVisit(session);
  await settled(place);
  const db = await dbOf(place, 'shiroishi-city1');
  expect(await readMeta(db, 'durable')).toBeGreaterThan(0);
  // The older file says of no backup.
  await restored.putBack();
  await restored.logVisit(session);
  await settled(place);
  expect(await readMeta(db, 'durable')).toBeUndefined();
});

test('an answer out of an epoch that is forgotten closes the area once, not with every push', async () => {
  const there = await town.tablet();
  const session = await there.enrol('shiroishi-hw1');
  await restored.saveBackup();
  const here = await town.tablet();
  const colleague = await here.enrol('shiroishi-city1');
  for (let n = 0; n < 3; n++) await restored.logVisit(colleague);
  await sync(here);
  const id = await restored.logVisit(session);
  await sync(there);
  await restored.putBack();
  for (let n = 0; n < 3; n++) for (const place of [here, there]) await sync(place);
  const { ports, net, stores } = await workerOf(there, town);
  await restored.putBack();
  // The browser wakes the worker alone, which has heard of no epoch yet; what was answered for is shown again.
  for (let n = 0; n < 4; n++) {
    for (const shown of Object.values(stores.shownAt)) shown.clear();
    await pushAll(ports, net, stores);
  }
  expect(town.area.server().epochNow).toMatchObject({ isClosed: false });
  expect(await restored.factsOf(id)).toBeDefined();
  expect(await epochs()).toBe(2);
});

const epochs = async () => {
  const rows = await town.area
    .server()
    .storage.read((tx) => tx.selectFrom('epoch').select('epoch').execute());
  return rows.length;
};
