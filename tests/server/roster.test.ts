/** April in one evening, over the real server: a roster whole or not at all, who begins, moves and leaves, and the sheets. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guessRosterColumns } from '../../src/domain/import/roster.ts';
import { partOf } from '../../src/domain/record.ts';
import { author } from '../../src/server/author.ts';
import { demoPassword } from '../../src/server/demo.ts';
import { importRoster } from '../../src/server/roster.ts';
import { askerOf } from '../../src/server/session.ts';
import { factsOfKind } from '../../src/server/staff.ts';
import { makeKeyPair, post, type FakeDevice, type FakeStore } from '../support/fake-tablet.ts';
import { rosterFile, rosterHead, type RosterLine } from '../support/roster-file.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let tablet: FakeDevice;
let boss: FakeStore;
beforeEach(async () => {
  area = await openTestArea();
  tablet = await area.device('shiroishi');
  boss = await area.staff('shiroishi-citysv', tablet);
});
afterEach(() => area.close());

const here: readonly RosterLine[] = [
  { no: 'shiroishi-city1', name: '見本 花子', kana: 'ミホン ハナコ', post: 'shiroishi-city-1' },
  { no: 'shiroishi-city2', name: '例示 太郎', kana: 'レイジ タロウ', post: 'shiroishi-city-2' },
  {
    no: 'shiroishi-citysv',
    name: '架空 市子',
    kana: 'カクウ イチコ',
    role: '責任者',
    post: 'shiroishi-city-sv',
  },
];

async function ask(by: FakeStore, path: string, body?: unknown) {
  await by.signIn();
  const response = await area.ask(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${by.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}

function send(lines: readonly RosterLine[], endsOn?: string, by = boss) {
  const file = Buffer.from(rosterFile(lines)).toString('base64');
  const map = guessRosterColumns(rosterHead.split(','));
  return ask(by, '/api/roster/import', { file, map, ...(endsOn ? { endsOn } : {}) });
}

async function factsOf(id: string) {
  const { server } = area;
  const all = await server().storage.read((tx) => factsOfKind(server(), tx, 'staff'));
  return partOf(
    all.find((one) => one.id === id),
    'facts',
  );
}

const changesNow = () =>
  area.server().storage.read((tx) => tx.selectFrom('change').selectAll().execute());

async function signsIn(staff: string, password: string, newPassword?: string, on = tablet) {
  const keys = await makeKeyPair();
  const request = await on.enrolRequest(staff, password, keys);
  const own = newPassword === undefined ? {} : { newPassword };
  const response = await post(area.ask, '/api/stores', { ...request, ...own });
  return { status: response.status, answer: await response.json() };
}

describe('a roster', () => {
  test('registers, changes, and ends those of its counters who are not in it; the second time it changes nothing', async () => {
    const lines = [
      { ...here[0]!, name: '見本 華子' },
      here[2]!,
      { no: '００１２', name: '架空 新', kana: 'かくう あらた', from: '令和8年11月16日' },
    ];
    expect((await send(lines, '2026-11-16')).answer).toEqual({
      fresh: 1,
      changed: 1,
      back: 0,
      same: 1,
      ended: 1,
      bad: [],
    });
    expect(await factsOf('sapporo-city-0012')).toMatchObject({
      state: 'active',
      org: 'sapporo-city',
      site: 'shiroishi',
      kana: 'カクウ アラタ',
      validFrom: '2026-11-16',
    });
    expect(await factsOf('shiroishi-city1')).toMatchObject({ name: '見本 華子' });
    expect(await factsOf('shiroishi-city2')).toMatchObject({
      state: 'active',
      validTo: '2026-11-16',
    });
    // Of the other organisation at the counter, and of the own one at another.
    expect(await factsOf('shiroishi-hw1')).not.toHaveProperty('validTo');
    expect(await factsOf('toyohira-city1')).not.toHaveProperty('validTo');
    const before = await changesNow();
    expect((await send(lines, '2026-11-16')).answer).toMatchObject({ same: 3, fresh: 0, ended: 0 });
    expect(await changesNow()).toEqual(before);
  });

  test('ends nobody while a line cannot be read, nor whom a bad line names, nor in a part list', async () => {
    const broken = await send([here[2]!, { no: '7', role: '所長' }], '2026-11-16');
    expect(broken.answer).toMatchObject({ ended: 0, bad: [{ line: 3 }] });
    const named = await send([here[2]!, { ...here[0]!, site: 'どこか' }, here[1]!], '2026-11-16');
    expect(named.answer).toMatchObject({ ended: 0, bad: [{ line: 3 }] });
    expect((await send([here[2]!])).answer).toMatchObject({ ended: 0 });
    expect(await factsOf('shiroishi-city1')).not.toHaveProperty('validTo');
  });

  test('the supervisor who imports is not ended, demoted or moved by it, present or absent', async () => {
    expect((await send(here.slice(0, 2), '2026-11-16')).answer).toMatchObject({ ended: 0 });
    for (const wrong of [{ role: '相談員' }, { site: 'あいワーク豊平' }, { to: '2026-11-16' }])
      expect((await send([{ ...here[2]!, ...wrong }])).answer).toMatchObject({
        bad: [{ line: 2 }],
      });
    expect(await factsOf(boss.lease.lease.user)).toMatchObject({
      role: 'supervisor',
      site: 'shiroishi',
    });
    expect(await factsOf(boss.lease.lease.user)).not.toHaveProperty('validTo');
  });

  test('is taken whole or not at all: where one line is refused in the writing, nothing of it was', async () => {
    const server = area.server();
    const { storage } = server;
    const taken = {
      id: 'sapporo-city-12',
      org: 'sapporo-city',
      site: 'shiroishi',
      role: 'counsellor',
    };
    const names = { name: '架空 先', kana: 'カクウ サキ' };
    // Between the reading and the writing a colleague registers the same number.
    const racing = {
      ...server,
      storage: {
        ...storage,
        write: async (tenant: string, work: Parameters<typeof storage.write>[1]) => {
          const isThere = Object.keys(await factsOf(taken.id)).length > 0;
          if (!isThere)
            await author(server, [{ verb: 'staff.register', args: { ...taken, ...names } }]);
          return storage.write(tenant, work);
        },
      } as typeof storage,
    };
    const lines = [{ ...here[0]!, name: '見本 華子' }, here[2]!, { no: '12' }];
    const request = {
      file: Buffer.from(rosterFile(lines)).toString('base64'),
      map: guessRosterColumns(rosterHead.split(',')),
      endsOn: '2026-11-16',
    };
    await boss.signIn();
    const asker = await askerOf(server, `Bearer ${boss.token}`);
    if (!asker.ok) throw new Error('nobody asks');
    expect(await importRoster(racing, asker.value, request)).toMatchObject({
      ok: false,
      problem: { code: 'refused' },
    });
    expect(await factsOf('shiroishi-city1')).toMatchObject({ name: '見本 花子' });
    expect(await factsOf('shiroishi-city2')).not.toHaveProperty('validTo');
    expect(await factsOf(taken.id)).toMatchObject({ name: '架空 先' });
    expect(await importRoster(server, asker.value, request)).toMatchObject({
      ok: true,
      value: { fresh: 0, changed: 2, ended: 1 },
    });
  });

  test('belongs to supervisors, to their own organisation, and to files that can be read', async () => {
    const hw = await area.staff('shiroishi-hwsv', tablet);
    const taken = await send([{ no: 'shiroishi-city1' }], undefined, hw);
    // Another's number is a number of one's own.
    expect(taken.answer).toMatchObject({ fresh: 1 });
    expect(await factsOf('hw-sapporo-higashi-shiroishi-city1')).toMatchObject({
      org: 'hw-sapporo-higashi',
    });
    expect(await factsOf('shiroishi-city1')).toMatchObject({
      org: 'sapporo-city',
      name: '見本 花子',
    });
    const desk = await area.staff('shiroishi-city1', tablet);
    expect(await send(here, undefined, desk)).toMatchObject({ status: 403 });
    expect(await send(here, '2026-02-30')).toMatchObject({ status: 400 });
    expect(await send(here, '2028-11-16')).toMatchObject({
      answer: { problem: { code: 'refused' } },
    });
  });
});

describe('days of service', () => {
  test('nobody signs in before the first or after the last, and an open tablet is told', async () => {
    const two = await area.staff('shiroishi-city2', tablet);
    await send([here[0]!, here[2]!, { no: '12', from: '2026-11-18' }], '2026-11-17');
    const { answer } = await ask(boss, '/api/roster/passwords', { staff: ['sapporo-city-12'] });
    const password = (answer as { sheets: { password: string }[] }).sheets[0]?.password ?? '';
    expect(await signsIn('sapporo-city-12', password, 'a password of her own')).toMatchObject({
      status: 401,
    });
    expect((await two.signIn()).status).toBe(200);
    // Not even without a line: the lease ends with the day.
    expect(two.lease.lease.expiresAt).toBe(Date.parse('2026-11-18T00:00:00+09:00') - 1);
    area.clock.now = Date.parse('2026-11-18T08:30:00+09:00');
    expect(await (await two.signIn()).json()).toEqual({ problem: { code: 'revoked' } });
    expect(await signsIn('shiroishi-city2', demoPassword)).toMatchObject({ status: 401 });
    expect(await signsIn('sapporo-city-12', password, 'a password of her own')).toMatchObject({
      status: 200,
    });
    const said = (await (await boss.signIn()).json()) as { staff: { id: string }[] };
    const names = said.staff.map(({ id }) => id);
    expect(names).toContain('sapporo-city-12');
    expect(names).not.toContain('shiroishi-city2');
  });

  test('whoever is in the list again comes back, with a new password', async () => {
    await send([here[0]!, here[2]!], '2026-11-15');
    expect(await factsOf('shiroishi-city2')).toMatchObject({
      state: 'ended',
      validTo: '2026-11-15',
    });
    expect(await signsIn('shiroishi-city2', demoPassword)).toMatchObject({ status: 401 });
    expect((await send(here)).answer).toMatchObject({ back: 1 });
    expect(await factsOf('shiroishi-city2')).toMatchObject({ state: 'active' });
    expect(await factsOf('shiroishi-city2')).not.toHaveProperty('validTo');
    expect(await signsIn('shiroishi-city2', demoPassword)).toMatchObject({ status: 401 });
    const { answer } = await ask(boss, '/api/roster/waiting');
    expect(answer).toMatchObject({ waiting: [{ id: 'shiroishi-city2', isIssued: false }] });
  });

  test('who moves signs in at the new counter and no more at the old; her unsent work still counts where it was done', async () => {
    const one = await area.staff('shiroishi-city1', tablet);
    const args = visitArgs(area);
    await one.write('visit.log', args);
    expect((await send([{ ...here[0]!, site: 'あいワーク豊平' }])).answer).toMatchObject({
      changed: 1,
    });
    expect(await (await one.signIn()).json()).toEqual({ problem: { code: 'revoked' } });
    expect((await one.push()).map(({ verdict }) => verdict)).toEqual([{ code: 'applied' }]);
    const { server } = area;
    const visits = await server().storage.read((tx) => factsOfKind(server(), tx, 'visit'));
    expect(
      partOf(
        visits.find(({ id }) => id === args['id']),
        'facts',
      ),
    ).toMatchObject({ site: 'shiroishi' });
    const there = await area.device('toyohira');
    const moved = await there.enrol('shiroishi-city1', demoPassword);
    expect(moved.lease.lease.site).toBe('toyohira');
  });
});

describe('start passwords', () => {
  test('are shown once, good for one sign-in that chooses another, and made anew as long as nobody has', async () => {
    await send([{ no: '12' }]);
    const sheet = async () => {
      const { answer } = await ask(boss, '/api/roster/passwords', { staff: ['sapporo-city-12'] });
      return (answer as { sheets: { password: string; name: string }[] }).sheets;
    };
    const lost = (await sheet())[0]?.password ?? '';
    const password = (await sheet())[0]?.password ?? '';
    expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const refused = await signsIn('sapporo-city-12', lost, 'a password of her own');
    expect(refused.answer).toEqual({ problem: { code: 'wrongPassword' } });
    expect((await signsIn('sapporo-city-12', password)).answer).toEqual({
      problem: { code: 'startPassword' },
    });
    for (const bad of ['short', password])
      expect((await signsIn('sapporo-city-12', password, bad)).answer).toMatchObject({
        problem: { code: 'invalidFields' },
      });
    expect(await signsIn('sapporo-city-12', password, 'a password of her own')).toMatchObject({
      status: 200,
    });
    // The same again, its answer lost on the way; then never more.
    expect(await signsIn('sapporo-city-12', password, 'a password of her own')).toMatchObject({
      status: 200,
    });
    expect(await signsIn('sapporo-city-12', password)).toMatchObject({ status: 401 });
    expect(await signsIn('sapporo-city-12', 'a password of her own')).toMatchObject({
      status: 200,
    });
    expect(await sheet()).toEqual([]);
  });

  test('run out after thirty days, and are nothing for colleagues of another organisation', async () => {
    await send([{ no: '12' }]);
    const hw = await area.staff('shiroishi-hwsv', tablet);
    expect(await ask(hw, '/api/roster/passwords', { staff: ['sapporo-city-12'] })).toEqual({
      status: 200,
      answer: { sheets: [] },
    });
    const { answer } = await ask(boss, '/api/roster/passwords', { staff: ['sapporo-city-12'] });
    const password = (answer as { sheets: { password: string }[] }).sheets[0]?.password ?? '';
    area.clock.now += 31 * 86_400_000;
    expect(
      (await signsIn('sapporo-city-12', password, 'a password of her own')).answer,
    ).toMatchObject({
      problem: { code: 'refused' },
    });
  });
});
