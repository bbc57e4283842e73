/** What was given by hand goes with its consent, also while its receiver is saving what she took from it. */
import { afterEach, expect, test, vi } from 'vitest';
import { consentTerms } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Town } from '../support/device-town.ts';
import { dbOf } from '../support/restored-town.ts';
import { slowSigner, staff } from '../support/seen-person.ts';

vi.setConfig({ testTimeout: 60_000 });

const person = { familyName: '手渡', familyKana: 'テワタシ' };
let town: Town;
afterEach(() => town.close());

test('an acceptance under way when its consent ends is refused, and leaves nothing to be read', async () => {
  town = await openTown();
  const [giver, taker] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await giver.enrol('shiroishi-city1'), await taker.enrol(staff)];
  giver.line.isCut = true;
  taker.line.isCut = true;
  const ids = { id: city.newId(), newConsent: city.newId(), newLink: city.newId() };
  const [id, fromSeeker] = [ids.id, city.newId()];
  must(await city.write('seeker.register', { id: fromSeeker, ...person }));
  const to = { toOrg: 'hw-sapporo-higashi', toSite: 'shiroishi', reason: 'jobReferral' };
  const why = { urgency: 'normal', items: ['name'], ...consentTerms('2027-03-31') };
  must(await city.write('handoff.offer', { ...ids, ...to, ...why, fromSeeker, ...person }));
  const file = must(await city.giveHandoff(id));
  must(await hw.takeHandoff(file.text, file.passphrase));
  must(await city.write('consent.withdraw', { id: ids.newConsent }));
  giver.line.isCut = false;
  await giver.tab.tablet.syncNow();
  taker.tab.tablet.stop();
  const other = await taker.open();
  await taker.unlock(staff, other);
  let isArmed = false;
  const { session } = await slowSigner(taker, async () => {
    if (!isArmed) return;
    isArmed = false;
    taker.line.isCut = false;
    for (let times = 0; times < 2; times++) await other.tablet.syncNow();
    taker.line.isCut = true;
  });
  expect(session.get('handoff', id)?.parts['offer']).toMatchObject(person);
  isArmed = true;
  const args = { id, newSeeker: session.newId(), ...person };
  const done = await session.write('handoff.acceptNew', args, { seen: person });
  expect(isArmed).toBe(false);
  expect.soft(done).toMatchObject({ ok: false, problem: { code: 'illegalState' } });
  const db = await dbOf(taker, staff);
  expect(await db.entries.filter(({ held }) => held !== undefined).count()).toBe(0);
  expect(JSON.stringify(session.outbox.peek())).not.toContain('手渡');
});
