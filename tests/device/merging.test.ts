/** A merged person on the tablet: looked up by the old id and name she is the one that stands, opened with all of her file. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Session } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
let session: Session;
beforeEach(async () => {
  town = await openTown();
  place = await town.tablet();
  session = await place.enrol('shiroishi-city1');
});
afterEach(() => town.close());

async function register(familyName: string): Promise<string> {
  const id = session.newId();
  must(
    await session.write('seeker.register', {
      id,
      familyName,
      familyKana: 'カクウ',
      phone: '011-000-1111',
    }),
  );
  return id;
}

const found = (typed: string) =>
  session.search(typed).map(({ record, formerly }) => [record.id, formerly]);

test.each(['offline', 'after the server has taken it'])(
  'peers 23: merged and taken apart again, %s',
  async (when) => {
    const [old, stays] = [await register('旧姓田'), await register('新姓川')];
    must(await session.write('seeker.merge', { id: old, into: stays }));
    if (when !== 'offline') await place.tab.tablet.syncNow();
    expect(session.get('seeker', old)?.id).toBe(stays);
    expect(found('旧姓')).toEqual([[stays, '旧姓田']]);
    expect(found('新姓')).toEqual([[stays, undefined]]);
    expect(found('カクウ')).toEqual([[stays, undefined]]);
    const opened = must(await session.openPerson(old, '相談'));
    expect(opened.map(({ id }) => id).toSorted()).toEqual([old, stays].toSorted());
    for (const { parts } of opened) expect(parts['file']).toMatchObject({ phone: '011-000-1111' });
    must(await session.write('seeker.unmerge', { id: old }));
    expect(session.get('seeker', old)?.id).toBe(old);
    expect(found('旧姓')).toEqual([[old, undefined]]);
  },
);

test('peers 23: two tablets merge the same two the other way round: both end with the same one', async () => {
  const [a, b] = [await register('往'), await register('復')];
  await place.tab.tablet.syncNow();
  const elsewhere = await town.tablet();
  const other = await elsewhere.enrol('shiroishi-city2');
  must(await session.write('seeker.merge', { id: a, into: b }));
  must(await other.write('seeker.merge', { id: b, into: a }));
  await place.tab.tablet.syncNow();
  await elsewhere.tab.tablet.syncNow();
  for (const one of [session, other])
    expect([one.get('seeker', a)?.id, one.get('seeker', b)?.id]).toEqual([b, b]);
  expect(other.outbox.value.at(0)).toMatchObject({
    state: 'rejected',
    problem: { code: 'refused' },
  });
});
