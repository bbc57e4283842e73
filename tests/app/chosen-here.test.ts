/** Two values about which she has chosen: until the server has said so, and not before all of them are chosen. */
import { expect, test } from 'vitest';
import type { OutboxItem } from '../../src/device/types.ts';
import { chosenWords, isChosenHere } from '../../src/app/logic/chosen-here.ts';
import type { Values } from '../../src/domain/value.ts';

const problem = (...fields: string[]) => ({ code: 'baseChanged', kind: 'seeker', fields }) as const;
const item = (...fields: string[]) => ({
  id: 'e-1',
  state: 'conflict' as const,
  problem: problem(...fields),
  records: [{ kind: 'seeker', id: 's-1' }],
});
const choice = (args: Values, state: OutboxItem['state'] = 'pending') => ({
  verb: 'seeker.settle',
  state,
  args: { id: 's-1', part: 'file', field: 'phone', entry: 'e-1', keep: 'other', ...args },
});
const record = (file?: Values) => () => ({
  kind: 'seeker',
  id: 's-1',
  parts: { card: {}, ...(file && { file }) },
});
const kept = { field: 'post', value: 'x', entry: 'e-1', actor: 'me', at: 1 };

test('a choice on its way counts, sent or not, and one that was refused does not', () => {
  const one = item('phone');
  expect(isChosenHere(one, [choice({})], record())).toBe(true);
  expect(isChosenHere(one, [choice({}, 'merged')], record())).toBe(true);
  expect(isChosenHere(one, [choice({}, 'rejected')], record())).toBe(false);
  expect(isChosenHere(one, [choice({}, 'conflict')], record())).toBe(false);
  expect(isChosenHere(one, [choice({ entry: 'e-2' })], record())).toBe(false);
  expect(isChosenHere(one, [], record({}))).toBe(false);
});

test('every field is to be chosen; of a part that is not open one cannot tell', () => {
  const two = item('phone', 'post');
  expect(isChosenHere(two, [choice({})], record())).toBe(false);
  expect(isChosenHere(two, [choice({})], record({ conflicts: [kept] }))).toBe(false);
  expect(isChosenHere(two, [choice({})], record({ post: 'y' }))).toBe(true);
  expect(isChosenHere(two, [choice({}), choice({ field: 'post' })], record())).toBe(true);
  const address = item('postal', 'address');
  expect(isChosenHere(address, [choice({ field: 'postal' })], record())).toBe(true);
});

test('a step that came too late is no choice', () => {
  expect(isChosenHere(item('state'), [choice({ field: 'state' })], record())).toBe(false);
});

test('what was chosen is named', () => {
  expect(chosenWords(item('phone')).what).toBe('求職者の「電話」は、あなたが決めました。');
});
