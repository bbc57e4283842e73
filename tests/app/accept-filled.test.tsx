/** An acceptance says what its form was filled with: the offer may have left the tablet by the time she presses. */
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { Accept } from '../../src/app/screens/handoffs/accept.tsx';
import { SessionContext, TabletContext } from '../../src/app/state/context.ts';
import type { Session } from '../../src/device/types.ts';
import { consentTerms, seekerArgs } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

const told = { familyName: '写', familyKana: 'ウツシ', phone: '090-1111-2222' };
let town: Town;
let desk: Place;
let taker: Session;
let handoff = '';
beforeAll(async () => {
  town = await openTown();
  const city = await town.tablet();
  const giver = await city.enrol('shiroishi-city1');
  desk = await town.tablet();
  taker = await desk.enrol('shiroishi-hw1');
  const person = seekerArgs('写');
  must(await giver.write('seeker.register', person));
  handoff = giver.newId();
  const offer = {
    id: handoff,
    newConsent: giver.newId(),
    newLink: giver.newId(),
    fromSeeker: person.id,
    toOrg: 'hw-sapporo-higashi',
    toSite: 'shiroishi',
    reason: 'jobReferral',
    urgency: 'normal',
    items: ['name', 'contact'],
    ...told,
    ...consentTerms('2027-03-31'),
  };
  must(await giver.write('handoff.offer', offer));
  await city.tab.tablet.syncNow();
  await desk.tab.tablet.syncNow();
}, 60_000);
afterAll(() => town.close());
afterEach(cleanup);

const sheet = (parts: 'as it came' | 'without the offer') => {
  const record = taker.get('handoff', handoff);
  if (!record) throw new Error('no handoff');
  const { offer: _, ...rest } = record.parts;
  const shown = parts === 'as it came' ? record : { ...record, parts: rest };
  return (
    <TabletContext.Provider value={desk.tab.tablet}>
      <SessionContext.Provider value={taker}>
        <Accept record={shown} onClose={() => undefined} />
      </SessionContext.Provider>
    </TabletContext.Provider>
  );
};

test('though the offer goes while she looks at it', async () => {
  const write = vi.spyOn(taker, 'write');
  const { rerender } = render(sheet('as it came'));
  const accept = { name: '登録して受け入れる', hidden: true };
  await screen.findByRole('button', accept);
  rerender(sheet('without the offer'));
  fireEvent.click(await screen.findByRole('button', accept));
  expect(write).toHaveBeenCalledWith(
    'handoff.acceptNew',
    expect.objectContaining(told),
    expect.objectContaining({ seen: expect.objectContaining(told) as unknown }),
  );
});
