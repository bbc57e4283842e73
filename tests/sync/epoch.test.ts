/** Which chain of epochs a tablet follows: forward always, to one that it has left never. */
import { expect, test } from 'vitest';
import { leadsOn } from '../../src/sync/epoch.ts';

const chainOf = (...names: readonly string[]) =>
  names.map((epoch, index) => ({
    epoch,
    before: names[index - 1] ?? null,
    madeAt: index,
    sig: '',
  }));

test.each([
  ['on from the present one', ['a', 'b'], ['a'], true],
  ['on by several', ['a', 'b', 'c'], ['a'], true],
  ['off before the present one', ['a', 'c'], ['a', 'b'], true],
  ['on to one that it was told of and has not followed', ['a', 'b'], ['a', 'b', 'a'], true],
  ['nowhere', ['a', 'b'], ['a', 'b'], false],
  ['back to the one before', ['a'], ['a', 'b'], false],
  ['back to another branch', ['a', 'b'], ['b', 'a', 'c'], false],
  ['from somewhere else', ['x', 'y'], ['a', 'b'], false],
  ['from nothing', [], ['a'], false],
])('a chain that leads %s', (_, chain, known, isFollowed) => {
  expect(leadsOn(chainOf(...chain), known)).toBe(isFollowed);
});
