/**
 * Nobody's work vanishes from a screen: writes, counts on the lock screen, pushes, pulls and messages of other tabs are
 * thrown together, and after every change of what a tab shows, all that it ever showed must still be there.
 */
import { effect } from '@preact/signals-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DevicePorts } from '../../src/device/ports.ts';
import type { Session } from '../../src/device/types.ts';
import { must, type Tab } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const staff = 'shiroishi-city1';
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
});
afterEach(() => town.close());

/** Small numbers that look like chance and are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers and messages take their time, in no fixed order. */
function slow(throwDice: (sides: number) => number) {
  return (ports: DevicePorts): DevicePorts => ({
    ...ports,
    fetch: async (path, init) => {
      await wait(throwDice(6));
      return ports.fetch(path, init);
    },
    channel: {
      post: (message) => void wait(throwDice(12)).then(() => ports.channel.post(message)),
      listen: ports.channel.listen,
    },
  });
}

interface Watch {
  readonly lost: readonly string[];
  readonly expectNow: (kind: string, id: string) => void;
  readonly stop: () => void;
}

/** Once shown, always shown: the people of these tests withdraw nothing. */
function watch(session: Session, kinds: readonly string[]): Watch {
  const lost: string[] = [];
  const stops = kinds.map((kind) => {
    let before: ReadonlySet<string> = new Set();
    return effect(() => {
      const now = new Set(session.all(kind).value.map(({ id }) => id));
      for (const id of before) if (!now.has(id)) lost.push(`${kind} ${id} vanished`);
      before = now;
    });
  });
  return {
    lost,
    expectNow: (kind, id) => {
      if (!session.get(kind, id)) lost.push(`${kind} ${id} saved and not shown`);
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}

async function work(tab: Tab, session: Session, seen: Watch, throwDice: (n: number) => number) {
  for (let round = 0; round < 25; round++) {
    const [visit, seeker] = [session.newId(), session.newId()];
    must(await session.write('visit.log', { id: visit, arrivedAt: 1, ...count }));
    seen.expectNow('visit', visit);
    const card = { id: seeker, familyName: '架空', familyKana: 'カクウ' };
    must(await session.write('seeker.register', card));
    seen.expectNow('seeker', seeker);
    must(await session.write('seeker.amend', { id: seeker, givenName: `${round}` }));
    const counted = must(await tab.tablet.count(count)).id;
    seen.expectNow('visit', counted);
    must(await session.write('visit.leave', { id: counted }));
    if (throwDice(3) === 0) void tab.tablet.syncNow();
    if (throwDice(4) === 0) await wait(throwDice(8));
  }
}

async function noise(tab: Tab, throwDice: (n: number) => number, isOver: () => boolean) {
  while (!isOver()) {
    await wait(throwDice(4));
    await tab.tablet.syncNow();
  }
}

function agreeOn(sessions: readonly Session[], visits: number): void {
  const shown = sessions.map((session) =>
    Object.fromEntries(
      session.all('visit').value.map(({ id, parts }) => [id, parts['facts']?.['state']]),
    ),
  );
  for (const states of shown) expect(states).toEqual(shown[0]);
  expect(Object.keys(shown[0] ?? {})).toHaveLength(visits);
}

test.each([
  [1, 11],
  [1, 12],
  [2, 21],
  [2, 22],
  [2, 23],
])(
  '%i tabs hammered at once lose nothing from view (%i)',
  async (many, seed) => {
    const throwDice = dice(seed);
    await place.enrol(staff);
    const opening = Array.from({ length: many }, () => place.open(slow(throwDice)));
    const tabs = await Promise.all(opening);
    place.tab.tablet.lock();
    await wait(5);
    const sessions = await Promise.all(tabs.map((tab) => place.unlock(staff, tab)));
    const watches = sessions.map((session) => watch(session, ['visit', 'seeker']));
    let isOver = false;
    const noises = tabs.map((tab) => noise(tab, throwDice, () => isOver));
    await Promise.all(
      tabs.map(async (tab, index) => {
        const [session, seen] = [sessions[index], watches[index]];
        if (session && seen) await work(tab, session, seen, throwDice);
      }),
    );
    isOver = true;
    await Promise.all(noises);
    for (const tab of tabs) await tab.tablet.syncNow();
    // What the tabs tell each other takes as long as the machine takes.
    await vi.waitFor(
      () => {
        agreeOn(sessions, many * 50);
        expect(tabs[0]?.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });
      },
      { timeout: 60_000 },
    );
    for (const seen of watches) seen.stop();
    expect(watches.flatMap(({ lost }) => lost)).toEqual([]);
  },
  120_000,
);

/** Locks and unlocks again and again, while pulls are on their way and the other tab writes. */
async function comeAndGo(tab: Tab, saved: readonly string[], isOver: () => boolean) {
  const missing: string[] = [];
  while (!isOver()) {
    tab.hide();
    const before = [...saved];
    const session = await place.unlock(staff, tab);
    for (const turn of ['at once', 'a little later']) {
      const shown = new Set(session.all('visit').value.map(({ id }) => id));
      missing.push(...before.filter((id) => !shown.has(id)).map((id) => `${id} ${turn}`));
      await wait(10);
    }
    void tab.tablet.syncNow();
    await wait(2);
  }
  return missing;
}

test('whoever unlocks while pages arrive and others write finds everything', async () => {
  const throwDice = dice(7);
  await place.enrol(staff);
  const [writing, coming] = [await place.open(slow(throwDice)), await place.open(slow(throwDice))];
  place.tab.hide();
  const session = await place.unlock(staff, writing);
  const saved: string[] = [];
  let isOver = false;
  const missing = comeAndGo(coming, saved, () => isOver);
  const noises = noise(writing, throwDice, () => isOver);
  for (let round = 0; round < 120; round++) {
    const id = session.newId();
    must(await session.write('visit.log', { id, arrivedAt: 1, ...count }));
    saved.push(id);
    await wait(throwDice(10));
  }
  isOver = true;
  await noises;
  expect(await missing).toEqual([]);
}, 120_000);

/** A tab that hears nothing of the others, as when the browser has not delivered yet. */
const deaf = (ports: DevicePorts): DevicePorts => ({
  ...ports,
  channel: { post: () => undefined, listen: () => () => undefined },
});

test('a write is judged by what another tab has already written, heard of or not', async () => {
  const session = await place.enrol(staff);
  place.line.isCut = true;
  const other = await place.unlock(staff, await place.open(deaf));
  const id = session.newId();
  must(await session.write('visit.log', { id, arrivedAt: 1, ...count }));
  must(await other.write('visit.serveCity', { id }));
  expect(await session.write('visit.serveCity', { id })).toMatchObject({ ok: false });
}, 30_000);
