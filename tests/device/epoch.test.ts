/** A server put back from a backup, with real tablets: nothing that they had sent is lost, in the old order, and nobody is fooled. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNet } from '../../src/device/net.ts';
import { pushAll } from '../../src/device/push.ts';
import { openStores } from '../../src/device/stores.ts';
import { readMeta } from '../../src/device/store-db.ts';
import { beginRestored, makeBackup } from '../../src/server/restore.ts';
import { databaseName } from '../../src/server/master-key.ts';
import { ok } from '../../src/domain/problem.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Town } from '../support/device-town.ts';
import {
  dbOf,
  restoredTown,
  stateOf,
  sync,
  visit,
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

const alarms = () =>
  town.area.server().storage.read((tx) => tx.selectFrom('alarm').select('what').execute());

test('peers 9: a restored backup does not lose what tablets had sent', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-hw1')];
  const before = await restored.logVisit(city);
  await sync(here);
  await sync(there);
  await restored.logVisit(hw);
  await sync(there);
  await restored.saveBackup();
  // Everything from here on only the tablets know: a visit, taken over by the other organisation, then ended.
  const after = await restored.logVisit(city);
  await sync(here);
  await sync(there);
  must(await hw.write('visit.call', { id: after }));
  must(await hw.write('visit.serveHW', { id: after }));
  await sync(there);
  const left = await restored.logVisit(city);
  await sync(here);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0 });
  const known = await restored.factsOf(after);
  await restored.putBack();
  expect(await restored.factsOf(after)).toBeUndefined();
  // The tablet with the later entries comes first; no word from whoever put the backup back.
  await sync(there);
  await sync(there);
  expect(stateOf(there)).toMatchObject({ problem: { code: 'restoring' } });
  expect(there.tab.tablet.sync.peek().pending).toBeGreaterThan(0);
  expect(hw.get('visit', after)).toBeDefined();
  expect(await restored.factsOf(after)).toBeUndefined();
  expect((await alarms()).map(({ what }) => what)).toContain('restore');
  for (let n = 0; n < 3; n++) await sync(here);
  for (let n = 0; n < 3; n++) await sync(there);
  expect(await restored.factsOf(after)).toEqual(known);
  expect(await restored.factsOf(left)).toMatchObject({ state: 'waiting' });
  for (const place of [here, there])
    expect(stateOf(place)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  for (const session of [city, hw])
    for (const id of [before, after, left])
      expect(session.all('visit').value.filter((one) => one.id === id)).toHaveLength(1);
  expect(hw.get('visit', after)?.parts['facts']).toEqual(known);
  expect(city.get('visit', after)?.parts['facts']).toEqual(known);
});

test('a tablet enrolled after the backup is known again by its lease, and what it sent is there', async () => {
  await restored.saveBackup();
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city2');
  const id = await restored.logVisit(session);
  must(await place.tab.tablet.count(visit));
  await sync(place);
  await restored.putBack();
  await restored.logVisit(session);
  for (let n = 0; n < 4; n++) await sync(place);
  expect(await restored.factsOf(id)).toMatchObject({ state: 'waiting' });
  expect(stateOf(place)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  must(await place.tab.tablet.unlock('shiroishi-city2', pin));
});

test('a store enrolled after the backup that has written nothing is known again too, and reads on', async () => {
  const there = await town.tablet();
  const colleague = await there.enrol('shiroishi-city1');
  await restored.saveBackup();
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city2');
  await sync(place);
  await restored.putBack();
  const id = await restored.logVisit(colleague);
  for (let n = 0; n < 4; n++) {
    await sync(place);
    await sync(there);
  }
  expect(session.get('visit', id)).toBeDefined();
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
});

test('what a tablet had sent is not lost though nobody enters or reads anything after the restore', async () => {
  const place = await town.tablet();
  await place.enrol('shiroishi-city1');
  await sync(place);
  place.tab.tablet.lock();
  await restored.saveBackup();
  const counted = must(await place.tab.tablet.count(visit));
  await sync(place);
  expect(stateOf(place).pending).toBe(0);
  await restored.putBack();
  // By its cursor alone the locked tablet sees nothing: it had come no further than the backup.
  town.area.clock.now += 11 * 60_000;
  for (let n = 0; n < 4; n++) await sync(place);
  expect(await restored.factsOf(counted.id)).toMatchObject({ state: 'waiting' });
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
  expect((await alarms()).map(({ what }) => what)).toContain('restore');
});

test('what is entered after an unnoticed restore stays on the screen, and nothing is judged by what is left', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-hw1')];
  await restored.logVisit(city);
  await sync(here);
  await sync(there);
  await restored.saveBackup();
  const lost = await restored.logVisit(city);
  await sync(here);
  await sync(there);
  await restored.putBack();
  must(await hw.write('visit.call', { id: lost }));
  const id = await restored.logVisit(hw);
  const counted = must(await there.tab.tablet.count(visit)).id;
  for (let n = 0; n < 3; n++) {
    await sync(there);
    expect([lost, id, counted].filter((one) => !hw.get('visit', one))).toEqual([]);
    expect(hw.get('visit', lost)?.parts['facts']).toMatchObject({ state: 'called' });
  }
  expect(await restored.factsOf(id)).toBeUndefined();
  for (let n = 0; n < 3; n++) for (const place of [here, there]) await sync(place);
  expect(await restored.factsOf(lost)).toMatchObject({ state: 'called' });
  for (const place of [here, there])
    expect(stateOf(place)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
});

test('what was answered for before an unnoticed restore stays on the screen though the server has gone on beyond it', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-hw1')];
  await restored.logVisit(hw);
  for (const place of [here, there]) await sync(place);
  await restored.saveBackup();
  // The answer to her push is the last that she hears: she has not read on since.
  const id = await restored.logVisit(city);
  const stores = openStores(here.tab.ports.storage);
  must(ok(await pushAll(here.tab.ports, createNet(here.tab.ports), stores)));
  stores.close();
  await restored.putBack();
  for (let n = 0; n < 3; n++) await restored.logVisit(hw);
  await sync(there);
  for (let n = 0; n < 3; n++) {
    await sync(here);
    expect(city.get('visit', id)).toBeDefined();
  }
  for (let n = 0; n < 3; n++) for (const place of [here, there]) await sync(place);
  expect(await restored.factsOf(id)).toMatchObject({ state: 'waiting' });
  for (const place of [here, there])
    expect(stateOf(place)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
});

test('a hole that a restored server names puts nothing behind that is to be shown to it again', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await restored.logVisit(session);
  await sync(place);
  await restored.saveBackup();
  await restored.logVisit(session);
  await sync(place);
  await restored.putBack();
  await restored.logVisit(session);
  for (let n = 0; n < 3; n++) await sync(place);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
  const { entries } = await dbOf(place, 'shiroishi-city1');
  const states = (await entries.toArray()).map(({ state }) => state);
  expect(states).toEqual(['applied', 'applied', 'applied']);
});

test('an answer out of a new epoch acknowledges nothing that it does not name', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await restored.logVisit(session);
  await sync(place);
  await beginRestored(town.area.server());
  await restored.logVisit(session);
  // The one tablet it waits for offers what is new: it opens, and answers for that alone.
  for (let n = 0; n < 3; n++) await sync(place);
  const db = await dbOf(place, 'shiroishi-city1');
  const rows = await db.entries.where('[lane+seq]').between(['write', 0], ['write', 9]).toArray();
  expect(rows.map(({ state }) => state)).toEqual(['applied', 'applied']);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
});

test('the service worker alone brings to a restored server what is unsent and what it has forgotten', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await sync(place);
  await restored.saveBackup();
  const sent = await restored.logVisit(session);
  await sync(place);
  const other = await town.tablet();
  const colleague = await other.enrol('shiroishi-city2');
  for (let n = 0; n < 3; n++) await restored.logVisit(colleague);
  await sync(other);
  await sync(place);
  place.line.isCut = true;
  const unsent = await restored.logVisit(session);
  await restored.putBack();
  const { ports, net, stores } = await workerOf(place, town);
  // The browser calls once; the page that is open is cut off, and shows all the same what is hers.
  expect(await pushAll(ports, net, stores)).toMatchObject({ problem: undefined });
  await sync(place);
  for (const id of [sent, unsent]) expect(session.get('visit', id)).toBeDefined();
  place.line.isCut = false;
  for (const id of [sent, unsent])
    expect(await restored.factsOf(id)).toMatchObject({ state: 'waiting' });
  const db = await dbOf(place, 'shiroishi-city1');
  expect(await readMeta(db, 'epoch')).toBe(town.area.server().epochNow.epoch);
  for (let n = 0; n < 2; n++) await sync(place);
  for (const id of [sent, unsent])
    expect(session.all('visit').value.filter((one) => one.id === id)).toHaveLength(1);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
});

test('said by whoever put it back: even tablets that have lost nothing are waited for, and nobody is taken back', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const session = await here.enrol('shiroishi-city1');
  const id = await restored.logVisit(session);
  await sync(here);
  const other = await there.enrol('shiroishi-hw1');
  await restored.logVisit(other);
  await sync(there);
  await restored.saveBackup();
  await restored.putBack();
  await beginRestored(town.area.server());
  await sync(here);
  await sync(here);
  expect(stateOf(here).problem).toEqual({ code: 'restoring' });
  expect(session.get('visit', id)).toBeDefined();
  for (let n = 0; n < 3; n++) await sync(there);
  for (let n = 0; n < 2; n++) await sync(here);
  for (const place of [here, there])
    expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
});

test('peers 10: a cursor of another server is none, and the rows stay until they are replaced', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await sync(place);
  await restored.saveBackup();
  const other = await town.tablet();
  const colleague = await other.enrol('shiroishi-city2');
  const id = await restored.logVisit(colleague);
  await sync(other);
  await sync(place);
  expect(session.get('visit', id)).toBeDefined();
  await restored.putBack();
  // A cursor beyond the head: the server knows itself restored before it has sent one row.
  await sync(place);
  expect(session.get('visit', id)).toBeDefined();
  expect(stateOf(place).problem).toEqual({ code: 'restoring' });
  for (let n = 0; n < 4; n++) await sync(other);
  for (let n = 0; n < 3; n++) await sync(place);
  expect(session.get('visit', id)).toBeDefined();
  const db = await dbOf(place, 'shiroishi-city1');
  expect(await readMeta(db, 'epoch')).toBe(town.area.server().epochNow.epoch);
});

test('an epoch that the pinned identity has not signed stops sync and sweeps nothing', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  const id = await restored.logVisit(session);
  await sync(place);
  const db = await dbOf(place, 'shiroishi-city1');
  const known = await readMeta(db, 'epoch');
  const rows = await db.rows.count();
  const server = town.area.server();
  await server.storage.write(server.tenant, async (tx) => {
    const forged = { tenant: server.tenant, epoch: 'forged', before: known ?? '', made_at: 1 };
    const rest = { sig: 'AA', state: 'open' as const, seq: 0, released_by: null, opened_at: null };
    await tx
      .insertInto('epoch')
      .values({ ...forged, ...rest })
      .execute();
    await tx.updateTable('meta').set({ value: 'forged' }).where('name', '=', 'epoch').execute();
  });
  await town.area.restart();
  const late = await restored.logVisit(session);
  await sync(place);
  await sync(place);
  expect(stateOf(place)).toMatchObject({ problem: { code: 'serverTrouble' } });
  expect(stateOf(place).pending).toBeGreaterThan(0);
  expect(await readMeta(db, 'epoch')).toBe(known);
  expect(await db.rows.count()).toBe(rows);
  for (const one of [id, late]) expect(session.get('visit', one)).toBeDefined();
});

test('the watermark of the last backup reaches the tablet', async () => {
  const place = await town.tablet();
  const session = await place.enrol('shiroishi-city1');
  await restored.logVisit(session);
  await sync(place);
  const file = join(town.area.folder, databaseName);
  const seq = await makeBackup(town.area.server(), file, restored.saved);
  expect(seq).toBeGreaterThan(0);
  await restored.logVisit(session);
  await sync(place);
  const db = await dbOf(place, 'shiroishi-city1');
  expect(await readMeta(db, 'durable')).toBe(seq);
  await restored.putBack();
  for (let n = 0; n < 4; n++) await sync(place);
  expect(stateOf(place)).toMatchObject({ pending: 0, problem: undefined });
});
