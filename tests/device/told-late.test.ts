/** What she was told is gone with its consent, though it had left the tablet before she saved. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { consentTerms, seekerArgs } from '../server/samples.ts';
import { must, until } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const told = { familyName: '山田', familyKana: 'ヤマダ', phone: '090-1111-2222' };
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

test('a locked tab takes the offer away under a form that another tab has open: what the form copied does not stay', async () => {
  const giver = sit(city);
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
    ...consentTerms('2027-03-31'),
  };
  must(await giver.write('handoff.offer', offer));
  await sync(city);
  await sync(desk);
  desk.tab.tablet.stop();
  const writer = await desk.open((ports) => ({
    ...ports,
    fetch: () => Promise.reject(new TypeError('no line')),
  }));
  const taker = await desk.unlock(staff, writer);
  // Her form has been filled from it.
  expect(taker.get('handoff', ids.id)?.parts['offer']).toMatchObject(told);
  const locked = await desk.open();
  must(await giver.write('consent.withdraw', { id: ids.newConsent }));
  await sync(city);
  desk.clock.now += 6 * 60_000;
  await locked.tablet.syncNow();
  await until(() => !taker.get('handoff', ids.id)?.parts['offer'], 'taken away');
  const [newSeeker, args] = [taker.newId(), { ...told, phoneTail: '2222' }];
  must(await taker.write('handoff.acceptNew', { id: ids.id, newSeeker, ...args }, { seen: told }));
  locked.tablet.stop();
  writer.tablet.lock();
  const again = await desk.open();
  const session = await desk.unlock(staff, again);
  await again.tablet.syncNow();
  expect(JSON.stringify(session.outbox.peek())).not.toMatch(/山田|090-1111|2222/);
});
