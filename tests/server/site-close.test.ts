/**
 * A counter closes and moves into another: nothing is lost, nobody sees more than her organisation's, past figures stand. Told by
 * real stores of both counters over real push and pull.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../src/domain/date.ts';
import { author } from '../../src/server/author.ts';
import { officialCounts } from '../../src/server/counts.ts';
import { surveyPass } from '../../src/server/survey.ts';
import { maxScopes, scopesOfActor } from '../../src/sync/scopes.ts';
import { newId, type FakeDevice, type FakeStore } from '../support/fake-tablet.ts';
import { postSurvey, sealedSurvey } from '../support/sealed-survey.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let tablet: FakeDevice;
let city: FakeStore;
let hw: FakeStore;
let away: FakeStore;
let head: FakeStore;
let there: FakeStore;
let thereHw: FakeStore;
let thereHead: FakeStore;
const ok = { code: 'applied' };
const hour = 3_600_000;

const kept = seekerArgs('引越');
const next = { id: newId() };
const slip = { id: newId() };
const lastDay = '2026-11-16';

const close = (who: FakeStore, movedTo = 'toyohira', closedOn = area.today()) =>
  who.post('/api/counter/close', { movedTo, closedOn });
const answer = async (response: Promise<Response>) => (await response).json() as Promise<unknown>;
const siteFacts = (who: FakeStore, site: string) => who.rows.get(`site/${site}/facts`)?.body;
const figures = async (site: string) => {
  const period = { from: '2026-11-01', to: lastDay };
  const { rows } = await officialCounts(area.server(), site, period);
  return Object.fromEntries(rows.map(({ metric, value }) => [metric, value]));
};

beforeAll(async () => {
  area = await openTestArea();
  tablet = await area.device('shiroishi');
  city = await area.staff('shiroishi-city1', tablet);
  hw = await area.staff('shiroishi-hw1');
  away = await area.staff('shiroishi-city2');
  head = await area.staff('shiroishi-citysv');
  there = await area.staff('toyohira-city1');
  thereHw = await area.staff('toyohira-hw1');
  thereHead = await area.staff('toyohira-citysv');
  for (const one of [city, hw, away, head, there, thereHw, thereHead]) await one.pull();
});
afterAll(() => area.close());

describe('before it closes', () => {
  test('work stands open at the counter', async () => {
    expect(await city.act('seeker.register', kept)).toEqual(ok);
    const visit = { ...visitArgs(area), seeker: kept.id };
    expect(await city.act('visit.log', visit)).toEqual(ok);
    const booked = { ...next, seeker: kept.id, dueOn: '2026-11-20', time: '10:00' };
    expect(await city.act('appointment.book', { ...booked, channel: 'inPerson' })).toEqual(ok);
    const offered = {
      ...slip,
      slip: '482913',
      message: 'お願いします',
      reason: 'jobReferral',
      urgency: 'normal',
    };
    const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi' };
    expect(await there.act('handoff.offerUnnamed', { ...offered, ...to })).toEqual(ok);
    for (const one of [city, hw, there, thereHw]) await one.pull();
    expect(hw.has('handoff', slip.id)).toContain('offer');
    expect(thereHw.has('handoff', slip.id)).toEqual(['facts']);
    expect(there.has('seeker', kept.id)).toEqual([]);
  });

  test('only a supervisor may close it, only towards another, on a day that is near', async () => {
    expect((await close(city)).status).toBe(403);
    expect(await answer(close(head, 'shiroishi'))).toMatchObject({ problem: { code: 'refused' } });
    expect(await answer(close(head, 'nowhere'))).toMatchObject({ problem: { code: 'notFound' } });
    expect(await answer(close(head, 'toyohira', '2026-01-05'))).toMatchObject({
      problem: { code: 'refused' },
    });
    expect(await answer(close(head, 'toyohira', '2028-01-05'))).toMatchObject({
      problem: { code: 'refused' },
    });
  });

  test('what was said can be taken back until it is done', async () => {
    expect(await answer(close(head))).toEqual({ moved: false });
    await city.pull();
    expect(siteFacts(city, 'shiroishi')).toMatchObject({
      state: 'active',
      movedTo: 'toyohira',
      closedOn: lastDay,
    });
    // The one awaits the other: neither moves into a third or takes one.
    expect(await answer(close(thereHead, 'shiroishi'))).toMatchObject({
      problem: { code: 'refused' },
    });
    expect((await head.post('/api/counter/stay', {})).status).toBe(200);
    await city.pull();
    expect(siteFacts(city, 'shiroishi')).not.toHaveProperty('movedTo');
    expect(await answer(close(head))).toEqual({ moved: false });
  });

  test('on its last day it works as ever', async () => {
    await city.signIn();
    expect(city.lease.lease.site).toBe('shiroishi');
    expect(await city.act('visit.log', visitArgs(area))).toEqual(ok);
  });
});

describe('the day after', () => {
  const offline = { visit: '', day: '' };
  let before: Record<string, number>;

  test('the first contact moves staff, tablets and open codes of both organisations', async () => {
    const visit = visitArgs(area);
    Object.assign(offline, { visit: visit.id, day: lastDay });
    await away.write('visit.log', visit);
    before = await figures('shiroishi');
    area.clock.now += 12 * hour;
    for (const one of [city, hw, there, thereHw]) await one.signIn();
    area.clock.now += 3 * hour;
    await thereHead.signIn();
    await thereHead.pull();
    // Tokens of both counters have ended, so that every tablet asks for a new lease.
    for (const one of [city, there])
      expect((await one.post('/api/pull', { protocol: 2, cursor: one.cursor })).status).toBe(401);
    for (const one of [city, hw, there, thereHw, head, thereHead]) await one.signIn();
    await there.pull();
    expect(siteFacts(there, 'shiroishi')).toMatchObject({ state: 'closed', movedTo: 'toyohira' });
    expect(siteFacts(there, 'toyohira')).toMatchObject({ tookOver: 'shiroishi' });
    const staff = [...there.rows].flatMap(([key, { body }]) =>
      key.startsWith('staff/') ? [body['site']] : [],
    );
    expect(new Set(staff)).toEqual(new Set(['toyohira']));
    for (const one of [city, hw, there]) {
      expect(one.lease.lease).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
      await one.pull();
    }
    expect(await tablet.enrol('shiroishi-hw2', 'madoguchi-demo-2026')).toMatchObject({
      enrolled: { site: { id: 'toyohira' }, lease: { lease: { alsoSites: ['shiroishi'] } } },
    });
  });

  test('open cases are seen and done at the successor, by both who came and who were there', async () => {
    await thereHw.pull();
    expect(thereHw.has('handoff', slip.id)).toContain('offer');
    expect(await hw.act('handoff.receive', { id: slip.id })).toEqual(ok);
    await thereHw.pull();
    expect(thereHw.rows.get(`handoff/${slip.id}/facts`)?.body).toMatchObject({ state: 'received' });
    await there.pull();
    expect(there.has('seeker', kept.id)).toContain('card');
    expect(there.has('appointment', next.id)).toContain('facts');
    expect(
      await there.act('appointment.cancel', { id: next.id, cancelReason: 'byClient' }),
    ).toEqual(ok);
    // And of the other organisation's people still nothing.
    expect(thereHw.has('seeker', kept.id)).toEqual([]);
    expect(hw.has('seeker', kept.id)).toEqual([]);
  });

  test('the file of who comes on the day of her appointment is at hand at the successor', async () => {
    const booked = { id: newId(), seeker: kept.id, dueOn: area.today(), time: '15:00' };
    const old = await away.write(
      'appointment.book',
      { ...booked, channel: 'inPerson' },
      { businessDate: lastDay },
    );
    expect(old.entry.header.lease).toBe(away.lease.lease.id);
    await away.push();
    await there.pull();
    expect(there.has('seeker', kept.id)).toContain('file');
  });

  test('who has not heard yet: her visits arrive and count at the old counter', async () => {
    await there.pull();
    expect(there.rows.get(`visit/${offline.visit}/facts`)?.body).toMatchObject({
      site: 'shiroishi',
      date: lastDay,
      state: 'waiting',
    });
    const late = visitArgs(area);
    expect(await away.act('visit.log', late)).toEqual(ok);
    await there.pull();
    expect(there.rows.get(`visit/${late.id}/facts`)?.body).toMatchObject({ site: 'shiroishi' });
    expect(await there.act('visit.call', { id: late.id })).toEqual(ok);
    await away.signIn();
    const fresh = visitArgs(area);
    expect(await away.act('visit.log', fresh)).toEqual(ok);
    await there.pull();
    expect(there.rows.get(`visit/${fresh.id}/facts`)?.body).toMatchObject({ site: 'toyohira' });
  });

  test('a consultation takes up a visit of the old counter', async () => {
    const consultation = consultationArgs(offline.visit, kept.id);
    expect(await there.act('consultation.record', consultation)).toEqual(ok);
  });

  test('nothing new names the closed one, save what is of its days', async () => {
    const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi' };
    const given = { reason: 'jobReferral', urgency: 'normal', ...to };
    const offer = { ...given, id: newId(), slip: '482914' };
    expect(await there.act('handoff.offerUnnamed', offer)).toMatchObject({
      code: 'rejected',
      problem: { code: 'refused', reason: expect.stringContaining('閉じます') },
    });
    const written = { ...given, id: newId(), slip: '482915' };
    expect(await there.act('handoff.offerUnnamed', written, { businessDate: lastDay })).toEqual(ok);
  });

  test('figures of the past stand at the old counter, and its supervisor may still ask and close', async () => {
    const now = await figures('shiroishi');
    expect(now).toEqual({
      ...before,
      visits: (before['visits'] ?? 0) + 1,
      consultations: now['consultations'],
    });
    expect(before['visits']).toBe(2);
    // Its tablets stand at the successor now, and what they have not sent is still missing here.
    const { completeness } = await officialCounts(area.server(), 'shiroishi', {
      from: lastDay,
      to: lastDay,
    });
    expect(completeness.tablets.map(({ device }) => device)).toContain(tablet.device);
    const query = `from=2026-11-01&to=${lastDay}&site=shiroishi`;
    const headers = { authorization: `Bearer ${head.token}` };
    expect((await area.ask(`/api/counts?${query}`, { headers })).status).toBe(200);
    const closing = { id: `closing-shiroishi-${lastDay}`, date: lastDay, missing: 0 };
    expect(await head.act('dayClosing.close', closing)).toEqual(ok);
    await head.pull();
    expect(head.rows.get(`dayClosing/${closing.id}/facts`)?.body).toMatchObject({
      site: 'shiroishi',
      date: lastDay,
    });
  });

  test('answers of users given before the move are taken with the pass of the successor', async () => {
    const given = { site: 'shiroishi', month: '2026-11', overall: '2' };
    const sealed = await sealedSurvey(area, 'shiroishi', given);
    const pass = (site: string) => surveyPass(area.server(), site);
    expect((await postSurvey(area, { ...sealed, pass: pass('nishi') })).status).toBe(401);
    expect((await postSurvey(area, { ...sealed, pass: pass('toyohira') })).status).toBe(200);
    const back = await sealedSurvey(area, 'toyohira', { ...given, site: 'toyohira' });
    expect((await postSurvey(area, { ...back, pass: pass('shiroishi') })).status).toBe(401);
  });

  test('no third counter moves in: a tablet follows so many audiences and no more', async () => {
    const moved = await answer(close(thereHead, 'shiroishi'));
    expect(moved).toMatchObject({ problem: { code: 'refused' } });
    const { actor } = {
      actor: {
        org: 'o',
        site: 'a',
        alsoSites: ['b'],
        post: 'p',
        role: 'supervisor' as const,
        user: 'u',
      },
    };
    expect(scopesOfActor(actor, addDays(lastDay, 1)).length).toBeLessThanOrEqual(maxScopes);
  });

  test('asked again, or after a restart, it has been done once', async () => {
    await area.restart();
    await city.signIn();
    await city.pull();
    expect(city.lease.lease).toMatchObject({ site: 'toyohira', alsoSites: ['shiroishi'] });
    expect(city.has('appointment', next.id)).toContain('facts');
  });
});

test('what cannot be moved whole is not moved at all', async () => {
  const other = await openTestArea();
  const supervisor = await other.staff('shiroishi-citysv');
  await supervisor.signIn();
  const body = { movedTo: 'toyohira', closedOn: other.today() };
  expect((await supervisor.post('/api/counter/close', body)).status).toBe(200);
  // Its successor is struck out before the day comes.
  const gone = { id: 'toyohira', voidReason: 'mistake' };
  await author(other.server(), [{ verb: 'site.void', args: gone }]);
  other.clock.now += 24 * hour;
  await supervisor.signIn();
  await supervisor.pull();
  expect(siteFacts(supervisor, 'shiroishi')).toMatchObject({ state: 'active' });
  expect(supervisor.rows.get('staff/shiroishi-hw1/facts')?.body).toMatchObject({
    site: 'shiroishi',
  });
  expect((await supervisor.signIn()).status).toBe(200);
  expect(supervisor.lease.lease.site).toBe('shiroishi');
  await other.close();
});
