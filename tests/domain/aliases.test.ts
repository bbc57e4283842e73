/** Merged registrations: where a reference leads, and that a walk always ends. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chainFrom, registrationsOf, rootOf } from '../../src/domain/aliases.ts';
import type { Rec } from '../../src/domain/record.ts';
import { createWorld } from '../support/world.ts';

const seeker = (id: string, mergedInto?: string, state = 'merged'): Rec => ({
  kind: 'seeker',
  id,
  parts: { facts: mergedInto === undefined ? { state: 'active' } : { state, mergedInto } },
});
const among = (records: readonly Rec[]) => (id: string) => records.find((one) => one.id === id);

test('a chain leads to its end, a parted one to itself, a lost one as far as it is known', () => {
  const all = [seeker('a', 'b'), seeker('b', 'c'), seeker('c'), seeker('d', 'gone')];
  expect(rootOf('a', among(all))).toBe('c');
  expect(rootOf('d', among(all))).toBe('d');
  expect(rootOf('nobody', among(all))).toBe('nobody');
  expect(rootOf('x', among([seeker('x', 'c', 'active'), ...all]))).toBe('x');
  expect(registrationsOf('b', all).toSorted()).toEqual(['a', 'b', 'c']);
  expect(registrationsOf('d', all)).toEqual(['d', 'gone']);
});

test('nobody is led to a registration that was voided', () => {
  const voided = { ...seeker('b'), parts: { facts: { state: 'voided' } } };
  expect(rootOf('a', among([seeker('a', 'b'), voided]))).toBe('a');
});

test('what a tablet lays over its rows may be a circle: the walk ends, at one place for all', () => {
  const circle = [seeker('a', 'b'), seeker('b', 'c'), seeker('c', 'a')];
  const ends = circle.map(({ id }) => rootOf(id, among(circle)));
  expect(new Set(ends).size).toBe(1);
  expect(chainFrom('a', among(circle))).toEqual(['a', 'b', 'c']);
});

test('merges and their undoing, in any order, never make a circle; taken apart all is as before (I9)', () => {
  const ids = ['n-1', 'n-2', 'n-3', 'n-4', 'n-5', 'n-6'];
  const step = fc.record({
    isMerge: fc.boolean(),
    id: fc.constantFrom(...ids),
    into: fc.constantFrom(...ids),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = createWorld();
      for (const id of ids)
        world.must('seeker.register', { id, familyName: id, familyKana: 'カクウ' }, 'hwCounsellor');
      const before = ids.map((id) => world.view.get('seeker', id));
      for (const { isMerge, id, into } of steps)
        world.write(
          isMerge ? 'seeker.merge' : 'seeker.unmerge',
          isMerge ? { id, into } : { id },
          'hwCounsellor',
        );
      for (const id of ids) {
        const seen = [id];
        for (let at = id; ;) {
          const next = world.part(`seeker/${at}/facts`)['mergedInto'];
          if (typeof next !== 'string') break;
          expect(seen).not.toContain(next);
          seen.push(next);
          at = next;
        }
      }
      for (const id of ids) world.write('seeker.unmerge', { id }, 'hwCounsellor');
      expect(ids.map((id) => world.view.get('seeker', id))).toEqual(before);
    }),
    { numRuns: 60 },
  );
});
