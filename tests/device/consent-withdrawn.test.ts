/** 「この同意で伝えた内容は、相手の端末から消えます」: nor is it told by a refused entry that copied it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Session } from '../../src/device/types.ts';
import { consentTerms, seekerArgs } from '../server/samples.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';
import { dbOf } from '../support/restored-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const told = {
  familyName: '山田',
  givenName: '春子',
  familyKana: 'ヤマダ',
  givenKana: 'ハルコ',
  birthDate: '1990-04-01',
};
const contact = { phone: '090-1111-2222' };
const staff = 'shiroishi-hw1';
let town: Town;
let city: Place;
let desk: Place;
beforeEach(async () => {
  town = await openTown();
  [city, desk] = [await town.tablet(), await town.tablet()];
  await city.enrol('shiroishi-city1');
  await desk.enrol(staff);
});
afterEach(() => town.close());

const sync = (place: Place) => place.tab.tablet.syncNow();

/** Accepted without a line, and a consultation with it; the consent is withdrawn meanwhile. */
async function accepted() {
  const [giver, taker] = [sit(city), sit(desk)];
  const person = seekerArgs('山田');
  const ids = { id: giver.newId(), newConsent: giver.newId(), newLink: giver.newId() };
  must(await giver.write('seeker.register', person));
  const offer = {
    ...ids,
    toOrg: 'hw-sapporo-higashi',
    toSite: 'shiroishi',
    reason: 'jobReferral',
    urgency: 'normal',
    fromSeeker: person.id,
    items: ['name', 'contact'],
    ...told,
    ...contact,
    ...consentTerms('2027-03-31'),
  };
  must(await giver.write('handoff.offer', offer));
  await sync(city);
  await sync(desk);
  desk.line.isCut = true;
  const [newSeeker, talk] = [taker.newId(), taker.newId()];
  const registered = { ...told, ...contact, phoneTail: '2222', wishes: { jobText: '事務' } };
  must(await taker.write('handoff.acceptNew', { id: ids.id, newSeeker, ...registered }));
  must(await taker.write('consultation.recordWalkIn', talkOf(taker, talk, newSeeker)));
  must(await giver.write('consent.withdraw', { id: ids.newConsent }));
  await sync(city);
  return { handoff: ids.id, consent: ids.newConsent, newSeeker, talk };
}

const talkOf = (session: Session, id: string, seeker: string) => ({
  id,
  newVisit: session.newId(),
  seeker,
  arrivedAt: town.area.clock.now,
  startedAt: town.area.clock.now,
  channel: 'inPerson',
  visitKind: 'new',
  purposes: ['careerCounselling'],
  services: ['careerCounselling'],
  minutes: 30,
  summary: 'わたしが書いたまとめ',
});

const shown = (session: Session) => JSON.stringify(session.outbox.peek());
const isTold = (text: string) => /山田|ヤマダ|1990-04-01|090-1111|2222/.test(text);

test('what was told under a consent is not to be read in a refused entry once it is withdrawn; own words are', async () => {
  const { handoff, newSeeker, talk } = await accepted();
  const session = sit(desk);
  expect(isTold(shown(session))).toBe(true);
  desk.line.isCut = false;
  await sync(desk);
  expect(isTold(shown(session))).toBe(false);
  const [acceptance, consultation] = session.outbox.peek();
  expect(acceptance).toMatchObject({ state: 'conflict', args: { id: handoff, newSeeker } });
  expect(consultation).toMatchObject({ state: 'blocked', args: { id: talk, seeker: newSeeker } });
  expect(consultation?.args?.['summary']).toBe('わたしが書いたまとめ');
  // No wishes were told: those she has written herself.
  expect(acceptance?.args?.['wishes']).toEqual({ jobText: '事務' });
  expect(acceptance?.records).toContainEqual({ kind: 'seeker', id: newSeeker });
});

test('nor in another tab that has it open', async () => {
  const second = await desk.open();
  const there = await desk.unlock(staff, second);
  await accepted();
  desk.line.isCut = false;
  await sync(desk);
  await until(() => !isTold(shown(there)) && there.outbox.peek().length === 2, 'read anew');
});

test('nor where the handoff left the tablet behind the lock', async () => {
  await accepted();
  desk.tab.tablet.lock();
  desk.line.isCut = false;
  await sync(desk);
  desk.line.isCut = true;
  const again = await desk.unlock(staff);
  expect(again.outbox.peek()).toHaveLength(2);
  expect(isTold(shown(again))).toBe(false);
});

test('the entry that is kept sealed holds no more of it than is shown', async () => {
  await accepted();
  const db = await dbOf(desk, staff);
  const held = async () => (await db.entries.where('held').above('').toArray())[0]?.copy?.c.length;
  const before = await held();
  desk.line.isCut = false;
  await sync(desk);
  expect(await held()).toBeLessThan(before ?? 0);
});

test('nor does the server tell a supervisor who opens the entry', async () => {
  const { handoff, newSeeker } = await accepted();
  desk.line.isCut = false;
  await sync(desk);
  const boss = await town.tablet();
  const session = await boss.enrol('shiroishi-hwsv');
  const [{ entry } = { entry: '' }] = (
    must(await session.ask('/api/repair')) as { repairs: { entry: string; verb: string }[] }
  ).repairs.filter(({ verb }) => verb === 'handoff.acceptNew');
  const opened = must(await session.ask('/api/repair/open', { body: { entry } }));
  expect(opened).toMatchObject({ args: { id: handoff, newSeeker } });
  expect(isTold(JSON.stringify(opened))).toBe(false);
});
