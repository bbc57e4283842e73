/**
 * A tablet of an earlier release in the middle of a day (I10): a real outbox (tests/fixtures/outboxes), sent request by
 * request as that release sent it, over a line that loses answers and delivers twice, beside tablets of the present release.
 * All of it is taken, each entry once; the whole of it once more changes nothing.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { PushRequest, PushResponse } from '../../src/sync/protocol.ts';
import type { Receipt } from '../../src/sync/verdict.ts';
import { openFileBase } from './full-sqlite.ts';
import { fullTier } from './full-tier.ts';
import type { Beside } from './history.ts';
import { receivedEntries, serverParts } from './ledger.ts';
import type { Person } from './place.ts';
import { createRng } from './rng.ts';
import { makeTemplate, type Ground, type Template } from './template.ts';
import { begin, type Town } from './town.ts';

/** As scripts/record-outbox.ts writes it. */
interface Fixture {
  readonly release: string;
  readonly master: string;
  readonly database: string;
  readonly pushed: readonly { readonly request: PushRequest }[];
}

const folder = new URL('../fixtures/outboxes/', import.meta.url);
function sapporo(name: string, org: string, role: Person['role'], post: string): Person {
  return { id: `shiroishi-${name}`, org, role, site: 'shiroishi', post: `shiroishi-${post}` };
}

export const releases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''));

export function readOutbox(release: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${release}.json`, folder), 'utf8')) as Fixture;
}

export function templateOf({ master, database }: Fixture): Promise<Template> {
  const [city, hw] = ['sapporo-city', 'hw-sapporo-higashi'];
  const ground: Ground = {
    place: {
      tenant: 'sapporo',
      master: Buffer.from(master, 'base64url'),
      people: [
        sapporo('city1', city, 'counsellor', 'city-1'),
        sapporo('city2', city, 'counsellor', 'city-2'),
        sapporo('hw1', hw, 'counsellor', 'hw-1'),
        sapporo('citysv', city, 'supervisor', 'city-sv'),
        sapporo('hwsv', hw, 'supervisor', 'hw-sv'),
      ],
      tablets: [
        { name: 'cityA', site: 'shiroishi', staff: ['shiroishi-city1', 'shiroishi-citysv'] },
        { name: 'cityB', site: 'shiroishi', staff: ['shiroishi-city2', 'shiroishi-city1'] },
        { name: 'hw', site: 'shiroishi', staff: ['shiroishi-hw1', 'shiroishi-hwsv'] },
      ],
      sites: ['shiroishi', 'toyohira'],
      orgs: [city, hw],
    },
    openBase: () => openFileBase(gunzipSync(Buffer.from(database, 'base64'))),
    prepare: () => Promise.resolve(),
  };
  return makeTemplate(fullTier, ground);
}

/** Lanes go on by themselves, one request after the other; between stores chance decides. */
export function oldTablet(seed: number, { pushed }: Fixture): Beside {
  const rng = createRng(seed, 'old tablet');
  const lanes = [...Map.groupBy(pushed, ({ request: { store, lane } }) => `${store} ${lane}`)];
  const left = lanes.map(([, all]) => ({ requests: all.map(({ request }) => request), at: 0 }));
  const receipts = new Map<string, Receipt>();
  let isBusy = false;

  const send = async (town: Town, request: PushRequest): Promise<Receipt[] | undefined> => {
    // Receipts and cursor of the day on which it was recorded: this server has not said that.
    const { receipts: _, seen: __, ...asked } = request;
    const init = { method: 'POST', body: JSON.stringify(asked), headers };
    const answer = await town.run?.ask('/api/push', init).catch(() => undefined);
    if (!answer || answer.status === 503) return undefined;
    const said = answer.status === 200 ? (JSON.parse(answer.text) as PushResponse) : undefined;
    if (said?.kind === 'receipts') return [...said.receipts];
    town.notes.violation('I10', `an old outbox is not taken: ${answer.status} ${answer.text}`);
    return undefined;
  };
  const sendNext = async (town: Town, lane: (typeof left)[number]): Promise<void> => {
    const request = lane.requests[lane.at];
    if (!request) return;
    if (rng.chance(0.2)) void send(town, request);
    const said = await send(town, request);
    if (!said) return;
    for (const one of said) check(town, one);
    if (rng.chance(0.2)) return town.notes.fault('old answer lost');
    // One that began before the line healed may have come first.
    if (lane.requests[lane.at] === request) lane.at += 1;
  };
  const check = ({ notes }: Town, one: Receipt): void => {
    const before = receipts.get(one.id);
    receipts.set(one.id, one);
    if (before && before.hash !== one.hash)
      notes.violation('I10', `${one.id} of an old outbox has become another`);
  };
  const isOpen = (lane: (typeof left)[number]) => lane.at < lane.requests.length;
  const settled = async (town: Town, work: Promise<unknown>) => {
    let isOver = false;
    const watched = work.finally(() => (isOver = true));
    while (!isOver) await town.schedule.run(Infinity);
    await watched;
  };
  return {
    go: (town) => {
      const lane = rng.pick(left.filter(isOpen));
      if (isBusy || !lane || rng.chance(0.5)) return;
      isBusy = true;
      begin(
        town,
        'old tablet',
        sendNext(town, lane).finally(() => (isBusy = false)),
      );
    },
    finish: async (town) => {
      for (let times = 0; left.some(isOpen) && times < 400; times++)
        for (const lane of left) await settled(town, sendNext(town, lane));
      const count = new Set(
        pushed.flatMap(({ request }) => request.entries.map((one) => one.header.id)),
      ).size;
      if (receipts.size !== count)
        town.notes.violation('I10', `${receipts.size} of ${count} old entries have a receipt`);
      const vault = { ...town.place, cipher: town.tier.cipher(rng) };
      const state = () => JSON.stringify([serverParts(town.base, vault), places(town, vault)]);
      // What tablets had under way when the line healed is no work of the second sending.
      await town.schedule.run(Infinity);
      const before = state();
      for (const { request } of pushed) await settled(town, send(town, request));
      if (state() !== before) town.notes.violation('I10', 'an old outbox, sent twice, changes');
      for (const [id, times] of Object.entries(places(town, vault)))
        if (times !== 1)
          town.notes.violation('I10', `${id} of an old outbox is there ${times} times`);
    },
  };

  function places(town: Town, vault: Parameters<typeof receivedEntries>[1]) {
    const found = Map.groupBy(receivedEntries(town.base, vault), ({ header }) => header.id);
    const written = pushed.flatMap(({ request }) =>
      request.lane === 'write' ? request.entries.map(({ header }) => header.id) : [],
    );
    return Object.fromEntries(written.map((id) => [id, found.get(id)?.length ?? 0]));
  }
}

const headers = { 'content-type': 'application/json' };
