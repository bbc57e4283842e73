/** Two registrations of one person: aliases resolve at read, consent stays each one's own, nothing is rewritten. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pairOf } from '../../src/domain/kinds/seeker-pair.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let elsewhere: FakeStore;
let hw: FakeStore;
const ok = { code: 'applied' };

beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  elsewhere = await area.staff('toyohira-city1');
  hw = await area.staff('shiroishi-hw1');
  // One organisation has both counters in the demo; otherwise "elsewhere" would prove nothing.
  expect(elsewhere.lease.lease.org).toBe(city.lease.lease.org);
});
afterAll(() => area.close());

async function register(store: FakeStore, name: string) {
  const args = seekerArgs(name);
  expect(await store.act('seeker.register', args)).toEqual(ok);
  return args.id;
}

const stateOf = (store: FakeStore, id: string) => store.rows.get(`seeker/${id}/facts`)?.body;

async function personsAt(site: string, supervisor: FakeStore) {
  await supervisor.signIn();
  const day = area.today();
  const response = await area.ask(`/api/counts?from=${day}&to=${day}&site=${site}`, {
    headers: { authorization: `Bearer ${supervisor.token}` },
  });
  const { rows } = (await response.json()) as { rows: { metric: string; value: number }[] };
  return rows.find((row) => row.metric === 'persons')?.value;
}

describe('two tablets, no network', () => {
  test('A into B and B into A: the second is refused in words, and no circle stands', async () => {
    const [a, b] = [await register(city, '往'), await register(city, '復')];
    await city.write(
      'seeker.merge',
      { id: a, into: b },
      { expected: { [`seeker/${a}`]: 'active' } },
    );
    await colleague.write(
      'seeker.merge',
      { id: b, into: a },
      { expected: { [`seeker/${b}`]: 'active' } },
    );
    expect((await city.push()).at(-1)?.verdict).toEqual(ok);
    expect((await colleague.push()).at(-1)?.verdict).toMatchObject({
      code: 'rejected',
      problem: { code: 'refused', reason: expect.stringContaining('すでに') },
    });
    await colleague.pull();
    expect(stateOf(colleague, a)).toMatchObject({ state: 'merged', mergedInto: b });
    expect(stateOf(colleague, b)).toMatchObject({ state: 'active' });
  });

  test('A into B and A into C: the first stands, the second says that it came too late', async () => {
    const [a, b, c] = [
      await register(city, '甲'),
      await register(city, '乙'),
      await register(city, '丙'),
    ];
    const expected = { [`seeker/${a}`]: 'active' };
    await city.write('seeker.merge', { id: a, into: b }, { expected });
    await colleague.write('seeker.merge', { id: a, into: c }, { expected });
    expect((await city.push()).at(-1)?.verdict).toEqual(ok);
    expect((await colleague.push()).at(-1)?.verdict).toMatchObject({ code: 'conflict' });
    await colleague.pull();
    expect(stateOf(colleague, a)).toMatchObject({ mergedInto: b });
  });

  test('A into B and B into C: both stand, a chain that ends', async () => {
    const [a, b, c] = [
      await register(city, '上'),
      await register(city, '中'),
      await register(city, '下'),
    ];
    await city.write('seeker.merge', { id: a, into: b });
    await colleague.write('seeker.merge', { id: b, into: c });
    expect((await city.push()).at(-1)?.verdict).toEqual(ok);
    expect((await colleague.push()).at(-1)?.verdict).toEqual(ok);
    await city.write('seeker.merge', { id: c, into: a });
    expect((await city.push()).at(-1)?.verdict).toMatchObject({ code: 'rejected' });
    expect(await city.act('seeker.unmerge', { id: b })).toEqual(ok);
    await city.pull();
    expect(stateOf(city, a)).toMatchObject({ state: 'merged', mergedInto: b });
    expect(stateOf(city, b)).not.toHaveProperty('mergedInto');
  });
});

describe('one person at two counters', () => {
  test('merged, both files are wherever one is at hand; taken apart, each goes back alone', async () => {
    const [here, there] = [await register(city, '此処'), await register(elsewhere, '彼処')];
    await city.pull();
    await elsewhere.pull();
    expect(city.has('seeker', there)).toEqual([]);
    expect(elsewhere.has('seeker', here)).toEqual([]);
    expect(await city.act('seeker.merge', { id: there, into: here })).toEqual(ok);
    await city.pull();
    await elsewhere.pull();
    for (const store of [city, elsewhere])
      for (const id of [here, there])
        expect(store.has('seeker', id)).toEqual(expect.arrayContaining(['card', 'facts', 'file']));
    expect(await city.act('seeker.unmerge', { id: there })).toEqual(ok);
    await city.pull();
    await elsewhere.pull();
    expect(city.has('seeker', there)).toEqual([]);
    expect(elsewhere.has('seeker', here)).toEqual([]);
    expect(elsewhere.has('seeker', there)).toEqual(expect.arrayContaining(['card', 'file']));
  });
});

describe('consent', () => {
  test('given for one registration it shares nothing of the other, before and after a merge', async () => {
    const [told, untold] = [await register(city, '同意'), await register(city, '無同意')];
    const offer = { id: newId(), newConsent: newId(), newLink: newId() };
    const sent = await city.act('handoff.offer', {
      ...offer,
      toOrg: 'hw-sapporo-higashi',
      toSite: 'shiroishi',
      reason: 'jobReferral',
      urgency: 'normal',
      fromSeeker: told,
      items: ['name', 'consultations'],
      familyName: '同意',
      message: 'お願いします',
      ...consentTerms('2027-03-31'),
    });
    expect(sent).toEqual(ok);
    const { id: newSeeker, ...theirs } = seekerArgs('受入');
    expect(await hw.act('handoff.acceptNew', { id: offer.id, newSeeker, ...theirs })).toEqual(ok);
    expect(await city.act('seeker.merge', { id: told, into: untold })).toEqual(ok);
    const talks = await Promise.all(
      [told, untold].map(async (seeker) => {
        const visit = visitArgs(area);
        return { seeker, visit, talk: consultationArgs(visit.id, seeker) };
      }),
    );
    for (const { seeker, visit, talk } of talks) {
      await city.act('visit.log', { ...visit, seeker });
      expect(await city.act('consultation.record', talk)).toEqual(ok);
    }
    await hw.pull();
    const parts = talks.map(({ talk }) => hw.has('consultation', talk.id));
    expect(parts).toEqual([['facts', 'shared'], ['facts']]);
    expect(hw.has('seeker', told)).toEqual([]);
    expect(hw.has('seeker', untold)).toEqual([]);
  });
});

describe('counting and finding', () => {
  test('実人員 counts the person once, and twice again when the merge is taken apart', async () => {
    const supervisor = await area.staff('toyohira-citysv');
    const people = [await register(elsewhere, '一人'), await register(elsewhere, '二重')];
    const before = await personsAt('toyohira', supervisor);
    for (const seeker of people) await elsewhere.act('visit.log', { ...visitArgs(area), seeker });
    expect(await personsAt('toyohira', supervisor)).toBe((before ?? 0) + 2);
    const [id = '', into = ''] = people;
    await elsewhere.act('seeker.merge', { id, into });
    expect(await personsAt('toyohira', supervisor)).toBe((before ?? 0) + 1);
    await elsewhere.act('seeker.unmerge', { id });
    expect(await personsAt('toyohira', supervisor)).toBe((before ?? 0) + 2);
  });

  test('the server finds the old name and answers the registration that stands, after a restart too', async () => {
    const [old, now] = [await register(city, '旧姓田'), await register(city, '新姓川')];
    await city.act('seeker.merge', { id: old, into: now });
    await city.signIn();
    const search = async (text: string) =>
      (await city.post('/api/search', { text })).json() as Promise<{ found: object[] }>;
    const expected = [{ id: now, card: { familyName: '新姓川' }, formerly: '旧姓田 試し' }];
    expect((await search('旧姓')).found).toMatchObject(expected);
    const own = (await search('新姓')).found;
    expect(own).toMatchObject([{ id: now }]);
    expect(own[0]).not.toHaveProperty('formerly');
    await area.restart();
    await city.signIn();
    expect((await search('旧姓')).found).toMatchObject(expected);
  });

  test('「別の人」 said on two tablets is one record', async () => {
    const [a, b] = [await register(city, '双'), await register(city, '子')];
    const pair = pairOf(b, a);
    await city.write('seekerPair.differ', pair);
    await colleague.write('seekerPair.differ', pair);
    expect((await city.push()).at(-1)?.verdict).toEqual(ok);
    expect((await colleague.push()).at(-1)?.verdict).toEqual(ok);
    await colleague.signIn();
    await colleague.pull();
    expect(colleague.has('seekerPair', pair.id)).toEqual(['facts', 'ties']);
  });
});
