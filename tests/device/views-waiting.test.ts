/** What the top bar counts is what somebody entered; views of files wait as well and are told apart. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syncWords } from '../../src/app/words/sync-words.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Town } from '../support/device-town.ts';
import { restoredTown, sync } from '../support/restored-town.ts';
import { seekerArgs } from '../server/samples.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

test('opening a person offline waits to be sent, and is no entry of the day', async () => {
  const here = await town.tablet();
  const city = await here.enrol('shiroishi-city1');
  const person = seekerArgs('見るだけ');
  must(await city.write('seeker.register', person));
  await here.tab.tablet.syncNow();
  const words = () => syncWords(here.tab.tablet.sync.peek()).words;
  here.line.isCut = true;
  must(await city.openPerson(person.id, '相談'));
  await here.tab.tablet.syncNow();
  expect(here.tab.tablet.sync.peek()).toMatchObject({ pending: 1, views: 1 });
  expect(words()).toMatch(/^オフライン・同期済み/);
  must(await city.write('seeker.amend', { id: person.id, phone: '011-222-2222' }));
  await here.tab.tablet.syncNow();
  expect(here.tab.tablet.sync.peek()).toMatchObject({ pending: 2, views: 1 });
  expect(words()).toBe('オフライン・この端末に保存済み1件');
  expect(city.outbox.peek()).toHaveLength(1);
  here.line.isCut = false;
  await here.tab.tablet.syncNow();
  expect(here.tab.tablet.sync.peek()).toMatchObject({ pending: 0, views: 0 });
});

test('why something was withdrawn somebody typed: it counts as entered', async () => {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [one, other] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-city2')];
  const visit = await restoredTown(town).logVisit(one);
  await sync(here);
  await sync(there);
  must(await other.write('visit.void', { id: visit, voidReason: 'mistake' }));
  await sync(there);
  const { id } = must(await one.write('visit.void', { id: visit, voidReason: 'mistake' }));
  await sync(here);
  here.line.isCut = true;
  must(await one.discard(id, '先に取り消されていた'));
  await sync(here);
  expect(here.tab.tablet.sync.peek()).toMatchObject({ pending: 1, views: 0 });
  expect(syncWords(here.tab.tablet.sync.peek()).words).toBe('オフライン・この端末に保存済み1件');
});
