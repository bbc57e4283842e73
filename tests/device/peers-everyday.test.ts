/**
 * What staff of other offline products did not know, could not open or waited for (14–25 of the list in
 * docs/reliability.md, and those about slow or broken lines), done to this one: real tablets, the real server.
 */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { factsOf, figures } from '../../src/app/logic/count-view.ts';
import { spanOf } from '../../src/app/logic/spans.ts';
import { referralTodos } from '../../src/app/screens/today/todo.ts';
import { overdueReferrals } from '../../src/app/state/waiting.ts';
import { stateOf } from '../../src/domain/kind.ts';
import { partOf } from '../../src/domain/record.ts';
import { text } from '../../src/domain/value.ts';
import type { Session } from '../../src/device/types.ts';
import { officialCounts } from '../../src/server/counts.ts';
import { pullPageParts, type PullRequest, type PullResponse } from '../../src/sync/protocol.ts';
import { consentTerms, visitArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { issued } from '../support/world.ts';

// Every member enrolled costs Argon2id.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const staff = 'shiroishi-city1';
const count = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const sync = async (...places: readonly Place[]) => {
  for (const one of places) await one.tab.tablet.syncNow();
};
const stateAt = ({ tablet }: Place['tab']) => tablet.sync.peek();

async function desk(member = staff): Promise<readonly [Place, Session]> {
  const place = await town.tablet(member.split('-')[0]);
  return [place, await place.enrol(member)];
}

async function log(on: Session): Promise<string> {
  const id = on.newId();
  must(await on.write('visit.log', { id, arrivedAt: town.area.clock.now, ...count }));
  return id;
}

async function register(on: Session, familyName: string): Promise<string> {
  const id = on.newId();
  must(await on.write('seeker.register', { id, familyName, familyKana: 'カクウ' }));
  return id;
}

async function headers(): Promise<readonly { verb: string; actor: string; store: string }[]> {
  const rows = await town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('entry').select('header').where('lane', '=', 'write').execute(),
    );
  return rows.map(
    ({ header }) => JSON.parse(header) as { verb: string; actor: string; store: string },
  );
}

test('peers 14: when the month turns, offline, a count is of its month, as of a time, and says what is not in yet', async () => {
  town.area.clock.now = Date.parse('2026-11-30T23:50:00+09:00');
  const [place, session] = await desk();
  await log(session);
  await sync(place);
  const asOf = session.asOf.value;
  place.line.isCut = true;
  town.area.clock.now += 20 * 60_000;
  await log(session);
  await log(session);
  const today = place.tab.tablet.today();
  const [day, month] = [spanOf('day', today, today), spanOf('month', today, today)];
  const facts = factsOf(session.all('visit').value);
  const visitsIn = (period = month?.period ?? { from: '', to: '' }) =>
    figures(facts, session.actor.site, period).find(({ metric }) => metric.name === 'visits')?.count
      .value;
  expect(month?.period).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  expect([
    visitsIn(day?.period),
    visitsIn(),
    visitsIn({ from: '2026-11-01', to: '2026-11-30' }),
  ]).toEqual([2, 2, 1]);
  expect(asOf).toBeLessThan(town.area.clock.now);
  expect(session.asOf.value).toBe(asOf);
  // The official count of the same month does not pretend: nought so far, not final, and who has not been heard of since.
  const period = month?.period ?? { from: '', to: '' };
  const official = await officialCounts(town.area.server(), session.actor.site, period);
  expect(official).toMatchObject({ provisional: true, asOf: town.area.clock.now });
  expect(official.rows.find(({ metric }) => metric === 'visits')?.value).toBe(0);
  const [tablet] = official.completeness.tablets;
  expect(tablet).toMatchObject({ name: '窓口1' });
  expect(tablet?.heardAt).toBeLessThan(Date.parse('2026-12-01T00:00:00+09:00'));
});

test('peers 15: search covers what has not been sent yet, and only this tablet; the server is another question', async () => {
  const [place, session] = await desk();
  const [far, other] = await desk('toyohira-city1');
  place.line.isCut = true;
  const unsent = await register(session, '未送信子');
  const elsewhere = await register(other, '豊平子');
  await sync(far);
  const found = (typed: string) => session.search(typed).map(({ record }) => record.id);
  expect([found('未送信'), found('豊平')]).toEqual([[unsent], []]);
  expect(await session.searchServer('豊平')).toEqual({ ok: false, problem: { code: 'offline' } });
  place.line.isCut = false;
  await sync(place);
  expect(found('豊平')).toEqual([]);
  const wider = must(await session.searchServer('豊平'));
  expect(wider.found.map(({ record }) => record.id)).toEqual([elsewhere]);
});

test('peers 16: no failure of the network ends a session or asks for the password', async () => {
  const [place] = await desk();
  const page = (status: number) =>
    new Response('<html>', { status, headers: { 'content-type': 'text/html' } });
  const faults: readonly (() => Response)[] = [
    () => {
      throw new TypeError('no line');
    },
    () => page(200),
    () => page(401),
    () => page(403),
    () => page(502),
    () => Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 }),
  ];
  let fault: (() => Response) | undefined;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => fault?.() ?? ports.fetch(path, init),
  }));
  const here = await place.unlock(staff, tab);
  for (const one of faults) {
    fault = one;
    await log(here);
    await tab.tablet.syncNow();
    expect(tab.tablet.session.peek()).toBe(here);
  }
  expect(stateAt(tab).pending).toBe(faults.length);
  tab.tablet.lock();
  const again = await place.unlock(staff, tab);
  expect(again.all('visit').value).toHaveLength(faults.length);
  fault = undefined;
  await tab.tablet.syncNow();
  // The server forgets its sessions when it is restarted: a new one is opened without anybody noticing.
  await town.area.restart();
  await log(again);
  await tab.tablet.syncNow();
  expect(tab.tablet.session.peek()).toBe(again);
  expect(stateAt(tab)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
});

test('peers 17: what was taken away meanwhile is decided by the server, whole, and the tablet says so', async () => {
  const [place, city] = await desk();
  const [far, hw] = await desk('shiroishi-hw1');
  const person = {
    familyName: '架空',
    givenName: '花子',
    familyKana: 'カクウ',
    givenKana: 'ハナコ',
  };
  const [id, seeker] = [city.newId(), city.newId()];
  must(await city.write('seeker.register', { id: seeker, ...person }));
  const records = { newConsent: city.newId(), newLink: city.newId(), fromSeeker: seeker };
  const to = { toOrg: hw.actor.org, toSite: 'shiroishi', reason: 'jobReferral', urgency: 'normal' };
  const terms = consentTerms('2027-03-31');
  must(
    await city.write('handoff.offer', {
      id,
      ...records,
      ...to,
      items: ['name'],
      ...person,
      ...terms,
    }),
  );
  await sync(place, far);
  far.line.isCut = true;
  const newSeeker = hw.newId();
  must(await hw.write('handoff.acceptNew', { id, newSeeker, ...person }));
  expect(stateOf(hw.get('handoff', id))).toBe('accepted');
  must(await city.write('handoff.cancel', { id, cancelNote: '本人が帰られた' }));
  await sync(place);
  far.line.isCut = false;
  await sync(far);
  await sync(far);
  expect(stateOf(hw.get('handoff', id))).toBe('cancelled');
  expect(hw.get('seeker', newSeeker)).toBeUndefined();
  expect(hw.all('link').value).toEqual([]);
  expect(hw.outbox.value).toMatchObject([{ verb: 'handoff.acceptNew', args: { id, newSeeker } }]);
  expect(hw.outbox.value[0]?.problem?.code).toMatch(/baseChanged|illegalState/);
  expect(stateAt(far.tab)).toMatchObject({ pending: 0, needsCare: 1 });
});

test('peers 19: a value that only a newer server knows is shown as it is, and comes through an amendment unharmed', async () => {
  const [place, session] = await desk();
  const id = await log(session);
  await sync(place);
  const { storage, tenant } = town.area.server();
  await storage.write(tenant, async (tx) => {
    const row = await tx
      .selectFrom('record_part')
      .select('facts')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const facts = {
      ...(JSON.parse(row.facts ?? '{}') as object),
      visitKind: 'fromTheFuture',
      spare: [1],
    };
    await tx
      .updateTable('record_part')
      .set({ facts: JSON.stringify(facts) })
      .where('id', '=', id)
      .execute();
  });
  const [far, other] = await desk('shiroishi-city2');
  expect(other.get('visit', id)?.parts['facts']).toMatchObject({
    visitKind: 'fromTheFuture',
    spare: [1],
  });
  must(await other.write('visit.amend', { id, heads: 4 }));
  await sync(far);
  expect(stateAt(far.tab)).toMatchObject({ pending: 0, needsCare: 0 });
  expect(other.get('visit', id)?.parts['facts']).toMatchObject({
    visitKind: 'fromTheFuture',
    spare: [1],
    heads: 4,
  });
});

test('peers 20: what she wrote, half-wrote and opened stays hers, whoever signs in next and whoever’s session sends it', async () => {
  const [place, city] = await desk();
  place.line.isCut = true;
  const id = await register(city, '前の人');
  await city.writeDraft('seeker.register', { familyName: '書きかけ' });
  place.tab.tablet.lock();
  place.line.isCut = false;
  const hw = await place.enrol('shiroishi-hw1');
  expect(await hw.readDraft('seeker.register')).toBeUndefined();
  expect([hw.get('seeker', id), hw.outbox.value]).toEqual([undefined, []]);
  await log(hw);
  await sync(place);
  const sent = await headers();
  const authors = new Map(sent.map(({ verb, actor, store }) => [verb, { actor, store }]));
  expect(authors.get('seeker.register@1')?.actor).toBe(staff);
  expect(authors.get('visit.log@1')?.actor).toBe('shiroishi-hw1');
  expect(new Set([...authors.values()].map(({ store }) => store)).size).toBeGreaterThan(1);
  place.tab.tablet.lock();
  const again = await place.unlock(staff);
  expect(await again.readDraft('seeker.register')).toEqual({ familyName: '書きかけ' });
});

test('peers 21: the shift changes offline, by PIN; nobody is signed out for good and everything goes later', async () => {
  const place = await town.tablet();
  const members = [staff, 'shiroishi-hw1'];
  for (const member of members) {
    await place.enrol(member);
    place.tab.tablet.lock();
  }
  place.line.isCut = true;
  for (let shift = 0; shift < 4; shift++) {
    const member = members[shift % 2] ?? '';
    const session = await place.unlock(member);
    expect(session.actor.user).toBe(member);
    await log(session);
    place.tab.tablet.lock();
    expect(
      await session.write('visit.log', { id: session.newId(), arrivedAt: 1, ...count }),
    ).toEqual({
      ok: false,
      problem: { code: 'locked' },
    });
  }
  expect(await place.tab.tablet.unlock(staff, '000000')).toMatchObject({ ok: false });
  expect(stateAt(place.tab).pending).toBe(4);
  place.line.isCut = false;
  await sync(place);
  expect(stateAt(place.tab)).toMatchObject({ pending: 0, needsCare: 0 });
  const logged = (await headers()).filter(({ verb }) => verb === 'visit.log@1');
  expect(logged.map(({ actor }) => actor).toSorted()).toEqual([...members, ...members].toSorted());
});

test('peers 25: a referral without a result comes up by itself after three days, by name, until it has one', async () => {
  const [place, hw] = await desk('shiroishi-hw1');
  const seeker = await register(hw, '採否');
  const id = hw.newId();
  must(await hw.write('referral.record', { id, ...issued, seeker }));
  await sync(place);
  expect(overdueReferrals(hw, place.tab.tablet.today())).toEqual([]);
  town.area.clock.now += 4 * 86_400_000;
  // Four days later, on whichever tablet she sits.
  const [later, again] = await desk('shiroishi-hw1');
  const today = later.tab.tablet.today();
  expect(overdueReferrals(again, today).map((record) => record.id)).toEqual([id]);
  const nameOf = (person?: string) =>
    text(partOf(again.get('seeker', person ?? ''), 'card')['familyName']) ?? '';
  const about = { actor: again.actor, today, now: 0, nameOf, siteName: () => '' };
  expect(referralTodos(again.all('referral').value, about)).toMatchObject([
    { who: '採否 様', why: '架空ビル管理・5日目', screen: 'referrals' },
  ]);
  later.line.isCut = true;
  must(
    await again.write('referral.reject', {
      id,
      rejectionReasons: ['ageLimit'],
      resultSource: 'employer',
    }),
  );
  expect(overdueReferrals(again, today)).toEqual([]);
});

test('peers, first sync: a line that drops again and again costs at most the page it was on', async () => {
  const filler = await town.area.staff('shiroishi-city2');
  const rows = 4 * pullPageParts;
  for (let at = 0; at < rows; at += 100) {
    for (let one = 0; one < 100; one++) await filler.write('visit.log', visitArgs(town.area));
    await filler.push();
  }
  const place = await town.tablet();
  const asked: (string | null)[] = [];
  let drops = 0;
  const tab = await place.open((ports) => ({
    ...ports,
    fetch: async (path, init) => {
      if (path !== '/api/pull' || typeof init.body !== 'string') return ports.fetch(path, init);
      asked.push((JSON.parse(init.body) as PullRequest).cursor);
      const answer = await ports.fetch(path, init);
      const page = (await answer.clone().json()) as PullResponse;
      // Every other page is lost on its way.
      if (asked.length % 2 === 0 && page.parts.length > 0 && ++drops > 0)
        throw new TypeError('drop');
      return answer;
    },
  }));
  const session = await place.enrol(staff, tab);
  for (let times = 0; times < 6; times++) await tab.tablet.syncNow();
  expect(session.all('visit').value).toHaveLength(rows);
  expect(drops).toBeGreaterThan(1);
  // Nothing begins from the beginning once a page is here, and no page but the lost ones is asked for twice.
  expect(asked.filter((cursor) => cursor === null)).toHaveLength(1);
  const times = Map.groupBy(asked.slice(0, 2 * drops), (cursor) => cursor);
  expect(Math.max(...[...times.values()].map((all) => all.length))).toBe(2);
});
