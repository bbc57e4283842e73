/**
 * How other offline products lost work (1–11 of the list in docs/reliability.md), done to this one: the real tablets, the
 * real server, the accident in between. What other files show already is named in that document, not repeated here.
 */
import { addDays } from '../../src/domain/date.ts';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { factsOf, figures } from '../../src/app/logic/count-view.ts';
import { syncWords } from '../../src/app/words/sync-words.ts';
import { problemText } from '../../src/domain/problem.ts';
import { openStores } from '../../src/device/stores.ts';
import type { Session } from '../../src/device/types.ts';
import { author } from '../../src/server/author.ts';
import { officialCounts } from '../../src/server/counts.ts';
import type { OpenedRepair, RepairLine } from '../../src/server/repair-list.ts';
import type { PushRequest } from '../../src/sync/protocol.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

// Every member enrolled costs Argon2id.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const staff = 'shiroishi-city1';
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
let place: Place;
let session: Session;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol(staff);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await town.close();
});

const sync = async (...places: readonly Place[]) => {
  for (const one of places) await one.tab.tablet.syncNow();
};
const state = () => place.tab.tablet.sync.peek();

async function log(on: Session = session, more: object = {}): Promise<string> {
  const id = on.newId();
  const args = { id, arrivedAt: town.area.clock.now, ...count, ...more };
  must(await on.write('visit.log', args));
  return id;
}

async function register(familyName: string, on: Session = session): Promise<string> {
  const id = on.newId();
  must(await on.write('seeker.register', { id, familyName, familyKana: 'カクウ' }));
  return id;
}

/** What the server holds of everybody's writes, in the order of its verdicts. */
async function held(): Promise<readonly { id: string; verb: string; code: string }[]> {
  const { storage } = town.area.server();
  const rows = await storage.read((tx) =>
    tx.selectFrom('entry').selectAll().where('lane', '=', 'write').orderBy('verdict_seq').execute(),
  );
  return rows.map(({ id, header, verdict }) => ({
    id,
    verb: (JSON.parse(header) as { verb: string }).verb,
    code: (JSON.parse(verdict) as { code: string }).code,
  }));
}
const visitsHeld = async () => (await held()).filter(({ verb }) => verb.startsWith('visit.log'));

/** Today's visits, as this tablet's counts screen and the supervisor's official one have them. */
async function visitsToday(on: Session = session): Promise<readonly (number | undefined)[]> {
  const today = town.area.today();
  const period = { from: today, to: today };
  const facts = factsOf(on.all('visit').value);
  const here = figures(facts, on.actor.site, period).find(({ metric }) => metric.name === 'visits');
  const official = await officialCounts(town.area.server(), on.actor.site, period);
  return [here?.count.value, official.rows.find(({ metric }) => metric === 'visits')?.value];
}

const requestIn = ({ body }: RequestInit) =>
  JSON.parse(typeof body === 'string' ? body : '{}') as Partial<PushRequest>;

test('peers 1: a push that is answered without a receipt for every entry stays unsent and is said to be', async () => {
  // 200, and nothing kept; then 200, and only the first one kept.
  let kept = 0;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      const request = requestIn(init);
      if (path !== '/api/push' || !request.entries) return ports.fetch(path, init);
      if (kept === 0)
        return Response.json({
          kind: 'receipts',
          epoch: town.area.server().epochNow.epoch,
          receipts: [],
        });
      const entries = request.entries.slice(0, kept);
      return ports.fetch(path, { ...init, body: JSON.stringify({ ...request, entries, left: 2 }) });
    },
  }));
  const here = await place.unlock(staff, tab);
  for (let times = 0; times < 3; times++) await log(here);
  await tab.tablet.syncNow();
  const said = () => tab.tablet.sync.peek();
  expect(said()).toMatchObject({ pending: 3, needsCare: 0, problem: { code: 'malformed' } });
  expect(syncWords(said()).words).toContain('未送信3件');
  expect(await visitsHeld()).toHaveLength(0);
  kept = 1;
  await tab.tablet.syncNow();
  expect(said()).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect(await visitsHeld()).toHaveLength(3);
});

test('peers 3: the unsent work of whoever has lost her post waits whole for a supervisor of her organisation', async () => {
  place.line.isCut = true;
  const id = await register('待つ');
  must(await session.write('seeker.amend', { id, alias: '二つめ' }));
  await author(town.area.server(), [
    { verb: 'staff.end', args: { id: staff, validTo: addDays(town.area.today(), -1) } },
  ]);
  const desk = await town.tablet();
  const boss = await desk.enrol('shiroishi-citysv');
  const other = await (await town.tablet()).enrol('shiroishi-hwsv');
  place.line.isCut = false;
  await sync(place);
  await sync(place);
  expect(state().pending).toBe(0);
  const inbox = async (of: Session) =>
    (must(await of.ask('/api/repair')) as { repairs: RepairLine[] }).repairs;
  const waiting = await inbox(boss);
  expect(waiting.map(({ verb, code }) => [verb, code])).toEqual([
    ['seeker.register', 'quarantined'],
    ['seeker.amend', 'quarantined'],
  ]);
  expect(await inbox(other)).toEqual([]);
  const [first] = waiting;
  const opened = must(
    await boss.ask('/api/repair/open', { body: { entry: first?.entry } }),
  ) as OpenedRepair;
  expect(opened.args).toMatchObject({ id, familyName: '待つ' });
  // She takes it over; nothing of it has to be typed again.
  const args = { ...opened.args, id: boss.newId() };
  must(await boss.write('seeker.register', args, { supersedes: first?.entry ?? '' }));
  await desk.tab.tablet.syncNow();
  expect((await inbox(boss)).map(({ verb }) => verb)).toEqual(['seeker.amend']);
});

test('peers 4: what was refused or taken away is in nobody’s count, here or there', async () => {
  const kept = await log();
  const left = await log();
  await sync(place);
  expect(await visitsToday()).toEqual([2, 2]);
  const far = await town.tablet();
  const other = await far.enrol('shiroishi-city2');
  place.line.isCut = true;
  // Refused at the server: the visit to be amended is gone by then.
  must(await session.write('visit.amend', { id: left, heads: 5 }));
  must(await other.write('visit.void', { id: left, voidReason: 'mistake' }));
  await sync(far);
  // Refused as a whole: written under a standing that had ended.
  const late = await log(session, { heads: 7 });
  expect(session.get('visit', late)).toBeDefined();
  await author(town.area.server(), [
    { verb: 'staff.end', args: { id: staff, validTo: addDays(town.area.today(), -1) } },
  ]);
  place.line.isCut = false;
  // The roster is put right before her tablet hears anything but the verdict.
  const { ask } = town.area;
  const line = vi
    .spyOn(town.area, 'ask')
    .mockImplementation(async (path, init) =>
      path === '/api/push' ? ask(path, init) : Promise.reject(new TypeError()),
    );
  await sync(place);
  line.mockRestore();
  await author(town.area.server(), [
    { verb: 'staff.rejoin', args: { id: staff, validFrom: town.area.today() } },
  ]);
  await sync(place);
  await sync(place);
  expect(state()).toMatchObject({ pending: 0, needsCare: 2 });
  expect(session.outbox.value.map(({ state: code }) => code)).not.toContain('applied');
  expect(session.get('visit', late)).toBeUndefined();
  expect(session.get('visit', kept)).toBeDefined();
  expect(await visitsToday()).toEqual([1, 1]);
});

test('peers 6: the same words about two people are two entries; whoever signs in next wipes nothing; a handoff queues too', async () => {
  const ids = [await register('甲'), await register('乙')];
  await sync(place);
  // Not a single push gets through while she works, and a colleague is enrolled after her.
  let isHeldUp = true;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: (path, init) =>
      isHeldUp && path === '/api/push' ? Promise.reject(new TypeError()) : ports.fetch(path, init),
  }));
  const here = await place.unlock(staff, tab);
  for (const id of ids) must(await here.write('seeker.amend', { id, alias: '同じ言葉' }));
  const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi' };
  const handoff = { id: here.newId(), ...to, reason: 'jobReferral', urgency: 'normal' };
  must(await here.write('handoff.offerUnnamed', { ...handoff, slip: '482913' }));
  tab.tablet.lock();
  await place.enrol('shiroishi-hw1', tab);
  expect(tab.tablet.sync.peek().pending).toBe(3);
  tab.tablet.lock();
  isHeldUp = false;
  await tab.tablet.syncNow();
  expect((await held()).slice(-3).map(({ verb, code }) => [verb, code])).toEqual([
    ['seeker.amend@1', 'applied'],
    ['seeker.amend@1', 'applied'],
    ['handoff.offerUnnamed@1', 'applied'],
  ]);
  const again = await place.unlock(staff, tab);
  for (const id of ids)
    expect(again.get('seeker', id)?.parts['card']).toMatchObject({ alias: '同じ言葉' });
});

test('peers 10: the cursor is kept with the rows it tells of, or neither is; a store begun anew believes no old one', async () => {
  await log();
  await sync(place);
  const far = await town.tablet();
  const other = await far.enrol('shiroishi-city2');
  await log(other);
  await sync(far);
  const stores = openStores(place.tab.ports.storage);
  const [row] = await stores.device.stores.where('staff').equals(staff).toArray();
  const own = stores.of(row?.store ?? '');
  const kept = async () => [await own.meta.get('cursor'), await own.rows.count()];
  const before = await kept();
  // The page dies in the middle of keeping what came.
  for (const table of ['rows', 'meta']) {
    const died = dyingAt(table);
    await sync(place);
    vi.restoreAllMocks();
    expect(died).toHaveBeenCalled();
    expect(await kept()).toEqual(before);
  }
  await sync(place);
  expect((await kept())[1]).toBeGreaterThan(Number(before[1]));
  expect(await visitsToday()).toEqual([2, 2]);
  must(await place.tab.tablet.enrolStaff({ staff, password: demoPassword, pin }));
  await sync(place);
  const fresh = place.tab.tablet.session.peek();
  expect(fresh && (await visitsToday(fresh))).toEqual([2, 2]);
  stores.close();
});

function dyingAt(table: string) {
  const died = vi.fn();
  // Called with its own store as `this` below.
  // oxlint-disable-next-line typescript/unbound-method
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    const name = (args[0] as { readonly name?: string }).name ?? 'cursor';
    if (this.name !== table || name !== 'cursor') return put.apply(this, args);
    died();
    throw new DOMException('killed', 'AbortError');
  });
  return died;
}

test('peers 11: a full disk is warned of and refuses what is new; what is there is still read, sent and carried out', async () => {
  const storageManager = {
    persisted: async () => true,
    persist: async () => true,
    estimate: async () => ({ quota: 1_000e6, usage: 990e6 }),
  };
  const tab = await place.open((ports) => ({ ...ports, storageManager }));
  await tab.tablet.storage();
  expect(tab.tablet.sync.peek().isRoomLow).toBe(true);
  const here = await place.unlock(staff, tab);
  place.line.isCut = true;
  const kept = await log(here);
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const args = { id: here.newId(), arrivedAt: 1, ...count };
  const refused = await here.write('visit.log', args);
  expect(refused).toEqual({ ok: false, problem: { code: 'storageFull' } });
  expect(problemText({ code: 'storageFull' }, (kind) => kind).safe).toMatch(/保存/);
  expect(here.get('visit', kept)).toBeDefined();
  expect(must(await tab.tablet.rescue()).entries).toBeGreaterThan(0);
  place.line.isCut = false;
  await tab.tablet.syncNow();
  expect(tab.tablet.sync.peek()).toMatchObject({ pending: 0 });
  expect((await visitsHeld()).length).toBe(1);
});
