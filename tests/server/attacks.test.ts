/** What a hostile or unlucky colleague, tablet or disk could do: one test per hole that was found open and closed. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { demoPassword } from '../../src/server/demo.ts';
import { createLimits } from '../../src/server/limits.ts';
import { createSealer } from '../../src/server/person-keys.ts';
import type { Tx } from '../../src/server/storage.ts';
import { createWorkspace } from '../../src/server/workspace.ts';
import { makeKeyPair, newId, post, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
let hwSupervisor: FakeStore;
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
  hwSupervisor = await area.staff('shiroishi-hwsv');
});
afterAll(() => area.close());

const ok = { code: 'applied' };
const day = 86_400_000;
const read = <T>(work: (tx: Tx) => Promise<T>) => area.server().storage.read(work);
const toHw = {
  toOrg: 'hw-sapporo-higashi',
  toSite: 'shiroishi',
  reason: 'jobReferral',
  urgency: 'normal',
};
const newOffer = () => ({ id: newId(), newConsent: newId(), newLink: newId() });

async function person(name: string, of: FakeStore = city) {
  const args = seekerArgs(name);
  expect(await of.act('seeker.register', args)).toEqual(ok);
  return args;
}

async function offered(seeker: string, until = '2027-03-31', more = {}) {
  const ids = newOffer();
  const args = { ...ids, ...toHw, fromSeeker: seeker, items: ['name', 'consultations'] };
  const rest = { familyName: '伝わる姓', ...consentTerms(until), ...more };
  expect(await city.act('handoff.offer', { ...args, ...rest })).toEqual(ok);
  return ids;
}

async function linked(seeker: string, until?: string) {
  const ids = await offered(seeker, until);
  const theirs = await person('受け手', hw);
  expect(await hw.act('handoff.accept', { id: ids.id, seeker: theirs.id })).toEqual(ok);
  return { ...ids, theirs: theirs.id };
}

describe('leaks', () => {
  test('a post of the same name in another organisation opens no file', async () => {
    const args = { ...seekerArgs('同名席'), post: 'shiroishi-hw-1' };
    expect(await city.act('seeker.register', args)).toEqual(ok);
    await city.act('seeker.amendWelfare', { id: args.id, welfareNote: '秘密' });
    await hw.pull();
    expect(hw.has('seeker', args.id)).toEqual([]);
  });

  test('an unnamed handoff carries no pseudonym that the arrival at the counter carries too', async () => {
    const seeker = await person('匿名');
    const visit = visitArgs(area);
    await city.act('visit.log', { ...visit, seeker: seeker.id });
    const id = newId();
    const args = { id, ...toHw, slip: '482914', fromSeeker: seeker.id };
    expect(await city.act('handoff.offerUnnamed', args)).toEqual(ok);
    await hw.pull();
    expect(hw.rows.get(`visit/${visit.id}/facts`)?.body['personKey']).toMatch(/^[\w-]{22}$/);
    expect(hw.rows.get(`handoff/${id}/facts`)?.body).not.toHaveProperty('personKey');
  });

  test.each(['consent.withdraw', 'consent.expire'])(
    'a reported handoff leaves the receiver with %s',
    async (how) => {
      const own = await openTestArea();
      const [from, to] = [await own.staff('shiroishi-city1'), await own.staff('shiroishi-hw1')];
      const [seeker, theirs] = [seekerArgs('報告'), seekerArgs('受け手')];
      await from.act('seeker.register', seeker);
      await to.act('seeker.register', theirs);
      const ids = newOffer();
      const args = { ...ids, ...toHw, fromSeeker: seeker.id, items: ['name'], familyName: '姓' };
      await from.act('handoff.offer', { ...args, ...consentTerms(own.today()) });
      await to.act('handoff.accept', { id: ids.id, seeker: theirs.id });
      expect(await to.act('handoff.report', { id: ids.id, result: '紹介した' })).toEqual(ok);
      await to.pull();
      expect(to.has('handoff', ids.id)).toContain('offer');
      if (how === 'consent.withdraw') await from.act(how, { id: ids.newConsent });
      else own.clock.now += day;
      await to.signIn();
      await to.pull();
      expect(to.has('handoff', ids.id)).not.toContain('offer');
      await own.close();
    },
  );

  test('one link tells nothing of another: neither whose it is nor what was agreed', async () => {
    const seeker = await person('二つの縁');
    const first = await linked(seeker.id);
    const second = newOffer();
    const kita = { ...toHw, toOrg: 'hw-sapporo-kita' };
    const terms = { items: ['welfare'], welfareText: '申請中', ...consentTerms('2027-03-31') };
    await city.act('handoff.offer', { ...second, ...kita, fromSeeker: seeker.id, ...terms });
    await hw.pull();
    expect(hw.has('consent', first.newConsent)).toEqual(['facts', 'terms']);
    expect(hw.has('link', first.newLink)).toEqual(['facts', 'ties']);
    expect(hw.has('consent', second.newConsent)).toEqual(['facts']);
  });

  test('a voided consultation no longer crosses the link', async () => {
    const seeker = await person('書き間違い');
    await linked(seeker.id);
    const visit = visitArgs(area);
    await city.act('visit.log', visit);
    const args = consultationArgs(visit.id, seeker.id);
    await city.act('consultation.record', args);
    await hw.pull();
    expect(hw.has('consultation', args.id)).toEqual(['facts', 'shared']);
    await city.act('consultation.void', { id: args.id, voidReason: 'mistake' });
    await Promise.all([hw.pull(), city.pull()]);
    expect(hw.has('consultation', args.id)).toEqual(['facts']);
    expect(city.has('consultation', args.id)).toEqual(['facts', 'private', 'shared']);
  });

  test('an acceptance dated back opens nothing from before the consent', async () => {
    const seeker = await person('昔の相談');
    const visit = visitArgs(area);
    const before = { businessDate: '2026-11-13' };
    await city.act('visit.log', visit, before);
    const old = consultationArgs(visit.id, seeker.id);
    expect(await city.act('consultation.record', old, before)).toEqual(ok);
    const ids = await offered(seeker.id);
    const theirs = await person('受け手', hw);
    const accept = { id: ids.id, seeker: theirs.id };
    const long = { businessDate: '2020-01-01' };
    expect(await hw.act('handoff.accept', accept, long)).toEqual(ok);
    await hw.pull();
    expect(hw.has('consultation', old.id)).toEqual(['facts']);
  });

  test('readers are not told to a supervisor of another organisation', async () => {
    const seeker = await person('閲覧');
    await hwSupervisor.signIn();
    const asked = await area.ask(`/api/readers?kind=seeker&id=${seeker.id}`, {
      headers: { authorization: `Bearer ${hwSupervisor.token}` },
    });
    expect(asked.status).toBe(404);
  });

  test('what only another organisation knows is refused like what nobody knows', async () => {
    const far = await area.staff('toyohira-hw1');
    const seeker = await person('よその人');
    const { id } = await offered(seeker.id);
    const visit = visitArgs(area);
    await city.act('visit.log', visit);
    for (const [verb, record, args] of [
      ['handoff.receive', id, {}],
      ['handoff.report', id, { result: 'x' }],
      ['visit.call', visit.id, {}],
      ['visit.wait', visit.id, {}],
      ['visit.void', visit.id, { voidReason: 'mistake' }],
    ] as const) {
      const nothing = newId();
      const { by, ...known } = { by: '', ...(await far.act(verb, { ...args, id: record })) };
      const { by: other, ...unknown } = {
        by: '',
        ...(await far.act(verb, { ...args, id: nothing })),
      };
      expect([verb, by.replace(record, nothing), known]).toEqual([verb, other, unknown]);
    }
  });

  test('an access event stands in clear with a known kind and no telephone number', async () => {
    const args = { kind: '011-000-9999', id: '011-000-9998', action: '011-000-9997' };
    await city.act('access.view', args, { lane: 'access' });
    const rows = await read((tx) => tx.selectFrom('access_event').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain('011-000-999');
  });
});

describe('meddling with what is another’s', () => {
  test('a consent that names another’s link and handoff ends neither', async () => {
    const seeker = await person('結ばれた');
    const theirs = await linked(seeker.id);
    const mine = await person('道具', hw);
    const terms = { toOrg: 'sapporo-city', toSite: 'shiroishi', items: ['name'] };
    const forged = { id: newId(), handoff: theirs.id, link: theirs.newLink, seeker: mine.id };
    await hw.act('consent.record', { ...forged, ...terms, ...consentTerms('2027-03-31') });
    await hw.act('consent.withdraw', { id: forged.id });
    await city.pull();
    expect(city.rows.get(`link/${theirs.newLink}/facts`)?.body['state']).toBe('live');
    expect(city.rows.get(`handoff/${theirs.id}/facts`)?.body['state']).toBe('accepted');
  });

  test('a handoff cannot take over or end a link that exists, or will', async () => {
    const [first, second] = [await person('本人'), await person('割り込み')];
    const early = await offered(first.id);
    const late = { ...newOffer(), newLink: early.newLink };
    const args = { ...late, ...toHw, fromSeeker: second.id, items: ['name'], familyName: '姓' };
    await city.act('handoff.offer', { ...args, ...consentTerms('2027-03-31') });
    const theirs = await person('受け手', hw);
    expect(await hw.act('handoff.accept', { id: early.id, seeker: theirs.id })).toEqual(ok);
    const taken = await hw.act('handoff.accept', { id: late.id, seeker: theirs.id });
    expect(taken).toMatchObject({ code: 'rejected', problem: { code: 'alreadyExists' } });
    await city.act('handoff.cancel', { id: late.id, cancelNote: '取りやめ' });
    await city.pull();
    const facts = city.rows.get(`link/${early.newLink}/facts`)?.body;
    expect(facts).toMatchObject({ state: 'live', consent: early.newConsent });
    expect(city.rows.get(`link/${early.newLink}/ties`)?.body['fromSeeker']).toBe(first.id);
    const again = { ...newOffer(), newLink: early.newLink };
    expect(
      await city.act('handoff.offer', { ...args, ...again, ...consentTerms('2027-03-31') }),
    ).toMatchObject({ problem: { code: 'alreadyExists' } });
  });

  test('no tablet takes the server’s own stream or a colleague’s name', async () => {
    const device = await area.device();
    const keys = await makeKeyPair();
    const request = await device.enrolRequest('shiroishi-city2', demoPassword, keys, 'server');
    expect((await post(area.ask, '/api/stores', request)).status).toBe(409);
    const named = { device: 'shiroishi-city1', store: newId(), name: 'x' };
    const admitted = { ...named, code: '10000001', publicKey: keys.publicKey };
    expect((await post(area.ask, '/api/devices', admitted)).status).toBe(409);
  });

  test('a stolen counter key cannot void an arrival by an impossible clock', async () => {
    const { counter } = await area.device();
    const visit = { ...visitArgs(area), arrivedAt: area.clock.now - 3_600_000 };
    await city.act('visit.log', visit);
    const now = area.clock.now;
    area.clock.now = 0;
    const written = counter?.write('visit.void', { id: visit.id, voidReason: 'mistake' });
    await written;
    area.clock.now = now;
    expect((await counter?.push())?.at(-1)?.verdict).toMatchObject({ code: 'rejected' });
  });
});

describe('time', () => {
  test('one handoff wanted at the end of time does not stop the clock for everyone', async () => {
    const own = await openTestArea();
    const store = await own.staff('shiroishi-city1');
    const far = { id: newId(), ...toHw, slip: '111111', dueOn: '9999-12-31' };
    expect(await store.act('handoff.offerUnnamed', far)).toEqual(ok);
    const seeker = seekerArgs('期限');
    await store.act('seeker.register', seeker);
    const ids = newOffer();
    const args = { ...ids, ...toHw, fromSeeker: seeker.id, items: ['name'], familyName: '姓' };
    await store.act('handoff.offer', { ...args, ...consentTerms(own.today()) });
    own.clock.now += day;
    await store.signIn();
    await store.pull();
    expect(store.rows.get(`consent/${ids.newConsent}/facts`)?.body['state']).toBe('expired');
    await own.close();
  });

  test('a consent that is over when it arrives shows nothing', async () => {
    await hw.pull();
    const seeker = await person('遅着');
    const ids = newOffer();
    await city.write('handoff.offer', {
      ...ids,
      ...toHw,
      fromSeeker: seeker.id,
      items: ['name'],
      familyName: '遅着',
      ...consentTerms('2026-11-10'),
    });
    const rewritten = city.written.write.pop();
    if (!rewritten) throw new Error('not written');
    const header = { ...rewritten.entry.header, businessDate: '2026-11-09' };
    city.written.write.push(await city.seal(header, rewritten.entry.body));
    expect((await city.push()).at(-1)?.verdict).toEqual(ok);
    await hw.pull();
    expect(hw.has('handoff', ids.id)).toEqual(['facts']);
    expect(hw.rows.get(`handoff/${ids.id}/facts`)?.body['state']).toBe('cancelled');
  });

  test('a consent cannot be taken for days gone by', async () => {
    const seeker = await person('昨日まで');
    const args = { ...newOffer(), ...toHw, fromSeeker: seeker.id, items: ['name'] };
    const yesterday = consentTerms('2026-11-15');
    expect(
      await city.act('handoff.offer', { ...args, familyName: '姓', ...yesterday }),
    ).toMatchObject({
      code: 'rejected',
      problem: { code: 'invalidFields', fields: [{ field: 'expiresOn' }] },
    });
  });

  test('periods at the ends of the calendar are malformed, no trouble', async () => {
    const supervisor = await area.staff('shiroishi-citysv');
    await supervisor.signIn();
    for (const date of ['0001-01-01', '9999-12-31', '9998-06-01'])
      for (const path of ['/api/counts', '/api/counts.csv']) {
        const asked = await area.ask(`${path}?from=${date}&to=${date}`, {
          headers: { authorization: `Bearer ${supervisor.token}` },
        });
        expect([date, asked.status]).toEqual([date, 400]);
      }
  });
});

describe('keeping', () => {
  test('a disk that fails for a moment quarantines nobody: the tablet is asked to come again', async () => {
    const { storage } = area.server();
    const full = Object.assign(new Error('disk is full'), {
      code: 'ERR_SQLITE_ERROR',
      errcode: 13,
    });
    const visit = visitArgs(area);
    await city.write('visit.log', visit);
    const request = city.request(city.acked.write, city.written.write.length);
    const write = vi.spyOn(storage, 'write').mockRejectedValueOnce(full);
    expect((await city.post('/api/push', request)).status).toBe(503);
    write.mockRestore();
    expect((await city.push()).map((one) => one.verdict)).toEqual([ok]);
  });

  test('an entry that writes what it has not read leaves no half of itself behind', async () => {
    const server = area.server();
    await read(async (tx) => {
      const workspace = createWorkspace(tx, server.tenant, createSealer(tx, server));
      const change = (id: string) => ({ kind: 'visit', id, part: 'facts', set: { heads: 2 } });
      await workspace.need([{ kind: 'visit', id: 'read' }]);
      expect(() => workspace.put([change('read'), change('unread')])).toThrow('not held');
      expect(workspace.get('visit', 'read')).toBeUndefined();
    });
  });

  test('a note moved to another person rests under that person’s key', async () => {
    const [wrong, right] = [await person('違う人'), await person('正しい人')];
    const visit = visitArgs(area);
    await city.act('visit.log', visit);
    const args = consultationArgs(visit.id, wrong.id);
    await city.act('consultation.record', args);
    await city.act('consultation.moveToSeeker', { id: args.id, toSeeker: right.id });
    const rows = await read((tx) =>
      tx.selectFrom('record_part').select(['part', 'person']).where('id', '=', args.id).execute(),
    );
    expect(Object.fromEntries(rows.map((row) => [row.part, row.person]))).toEqual({
      facts: right.id,
      private: right.id,
      shared: right.id,
    });
    await city.pull();
    expect(city.rows.get(`consultation/${args.id}/private`)?.body).toEqual({ notes: '内部メモ' });
  });
});

describe('limits', () => {
  test('waits grow with every further failure', async () => {
    vi.useFakeTimers();
    const { signIn } = createLimits();
    for (let i = 0; i < 4; i++) expect(await signIn.attempt('a')).toBe(0);
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      expect(await signIn.attempt('a')).toBe(0);
      const wait = await signIn.attempt('a');
      waits.push(wait);
      vi.advanceTimersByTime(wait * 1000);
    }
    expect(waits).toEqual([30, 60, 120]);
    await signIn.attempt('a');
    await signIn.passed('a');
    expect(await signIn.attempt('a')).toBe(0);
    vi.useRealTimers();
  });

  test('guesses sent all at once are counted one by one', async () => {
    const device = await area.device();
    const keys = await makeKeyPair();
    const guesses = Array.from({ length: 12 }, async () =>
      post(
        area.ask,
        '/api/stores',
        await device.enrolRequest('shiroishi-hw2', 'a wrong password', keys),
      ),
    );
    const statuses = (await Promise.all(guesses)).map((one) => one.status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  test('a code typed right makes good the slips before it', async () => {
    const own = await openTestArea();
    const slip = () =>
      post(own.ask, '/api/devices', {
        code: '00000000',
        device: newId(),
        store: newId(),
        name: 'x',
        publicKey: city.keys.publicKey,
      });
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 3; i++) expect((await slip()).status).toBe(401);
      await own.device();
    }
    await own.close();
  });
});
