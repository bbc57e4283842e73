/**
 * Attacks on April in one evening: what a roster, a sheet with a password, a caseload or a counter that closes could lose, let
 * in, shut out or freeze. Told with real stores over the real server.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { planRoster } from '../../src/domain/import/roster-plan.ts';
import { guessRosterColumns, readRoster } from '../../src/domain/import/roster.ts';
import { readTable } from '../../src/domain/import/table.ts';
import { partOf, type Rec } from '../../src/domain/record.ts';
import { author } from '../../src/server/author.ts';
import type { Caseloads } from '../../src/server/caseload.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { decodeOffice } from '../../src/server/decode-office.ts';
import { enrolStaff } from '../../src/server/enrol.ts';
import type { Server } from '../../src/server/server.ts';
import { moveCounters } from '../../src/server/site-close.ts';
import { factsOfKind } from '../../src/server/staff.ts';
import { recallStore } from '../../src/server/stores.ts';
import { makeKeyPair, newId, type FakeDevice, type FakeStore } from '../support/fake-tablet.ts';
import { rosterFile, rosterHead, type RosterLine } from '../support/roster-file.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let tablet: FakeDevice;
let boss: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  tablet = await area.device('shiroishi');
  boss = await area.staff('shiroishi-citysv', tablet);
});
afterEach(() => area.close());

const one: RosterLine = { no: 'shiroishi-city1', name: '見本 花子', kana: 'ミホン ハナコ' };
const two: RosterLine = { no: 'shiroishi-city2', name: '例示 太郎', kana: 'レイジ タロウ' };
const self: RosterLine = {
  no: 'shiroishi-citysv',
  name: '架空 市子',
  kana: 'カクウ イチコ',
  role: '責任者',
};
const map = guessRosterColumns(rosterHead.split(','));

async function ask(path: string, body: unknown, by = boss) {
  await by.signIn();
  return (await by.post(path, body)).json() as Promise<Record<string, unknown>>;
}

const send = (lines: readonly RosterLine[], more: object = {}) =>
  ask('/api/roster/import', {
    file: Buffer.from(rosterFile(lines)).toString('base64'),
    map,
    ...more,
  });

async function factsOf(id: string, kind = 'staff') {
  const server = area.server();
  const all = await server.storage.read((tx) => factsOfKind(server, tx, kind));
  return partOf(
    all.find((found) => found.id === id),
    'facts',
  );
}

const register = (id: string, site = 'shiroishi') => ({
  verb: 'staff.register',
  args: {
    id,
    org: 'sapporo-city',
    site,
    role: 'counsellor',
    name: '架空 新',
    kana: 'カクウ アラタ',
  },
});

describe('a roster', () => {
  test('that renews everybody from 1 April locks nobody out in March', async () => {
    const desk = await area.staff('shiroishi-city1', tablet);
    await desk.write('visit.log', visitArgs(area));
    const renewed = { ...one, from: '2027-04-01', to: '2028-03-31' };
    expect(await send([renewed, self])).toMatchObject({ bad: [] });
    expect(await factsOf('shiroishi-city1')).toMatchObject({ validTo: '2028-03-31' });
    expect((await desk.signIn()).status).toBe(200);
    expect((await desk.push()).map(({ verdict }) => verdict)).toEqual([{ code: 'applied' }]);
    await expect(tablet.enrol('shiroishi-city1', demoPassword)).resolves.toBeDefined();
    // The second time it changes nothing.
    expect(await send([renewed, self])).toMatchObject({ changed: 0, same: 2 });
    // Who is not here yet begins when the list says, and a later day still.
    const fresh = { no: '77', from: '2027-04-01' };
    await send([fresh]);
    await send([{ ...fresh, from: '2027-05-01' }]);
    expect(await factsOf('sapporo-city-77')).toMatchObject({ validFrom: '2027-05-01' });
  });

  test('brings back whoever left today, with the last day that it says', async () => {
    const today = area.today();
    await author(area.server(), [
      { verb: 'staff.end', args: { id: 'shiroishi-city1', validTo: today } },
    ]);
    expect(await send([{ ...one, to: today }])).toMatchObject({ back: 1 });
    expect(await factsOf('shiroishi-city1')).toMatchObject({ state: 'active', validTo: today });
  });

  test('ends nobody whom its supervisor has not seen among those who end', async () => {
    const ending = ['shiroishi-city2'];
    // Another supervisor's list comes between her preview and her press.
    await author(area.server(), [register('sapporo-city-88')]);
    const given = { endsOn: area.today(), ending };
    expect(await send([one, self], given)).toMatchObject({ problem: { code: 'refused' } });
    expect(await factsOf('shiroishi-city2')).not.toHaveProperty('validTo');
    expect(await factsOf('sapporo-city-88')).not.toHaveProperty('validTo');
    const seen = [...ending, 'sapporo-city-88'];
    expect(await send([one, self], { ...given, ending: seen })).toMatchObject({ ended: 2 });
  });

  test('whose numbers have lost their zeros in Excel ends nobody and doubles nobody', async () => {
    await send([{ no: '0012' }]);
    const whole = { endsOn: area.today() };
    const said = await send([one, two, self, { no: '12' }], whole);
    expect(said).toMatchObject({ fresh: 0, ended: 0, bad: [{ line: 5 }] });
    expect(await factsOf('sapporo-city-0012')).not.toHaveProperty('validTo');
    expect(await factsOf('sapporo-city-12')).toEqual({});
    // Numbers that are known as they stand are two people's.
    await author(area.server(), [register('sapporo-city-012')]);
    expect(await send([{ no: '0012' }, { no: '012' }])).toMatchObject({ bad: [] });
  });

  test('whose sender knows no posts takes nobody from her people', async () => {
    const { post } = await factsOf('shiroishi-city1');
    expect(post).toBeDefined();
    await send([{ ...one, name: '見本 華子' }, two, self]);
    expect(await factsOf('shiroishi-city1')).toMatchObject({ post, name: '見本 華子' });
    // One who has none among others who have.
    await send([one, { ...two, post: '席9' }, self]);
    expect(await factsOf('shiroishi-city1')).not.toHaveProperty('post');
    expect(await factsOf('shiroishi-city2')).toMatchObject({ post: '席9' });
  });

  test('takes nobody to one of two counters of the same name', async () => {
    const twin = { id: 'twin', name: 'あいワーク豊平', ward: '豊平区', municipalCode: '011053' };
    const [receipt] = await author(area.server(), [{ verb: 'site.register', args: twin }]);
    expect(receipt?.verdict).toEqual({ code: 'applied' });
    expect(await send([{ ...one, site: 'あいワーク豊平' }])).toMatchObject({ bad: [{ line: 2 }] });
    expect(await send([{ ...one, site: 'toyohira' }])).toMatchObject({ bad: [], changed: 1 });
  });

  test('of many lines over many staff is read and planned in no time', () => {
    const many = 20_000;
    const staff = Array.from({ length: many }, (_, at): Rec => {
      const facts = { state: 'active', org: 'o', site: 's', role: 'counsellor' };
      return { kind: 'staff', id: `o-${at}`, parts: { facts } };
    });
    const site: Rec = {
      kind: 'site',
      id: 's',
      parts: { facts: { state: 'active', name: '窓口' } },
    };
    const ground = { org: 'o', user: 'o-0', sites: [site], staff, today: '2026-11-16' };
    const lines = staff.map((_, at) => ({ no: String(at), site: '窓口' }));
    const table = readTable(rosterFile(lines), decodeOffice);
    if (!table.ok) throw new Error('unread');
    const began = performance.now();
    const read = readRoster(table.value, map, ground);
    const plan = planRoster(read, map, '2026-11-16', ground);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(plan.changed.length + plan.same).toBe(many);
  });
});

describe('a sheet with a start password', () => {
  const sheet = async () => {
    await send([{ no: '12' }]);
    const said = await ask('/api/roster/passwords', { staff: ['sapporo-city-12'] });
    const [first] = said['sheets'] as { password: string }[];
    return first?.password ?? '';
  };
  const signIn = async (password: string, newPassword: string, on = tablet) => {
    const request = await on.enrolRequest('sapporo-city-12', password, await makeKeyPair());
    return enrolStaff(area.server(), { ...request, newPassword });
  };

  test('lets one in, not two who try it at the same moment', async () => {
    const password = await sheet();
    const other = await area.device('shiroishi');
    const tries = await Promise.all([
      signIn(password, 'the first of the two words'),
      signIn(password, 'the other of the two words', other),
    ]);
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    const chosen = tries[0]?.ok ? 'the first of the two words' : 'the other of the two words';
    await expect(tablet.enrol('sapporo-city-12', chosen)).resolves.toBeDefined();
  });

  test('is not spent on a tablet that has been turned off', async () => {
    const password = await sheet();
    const off = await area.device('shiroishi');
    await ask('/api/stores/revoke', { store: off.counter?.store });
    expect(await signIn(password, 'typed on the dead tablet', off)).toMatchObject({
      problem: { code: 'revoked' },
    });
    expect(await signIn(password, 'typed on the living one')).toMatchObject({ ok: true });
  });
});

/** As the server is, but something happens just before it writes next. */
function before(server: Server, meanwhile: () => Promise<unknown>): Server {
  let isDone = false;
  const write: Server['storage']['write'] = async (tenant, work) => {
    if (!isDone) {
      isDone = true;
      await meanwhile();
    }
    return server.storage.write(tenant, work);
  };
  return { ...server, storage: { ...server.storage, write } };
}

describe('an account that ends while its password is being checked', () => {
  test('is given no lease', async () => {
    const server = area.server();
    const request = await tablet.enrolRequest('shiroishi-city1', demoPassword, await makeKeyPair());
    const args = { id: 'shiroishi-city1', validTo: '2026-11-15' };
    const late = before(server, () => author(server, [{ verb: 'staff.end', args }]));
    expect(await enrolStaff(late, request)).toEqual({
      ok: false,
      problem: { code: 'wrongPassword' },
    });
  });
});

describe('a counter that closes', () => {
  const closing = { movedTo: 'toyohira', closedOn: '2026-11-16' };

  test('goes where the first supervisor said, until that is taken back', async () => {
    const hw = await area.staff('shiroishi-hwsv', tablet);
    expect(await ask('/api/counter/close', closing)).toEqual({ moved: false });
    const other = { ...closing, movedTo: 'kita' };
    expect(await ask('/api/counter/close', other, hw)).toMatchObject({
      problem: { code: 'refused' },
    });
    // The same again, its answer lost on the way.
    expect(await ask('/api/counter/close', closing)).toEqual({ moved: false });
    expect(await factsOf('shiroishi', 'site')).toMatchObject(closing);
    await ask('/api/counter/stay', {}, hw);
    expect(await ask('/api/counter/close', other, hw)).toEqual({ moved: false });
  });

  test('takes along who is moved there at that very moment', async () => {
    const server = area.server();
    await ask('/api/counter/close', closing);
    area.clock.now += 86_400_000;
    const late = before(server, () =>
      author(server, [{ verb: 'staff.amend', args: { id: 'toyohira-city1', site: 'shiroishi' } }]),
    );
    await moveCounters(late, area.today());
    await moveCounters(server, area.today());
    const sites = await Promise.all(
      ['shiroishi-city1', 'toyohira-city1'].map(async (id) => (await factsOf(id))['site']),
    );
    expect(sites).toEqual(['toyohira', 'toyohira']);
  });

  test('is not where a tablet stands that a restored server hears of again', async () => {
    const server = area.server();
    const desk = await area.staff('shiroishi-city1', tablet);
    const leases = [tablet.counter?.lease, desk.lease].flatMap((lease) => lease ?? []);
    await ask('/api/counter/close', closing);
    area.clock.now += 86_400_000;
    await moveCounters(server, area.today());
    await server.storage.write(server.tenant, async (tx) => {
      const { device } = tablet;
      await tx.deleteFrom('store').where('device', '=', device).execute();
      await tx.deleteFrom('device').where('device', '=', device).execute();
    });
    for (const { lease, sig } of leases) await recallStore(server, lease.store, [{ lease, sig }]);
    expect((await desk.signIn()).status).toBe(200);
    expect(desk.lease.lease).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
  });
});

describe('a temporary desk', () => {
  test('loses no visit that was logged there, though a colleague has put its date right meanwhile', async () => {
    const desk = await area.staff('shiroishi-city1', tablet);
    const other = await area.staff('shiroishi-city2', tablet);
    const event = { id: newId(), eventType: 'fair', eventName: '区役所の臨時窓口' };
    const planned = { ...event, heldOn: area.today(), temporary: true };
    expect(await other.act('event.plan', planned)).toEqual({ code: 'applied' });
    await desk.write('visit.log', { ...visitArgs(area), outpost: event.id });
    const walkIn = { services: ['careerCounselling'], newVisit: newId(), outpost: event.id };
    const { heads: _, ...arrived } = visitArgs(area);
    await desk.write('consultation.recordWalkIn', { ...arrived, ...walkIn });
    expect(await other.act('event.amend', { id: event.id, heldOn: '2026-11-17' })).toEqual({
      code: 'applied',
    });
    expect((await desk.push()).map(({ verdict }) => verdict)).toEqual([
      { code: 'applied' },
      { code: 'applied' },
    ]);
  });
});

describe('the caseload of a person with two registrations', () => {
  const caseloads = async (post: string) => {
    await boss.signIn();
    const response = await area.ask(`/api/caseloads?post=${encodeURIComponent(post)}`, {
      headers: { authorization: `Bearer ${boss.token}` },
    });
    return (await response.json()) as Caseloads;
  };
  const merged = async (standing: object, other: object) => {
    const desk = await area.staff('shiroishi-city1', tablet);
    const [a, b] = [seekerArgs('甲'), seekerArgs('甲')];
    for (const args of [
      { ...a, ...standing },
      { ...b, ...other },
    ])
      expect(await desk.act('seeker.register', args)).toEqual({ code: 'applied' });
    expect(await desk.act('seeker.merge', { id: b.id, into: a.id })).toEqual({ code: 'applied' });
    return a.id;
  };
  const transfer = (seeker: string, fromPost: string) =>
    boss.act('caseTransfer.write', { id: newId(), seeker, fromPost, toPost: '席3' });

  test('counts once, where her file says', async () => {
    const id = await merged({ post: '席1' }, { post: '席2' });
    const { posts, people } = await caseloads('席1');
    expect(posts).toEqual([{ post: '席1', people: 1 }]);
    expect(people.map((one) => one.id)).toEqual([id]);
    expect(await transfer(id, '席1')).toEqual({ code: 'applied' });
    expect((await caseloads('席2')).posts).toEqual([{ post: '席3', people: 1 }]);
  });

  test('can be moved on from the post of the other one, where hers has none', async () => {
    const id = await merged({}, { post: '席2' });
    expect((await caseloads('席2')).people.map((one) => one.id)).toEqual([id]);
    expect(await transfer(id, '席2')).toEqual({ code: 'applied' });
    expect((await caseloads('席2')).posts).toEqual([{ post: '席3', people: 1 }]);
  });
});
