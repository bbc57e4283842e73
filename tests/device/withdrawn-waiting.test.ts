/** What is withdrawn while it waits at the server may have gone in before anybody hears of that: then it is said. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outboxLists } from '../../src/app/logic/outbox-view.ts';
import { syncWords } from '../../src/app/words/sync-words.ts';
import { tallyHere, tallyOf } from '../../src/app/words/tally.ts';
import { stateOf } from '../../src/domain/kind.ts';
import type { Session } from '../../src/device/types.ts';
import { consentTerms } from '../server/samples.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, pin, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let giver: Place;
let taker: Place;
beforeEach(async () => {
  town = await openTown();
  [giver, taker] = [await town.tablet(), await town.tablet()];
}, 30_000);
afterEach(() => town.close());

const name = {
  familyName: '手渡',
  givenName: '花子',
  familyKana: 'テワタシ',
  givenKana: 'ハナコ',
};
const terms = {
  toOrg: 'hw-sapporo-higashi',
  toSite: 'shiroishi',
  reason: 'jobReferral',
  urgency: 'normal',
  items: ['name'],
  message: 'よろしく',
};

async function given(city: Session, hw: Session): Promise<string> {
  const [id, fromSeeker] = [city.newId(), city.newId()];
  const made = { id, newConsent: city.newId(), newLink: city.newId(), fromSeeker };
  must(await city.write('seeker.register', { id: fromSeeker, ...name }));
  const offer = { ...made, ...terms, ...name, ...consentTerms('2027-03-31') };
  must(await city.write('handoff.offer', offer));
  const file = must(await city.giveHandoff(id));
  must(await hw.takeHandoff(file.text, file.passphrase));
  must(await hw.write('handoff.acceptNew', { id, newSeeker: hw.newId(), ...name }));
  return id;
}

/** Handed over by hand, and accepted; the server has the acceptance alone. */
async function waiting() {
  const [city, hw] = [await giver.enrol('shiroishi-city1'), await taker.enrol('shiroishi-hw1')];
  giver.line.isCut = taker.line.isCut = true;
  const handoff = await given(city, hw);
  const tab = await taker.open((ports) => ({
    ...ports,
    fetch: async (path, init) =>
      path === '/api/container'
        ? Response.json({ problem: { code: 'serverTrouble' } }, { status: 503 })
        : ports.fetch(path, init),
  }));
  must(await tab.tablet.unlock('shiroishi-hw1', pin));
  const session = tab.tablet.session.peek();
  if (!session) throw new Error('nobody sits here');
  taker.line.isCut = false;
  await tab.tablet.syncNow();
  const [item] = session.outbox.peek();
  expect(item).toMatchObject({ verb: 'handoff.acceptNew', state: 'blocked' });
  return { tab, session, handoff, entry: item?.id ?? '' };
}

test('what waits is counted as waiting in the top bar, the list and the proof alike', async () => {
  const { tab, session } = await waiting();
  const counted = { care: 0, waits: 1, unsent: 0 };
  expect(tallyHere(tab.tablet.sync.peek())).toEqual(counted);
  expect(tallyOf(outboxLists(session.outbox.peek()))).toEqual(counted);
  expect(must(await tab.tablet.dayReport(tab.tablet.today()))).toMatchObject({ care: 1, waits: 1 });
  expect(syncWords(tab.tablet.sync.peek()).words).toBe('待っています1件');
}, 60_000);

test('withdrawn without a line while the server took it: it is in the list as what went in', async () => {
  const { tab, session, handoff, entry } = await waiting();
  taker.line.isCut = true;
  giver.line.isCut = false;
  for (let n = 0; n < 2; n++) await giver.tab.tablet.syncNow();
  must(await session.discard(entry, 'まちがえて受けた'));
  const said = { id: entry, reason: 'まちがえて受けた' };
  const before = { ...said, hasEffect: false, wentIn: false };
  expect(must(await session.withdrawn())).toEqual([expect.objectContaining(before)]);
  taker.line.isCut = false;
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(stateOf(session.get('handoff', handoff))).toBe('accepted');
  const after = { ...said, hasEffect: true, wentIn: true };
  expect(must(await session.withdrawn())).toEqual([expect.objectContaining(after)]);
  // It is counted as what it is, on both sides.
  const { withdrawn, isMatched } = must(await tab.tablet.dayReport(tab.tablet.today()));
  expect({ withdrawn, isMatched }).toEqual({ withdrawn: 0, isMatched: true });
}, 60_000);

test('the withdrawal that arrives first keeps it out', async () => {
  const { tab, session, handoff, entry } = await waiting();
  must(await session.discard(entry, 'まちがえて受けた'));
  await tab.tablet.syncNow();
  giver.line.isCut = false;
  for (let n = 0; n < 2; n++) await giver.tab.tablet.syncNow();
  for (let n = 0; n < 3; n++) await tab.tablet.syncNow();
  expect(stateOf(session.get('handoff', handoff))).not.toBe('accepted');
  expect(must(await session.withdrawn())).toEqual([
    expect.objectContaining({ id: entry, wentIn: false }),
  ]);
}, 60_000);
