/** A withdrawn entry is in one visible place: in her own list with its reason, in the day's proof as a number. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropReadable } from '../../src/device/evicted.ts';
import type { Session } from '../../src/device/types.ts';
import { cleared } from '../../src/device/verdicts.ts';
import { must } from '../support/device-surroundings.ts';
import { openTown, type Place, type Town } from '../support/device-town.ts';
import { dbOf, restoredTown, sync, visit as visitFacts } from '../support/restored-town.ts';

let town: Town;
let here: Place;
let there: Place;
let city: Session;
let hw: Session;
beforeEach(async () => {
  town = await openTown();
  [here, there] = [await town.tablet(), await town.tablet()];
  [city, hw] = [await here.enrol('shiroishi-city1'), await there.enrol('shiroishi-city2')];
}, 30_000);
afterEach(() => town.close());

/** Both cancel the same visit; hers comes second. */
async function refusedVisit(): Promise<{ readonly visit: string; readonly entry: string }> {
  const visit = await restoredTown(town).logVisit(city);
  await sync(here);
  await sync(there);
  must(await hw.write('visit.void', { id: visit, voidReason: 'mistake' }));
  await sync(there);
  const entry = must(await city.write('visit.void', { id: visit, voidReason: 'mistake' })).id;
  await sync(here);
  expect(here.tab.tablet.sync.peek().needsCare).toBe(1);
  return { visit, entry };
}

const withdrawn = async (session = city) => must(await session.withdrawn());
const reported = async () => {
  const { tablet } = here.tab;
  const { care, withdrawn: n, isMatched } = must(await tablet.dayReport(tablet.today()));
  return { care, withdrawn: n, isMatched };
};

test('with its reason, when and what it was, offline and after the lock too; the proof counts it', async () => {
  const { visit, entry } = await refusedVisit();
  expect(await withdrawn()).toEqual([]);
  expect(await reported()).toEqual({ care: 1, withdrawn: 0, isMatched: true });
  here.line.isCut = true;
  must(await city.discard(entry, '先に取り消されていた'));
  const listed = {
    id: entry,
    verb: 'visit.void',
    withdrawnAt: here.clock.now,
    reason: '先に取り消されていた',
    hasEffect: false,
    records: [{ kind: 'visit', id: visit }],
  };
  expect(await withdrawn()).toEqual([expect.objectContaining(listed)]);
  here.line.isCut = false;
  await sync(here);
  expect(await reported()).toEqual({ care: 0, withdrawn: 1, isMatched: true });
  here.tab.tablet.lock();
  expect(await reported()).toEqual({ care: 0, withdrawn: 1, isMatched: true });
  expect((await city.withdrawn()).ok).toBe(false);
  expect(await withdrawn(await here.unlock('shiroishi-city1'))).toMatchObject([listed]);
  // What it said is gone all the same.
  const { entries } = await dbOf(here, 'shiroishi-city1');
  const row = await entries.where('id').equals(entry).first();
  expect([row?.copy, row?.held, row?.care]).toEqual([undefined, undefined, undefined]);
});

test('withdrawn by her supervisor it is in her list too, without the reason', async () => {
  const { entry } = await refusedVisit();
  const boss = await there.enrol('shiroishi-citysv');
  must(await boss.discardOther(entry, '確認ずみ'));
  await sync(there);
  await sync(here);
  expect(await withdrawn()).toEqual([
    expect.objectContaining({ id: entry, withdrawnAt: undefined, reason: undefined }),
  ]);
  expect(await reported()).toEqual({ care: 0, withdrawn: 1, isMatched: true });
});

test('an entry that was put right is no withdrawn one', async () => {
  const { entry } = await refusedVisit();
  const args = { id: city.newId(), arrivedAt: here.clock.now, ...visitFacts };
  must(await city.write('visit.log', args, { supersedes: entry }));
  expect(await withdrawn()).toEqual([]);
});

test('the reason goes with the right to see what it was about; the entry is told still', async () => {
  const { visit, entry } = await refusedVisit();
  must(await city.discard(entry, '先に取り消されていた'));
  const db = await dbOf(here, 'shiroishi-city1');
  await db.transaction('rw', db.entries, db.drafts, () =>
    dropReadable(db, [{ kind: 'visit', id: visit, part: 'facts' }], []),
  );
  expect(await withdrawn()).toEqual([
    expect.objectContaining({ id: entry, withdrawnAt: here.clock.now, reason: undefined }),
  ]);
});

test('after a month its note is no longer on the tablet', async () => {
  const { entry } = await refusedVisit();
  must(await city.discard(entry, '先に取り消されていた'));
  const db = await dbOf(here, 'shiroishi-city1');
  const notes = () => db.drafts.where('key').startsWith('withdrawn/').count();
  expect(await notes()).toBe(1);
  here.clock.now += 32 * 24 * 3_600_000;
  expect(await withdrawn()).toEqual([]);
  expect(await notes()).toBe(0);
});

test('what an older release has cleared is read as before', async () => {
  const { entry } = await refusedVisit();
  must(await city.discard(entry, '先に取り消されていた'));
  // The server's answer to the withdrawal notes it again: it must not come after what is taken off here.
  await sync(here);
  const { entries } = await dbOf(here, 'shiroishi-city1');
  await entries
    .where('id')
    .equals(entry)
    .modify((row, ref) => {
      const { withdrawn: _, ...rest } = row;
      ref.value = rest;
    });
  expect(await withdrawn()).toEqual([]);
  expect(await reported()).toMatchObject({ care: 0, isMatched: true });
});

test('half-filled forms about it go with it; the note why stays', async () => {
  const { entry } = await refusedVisit();
  await city.writeDraft(`repair-${entry}`, { note: '書きかけ' });
  must(await city.discard(entry, '先に取り消されていた'));
  expect(await city.readDraft(`repair-${entry}`)).toBeUndefined();
  expect(await withdrawn()).toEqual([expect.objectContaining({ reason: '先に取り消されていた' })]);
});

test.each(['before', 'while'])(
  'what another tab puts right %s it is withdrawn here is no withdrawn one, on neither side',
  async (when) => {
    const { entry } = await refusedVisit();
    const { entries } = await dbOf(here, 'shiroishi-city1');
    const clear = () =>
      entries
        .where('id')
        .equals(entry)
        .modify((row, ref) => {
          ref.value = cleared(row);
        });
    let isDue = false;
    const tab = await here.open((ports) => ({
      ...ports,
      // The reason of a withdrawal is sealed before its row is written.
      random: (length) => {
        if (isDue) void clear();
        isDue = false;
        return ports.random(length);
      },
    }));
    const session = await here.unlock('shiroishi-city1', tab);
    if (when === 'before') await clear();
    else isDue = true;
    expect(session.outbox.peek()).toHaveLength(1);
    const code = when === 'before' ? 'notFound' : 'superseded';
    expect(await session.discard(entry, '二重')).toMatchObject({ ok: false, problem: { code } });
    expect(await withdrawn(session)).toEqual([]);
    expect((await entries.where('id').equals(entry).first())?.withdrawn).toBeUndefined();
  },
);

test('a supervisor’s half-filled form about a colleague’s entry goes with its withdrawal', async () => {
  const { entry } = await refusedVisit();
  const boss = await there.enrol('shiroishi-citysv');
  await boss.writeDraft(`repair-${entry}`, { note: '書きかけ' });
  must(await boss.discardOther(entry, '確認ずみ'));
  expect(await boss.readDraft(`repair-${entry}`)).toBeUndefined();
});
