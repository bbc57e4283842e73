/** A nameless fact says whose it is to whoever shares its pseudonym: what nobody consented to tell yet carries none. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let hw: FakeStore;
const ok = { code: 'applied' };
const [ours, theirs] = [seekerArgs('植込'), seekerArgs('植込')];

const offer = () => ({
  id: newId(),
  toOrg: 'hw-sapporo-higashi',
  toSite: 'shiroishi',
  reason: 'jobReferral',
  urgency: 'normal',
  fromSeeker: ours.id,
  items: ['name'],
  familyName: '植込',
  givenName: '試し',
  newConsent: newId(),
  newLink: newId(),
  ...consentTerms('2027-03-31'),
});
const named = offer();
const talk = newId();
const hers = (visit: string) => ({ ...consultationArgs(visit, theirs.id), id: talk });

/** One desk for two organisations, and a person whom a handoff for quite another purpose has made known at both. */
beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  hw = await area.staff('shiroishi-hw1');
  const visit = visitArgs(area);
  await city.act('visit.log', visit);
  expect(await city.act('seeker.register', ours)).toEqual(ok);
  expect(await city.act('handoff.offer', named)).toEqual(ok);
  expect(await hw.act('handoff.receive', { id: named.id })).toEqual(ok);
  const { id, ...rest } = theirs;
  expect(await hw.act('handoff.acceptNew', { id: named.id, newSeeker: id, ...rest })).toEqual(ok);
  const theirVisit = visitArgs(area);
  await hw.act('visit.log', { ...theirVisit, seeker: theirs.id });
  expect(await hw.act('consultation.record', hers(theirVisit.id))).toEqual(ok);
});
afterAll(() => area.close());

const factsAt = (store: FakeStore, kind: string, id: string) =>
  store.rows.get(`${kind}/${id}/facts`)?.body ?? {};

/** The pseudonym that Hello Work's own record of her has, on its own tablet. */
async function hersAtHelloWork(): Promise<unknown> {
  await hw.pull();
  const key = factsAt(hw, 'consultation', talk)['personKey'];
  expect(key).toMatch(/^[\w-]{22}$/);
  return key;
}

describe('at a desk of two organisations, of a person known to both', () => {
  test('a candidate of the welfare programme is nobody to Hello Work until the consent is tied', async () => {
    const id = newId();
    const nominated = { id, citySeeker: ours.id, welfareCategory: ['livelihood'] };
    expect(await city.act('welfareCase.nominate', nominated)).toEqual(ok);
    const key = await hersAtHelloWork();
    expect(factsAt(hw, 'welfareCase', id)).toMatchObject({ state: 'candidate' });
    expect(factsAt(hw, 'welfareCase', id)['personKey']).not.toBe(key);

    expect(await city.act('welfareCase.consent', { id, handoff: named.id })).toEqual(ok);
    await hw.pull();
    expect(factsAt(hw, 'welfareCase', id)['personKey']).toBe(key);
  });

  test('neither is the person of a team that is a draft, whatever its welfare category says', async () => {
    const id = newId();
    const draft = { id, seeker: ours.id, goal: '週3日働く', welfareCategory: ['livelihood'] };
    expect(await city.act('teamCase.draft', draft)).toEqual(ok);
    const key = await hersAtHelloWork();
    expect(factsAt(hw, 'teamCase', id)).toMatchObject({ state: 'draft' });
    expect(factsAt(hw, 'teamCase', id)['personKey']).not.toBe(key);
  });
});
