/** What goes along with an entry that is taken up, by the standing of those who claim it. */
import { expect, test } from 'vitest';
import { claimsOf, type Old } from '../../src/server/claims.ts';

const old = (author: string, claims?: string, more: Partial<Old> = {}): Old => ({
  author,
  org: 'city',
  role: 'counsellor',
  isBarred: false,
  isOpen: true,
  hasEffect: false,
  claims,
  rightBy: undefined,
  ...more,
});
const supervisor = { role: 'supervisor' };
const barred = { ...supervisor, isBarred: true };
const chain = (last: Old, middle = old('hana', 'first')) =>
  claimsOf(new Map(Object.entries({ first: old('hana'), middle, last })), 'last').map(
    (claim) => `${claim.old} ${claim.isTaken ? 'taken' : claim.isOpen ? 'open' : 'left'}`,
  );

test.each<[string, Old, readonly string[]]>([
  ['her own', old('hana', 'middle'), ['middle open', 'first open']],
  [
    'her own from a stopped store',
    old('hana', 'middle', { isBarred: true }),
    ['middle open', 'first open'],
  ],
  ['a supervisor’s', old('ken', 'middle', supervisor), ['middle open', 'first open']],
  ['a supervisor’s without standing', old('ken', 'middle', barred), ['middle left', 'first left']],
  ['a colleague’s', old('ken', 'middle'), []],
])('%s', (_, last, claims) => expect(chain(last)).toEqual(claims));

test('what has had an effect is taken, whoever claims it', () => {
  const partly = old('hana', 'first', { hasEffect: true });
  expect(chain(old('ken', 'middle', barred), partly)).toEqual(['middle taken', 'first left']);
});

test('what was put right is taken unless that was given up, however often it was sent anew', () => {
  const closed = { isOpen: false };
  const known = (later: Partial<Old>) =>
    new Map([
      ['first', old('hana', undefined, { ...closed, rightBy: 'anew' })],
      ['anew', old('hana', 'first', { ...closed, rightBy: 'later' })],
      ['later', old('hana', 'anew', later)],
      ['last', old('hana', 'first')],
    ]);
  const isTaken = (later: Partial<Old>) => claimsOf(known(later), 'last').map((one) => one.isTaken);
  expect(isTaken({})).toEqual([true]);
  expect(isTaken({ ...closed, rightBy: 'applied' })).toEqual([true]);
  expect(isTaken(closed)).toEqual([false]);
});
