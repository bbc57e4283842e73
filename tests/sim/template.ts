/**
 * The town in which every history begins: one counter of a city and Hello Work and a second counter of the city, staff,
 * three tablets with their people enrolled. Made once by the real code; each history starts from a copy.
 */
import { setPassword } from '../../src/server/area.ts';
import { author, type Order } from '../../src/server/author.ts';
import { issueCode } from '../../src/server/device-codes.ts';
import { memberOf } from '../../src/server/staff.ts';
import type { Disk } from './disk.ts';
import { opening, ownTown, password, pin, type Place } from './place.ts';
import { createRng } from './rng.ts';
import { createSchedule } from './schedule.ts';
import { makeServer, startServer, type ServerRun, type Surroundings } from './server-run.ts';
import type { SimBase } from './sim-base.ts';
import { createSimTablet } from './tablet.ts';
import { fastTier, type Tier } from './tier.ts';
import { createTiming } from './timing.ts';

/** What a history begins with: a place, and how the server's base comes to be. */
export interface Ground {
  readonly place: Place;
  readonly openBase: (tier: Tier) => Promise<SimBase>;
  readonly prepare: (
    around: Surroundings,
    done: <T>(work: Promise<T>) => Promise<T>,
  ) => Promise<void>;
}

export interface Template {
  readonly tier: Tier;
  readonly place: Place;
  readonly base: SimBase;
  readonly disks: ReadonlyMap<string, Disk>;
}

const orders: readonly Order[] = [
  ...['east', 'west'].map((id) => ({
    verb: 'site.register',
    args: { id, name: `窓口${id}`, ward: id, municipalCode: '01104' },
  })),
  { verb: 'organisation.register', args: { id: 'city', name: '試し市', orgType: 'city' } },
  { verb: 'organisation.register', args: { id: 'hw', name: 'HW試し', orgType: 'hw' } },
  ...ownTown.people.map(({ id, org, role, site, post }) => ({
    verb: 'staff.register',
    args: { id, name: `試し ${id}`, kana: 'タメシ', org, role, site, post },
  })),
];

const ownGround: Ground = {
  place: ownTown,
  openBase: (tier) => tier.openBase(),
  prepare: async (around, done) => {
    await done(makeServer(around));
    const { server, process } = await done(startServer(around, 'first'));
    for (const receipt of await done(author(server, orders)))
      if (receipt.verdict.code !== 'applied') throw new Error(JSON.stringify(receipt));
    around.schedule.kill(process);
  },
};

export async function makeTemplate(tier = fastTier, ground = ownGround): Promise<Template> {
  const { place } = ground;
  const rng = createRng(1, 'template');
  const secrets = createRng(1, 'template secrets');
  const schedule = createSchedule(rng, tier.settle);
  const timing = createTiming(opening);
  const base = await ground.openBase(tier);
  const onThrow = (error: Error) => {
    throw error;
  };
  const faults = { isFull: false };
  const { now: clock, timers } = timing;
  const around = { schedule, base, clock, timers, tier, place, secrets, faults, onThrow };
  const done = async <T>(work: Promise<T>): Promise<T> => {
    let isOver = false;
    const watched = work.finally(() => (isOver = true));
    // Modules that are loaded with the first use come over the real event loop: once, here.
    while (!isOver) {
      await schedule.run(Infinity);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return watched;
  };
  await ground.prepare(around, done);
  const run = await done(startServer(around, 'server'));
  const hash = await tier.passwordHash(password);
  for (const { id } of place.people) await done(setPassword(run.server, id, hash));
  const disks = new Map<string, Disk>();
  const { ask, stream } = run;
  const [onFault, onAnswer] = [() => undefined, () => undefined];
  const wire = { schedule, rng, ask, stream, onFault, onAnswer, atEnd: [] };
  const world = { schedule, tier, rng, secrets, timing, wire, hasSpare: false };
  for (const { name, site, staff } of place.tablets) {
    const tablet = createSimTablet(world, name, staff, tier.createDisk());
    const tab = await done(tablet.open());
    const { code } = await done(codeFor(run, place, site));
    must(await done(tab.tablet.admit({ code, name })));
    for (const member of staff)
      must(await done(tab.tablet.enrolStaff({ staff: member, password, pin })));
    await done(tab.tablet.syncNow());
    schedule.kill(tab.process);
    disks.set(name, tier.copyDisk(tablet.disk));
  }
  base.mark('history');
  return { tier, place, base, disks };
}

export async function codeFor({ server }: ServerRun, { people }: Place, site: string) {
  const head = people.find((one) => one.site === site && one.role === 'supervisor')?.id ?? '';
  const member = await server.storage.read((tx) => memberOf(server, tx, head));
  if (!member) throw new Error('nobody to admit tablets');
  return issueCode(server, member);
}

function must(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error(JSON.stringify(result));
}
