/** Live hints on tablets: a colleague's write is here without waiting for the timer; one stream a browser; none is no harm. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DevicePorts, Locks } from '../../src/device/ports.ts';
import type { Session } from '../../src/device/types.ts';
import { seekerArgs } from '../server/samples.ts';
import { until, type Tab } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import type { FakeStore } from '../support/fake-tablet.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const staff = 'shiroishi-city1';
let town: Town;
let place: Place;
let colleague: FakeStore;
let streams: number;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  colleague = await town.area.staff('shiroishi-city2');
  streams = 0;
});
afterEach(async () => {
  town.area.server().hints.close();
  await town.close();
});

function freeLocks(): Locks {
  const held = new Set<string>();
  return {
    request: (_name, work) => work(),
    ifFree: async (name, work) => {
      if (held.has(name)) return;
      held.add(name);
      await work().finally(() => held.delete(name));
    },
  };
}

const withHints =
  (locks: Locks) =>
  (ports: DevicePorts): DevicePorts => ({
    ...ports,
    locks,
    stream: (path, init) => {
      streams += 1;
      return town.area.ask(path, init);
    },
  });

const knows = (session: Session, id: string) => session.get('seeker', id) !== undefined;

/** A second of pause at the server, two that spread the tablets: far less than the loop's own timer. */
async function hears(session: Session, id: string): Promise<void> {
  expect(knows(session, id)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  place.pass(2_000);
  await until(() => knows(session, id), 'the colleague’s person is here');
}

async function two(): Promise<[Tab, Session, Tab, Session]> {
  const locks = freeLocks();
  const one = await place.open(withHints(locks));
  const here = await place.enrol(staff, one);
  const other = await place.open(withHints(locks));
  const there = await place.unlock(staff, other);
  await until(() => town.area.server().hints.count() === 1, 'one stream');
  // Nothing of what woke them is still under way.
  for (const { tablet } of [one, other]) await tablet.syncNow();
  return [one, here, other, there];
}

test('a colleague’s write is in both tabs within moments, by one stream', async () => {
  const [, here, , there] = await two();
  const seeker = seekerArgs('速報');
  await colleague.act('seeker.register', seeker);
  await hears(here, seeker.id);
  await until(() => knows(there, seeker.id), 'and in the other tab');
  expect(streams).toBe(1);
});

test('the tab that held the stream is locked or closed: another takes it over; nobody signed in, nobody listens', async () => {
  const [one, , other, there] = await two();
  one.tablet.stop();
  await until(() => town.area.server().hints.count() === 0, 'its stream ends');
  await until(() => {
    place.pass(1_000);
    return town.area.server().hints.count() === 1;
  }, 'the other takes over');
  const seeker = seekerArgs('引継');
  await colleague.act('seeker.register', seeker);
  await hears(there, seeker.id);
  other.tablet.lock();
  await until(() => town.area.server().hints.count() === 0, 'nobody listens');
});

test('a stream that breaks, a portal’s page in its place, nonsense on it: the timer brings what is new', async () => {
  for (const answer of [
    () => Promise.reject(new TypeError('cut')),
    () => Promise.resolve(new Response('<html>', { headers: { 'content-type': 'text/html' } })),
    () =>
      Promise.resolve(
        new Response('data: {"seq":"x"}\n\ndata: [\n\n', {
          headers: { 'content-type': 'text/event-stream' },
        }),
      ),
  ]) {
    const tab = await place.open((ports) => ({ ...ports, stream: answer }));
    const session = tab.tablet.enrolment.value?.staff.find(({ id }) => id === staff)?.isEnrolled
      ? await place.unlock(staff, tab)
      : await place.enrol(staff, tab);
    await tab.tablet.syncNow();
    const seeker = seekerArgs('巡回');
    await colleague.act('seeker.register', seeker);
    expect(knows(session, seeker.id)).toBe(false);
    place.pass(31_000);
    await until(() => knows(session, seeker.id), 'the timer brings it');
    tab.tablet.stop();
  }
});

test('whoever sits down asks for one session, with which she pulls and listens', async () => {
  await place.enrol(staff);
  place.tab.tablet.stop();
  const asked: string[] = [];
  const tab = await place.open((ports) => ({
    ...withHints(freeLocks())(ports),
    fetch: async (path, init) => {
      asked.push(path);
      // Long enough for the other to want one as well.
      if (path === '/api/session') await new Promise((resolve) => setTimeout(resolve, 200));
      return ports.fetch(path, init);
    },
  }));
  await place.unlock(staff, tab);
  await tab.tablet.syncNow();
  await until(() => streams === 1, 'she listens');
  expect(asked.filter((path) => path === '/api/session')).toHaveLength(1);
});
