/** A handoff without a name tells nothing: what its receiver writes down of whoever comes is her own, and stays hers. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { must } from '../support/device-surroundings.ts';
import { openTown, sit, type Place, type Town } from '../support/device-town.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const staff = 'shiroishi-hw1';
const written = {
  familyName: '山田',
  familyKana: 'ヤマダ',
  phone: '090-1111-2222',
  phoneTail: '2222',
  wishes: { jobText: '事務' },
};
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

/** Offered with a slip of paper, and accepted without a line with a registration. */
async function accepted(message?: string) {
  const [giver, taker] = [sit(city), sit(desk)];
  const [id, newSeeker] = [giver.newId(), taker.newId()];
  const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi' };
  const why = { reason: 'jobReferral', urgency: 'normal', slip: '123456' };
  const more = message === undefined ? {} : { message };
  must(await giver.write('handoff.offerUnnamed', { id, ...to, ...why, ...more }));
  await sync(city);
  await sync(desk);
  desk.line.isCut = true;
  must(await taker.write('handoff.acceptNew', { id, newSeeker, ...written }));
  return { id, newSeeker };
}

test('the person whom she registered has a name after the lock', async () => {
  const { newSeeker } = await accepted();
  desk.tab.tablet.lock();
  const again = await desk.unlock(staff);
  expect(again.get('seeker', newSeeker)?.parts['card']).toMatchObject({ familyName: '山田' });
});

test.each([undefined, '窓口で待ちます'])(
  'refused, it is whole on her tablet and before her supervisor (message %s)',
  async (message) => {
    const { id } = await accepted(message);
    must(await sit(city).write('handoff.cancel', { id, cancelNote: '来なかった' }));
    await sync(city);
    desk.line.isCut = false;
    await sync(desk);
    const [entry] = sit(desk).outbox.peek();
    expect(entry).toMatchObject({ state: 'conflict', args: written, personName: '山田' });
    const boss = await (await town.tablet()).enrol('shiroishi-hwsv');
    const opened = await boss.ask('/api/repair/open', { body: { entry: entry?.id } });
    expect(must(opened)).toMatchObject({ args: written });
  },
);
