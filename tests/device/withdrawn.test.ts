/** What its author has dealt with, at a server put back from a backup: it has no effect behind her back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Envelope } from '../../src/sync/envelope.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { dbOf, restoredTown, stateOf, sync, type RestoredTown } from '../support/restored-town.ts';

let town: Town;
let restored: RestoredTown;
beforeEach(async () => {
  town = await openTown();
  restored = restoredTown(town);
});
afterEach(() => town.close());

/** Both tablets call the same visit; the second is refused and withdraws hers. The backup knows of neither. */
async function callTwice(isNoted = false) {
  const [here, there] = [await town.tablet(), await town.tablet()];
  const [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-hw1')];
  const id = await restored.logVisit(city);
  await sync(here);
  await sync(there);
  await restored.saveBackup();
  if (isNoted) await restored.noteBackup();
  must(await hw.write('visit.call', { id }));
  await sync(there);
  const refused = must(await city.write('visit.call', { id })).id;
  await sync(here);
  expect(stateOf(here)).toMatchObject({ needsCare: 1 });
  const { entries } = await dbOf(here, 'shiroishi-city1');
  const rowOf = () => entries.where('id').equals(refused).first();
  const open = await rowOf();
  must(await city.discard(refused, '先に呼ばれていた'));
  return { here, there, city, id, open, rowOf };
}

const codeOf = async (row: { readonly id: string } | undefined): Promise<unknown> => {
  const found = await town.area.server().storage.read((tx) =>
    tx
      .selectFrom('entry')
      .select('verdict')
      .where('id', '=', row?.id ?? '')
      .executeTakeFirst(),
  );
  return (JSON.parse(found?.verdict ?? '{}') as { code?: unknown }).code;
};

test('what its author has withdrawn has no effect at a restored server, though what refused it comes later', async () => {
  const { here, there, city, id, rowOf } = await callTwice();
  const known = await restored.factsOf(id);
  await restored.putBack();
  // It opens when it has heard this tablet: of the other one it knows nothing.
  for (let n = 0; n < 3; n++) await sync(here);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect(await restored.factsOf(id)).toMatchObject({ state: 'waiting' });
  for (let n = 0; n < 3; n++) await sync(there);
  expect(stateOf(there)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect(await restored.factsOf(id)).toEqual(known);
  await sync(here);
  expect(city.get('visit', id)?.parts['facts']).toEqual(known);
  expect((await rowOf())?.state).toBe(await codeOf(await rowOf()));
});

test('what its author withdraws while a restored server waits for others has no effect when it opens', async () => {
  const [here, there, late] = [await town.tablet(), await town.tablet(), await town.tablet()];
  const city = await here.enrol('shiroishi-city1');
  const colleague = await late.enrol('shiroishi-city2');
  await restored.logVisit(colleague);
  await sync(late);
  const id = await restored.logVisit(city);
  await sync(here);
  await restored.saveBackup();
  // The backup does not know of this tablet, so nobody waits for it.
  const hw = await there.enrol('shiroishi-hw1');
  await sync(there);
  must(await hw.write('visit.call', { id }));
  await sync(there);
  const refused = must(await city.write('visit.call', { id })).id;
  await restored.logVisit(city);
  await sync(here);
  await restored.putBack();
  late.line.isCut = true;
  for (let n = 0; n < 3; n++) await sync(here);
  expect(stateOf(here)).toMatchObject({ needsCare: 1, problem: { code: 'restoring' } });
  must(await city.discard(refused, '先に呼ばれていた'));
  await sync(here);
  late.line.isCut = false;
  for (let n = 0; n < 3; n++) for (const place of [late, here]) await sync(place);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect(await codeOf({ id: refused })).toBe('rejected');
  expect(await restored.factsOf(id)).toMatchObject({ state: 'waiting' });
});

/** The server is put back, and a copy of the tablet, which hears of it first, brings what follows from this entry on. */
async function putBackAndBring(here: Place, { header }: Envelope): Promise<void> {
  here.line.isCut = true;
  await restored.putBack();
  const { entries } = await dbOf(here, 'shiroishi-city1');
  const before = await entries.get(['write', header.seq - 1]);
  const rows = await entries.where('[lane+seq]').aboveOrEqual(['write', header.seq]).toArray();
  const request = {
    protocol: 2,
    store: header.store,
    lane: 'write',
    after: before ? { seq: before.seq, hash: before.hash } : null,
    leases: [],
    entries: rows.map(({ envelope }) => envelope),
  };
  await town.area.ask('/api/push', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  here.line.isCut = false;
}

test('where a copy of the tablet brought it to a restored server before, the tablet takes what it has become', async () => {
  const { here, open, rowOf } = await callTwice();
  if (!open) throw new Error('no entry');
  await putBackAndBring(here, open.envelope);
  expect(await codeOf(open)).toBe('applied');
  for (let n = 0; n < 3; n++) await sync(here);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect((await rowOf())?.state).toBe('applied');
});

test.each([
  ['nobody knows how far the backup reaches', false],
  ['the tablet knows how far the backup reaches', true],
])('so it does where others follow that the copy brought too: %s', async (_, isNoted) => {
  const { here, city, open, rowOf } = await callTwice(isNoted);
  const last = await restored.logVisit(city);
  await sync(here);
  if (!open) throw new Error('no entry');
  await putBackAndBring(here, open.envelope);
  expect(await codeOf(open)).toBe('applied');
  expect(await restored.factsOf(last)).toBeDefined();
  town.area.clock.now += 11 * 60_000;
  for (let n = 0; n < 3; n++) await sync(here);
  expect(stateOf(here)).toMatchObject({ pending: 0, needsCare: 0, problem: undefined });
  expect((await rowOf())?.state).toBe('applied');
});
