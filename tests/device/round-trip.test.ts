/** A person's way through two tablets and the real server: visit, consultation, handoff, acceptance, withdrawal. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { partOf, type Rec } from '../../src/domain/record.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Town } from '../support/device-town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

const arrival = { channel: 'inPerson', visitKind: 'new', purposes: ['jobCounselling'], heads: 1 };

test('visit, consultation offline, handoff, acceptance by the other organisation, withdrawal', async () => {
  const cityDesk = await town.tablet();
  const hwDesk = await town.tablet();
  const city = await cityDesk.enrol('shiroishi-city1');
  const hw = await hwDesk.enrol('shiroishi-hw1');

  cityDesk.line.isCut = true;
  const [visit, seeker, consultation] = [city.newId(), city.newId(), city.newId()];
  must(await city.write('visit.log', { id: visit, arrivedAt: town.area.clock.now, ...arrival }));
  const person = { familyName: '架空', givenName: '一郎', familyKana: 'カクウ' };
  must(await city.write('seeker.register', { id: seeker, ...person }));
  must(await city.write('visit.attach', { id: visit, seeker }));
  must(
    await city.write('consultation.record', {
      id: consultation,
      visit,
      seeker,
      services: ['careerCounselling'],
      summary: '希望を聞いた',
      notes: '内部のメモ',
    }),
  );
  await cityDesk.tab.tablet.syncNow();
  expect(cityDesk.tab.tablet.sync.peek()).toMatchObject({ pending: 4, online: false });
  expect(city.search('架空')).toHaveLength(1);

  cityDesk.line.isCut = false;
  await cityDesk.tab.tablet.syncNow();
  expect(cityDesk.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0, online: true });
  expect(city.outbox.value).toEqual([]);
  expect(partOf(city.get('visit', visit), 'city')).toEqual({ citySeeker: seeker });
  expect(city.get('seeker', seeker)?.parts['facts']?.['org']).toBe('sapporo-city');

  const [handoff, newConsent, newLink] = [city.newId(), city.newId(), city.newId()];
  must(
    await city.write('handoff.offer', {
      id: handoff,
      newConsent,
      newLink,
      toOrg: hw.actor.org,
      toSite: hw.actor.site,
      reason: 'jobReferral',
      urgency: 'normal',
      fromSeeker: seeker,
      items: ['name', 'consultations'],
      familyName: '架空',
      givenName: '一郎',
      familyKana: 'カクウ',
      purpose: 'employment',
      medium: 'app',
      method: 'signature',
      expiresOn: '2027-03-31',
    }),
  );
  await cityDesk.tab.tablet.syncNow();
  await hwDesk.tab.tablet.syncNow();
  expect(partOf(hw.get('handoff', handoff), 'offer')['familyName']).toBe('架空');
  expect(hw.get('seeker', seeker)).toBeUndefined();

  const newSeeker = hw.newId();
  must(await hw.write('handoff.acceptNew', { id: handoff, newSeeker, ...person }));
  await hwDesk.tab.tablet.syncNow();
  await cityDesk.tab.tablet.syncNow();
  expect(partOf(city.get('handoff', handoff), 'facts')['state']).toBe('accepted');
  expect(hwDesk.tab.tablet.sync.peek()).toMatchObject({ pending: 0, needsCare: 0 });

  await hwDesk.tab.tablet.syncNow();
  const records = must(await hw.openPerson(newSeeker, 'interview'));
  const shared = records.find((record: Rec) => record.id === consultation);
  expect(partOf(shared, 'shared')['summary']).toBe('希望を聞いた');
  expect(shared?.parts['private']).toBeUndefined();

  must(await city.write('consent.withdraw', { id: newConsent }));
  await cityDesk.tab.tablet.syncNow();
  await hwDesk.tab.tablet.syncNow();
  expect(hw.get('consultation', consultation)?.parts['shared']).toBeUndefined();
  expect(partOf(hw.get('handoff', handoff), 'offer')).toEqual({});
  expect(hw.get('seeker', newSeeker)).toBeDefined();

  hwDesk.tab.tablet.lock();
  const again = await hwDesk.unlock('shiroishi-hw1');
  expect(again.get('seeker', newSeeker)?.parts['card']?.['familyName']).toBe('架空');
  expect(pin).toHaveLength(6);
}, 60_000);
