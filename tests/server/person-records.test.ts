/** Records about people on real tablets: an appointment's day, a card by consent, a complaint that hardly anybody sees. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/domain/date.ts';
import { nextOf } from '../../src/domain/kinds/appointment.ts';
import { newId, type FakeStore } from '../support/fake-tablet.ts';
import { openTestArea, type TestArea } from './area.ts';
import { consentTerms, consultationArgs, seekerArgs, visitArgs } from './samples.ts';

let area: TestArea;
let city: FakeStore;
let colleague: FakeStore;
let head: FakeStore;
let elsewhere: FakeStore;
let hw: FakeStore;
let hwHead: FakeStore;
const everyone = () => [city, colleague, head, elsewhere, hw, hwHead];
const ok = { code: 'applied' };

beforeAll(async () => {
  area = await openTestArea();
  city = await area.staff('shiroishi-city1');
  colleague = await area.staff('shiroishi-city2');
  head = await area.staff('toyohira-citysv');
  elsewhere = await area.staff('toyohira-city1');
  hw = await area.staff('shiroishi-hw1');
  hwHead = await area.staff('shiroishi-hwsv');
});
afterAll(() => area.close());

async function pullAll(days = 0): Promise<void> {
  area.clock.now += days * 86_400_000;
  for (const store of everyone()) {
    if (days > 0) await store.signIn();
    await store.pull();
  }
}

async function visitor(name: string) {
  const seeker = seekerArgs(name);
  const visit = visitArgs(area);
  expect(await city.act('seeker.register', seeker)).toEqual(ok);
  expect(await city.act('visit.log', { ...visit, seeker: seeker.id })).toEqual(ok);
  return { seeker: seeker.id, visit: visit.id };
}

test('an appointment brings the file to every tablet of its counter on its day, and takes it away again', async () => {
  const { seeker, visit } = await visitor('予約');
  const consultation = consultationArgs(visit, seeker);
  const next = { date: addDays(area.today(), 5), time: '10:00', purpose: '面接の練習' };
  expect(await city.act('consultation.record', { ...consultation, next })).toEqual(ok);
  const id = nextOf(consultation.id);

  await pullAll(3);
  expect(colleague.has('appointment', id)).toEqual(['facts']);
  expect(colleague.has('seeker', seeker)).toEqual(['card', 'facts']);

  await pullAll(2);
  for (const store of [city, colleague]) {
    expect(store.has('appointment', id)).toEqual(['facts', 'shared']);
    expect(store.has('seeker', seeker)).toEqual(['card', 'facts', 'file']);
    expect(store.has('consultation', consultation.id)).toContain('shared');
  }
  expect(hw.has('appointment', id)).toEqual(['facts']);
  expect(elsewhere.has('appointment', id)).toEqual([]);

  const later = { id, dueOn: addDays(area.today(), 7) };
  expect(await colleague.act('appointment.amend', later)).toEqual(ok);
  await pullAll(1);
  expect(colleague.has('appointment', id)).toEqual(['facts']);
  expect(colleague.has('seeker', seeker)).toEqual(['card', 'facts']);
});

test('booked for another counter, it is at hand there', async () => {
  const { seeker } = await visitor('別窓口');
  const booking = { id: newId(), seeker, dueOn: addDays(area.today(), 4), at: 'toyohira' };
  expect(await city.act('appointment.book', booking)).toEqual(ok);
  await pullAll(4);
  expect(elsewhere.has('appointment', booking.id)).toEqual(['facts', 'shared']);
  expect(elsewhere.has('seeker', seeker)).toEqual(['card', 'facts', 'file']);
  expect(colleague.has('appointment', booking.id)).toEqual([]);
});

test('a card crosses with the consent that it names, and leaves with it', async () => {
  const { seeker } = await visitor('カード');
  const offer = { id: newId(), newConsent: newId(), newLink: newId() };
  await city.act('handoff.offer', {
    ...offer,
    toOrg: 'hw-sapporo-higashi',
    toSite: 'shiroishi',
    reason: 'jobReferral',
    urgency: 'normal',
    fromSeeker: seeker,
    items: ['name'],
    familyName: 'カード',
    ...consentTerms('2027-03-31'),
  });
  const { id: newSeeker, ...theirs } = seekerArgs('カード');
  await hw.act('handoff.acceptNew', { id: offer.id, newSeeker, ...theirs });
  await pullAll();
  const card = { id: newId(), seeker, cardNo: 'W-0001' };
  expect(await city.act('userCard.issue', card)).toEqual(ok);
  await pullAll();
  expect(hw.has('userCard', card.id)).toEqual([]);
  expect(await city.act('userCard.share', { id: card.id, link: offer.newLink })).toEqual(ok);
  await pullAll();
  expect(hw.has('userCard', card.id)).toEqual(['card', 'facts']);
  expect(hw.rows.get(`userCard/${card.id}/card`)?.body).toMatchObject({ cardNo: 'W-0001' });
  expect(await city.act('consent.withdraw', { id: offer.newConsent })).toEqual(ok);
  await pullAll();
  expect(hw.has('userCard', card.id)).toEqual([]);
  expect(colleague.has('userCard', card.id)).toEqual(['card', 'facts']);
});

test('a complaint reaches its author and the supervisors of her organisation', async () => {
  const { seeker } = await visitor('苦情');
  const complaint = {
    id: newId(),
    seeker,
    receivedOn: area.today(),
    channel: 'phone',
    topic: 'attitude',
    content: '言いかたがきつかった',
  };
  expect(await city.act('complaint.receive', complaint)).toEqual(ok);
  await pullAll();
  for (const store of [city, head])
    expect(store.has('complaint', complaint.id)).toEqual(['body', 'facts']);
  for (const store of [colleague, elsewhere, hw, hwHead])
    expect(store.has('complaint', complaint.id)).toEqual([]);
  const refused = await colleague.act('complaint.amend', { id: complaint.id, topic: 'other' });
  expect(refused).toMatchObject({ code: 'blocked', problem: { code: 'waitsFor' } });
  const answer = { id: complaint.id, answer: 'おわびした' };
  expect(await head.act('complaint.answer', answer)).toEqual(ok);
  await pullAll(400);
  for (const store of [city, head])
    expect(store.has('complaint', complaint.id)).toEqual(['body', 'facts', 'reply']);
});

test('the checks of a hire are due on every tablet of the counter, with a name and without the file', async () => {
  const seeker = seekerArgs('定着');
  await hw.act('seeker.register', seeker);
  const referral = {
    id: newId(),
    seeker: seeker.id,
    issuer: 'hw',
    employmentType: '1',
    jobMode: 'general',
    referralType: 'general',
    method: 'counter',
    employerName: '見本商店',
    hwJobNo: '01040-1234567',
  };
  expect(await hw.act('referral.record', referral)).toEqual(ok);
  const hire = {
    id: referral.id,
    newPlacement: newId(),
    resultSource: 'employer',
    startDate: area.today(),
    term: 'regular',
    hiredAs: '1',
  };
  expect(await hw.act('referral.hire', hire)).toEqual(ok);
  const plan = { id: newId(), placement: hire.newPlacement };
  expect(await hw.act('retentionCheck.plan', plan)).toEqual(ok);
  for (const verb of ['start', 'convert']) await hw.act(`referral.${verb}`, { id: referral.id });
  await pullAll(5);
  expect(hwHead.has('seeker', seeker.id)).toEqual(['card', 'facts']);
  expect(hwHead.has('retentionCheck', plan.id)).toEqual(['facts', 'who']);
  expect(hwHead.has('retentionCheck', `${plan.id}-6m`)).toEqual(['facts', 'who']);
  expect(city.has('retentionCheck', plan.id)).toEqual(['facts']);
  await pullAll(2);
  expect(hwHead.has('seeker', seeker.id)).toEqual(['card', 'facts', 'file']);
  const again = await hwHead.act('retentionCheck.plan', { ...plan, id: newId() });
  expect(again).toMatchObject({ code: 'rejected' });
});
