/** The supervisors' inbox: who sees what waits, what opening it tells and leaves behind, and what she may do about it. */
import { movedBy } from '../../src/server/moved-by.ts';
import { whereabouts } from '../../src/server/member-here.ts';
import { askerIn } from '../../src/server/session.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { text } from '../../src/domain/value.ts';
import type { OpenedRepair, RepairLine } from '../../src/server/repair-list.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
let citySupervisor: FakeStore;
let hwSupervisor: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
  citySupervisor = await area.staff('shiroishi-citysv');
  hwSupervisor = await area.staff('shiroishi-hwsv');
  for (const one of [city, hw, citySupervisor, hwSupervisor]) await one.signIn();
}, 30_000);
afterAll(() => area.close());

const ok = { code: 'applied' };
const get = (who: FakeStore) =>
  area.ask('/api/repair', { headers: { authorization: `Bearer ${who.token}` } });
const list = async (who: FakeStore) =>
  ((await (await get(who)).json()) as { repairs: RepairLine[] }).repairs;
const open = (who: FakeStore, entry: string) => who.post('/api/repair/open', { entry });
const lastOf = (who: FakeStore) => who.written.write.at(-1)?.entry.header.id ?? '';

/** Refused: the visit it names was voided by a colleague before. */
async function refused(): Promise<string> {
  const visit = visitArgs(area);
  expect(await city.act('visit.log', visit)).toEqual(ok);
  expect(await city.act('visit.void', { id: visit.id, voidReason: 'mistake' })).toEqual(ok);
  const said = await city.act('visit.amend', { id: visit.id, heads: 2 });
  expect(said.code).toBe('rejected');
  return lastOf(city);
}

describe('the list', () => {
  test('names author, verb, state and times for supervisors of her organisation, and nothing said in it', async () => {
    const entry = await refused();
    const [line] = (await list(citySupervisor)).filter((one) => one.entry === entry);
    expect(line).toEqual({
      entry,
      author: 'shiroishi-city1',
      authorName: expect.stringMatching(/.+/),
      isCounter: false,
      site: 'shiroishi',
      verb: 'visit.amend',
      code: 'rejected',
      occurredAt: area.clock.now,
      businessDate: area.today(),
    });
  });

  test('is nothing to a counsellor, and knows of no other organisation', async () => {
    const entry = await refused();
    expect((await get(city)).status).toBe(403);
    expect((await open(city, entry)).status).toBe(403);
    expect(JSON.stringify(await list(hwSupervisor))).not.toContain(entry);
    const [theirs, none] = [await open(hwSupervisor, entry), await open(hwSupervisor, newId())];
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect(await theirs.json()).toEqual(await none.json());
    expect((await area.ask('/api/repair')).status).toBe(401);
  });

  test('leaves out what is her own and what somebody has settled', async () => {
    const visit = visitArgs(area);
    await citySupervisor.act('visit.log', visit);
    await citySupervisor.act('visit.void', { id: visit.id, voidReason: 'mistake' });
    const said = await citySupervisor.act('visit.amend', { id: visit.id, heads: 2 });
    expect(said.code).toBe('rejected');
    const own = lastOf(citySupervisor);
    expect((await list(citySupervisor)).map((one) => one.entry)).not.toContain(own);
    const entry = await refused();
    const reason = { action: 'discard', kind: 'entry', id: entry, reason: '二重でした' };
    await city.write('access.discard', reason, { lane: 'access' });
    await city.push('access');
    expect((await list(citySupervisor)).map((one) => one.entry)).not.toContain(entry);
    expect((await open(citySupervisor, entry)).status).toBe(404);
  });
});

describe('opening one', () => {
  test('tells what was entered and why it waits, and is on record before', async () => {
    const entry = await refused();
    const opened = (await (await open(citySupervisor, entry)).json()) as OpenedRepair;
    expect([opened.entry, opened.problem?.code]).toEqual([entry, 'illegalState']);
    expect(Number(opened.args?.['heads'])).toBe(2);
    const visit = text(opened.args?.['id']);
    const events = await area
      .server()
      .storage.read((tx) =>
        tx.selectFrom('access_event').selectAll().where('action', '=', 'openRepair').execute(),
      );
    expect(events.map((one) => [one.user, one.kind, one.record])).toEqual(
      expect.arrayContaining([
        ['shiroishi-citysv', 'entry', entry],
        ['shiroishi-citysv', 'visit', visit],
      ]),
    );
  });

  test('tells what its author saw under a correction, of what the supervisor may see herself', async () => {
    const seeker = { ...seekerArgs('下の値'), phone: '011-000-1234' };
    await city.act('seeker.register', seeker);
    const refusedOver = async (id: string, phone: string) => {
      const base = { [`seeker/${id}/file`]: { phone, post: null } };
      const said = { id, phone: '011-000-5678', clear: [{ name: 'familyName' }] };
      expect((await city.act('seeker.amend', said, { base })).code).not.toBe('applied');
      return (await open(citySupervisor, lastOf(city))).json() as Promise<OpenedRepair>;
    };
    expect((await refusedOver(seeker.id, '011-000-1234')).seen).toEqual({ phone: '011-000-1234' });
    const more = { phone: '011-000-1234', phoneTail: '1234', post: '見本', sex: 'female' };
    const base = { [`seeker/${seeker.id}/file`]: more };
    await city.act(
      'seeker.amend',
      { id: seeker.id, phone: '011-000-5678', clear: [{ name: 'familyName' }] },
      { base },
    );
    const opened = (await (await open(citySupervisor, lastOf(city))).json()) as OpenedRepair;
    expect(opened.seen).toEqual({ phone: '011-000-1234', phoneTail: '1234' });
    const theirs = seekerArgs('他組織の下');
    await hw.act('seeker.register', theirs);
    const others = await refusedOver(theirs.id, '011-000-4321');
    expect([others.args?.['phone'], others.seen]).toEqual(['011-000-5678', {}]);
    const step = await city.act('visit.call', { id: newId() });
    expect(step.code).not.toBe('applied');
    const called = (await (await open(citySupervisor, lastOf(city))).json()) as OpenedRepair;
    expect(called).not.toHaveProperty('seen');
  });

  test('tells who took the step that it came too late for: her own colleague by name, another not', async () => {
    const opened = async () =>
      (await (await open(citySupervisor, lastOf(city))).json()) as OpenedRepair;
    await refused();
    const { moved } = await opened();
    expect(moved).toEqual({ what: '来所を取り消す', by: '見本 花子', at: area.clock.now });
    const visit = visitArgs(area);
    expect(await city.act('visit.log', visit)).toEqual(ok);
    expect(await hw.act('visit.void', { id: visit.id, voidReason: 'mistake' })).toEqual(ok);
    expect((await city.act('visit.amend', { id: visit.id, heads: 2 })).code).toBe('rejected');
    const others = await opened();
    expect(others.moved).toEqual({ what: '来所を取り消す', at: area.clock.now });
    const done = visitArgs(area);
    expect(await city.act('visit.log', done)).toEqual(ok);
    expect(await city.act('visit.finish', { id: done.id })).toEqual(ok);
    expect(await city.act('visit.amend', { id: done.id, heads: 2 })).toEqual(ok);
    expect((await city.act('visit.call', { id: done.id })).code).toBe('rejected');
    const { moved: finished } = await opened();
    expect(finished?.what).not.toBe('来所を訂正');
    expect(finished?.by).toBe('見本 花子');
  });

  test('of a person of the other organisation not even that there is somebody', async () => {
    const args = seekerArgs('他組織の人');
    await hw.act('seeker.register', args);
    expect(await hw.act('seeker.void', { id: args.id, voidReason: 'mistake' })).toEqual(ok);
    const server = area.server();
    const seenBy = (who: FakeStore) =>
      server.storage.read(async (tx) => {
        const asker = askerIn(await whereabouts(server, tx, who.store));
        return asker.ok ? movedBy(server, tx, asker.value, 'seeker', args.id) : asker;
      });
    expect(await seenBy(hw)).toMatchObject({ what: '求職者の登録を取り消す' });
    expect(await seenBy(citySupervisor)).toBeUndefined();
  });

  test('what only counsellors write stays closed to her; she may still withdraw it', async () => {
    const seeker = seekerArgs('福祉の人');
    const args = { id: seeker.id, welfareNote: '秘密の福祉メモ' };
    // Waits for the person, who never arrives.
    const said = await city.act('seeker.amendWelfare', args);
    expect(['blocked', 'rejected']).toContain(said.code);
    const entry = lastOf(city);
    const opened = await (await open(citySupervisor, entry)).text();
    expect(opened).not.toContain('福祉メモ');
    expect(opened).toContain(entry);
    await withdraw(citySupervisor, entry);
    expect((await list(citySupervisor)).map((one) => one.entry)).not.toContain(entry);
  });

  async function withdraw(who: FakeStore, entry: string): Promise<void> {
    const about = { action: 'discard', kind: 'entry', id: entry, reason: '要りません' };
    await who.write('access.discard', about, { lane: 'access' });
    await who.push('access');
  }

  test('consent withdrawn meanwhile: the author’s supervisor sees what he wrote, nothing of the other’s person', async () => {
    const seeker = { ...seekerArgs('渡した姓'), phone: '011-000-9999' };
    await city.act('seeker.register', seeker);
    const ids = { id: newId(), newConsent: newId(), newLink: newId() };
    const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi', reason: 'jobReferral' };
    await city.act('handoff.offer', {
      ...ids,
      ...to,
      ...consentTerms('2027-03-31'),
      urgency: 'normal',
      fromSeeker: seeker.id,
      items: ['name'],
      familyName: '渡した姓',
    });
    const theirs = seekerArgs('受け手');
    await hw.act('seeker.register', theirs);
    expect(await hw.act('handoff.accept', { id: ids.id, seeker: theirs.id })).toEqual(ok);
    await city.act('consent.withdraw', { id: ids.newConsent });
    const report = { id: ids.id, result: '三社に紹介した' };
    const said = await hw.act('handoff.report', report);
    expect(['applied', 'merged']).not.toContain(said.code);
    const entry = lastOf(hw);
    expect(JSON.stringify(await list(citySupervisor))).not.toContain(entry);
    expect((await list(hwSupervisor)).map((one) => one.entry)).toContain(entry);
    const opened = await (await open(hwSupervisor, entry)).text();
    expect(opened).toContain('三社に紹介した');
    for (const theirOwn of ['渡した姓', '9999', seeker.id]) expect(opened).not.toContain(theirOwn);
    await withdraw(citySupervisor, entry);
    expect((await list(hwSupervisor)).map((one) => one.entry)).toContain(entry);
    await withdraw(hwSupervisor, entry);
    expect((await list(hwSupervisor)).map((one) => one.entry)).not.toContain(entry);
  });
});

describe('adopting one', () => {
  test('sent again by the supervisor, on the day it was, it leaves the list for good', async () => {
    const entry = await refused();
    const { args } = (await (await open(citySupervisor, entry)).json()) as OpenedRepair;
    const visit = { ...visitArgs(area), heads: Number(args?.['heads']) };
    const [businessDate, adopt] = ['2026-11-13', { supersedes: entry }];
    const foreign = await hwSupervisor.act('visit.log', { ...visit, id: newId() }, adopt);
    expect(foreign).toEqual({ code: 'rejected', problem: { code: 'notFound', kind: 'entry' } });
    expect(await citySupervisor.act('visit.log', visit, { ...adopt, businessDate })).toEqual(ok);
    expect((await list(citySupervisor)).map((one) => one.entry)).not.toContain(entry);
    expect((await open(citySupervisor, entry)).status).toBe(404);
    await citySupervisor.pull();
    expect(citySupervisor.rows.get(`visit/${visit.id}/facts`)?.body).toMatchObject({
      heads: 2,
      date: businessDate,
    });
    const twice = await city.act('visit.log', { ...visit, id: newId() }, adopt);
    expect(twice).toEqual({ code: 'rejected', problem: { code: 'superseded' } });
  });
});

describe('who was there first, asked by the author herself', () => {
  test('a colleague is named to whoever sees the record; another organisation hears of nobody', async () => {
    const visit = visitArgs(area);
    expect(await city.act('visit.log', visit)).toEqual(ok);
    expect(await city.act('visit.void', { id: visit.id, voidReason: 'mistake' })).toEqual(ok);
    const asked = { kind: 'visit', id: visit.id };
    const of = async (who: FakeStore, about: object) =>
      (await (await who.post('/api/moved', about)).json()) as { moved?: { by?: string } };
    const met = await of(city, asked);
    expect(met.moved).toMatchObject({ what: '来所を取り消す', by: expect.stringMatching(/.+/) });
    expect((await of(hw, asked)).moved?.by).toBeUndefined();
    expect(await of(city, { kind: 'visit', id: newId() })).toEqual({});
    expect((await city.post('/api/moved', { kind: 'visit' })).status).toBe(400);
  });
});
