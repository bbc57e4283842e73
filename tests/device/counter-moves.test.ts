/** A tablet whose counter closes and moves: offline, locked and in use, over the real server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf } from '../../src/domain/record.ts';
import { isAtHand } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import type { Session } from '../../src/device/types.ts';

let town: Town;
let desk: Place;
let open: Session;
let head: Session;
const hour = 3_600_000;
const lastDay = '2026-11-16';
const arrival = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };

beforeAll(async () => {
  town = await openTown();
  desk = await town.tablet();
  open = await desk.enrol('shiroishi-city1');
  const theirs = await town.tablet();
  head = await theirs.enrol('shiroishi-citysv');
  const body = { movedTo: 'toyohira', closedOn: lastDay };
  must(await head.ask('/api/counter/close', { body }));
});
afterAll(() => town.close());

const site = (id: string) => partOf(open.get('visit', id), 'facts')['site'];

test('work goes on offline past the last day, and is of the old counter', async () => {
  desk.line.isCut = true;
  town.area.clock.now += 24 * hour;
  const id = open.newId();
  must(await open.write('visit.log', { id, arrivedAt: town.area.clock.now, ...arrival }));
  must(await desk.tab.tablet.count({ ...arrival }));
  expect(site(id)).toBe('shiroishi');
  desk.line.isCut = false;
  await desk.tab.tablet.syncNow();
  expect(desk.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
  expect(site(id)).toBe('shiroishi');
});

test('the open session, the lock screen and the counter itself learn of it with the next contact', async () => {
  await desk.tab.tablet.syncNow();
  await desk.tab.tablet.syncNow();
  expect(open.actor).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
  expect(isAtHand(open.actor, 'shiroishi')).toBe(true);
  const id = open.newId();
  must(await open.write('visit.log', { id, arrivedAt: town.area.clock.now, ...arrival }));
  expect(site(id)).toBe('toyohira');
  const { site: shown, staff } = desk.tab.tablet.enrolment.peek() ?? {};
  expect(shown).toMatchObject({ id: 'toyohira' });
  expect(shown?.name).toContain('豊平');
  expect(staff?.map((one) => one.id)).toEqual(
    expect.arrayContaining(['shiroishi-city1', 'toyohira-city1']),
  );
  desk.tab.tablet.lock();
  const counted = must(await desk.tab.tablet.count({ ...arrival }));
  open = await desk.unlock('shiroishi-city1');
  await desk.tab.tablet.syncNow();
  expect(site(counted.id)).toBe('toyohira');
  expect(open.actor).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
});

test('told late, it is done at once; a counter whose lease is of today learns of it too', async () => {
  const other = await openTown();
  const here = await other.tablet();
  const supervisor = await here.enrol('shiroishi-citysv');
  const body = { movedTo: 'toyohira', closedOn: '2026-11-13' };
  expect(must(await supervisor.ask('/api/counter/close', { body }))).toEqual({ moved: true });
  other.area.clock.now += 60_000;
  await here.tab.tablet.syncNow();
  await here.tab.tablet.syncNow();
  here.tab.tablet.lock();
  const counted = must(await here.tab.tablet.count({ ...arrival }));
  const back = await here.unlock('shiroishi-citysv');
  await here.tab.tablet.syncNow();
  expect(partOf(back.get('visit', counted.id), 'facts')).toMatchObject({ site: 'toyohira' });
  await other.close();
});
