/** 締め: closed figures stand; what comes to a closed day later is listed beside them, and reopening takes it in. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { author } from '../../src/server/author.ts';
import type { OfficialCounts } from '../../src/server/counts.ts';
import { issueCode } from '../../src/server/device-codes.ts';
import { memberOf } from '../../src/server/staff.ts';
import { FakeDevice, makeKeyPair, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let desk: FakeStore;
let late: FakeStore;
let supervisor: FakeStore;
const ok = { code: 'applied' };
const site = 'toyohira';
const hour = 3_600_000;

beforeEach(async () => {
  area = await openTestArea();
  desk = await area.staff('toyohira-city1');
  late = await area.staff('toyohira-hw1');
  supervisor = await area.staff('toyohira-citysv');
});
afterEach(() => area.close());

const closing = (date = area.today()) => ({ id: `closing-${site}-${date}`, date, missing: 1 });

async function ask(path: string) {
  await supervisor.signIn();
  return area.ask(path, { headers: { authorization: `Bearer ${supervisor.token}` } });
}

async function counts(from = area.today(), to = from): Promise<OfficialCounts> {
  const response = await ask(`/api/counts?from=${from}&to=${to}&site=${site}`);
  expect(response.status).toBe(200);
  return (await response.json()) as OfficialCounts;
}

const row = (answer: OfficialCounts, metric: string) =>
  answer.rows.find((one) => one.metric === metric);

test('a late visit, a void and an amendment change nothing closed and are listed with their times', async () => {
  const [kept, voided] = [visitArgs(area), visitArgs(area)];
  const offline = await late.write('visit.log', visitArgs(area));
  await desk.act('visit.log', kept);
  await desk.act('visit.log', voided);
  const day = area.today();
  expect(await supervisor.act('dayClosing.close', closing())).toEqual(ok);
  const closed = await counts();
  expect(row(closed, 'visits')).toMatchObject({ value: 2, late: 0 });
  expect(closed).toMatchObject({
    provisional: false,
    adjustments: [],
    days: [{ date: day, state: 'closed', missing: 1, reopenReason: null }],
  });

  area.clock.now += 20 * hour;
  expect((await late.push()).at(-1)?.verdict).toEqual(ok);
  await desk.act('visit.void', { id: voided.id, voidReason: 'mistake' });
  await desk.act('visit.amend', { id: kept.id, purposes: ['seminar'] });
  const after = await counts(day);
  expect(row(after, 'visits')).toMatchObject({ value: 2, late: 0 });
  expect(row(after, 'visits')?.breakdowns).toEqual(row(closed, 'visits')?.breakdowns);
  const entered = offline.entry.header.occurredAt;
  expect(after.adjustments.map(({ what }) => what).sort()).toEqual(['added', 'changed', 'removed']);
  expect(after.adjustments.find(({ what }) => what === 'added')).toEqual({
    date: day,
    kind: 'visit',
    what: 'added',
    adds: ['visits', 'persons'],
    takes: [],
    enteredAt: entered,
    skew: 0,
    receivedAt: area.clock.now,
  });
  const month = await counts('2026-11-01', '2026-11-30');
  expect(month).toMatchObject({ provisional: true });
  expect(row(month, 'visits')).toMatchObject({ value: 2, late: 0 });
  expect(month.adjustments).toHaveLength(3);
});

test('reopened, the day is counted as it stands, and closed anew from what is there then', async () => {
  await desk.act('visit.log', visitArgs(area));
  const day = area.today();
  await supervisor.act('dayClosing.close', closing());
  await late.act('visit.log', visitArgs(area));
  expect(row(await counts(), 'visits')).toMatchObject({ value: 1, late: 1 });
  const reopen = { id: closing().id, reopenReason: 'late' };
  expect(await supervisor.act('dayClosing.reopen', reopen)).toEqual(ok);
  const open = await counts();
  expect(row(open, 'visits')).toMatchObject({ value: 2, late: 0 });
  expect(open).toMatchObject({
    provisional: true,
    adjustments: [],
    days: [{ date: day, state: 'open', reopenReason: 'late' }],
  });
  expect(await supervisor.act('dayClosing.close', closing())).toEqual(ok);
  expect(row(await counts(), 'visits')).toMatchObject({ value: 2, late: 0 });
});

test('what a tablet sends behind its own closing in one push comes after it', async () => {
  await supervisor.write('visit.log', visitArgs(area));
  await supervisor.write('dayClosing.close', closing());
  await supervisor.write('visit.log', visitArgs(area));
  expect((await supervisor.push()).map(({ verdict }) => verdict)).toEqual([ok, ok, ok]);
  expect(row(await counts(), 'visits')).toMatchObject({ value: 1, late: 1 });
});

test('a merge after the closing is listed and leaves 実人員 of the day; the month counts the person once', async () => {
  const [one, other] = [seekerArgs('一人'), seekerArgs('同一人')];
  for (const seeker of [one, other]) {
    await desk.act('seeker.register', seeker);
    await desk.act('visit.log', { ...visitArgs(area), seeker: seeker.id });
  }
  const day = area.today();
  await supervisor.act('dayClosing.close', closing());
  await desk.act('seeker.merge', { id: other.id, into: one.id });
  const answer = await counts();
  expect(row(answer, 'persons')).toMatchObject({ value: 2, late: -1 });
  expect(answer.adjustments.map(({ what, adds, takes }) => [what, adds, takes])).toEqual([
    ['joined', [], []],
  ]);
  expect(row(await counts('2026-11-01', '2026-11-30'), 'persons')).toMatchObject({ value: 1 });
  expect(row(await counts(day), 'visits')).toMatchObject({ value: 2, late: 0 });
});

test('the CSV says 確定 or 速報 for each day and lists what came late, without a category', async () => {
  await desk.act('visit.log', visitArgs(area));
  const day = area.today();
  await supervisor.act('dayClosing.close', closing());
  await late.act('visit.log', { ...visitArgs(area), purposes: ['seminar'] });
  const file = await (await ask(`/api/counts.csv?from=2026-11-15&to=${day}`)).text();
  expect(file).toContain('2026-11-15,速報,');
  expect(file).toContain(`${day},確定,`);
  expect(file).toMatch(/利用者数（延べ）,総数,,1,人,0,1,/);
  const [, adjustments = ''] = file.split('締め後の業務日');
  expect(adjustments).toMatch(new RegExp(`${day},来所,追加,`));
  expect(file).not.toContain('セミナー');
});

test('only the counter’s supervisors close', async () => {
  expect(await desk.act('dayClosing.close', closing())).toMatchObject({
    code: 'rejected',
    problem: { code: 'notAllowed' },
  });
  const elsewhere = await area.staff('shiroishi-citysv');
  expect(await elsewhere.act('dayClosing.close', closing())).toMatchObject({ code: 'rejected' });
});

test('a counter whose name begins like another’s closes its own days alone', async () => {
  const neighbour = `${site}-2026`;
  const twin = { id: neighbour, name: '隣の窓口', ward: 'toyohira', municipalCode: '01105' };
  const orders = [
    { verb: 'site.register', args: twin },
    { verb: 'staff.amend', args: { id: 'shiroishi-citysv', site: neighbour } },
  ];
  for (const { verdict } of await author(area.server(), orders)) expect(verdict).toEqual(ok);
  const server = area.server();
  const head = await server.storage.read((tx) => memberOf(server, tx, 'shiroishi-citysv'));
  if (!head) throw new Error('nobody to admit a tablet');
  const clock = { now: () => area.clock.now, today: area.today };
  const tablet = new FakeDevice(area.ask, clock, await makeKeyPair());
  await tablet.admit((await issueCode(server, head)).code);
  const nextDoor = await area.staff(head.id, tablet);
  const day = area.today();
  const close = { id: `closing-${neighbour}-${day}`, date: day, missing: 0 };
  expect(await nextDoor.act('dayClosing.close', close)).toEqual(ok);
  // Its closing’s id lies between those of this counter’s first and last day.
  expect(close.id > closing('2026-01-01').id && close.id < closing('2027-12-31').id).toBe(true);
  expect(await counts('2026-01-01', '2027-12-31')).toMatchObject({ days: [], provisional: true });
});
