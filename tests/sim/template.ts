/**
 * The town in which every history begins: one counter of a city and Hello Work and a second counter of the city, staff,
 * three tablets with their people enrolled. Made once by the real code; each history starts from a copy.
 */
import { setPassword } from '../../src/server/area.ts';
import { author, type Order } from '../../src/server/author.ts';
import { issueCode } from '../../src/server/device-codes.ts';
import { memberOf } from '../../src/server/staff.ts';
import { copyDisk, createDisk, type Disk } from './disk.ts';
import { createRng } from './rng.ts';
import { createSchedule } from './schedule.ts';
import { makeServer, startServer, type ServerRun } from './server-run.ts';
import { openSimBase, type SimBase } from './sim-sqlite.ts';
import { createSimTablet } from './tablet.ts';
import { createTiming } from './timing.ts';

export const opening = Date.parse('2026-11-16T10:00:00+09:00');
export const pin = '135790';
export const password = 'a-long-password-for-the-town';

export const people = [
  { id: 'city-1', org: 'city', role: 'counsellor', site: 'east', post: 'post-1' },
  { id: 'city-2', org: 'city', role: 'counsellor', site: 'east', post: 'post-2' },
  { id: 'city-head', org: 'city', role: 'supervisor', site: 'east', post: 'post-3' },
  { id: 'hw-1', org: 'hw', role: 'counsellor', site: 'east', post: 'post-4' },
  { id: 'hw-head', org: 'hw', role: 'supervisor', site: 'east', post: 'post-5' },
  { id: 'west-1', org: 'city', role: 'supervisor', site: 'west', post: 'post-6' },
] as const;

/** One person works on two tablets, and every tablet has two people. */
export const tablets = [
  { name: 'cityA', site: 'east', staff: ['city-1', 'city-head'] },
  { name: 'cityB', site: 'east', staff: ['city-2', 'city-1'] },
  { name: 'hw', site: 'east', staff: ['hw-1', 'hw-head'] },
] as const;

export interface Template {
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
  ...people.map(({ id, org, role, site, post }) => ({
    verb: 'staff.register',
    args: { id, name: `試し ${id}`, kana: 'タメシ', org, role, site, post },
  })),
];

export async function makeTemplate(): Promise<Template> {
  const rng = createRng(1, 'template');
  const schedule = createSchedule(rng);
  const timing = createTiming(opening);
  const base = await openSimBase();
  const onThrow = (error: Error) => {
    throw error;
  };
  const around = { schedule, base, clock: timing.now, rng, faults: { isFull: false }, onThrow };
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
  await done(makeServer(around));
  const run = await done(startServer(around, 'server'));
  for (const receipt of await done(author(run.server, orders)))
    if (receipt.verdict.code !== 'applied') throw new Error(JSON.stringify(receipt));
  for (const { id } of people) await done(setPassword(run.server, id, `plain:${password}`));
  const disks = new Map<string, Disk>();
  const wire = { schedule, rng, ask: run.ask, onFault: () => undefined, onAnswer: () => undefined };
  for (const { name, site, staff } of tablets) {
    const tablet = createSimTablet({ schedule, rng, timing, wire }, name, staff, createDisk());
    const tab = await done(tablet.open());
    const { code } = await done(codeFor(run, site));
    must(await done(tab.tablet.admit({ code, name })));
    for (const member of staff)
      must(await done(tab.tablet.enrolStaff({ staff: member, password, pin })));
    await done(tab.tablet.syncNow());
    schedule.kill(tab.process);
    disks.set(name, copyDisk(tablet.disk));
  }
  base.mark('history');
  return { base, disks };
}

async function codeFor({ server }: ServerRun, site: string) {
  const head = people.find((one) => one.site === site && one.role === 'supervisor')?.id ?? '';
  const member = await server.storage.read((tx) => memberOf(server, tx, head));
  if (!member) throw new Error('nobody to admit tablets');
  return issueCode(server, member);
}

function must(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error(JSON.stringify(result));
}
