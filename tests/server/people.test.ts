/** When a person is at hand because of what is open about her. */
import { expect, test } from 'vitest';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { createPeople, indexByPerson } from '../../src/server/people.ts';

const seeker = (id: string, org: string): Rec => ({
  kind: 'seeker',
  id,
  parts: { facts: { state: 'active', org } },
});
const openAt = (city: Values, hw: Values) => {
  const facts = { state: 'supporting', org: 'o-city', site: 's-1', toSite: 's-2' };
  const parts = { facts, city: { citySeeker: 'c-1', ...city }, hw: { hwSeeker: 'h-1', ...hw } };
  const records = [
    seeker('c-1', 'o-city'),
    seeker('h-1', 'o-hw'),
    { kind: 'welfareCase', id: 'wc-1', parts },
  ];
  const people = createPeople(indexByPerson(records));
  return [people('c-1')?.openAt, people('h-1')?.openAt];
};

test('a joint case keeps her at hand on each side until that side has gone its own way', () => {
  expect(openAt({}, {})).toEqual([['s-1'], ['s-2']]);
  expect(openAt({ cityEndedOn: '2026-05-11' }, {})).toEqual([[], ['s-2']]);
  expect(openAt({}, { apartCase: 'wc-2' })).toEqual([['s-1'], []]);
});
