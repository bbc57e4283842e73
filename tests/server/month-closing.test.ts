/** 月の締め: what comes after it is listed, on days that nobody closed too; no day of it moves while it stands. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { daysOf } from '../../src/domain/month.ts';
import type { OfficialCounts } from '../../src/server/counts.ts';
import type { FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { visitArgs } from './samples.ts';

let area: TestArea;
let desk: FakeStore;
let late: FakeStore;
let supervisor: FakeStore;
const ok = { code: 'applied' };
const [site, month, closedDay, openDay] = ['toyohira', '2026-11', '2026-11-16', '2026-11-17'];
const day = 24 * 3_600_000;

beforeEach(async () => {
  area = await openTestArea();
  desk = await area.staff('toyohira-city1');
  late = await area.staff('toyohira-hw1');
  supervisor = await area.staff('toyohira-citysv');
});
afterEach(() => area.close());

const closing = (date: string) => ({ id: `closing-${site}-${date}`, date, missing: 0 });
const missing = (without: readonly string[]) =>
  daysOf(month)
    .filter((date) => !without.includes(date))
    .map((date) => ({ day: date, why: date === openDay ? 'notClosed' : 'closedDay' }));
const closeMonth = (missingDays = missing([closedDay])) => ({
  id: `month-${site}-${month}`,
  month,
  missingDays,
});

async function counts(): Promise<OfficialCounts> {
  await supervisor.signIn();
  const headers = { authorization: `Bearer ${supervisor.token}` };
  const [first, last] = [daysOf(month)[0], daysOf(month).at(-1)];
  const answer = await area.ask(`/api/counts?from=${first}&to=${last}&site=${site}`, { headers });
  expect(answer.status).toBe(200);
  return (await answer.json()) as OfficialCounts;
}
const visits = (answer: OfficialCounts) => answer.rows.find(({ metric }) => metric === 'visits');

/** Two days with a visit each, the first closed, the second not; one more of the second day is still on a tablet. */
async function twoDays(): Promise<void> {
  await desk.act('visit.log', visitArgs(area));
  expect(await supervisor.act('dayClosing.close', closing(closedDay))).toEqual(ok);
  area.clock.now += day;
  await desk.act('visit.log', visitArgs(area));
  await late.write('visit.log', visitArgs(area));
  area.clock.now = Date.parse('2026-12-01T09:00:00+09:00');
}

test('what comes to a day that nobody closed is listed like the rest, and the month stands', async () => {
  await twoDays();
  expect(await supervisor.act('monthClosing.close', closeMonth())).toEqual(ok);
  const closed = await counts();
  expect(visits(closed)).toMatchObject({ value: 2, late: 0 });
  expect(closed).toMatchObject({ provisional: false, adjustments: [] });
  expect(closed.days.find(({ date }) => date === openDay)).toMatchObject({
    state: 'closed',
    byMonth: true,
  });

  expect((await late.push()).at(-1)?.verdict).toEqual(ok);
  const after = await counts();
  expect(visits(after)).toMatchObject({ value: 2, late: 1 });
  expect(after.adjustments).toMatchObject([{ date: openDay, kind: 'visit', what: 'added' }]);
});

test('while it stands, none of its days is closed or opened again; opened, it counts what is there', async () => {
  await twoDays();
  await supervisor.act('monthClosing.close', closeMonth());
  await late.push();
  const refused = { code: 'rejected', problem: { code: 'refused' } };
  const reopenDay = { id: closing(closedDay).id, reopenReason: 'late' };
  expect(await supervisor.act('dayClosing.reopen', reopenDay)).toMatchObject(refused);
  expect(await supervisor.act('dayClosing.close', closing(openDay))).toMatchObject(refused);
  expect(visits(await counts())).toMatchObject({ value: 2, late: 1 });

  const reopen = { id: closeMonth().id, reopenReason: 'late' };
  expect(await supervisor.act('monthClosing.reopen', reopen)).toEqual(ok);
  const open = await counts();
  expect(visits(open)).toMatchObject({ value: 3, late: 0 });
  expect(open).toMatchObject({ provisional: true, adjustments: [] });
  expect(await supervisor.act('dayClosing.close', closing(openDay))).toEqual(ok);
  const both = missing([closedDay, openDay]);
  expect(await supervisor.act('monthClosing.close', closeMonth(both))).toEqual(ok);
  expect(visits(await counts())).toMatchObject({ value: 3, late: 0 });
});

test('a month with a day that nobody speaks of is not closed', async () => {
  await twoDays();
  const without = closeMonth(missing([closedDay, openDay]));
  expect(await supervisor.act('monthClosing.close', without)).toMatchObject({
    code: 'rejected',
    problem: { code: 'invalidFields', fields: [{ field: 'missingDays' }] },
  });
});

test('what the same tablet sends behind the closing of the month comes after it', async () => {
  await twoDays();
  area.clock.now = Date.parse('2026-11-30T17:30:00+09:00');
  await supervisor.write('monthClosing.close', closeMonth());
  await supervisor.write('visit.log', visitArgs(area));
  expect((await supervisor.push()).map(({ verdict }) => verdict)).toEqual([ok, ok]);
  expect(visits(await counts())).toMatchObject({ value: 2, late: 1 });
});

test('a day that is said to be missing twice is counted once, and leaves no other day unsaid', async () => {
  await twoDays();
  const twice = [...missing([closedDay]), { day: openDay, why: 'closedDay' }];
  expect(await supervisor.act('monthClosing.close', closeMonth(twice))).toMatchObject({
    code: 'rejected',
    problem: { code: 'invalidFields' },
  });
});
