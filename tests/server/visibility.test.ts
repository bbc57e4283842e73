/** What you may not see never reaches your device: the matrix of one person's parts over desks, consent and withdrawal. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestBuckets } from '../../src/sync/digest.ts';
import type { PullResponse } from '../../src/sync/protocol.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let cityColleague: FakeStore;
let hw: FakeStore;
let otherSite: FakeStore;
let otherSiteHw: FakeStore;
const everyone = () => [city, cityColleague, hw, otherSite, otherSiteHw];
const ok = { code: 'applied' };

beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  cityColleague = await area.staff('shiroishi-city2');
  hw = await area.staff('shiroishi-hw1');
  otherSite = await area.staff('toyohira-city1');
  otherSiteHw = await area.staff('toyohira-hw1');
});
afterAll(() => area.close());

const pullAll = async () => {
  for (const store of everyone()) await store.pull();
};

const seeker = seekerArgs('植込');
const visit = { id: newId() };

describe('a person of the city', () => {
  test('reaches the city’s staff of her counter whole, and nobody else', async () => {
    const arrival = { ...visitArgs(area), id: visit.id };
    expect(await city.act('seeker.register', seeker)).toEqual(ok);
    expect(
      await city.act('seeker.amendWelfare', { id: seeker.id, welfareNote: '福祉の植込メモ' }),
    ).toEqual(ok);
    expect(await city.act('visit.log', { ...arrival, seeker: seeker.id })).toEqual(ok);
    await pullAll();
    for (const store of [city, cityColleague])
      expect(store.has('seeker', seeker.id)).toEqual(['card', 'facts', 'file', 'welfare']);
    for (const store of [hw, otherSite, otherSiteHw])
      expect(store.has('seeker', seeker.id)).toEqual([]);
    expect(cityColleague.has('visit', visit.id)).toEqual(['city', 'facts']);
    expect(hw.has('visit', visit.id)).toEqual(['facts']);
    expect(otherSite.has('visit', visit.id)).toEqual([]);
  });

  test('a consultation’s note and summary stay with the organisation; its facts with the counter', async () => {
    const args = consultationArgs(visit.id, seeker.id);
    expect(await city.act('consultation.record', args)).toEqual(ok);
    await pullAll();
    expect(cityColleague.has('consultation', args.id)).toEqual(['facts', 'private', 'shared']);
    expect(hw.has('consultation', args.id)).toEqual(['facts']);
    expect(otherSite.has('consultation', args.id)).toEqual([]);
  });

  test('moved to another person, a consultation changes hands in one pull', async () => {
    const other = seekerArgs('別人');
    await hw.act('seeker.register', other);
    const mine = seekerArgs('正しい');
    await city.act('seeker.register', mine);
    const args = consultationArgs(visit.id, seeker.id);
    await city.act('consultation.record', args);
    expect(
      await city.act('consultation.moveToSeeker', { id: args.id, toSeeker: other.id }),
    ).toMatchObject({ code: 'blocked', problem: { code: 'waitsFor', kind: 'seeker' } });
    expect(await city.act('consultation.moveToSeeker', { id: args.id, toSeeker: mine.id })).toEqual(
      ok,
    );
    await pullAll();
    expect(cityColleague.rows.get(`consultation/${args.id}/shared`)?.body).toMatchObject({
      seeker: mine.id,
    });
  });
});

describe('a handoff with a name', () => {
  const offer = { id: newId(), newConsent: newId(), newLink: newId() };
  const theirs = seekerArgs('受入');
  const shared = { agreed: '', unagreed: '' };

  test('sent: the addressed desk alone sees the offer, and no part of the file', async () => {
    const sent = await city.act('handoff.offer', {
      ...offer,
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      fromSeeker: seeker.id,
      senderNote: '送る側だけの植込',
      items: ['name', 'consultations'],
      familyName: seeker.familyName,
      givenName: seeker.givenName,
      message: 'よろしくお願いします',
      ...consentTerms('2027-03-31'),
    });
    expect(sent).toEqual(ok);
    await pullAll();
    expect(hw.has('handoff', offer.id)).toEqual(['facts', 'offer']);
    expect(hw.rows.get(`handoff/${offer.id}/offer`)?.body).toMatchObject({ familyName: '植込' });
    expect(hw.has('seeker', seeker.id)).toEqual([]);
    expect(hw.has('consent', offer.newConsent)).toEqual(['facts']);
    expect(cityColleague.has('handoff', offer.id)).toEqual(['facts', 'offer', 'sender']);
    expect(otherSiteHw.has('handoff', offer.id)).toEqual([]);
  });

  test('accepted: what was agreed crosses, nothing else', async () => {
    const consultation = consultationArgs(visit.id, seeker.id);
    shared.agreed = consultation.id;
    await city.act('consultation.record', consultation);
    expect(await hw.act('handoff.receive', { id: offer.id })).toEqual(ok);
    const { id, ...rest } = theirs;
    const accepted = await hw.act('handoff.acceptNew', { id: offer.id, newSeeker: id, ...rest });
    expect(accepted).toEqual(ok);
    await pullAll();
    expect(hw.has('consultation', consultation.id)).toEqual(['facts', 'shared']);
    expect(hw.has('seeker', id)).toEqual(['card', 'facts', 'file']);
    expect(hw.has('seeker', seeker.id)).toEqual([]);
    expect(hw.has('link', offer.newLink)).toEqual(['facts', 'ties']);
    expect(city.has('link', offer.newLink)).toEqual(['facts', 'ties']);
    expect(city.has('seeker', id)).toEqual([]);
  });

  test('what Hello Work writes does not flow back without its own item', async () => {
    const theirVisit = visitArgs(area);
    await hw.act('visit.log', { ...theirVisit, seeker: theirs.id });
    const args = consultationArgs(theirVisit.id, theirs.id);
    shared.unagreed = args.id;
    expect(await hw.act('consultation.record', args)).toEqual(ok);
    const referral = { id: newId() };
    expect(
      await hw.act('referral.record', {
        ...referral,
        seeker: theirs.id,
        issuer: 'hw',
        hwJobNo: '01040-12345678',
        employmentType: '1',
        jobMode: 'general',
        referralType: 'general',
        method: 'counter',
        employerName: '見本商店',
      }),
    ).toEqual(ok);
    await pullAll();
    expect(city.has('consultation', args.id)).toEqual(['facts']);
    expect(city.has('referral', referral.id)).toEqual(['facts']);
    expect(hw.has('referral', referral.id)).toEqual(['detail', 'facts', 'shared']);
  });

  test('linked people count as one person: one key on both sides', async () => {
    const key = (id: string, kind: string) =>
      city.rows.get(`${kind}/${id}/facts`)?.body['personKey'];
    expect(key(shared.agreed, 'consultation')).toMatch(/^[\w-]{22}$/);
    expect(key(shared.unagreed, 'consultation')).toBe(key(shared.agreed, 'consultation'));
  });

  test('withdrawn: what came through the link is evicted; each keeps its own', async () => {
    const pages = hw.pull();
    await pages;
    expect(await city.act('consent.withdraw', { id: offer.newConsent })).toEqual(ok);
    const after = await hw.pull();
    const evicted = after.flatMap((page) => page.evicted.map((one) => `${one.kind}/${one.part}`));
    expect(evicted).toContain('consultation/shared');
    expect(hw.has('consultation', shared.agreed)).toEqual(['facts']);
    expect(hw.has('seeker', theirs.id)).toEqual(['card', 'facts', 'file']);
    expect(hw.rows.get(`link/${offer.newLink}/facts`)?.body).toMatchObject({ state: 'ended' });
    const late = consultationArgs(visit.id, seeker.id);
    await city.act('consultation.record', late);
    await hw.pull();
    expect(hw.has('consultation', late.id)).toEqual(['facts']);
  });

  test('a device that begins anew gets what the others hold, no more', async () => {
    await pullAll();
    const fresh = await area.staff('shiroishi-hw2');
    await fresh.pull();
    expect([...fresh.rows.keys()].sort()).toEqual([...hw.rows.keys()].sort());
    const freshCity = await area.staff('shiroishi-city2');
    await freshCity.pull();
    expect([...freshCity.rows.keys()].sort()).toEqual([...cityColleague.rows.keys()].sort());
  });
});

describe('a handoff without a name', () => {
  test('carries no person to the other desk, in no part', async () => {
    const args = {
      id: newId(),
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      slip: '482913',
      message: '番号でお呼びください',
      fromSeeker: seeker.id,
    };
    expect(await city.act('handoff.offerUnnamed', args)).toEqual(ok);
    await pullAll();
    expect(hw.has('handoff', args.id)).toEqual(['facts', 'offer']);
    const seen = hw
      .has('handoff', args.id)
      .map((part) => hw.rows.get(`handoff/${args.id}/${part}`));
    const text = JSON.stringify(seen);
    expect(text).not.toContain(seeker.id);
    expect(text).not.toContain('植込');
    expect(text).toContain('482913');
  });
});

describe('windows pass by themselves', () => {
  test('the day after, files leave and cards stay', async () => {
    await pullAll();
    area.clock.now += 86_400_000;
    for (const store of everyone()) await store.signIn();
    await pullAll();
    const away = seekerArgs('今日だけ');
    await city.act('seeker.register', away);
    await pullAll();
    expect(cityColleague.has('seeker', away.id)).toEqual(['card', 'facts', 'file']);
    area.clock.now += 2 * 86_400_000;
    for (const store of everyone()) await store.signIn();
    await pullAll();
    expect(cityColleague.has('seeker', away.id)).toEqual(['card', 'facts']);
    expect(await city.act('visit.log', { ...visitArgs(area), seeker: away.id })).toEqual(ok);
    await pullAll();
    expect(cityColleague.has('seeker', away.id)).toEqual(['card', 'facts', 'file']);
  });

  test('windows gone by leave no rows behind, however often she comes', async () => {
    const regular = seekerArgs('常連');
    await city.act('seeker.register', regular);
    for (let day = 0; day < 4; day++) {
      area.clock.now += 86_400_000;
      await city.signIn();
      await city.act('visit.log', { ...visitArgs(area), seeker: regular.id });
    }
    const scopes = await area
      .server()
      .storage.read((tx) =>
        tx
          .selectFrom('part_scope')
          .select('scope')
          .where('id', '=', regular.id)
          .where('part', '=', 'file')
          .execute(),
      );
    expect(scopes.map((row) => row.scope)).toEqual([`day:sapporo-city:shiroishi:${area.today()}`]);
  });

  test('an expired consent ends on the next day’s first contact', async () => {
    const person = seekerArgs('期限');
    await city.act('seeker.register', person);
    const offer = { id: newId(), newConsent: newId(), newLink: newId() };
    await city.act('handoff.offer', {
      ...offer,
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      fromSeeker: person.id,
      items: ['name'],
      familyName: person.familyName,
      ...consentTerms(area.today()),
    });
    await hw.signIn();
    await hw.pull();
    expect(hw.has('handoff', offer.id)).toEqual(['facts', 'offer']);
    area.clock.now += 86_400_000;
    await hw.signIn();
    await hw.pull();
    expect(hw.rows.get(`consent/${offer.newConsent}/facts`)?.body).toMatchObject({
      state: 'expired',
    });
    expect(hw.has('handoff', offer.id)).toEqual(['facts']);
  });
});

describe('a referral waiting for the result', () => {
  test('is at hand with its person days later, and on the day of the result, no longer', async () => {
    const person = seekerArgs('採否');
    const id = newId();
    await hw.act('seeker.register', person);
    await hw.act('referral.record', {
      id,
      seeker: person.id,
      issuer: 'hw',
      employmentType: '1',
      jobMode: 'general',
      referralType: 'general',
      method: 'counter',
      employerName: '見本介護センター',
      hwJobNo: '01230-1',
    });
    area.clock.now += 5 * 86_400_000;
    await hw.signIn();
    await hw.pull();
    expect(hw.has('referral', id)).toEqual(['detail', 'facts', 'shared']);
    expect(hw.has('seeker', person.id)).toEqual(['card', 'facts', 'file']);
    const refused = { id, rejectionReasons: ['ageLimit'], resultSource: 'employer' };
    expect(await hw.act('referral.reject', refused)).toEqual(ok);
    await hw.pull();
    expect(hw.has('referral', id)).toEqual(['detail', 'facts', 'shared']);
    area.clock.now += 86_400_000;
    await hw.signIn();
    await hw.pull();
    expect(hw.has('referral', id)).toEqual(['facts']);
    expect(hw.has('seeker', person.id)).toEqual(['card', 'facts']);
  });
});

describe('who is stopped while she asks is shown nothing', () => {
  async function asking() {
    const hw = await area.staff('shiroishi-hw1');
    await hw.signIn();
    await hw.act('seeker.register', seekerArgs('停止'));
    const page = await hw.post('/api/pull', { protocol: 2, cursor: null });
    const { cursor } = (await page.json()) as PullResponse;
    const { limits, storage, tenant } = area.server();
    const stop = () =>
      storage.write(tenant, (tx) =>
        tx.updateTable('store').set({ state: 'revoked' }).where('store', '=', hw.store).execute(),
      );
    return { hw, cursor, limits, storage, stop };
  }
  const revoked = { problem: { code: 'revoked' } };
  const nothing = Array.from({ length: digestBuckets }, () => ({ count: 0, hash: 'AAAA' }));
  const paged = [
    ['/api/pull', (cursor: string) => ({ protocol: 2, cursor })],
    ['/api/digest', (cursor: string) => ({ cursor, buckets: nothing })],
  ] as const;

  test.each(paged)('%s: before anything is read', async (path, bodyOf) => {
    const { hw, cursor, limits, stop } = await asking();
    const { pull } = limits;
    Object.assign(limits, { pull: () => stop().then(() => 0) });
    const answer = await hw.post(path, bodyOf(cursor));
    Object.assign(limits, { pull });
    expect(await answer.json()).toEqual(revoked);
  });

  test.each(paged)(
    '%s: between what is read of her and what is read for her',
    async (path, bodyOf) => {
      const { hw, cursor, storage, stop } = await asking();
      const { read } = storage;
      let reads = 0;
      const second: typeof read = async (work) => {
        if (++reads === 2) await stop();
        return read(work);
      };
      Object.assign(storage, { read: second });
      const answer = await hw.post(path, bodyOf(cursor));
      Object.assign(storage, { read });
      // Both are one question: there is no second.
      expect([reads, answer.status]).toEqual([1, 200]);
    },
  );

  test('a search whose body came slowly', async () => {
    const { hw, limits, stop } = await asking();
    const { search } = limits;
    Object.assign(limits, { search: () => stop().then(() => 0) });
    const answer = await hw.post('/api/search', { text: '停止' });
    Object.assign(limits, { search });
    expect(await answer.json()).toEqual(revoked);
  });
});

test('a log that has lost its epoch is a server in trouble, and no reason for a tablet to wipe itself', async () => {
  const hw = await area.staff('shiroishi-hw1');
  await hw.signIn();
  const { storage, tenant } = area.server();
  const [held] = await storage.read((tx) =>
    tx.selectFrom('meta').selectAll().where('name', '=', 'epoch').execute(),
  );
  if (!held) throw new Error('no epoch');
  await storage.write(tenant, (tx) => tx.deleteFrom('meta').where('name', '=', 'epoch').execute());
  const answer = await hw.post('/api/pull', { protocol: 2, cursor: null });
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { problem: { code: 'serverTrouble' } },
  ]);
  await storage.write(tenant, (tx) => tx.insertInto('meta').values(held).execute());
});
