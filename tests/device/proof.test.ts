/**
 * The tablet's end-of-day proof over the real server. peers.md (b) 12: 「すべて受け取りました」 is said from the server's
 * answer alone, counts every store of the tablet, names what is missing, and needs nobody to be unlocked.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { demoCodes } from '../../src/server/demo-codes.ts';
import type { DayReport } from '../../src/device/types.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';

let town: Town;
let place: Place;
beforeAll(async () => {
  town = await openTown();
  place = await town.tablet();
  await place.enrol('shiroishi-city1');
}, 30_000);
afterAll(() => town.close());
afterEach(() => {
  place.line.isCut = false;
});

const visit = { purposes: ['careerCounselling'], visitKind: 'new', channel: 'inPerson', heads: 1 };
const tablet = () => place.tab.tablet;
const report = async (day = tablet().today()): Promise<DayReport> =>
  must(await tablet().dayReport(day));
const session = async () => tablet().session.peek() ?? (await place.unlock('shiroishi-city1'));

async function log(): Promise<void> {
  const open = await session();
  const args = { id: open.newId(), arrivedAt: tablet().now(), ...visit };
  must(await open.write('visit.log', args));
}

describe('entered and received', () => {
  test('peers 12: saved offline is entered, not received; delivered it is received, the same on both sides', async () => {
    place.line.isCut = true;
    await log();
    must(await tablet().count(visit));
    await tablet().syncNow();
    const before = await report();
    expect(before).toMatchObject({ count: 2, receipted: 0, isMatched: false, server: undefined });
    expect(before.problem).toEqual({ code: 'offline' });
    expect(before.missing.map(({ staff }) => staff).sort()).toEqual(['', 'shiroishi-city1']);
    place.line.isCut = false;
    await tablet().syncNow();
    const after = await report();
    expect(after).toMatchObject({ count: 2, receipted: 2, isMatched: true, missing: [], extra: 0 });
    expect(after.server).toMatchObject({ count: 2, hash: after.hash });
  });

  test('peers 12: with every receipt in hand and no server to ask, nothing is called the same', async () => {
    place.line.isCut = true;
    const found = await report();
    expect(found).toMatchObject({ count: 2, receipted: 2, missing: [], isMatched: false });
  });

  test('peers 12: what is written after the rest was received is missing by name', async () => {
    place.line.isCut = true;
    await log();
    // The run that the save has begun ends while the line is cut.
    await tablet().syncNow();
    place.line.isCut = false;
    const found = await report();
    expect(found).toMatchObject({ count: 3, isMatched: false });
    expect(found.server?.count).toBe(2);
    expect(found.missing).toEqual([
      expect.objectContaining({ staff: 'shiroishi-city1', occurredAt: tablet().now() }),
    ]);
    expect(found.missing[0]?.title).toMatch(/来所/);
    await tablet().syncNow();
  });

  test('peers 12: a refused entry is received, and one to look at', async () => {
    const open = await session();
    const [first] = open.all('visit').peek();
    place.line.isCut = true;
    must(await open.write('visit.void', { id: first?.id ?? '', voidReason: 'mistake' }));
    // Somebody else is quicker.
    const other = await town.tablet();
    const colleague = await other.enrol('shiroishi-city2');
    must(await colleague.write('visit.void', { id: first?.id ?? '', voidReason: 'mistake' }));
    await other.tab.tablet.syncNow();
    place.line.isCut = false;
    await tablet().syncNow();
    const found = await report();
    expect(found).toMatchObject({ count: 4, care: 1, isMatched: true, missing: [] });
    // The other tablet answers for its own alone.
    expect(must(await other.tab.tablet.dayReport(tablet().today()))).toMatchObject({ count: 1 });
  });

  test('the lock screen says the same', async () => {
    const before = await report();
    tablet().lock();
    expect(await report()).toEqual({ ...before, server: expect.anything() });
  });

  test('each day by the tablet’s clock, found though a wrong clock has put it far back in the stream', async () => {
    const [day, before] = [tablet().today(), await report()];
    const move = (days: number) => (place.clock.now += days * 24 * 3_600_000);
    move(1);
    must(await tablet().count(visit));
    expect(await report()).toMatchObject({ count: 1 });
    expect(await report(day)).toMatchObject({ count: before.count, hash: before.hash });
    move(-1);
    must(await tablet().count(visit));
    move(-1);
    // More than one page of the walk.
    for (let i = 0; i < 101; i++) must(await tablet().count(visit));
    await tablet().syncNow();
    move(1);
    expect(await report(day)).toMatchObject({ count: before.count + 1, isMatched: true, extra: 0 });
  }, 30_000);
});

test('a tablet admitted anew claims its own alone, and is not silent about what was left unsent before', async () => {
  const again = await town.tablet();
  const open = await again.enrol('shiroishi-city2');
  const { tablet: moved } = again.tab;
  again.line.isCut = true;
  must(await open.write('visit.log', { id: open.newId(), arrivedAt: again.clock.now, ...visit }));
  await moved.syncNow();
  again.line.isCut = false;
  must(await moved.admit({ code: demoCodes['shiroishi'] ?? '', name: '窓口' }));
  const before = must(await moved.dayReport(moved.today()));
  expect(before).toMatchObject({ count: 0, isMatched: false, missing: [expect.anything()] });
  expect(before.server?.hash).toBe(before.hash);
  await moved.syncNow();
  const after = must(await moved.dayReport(moved.today()));
  expect(after).toMatchObject({ count: 0, isMatched: true, missing: [] });
});

test('the supervisor hears of it without anybody asking', async () => {
  const claims = await town.area
    .server()
    .storage.read((tx) =>
      tx.selectFrom('day_claim').selectAll().where('day', '=', tablet().today()).execute(),
    );
  const device = tablet().enrolment.peek()?.device;
  expect(claims.filter((one) => one.device === device)).toHaveLength(1);
});
