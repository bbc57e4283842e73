/** A verdict that changes: from the row as it is and the server's word, and nothing else. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { overlayChanges } from '../../src/device/ledger.ts';
import { openStoreDb, type EntryRow } from '../../src/device/store-db.ts';
import {
  cleared,
  isPassed,
  isWithdrawn,
  takeVerdicts,
  withVerdict,
} from '../../src/device/verdicts.ts';
import type { Receipt, Verdict } from '../../src/sync/verdict.ts';

const problem = { code: 'waitsFor', kind: 'seeker' } as const;
const field = { code: 'baseChanged', kind: 'seeker', fields: ['post'] } as const;
const verdicts = {
  applied: { code: 'applied' },
  merged: { code: 'merged' },
  conflict: { code: 'conflict', problem: field },
  state: { code: 'conflict', problem: { ...field, fields: ['state'] } },
  blocked: { code: 'blocked', by: 'seeker/x', problem },
  rejected: { code: 'rejected', problem },
  quarantined: { code: 'quarantined', problem },
} satisfies Readonly<Record<string, Verdict>>;

const change = { kind: 'seeker', id: 'x', part: 'file', set: { post: 'a' } };
const pending: EntryRow = {
  lane: 'write',
  seq: 1,
  id: 'e-1',
  hash: 'h',
  state: 'pending',
  // Nothing here reads the envelope.
  envelope: {} as EntryRow['envelope'],
  plain: { body: { args: {}, base: {}, expected: {}, salt: '' }, changes: [change] },
  held: 'e-1',
};
const receipt = (name: keyof typeof verdicts, more: Partial<Receipt> = {}): Receipt => ({
  id: 'e-1',
  hash: 'h',
  seq: 5,
  verdict: verdicts[name],
  ...more,
});

const laid = (row: EntryRow, seq: number) =>
  overlayChanges([{ store: 's', row, copy: row.plain }], seq).length > 0;

describe('a first verdict', () => {
  test.each([
    ['applied', false, true],
    ['merged', false, true],
    ['conflict', true, true],
    ['state', true, false],
    ['blocked', true, false],
    ['rejected', true, false],
    ['quarantined', true, false],
  ] as const)(
    '%s: waits for a person %s, is laid until the rows have it %s',
    (name, care, isLaid) => {
      const row = withVerdict(pending, receipt(name));
      expect(row.care !== undefined).toBe(care);
      expect([laid(row, 4), laid(row, 5)]).toEqual([isLaid, false]);
      expect(isPassed(row, 5)).toBe(isLaid);
    },
  );

  test('once given, is of no rows any more where the entry is to be offered again', () => {
    const again: EntryRow = { ...withVerdict(pending, receipt('applied')), state: 'pending' };
    expect(isPassed(again, 5)).toBe(false);
    expect(laid(again, 5)).toBe(true);
  });

  test('of an access event waits for nobody', () => {
    expect(withVerdict({ ...pending, lane: 'access' }, receipt('rejected')).care).toBeUndefined();
  });
});

describe('a later verdict', () => {
  const blocked = withVerdict(pending, receipt('blocked'));

  test('that applies it takes it off the list and lays it', () => {
    const row = withVerdict(blocked, receipt('applied', { seq: 9 }));
    expect(row).toMatchObject({ state: 'applied', held: 'e-1' });
    expect(row.care).toBeUndefined();
    expect([laid(row, 8), laid(row, 9)]).toEqual([true, false]);
  });

  test('that refuses it leaves it on the list', () => {
    expect(withVerdict(blocked, receipt('rejected'))).toMatchObject({ care: 'e-1' });
  });

  test('asks nobody who has cleared it here', () => {
    const row = withVerdict(cleared(blocked), receipt('rejected'));
    expect([row.care, row.plain, row.held]).toEqual([undefined, undefined, undefined]);
  });

  test('of what somebody else closed takes it and its copy off, with effect only when the rows have it', () => {
    const refused = withVerdict(pending, receipt('rejected'));
    const gone = withVerdict(refused, receipt('rejected', { closed: true }));
    expect([gone.care, gone.plain]).toEqual([undefined, undefined]);
    const met = withVerdict(pending, receipt('conflict'));
    const settled = withVerdict(met, receipt('conflict', { closed: true }));
    expect(settled.care).toBeUndefined();
    expect(laid(settled, 4)).toBe(true);
  });

  test('that somebody withdrew stays told as withdrawn, as long as it has come to nothing', () => {
    const refused = withVerdict(pending, receipt('rejected'));
    const given = receipt('rejected', { closed: true, withdrawn: true });
    const gone = withVerdict(refused, given);
    expect([isWithdrawn(refused), isWithdrawn(gone)]).toEqual([false, true]);
    const here = { ...cleared(refused), withdrawn: { at: 5 } };
    expect(withVerdict(here, given).withdrawn).toEqual({ at: 5 });
    expect(isWithdrawn(withVerdict(here, receipt('applied')))).toBe(false);
    expect(isWithdrawn(cleared(refused))).toBe(false);
  });

  test('is taken for the entry of that id and hash alone', async () => {
    const storage = { indexedDB: new IDBFactory(), keyRange: IDBKeyRange };
    const db = openStoreDb(storage, 'verdicts');
    await db.entries.bulkPut([
      blocked,
      { ...blocked, seq: 2, id: 'e-2', hash: 'other', care: 'e-2' },
    ]);
    await takeVerdicts(db, [
      receipt('applied', { seq: 9 }),
      receipt('applied', { id: 'e-2' }),
      receipt('applied', { id: 'e-3' }),
    ]);
    expect((await db.entries.toArray()).map(({ id, state }) => [id, state])).toEqual([
      ['e-1', 'applied'],
      ['e-2', 'blocked'],
    ]);
    db.close();
  });
});
