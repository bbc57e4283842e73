import { expect, it } from 'vitest';
import { knownFacts } from '../../src/server/known-facts.ts';

it('reads a text once: what differs in a single sign is another', () => {
  const first = knownFacts('{"name":"甲","site":"east"}');
  expect(first).toEqual({ name: '甲', site: 'east' });
  expect(knownFacts(['{"name":"甲",', '"site":"east"}'].join(''))).toBe(first);
  expect(knownFacts('{"name":"乙","site":"east"}')).toEqual({ name: '乙', site: 'east' });
  expect(knownFacts(null)).toEqual({});
});
