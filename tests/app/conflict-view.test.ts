/** どちらかに決める in words: what is shown, what is odd about a side, and what is known of the value that stands. */
import { expect, test } from 'vitest';
import { enteredHere, sideBySide } from '../../src/app/logic/conflict-view.ts';
import { choicesOf } from '../../src/domain/conflict.ts';
import { seeker } from '../../src/domain/kinds/seeker.ts';
import type { Values } from '../../src/domain/value.ts';

const by = { entry: 'e-1', actor: 'me', at: 5 };
const kept = (field: string, value: string) => ({ field, value, ...by });
const person = (file: Values, card: Values) => ({
  kind: 'seeker',
  id: 's-1',
  parts: { card, file },
});
const shown = (file: Values, card: Values) => sideBySide(person(file, card), 'me', () => '');

const phone = { phone: '090-1111-2222', conflicts: [kept('phone', '090-7777-8888')] };
const tail = { phoneTail: '2222', conflicts: [kept('phoneTail', '8888')] };

test('a phone number that met another is one choice, and its last digits say nothing beside it', () => {
  const [one, ...more] = shown(phone, tail);
  expect(more).toEqual([]);
  expect(one?.rows).toEqual([{ label: '電話', current: '090-1111-2222', other: '090-7777-8888' }]);
  expect(one?.warnings).toEqual({ current: undefined, other: undefined });
});

test('last digits that are not those of the number are shown, and said to be odd', () => {
  const [one] = shown(phone, { phoneTail: '7777' });
  expect(one?.rows.map(({ label }) => label)).toEqual(['電話', '電話の下4けた']);
  expect(one?.warnings.current).toContain('合っていません');
  expect(one?.warnings.other).toBeUndefined();
  const [alone] = shown({ phone: '090-1111-2222' }, tail);
  expect(alone?.rows.map(({ label }) => label)).toEqual(['電話の下4けた']);
  expect(alone?.warnings.other).toContain('合っていません');
});

test('a choice keeps its place on the screen whichever of its parts is held', () => {
  const [one] = shown(phone, tail);
  expect(shown({}, tail)[0]?.key).toBe(one?.key);
  expect(shown(phone, { phoneTail: '8888' })[0]?.key).toBe(one?.key);
});

test('who entered the current value is known where it still waits here to be sent, and only there', () => {
  const [choice] = choicesOf(seeker, person(phone, tail));
  if (!choice) throw new Error('nothing to choose');
  const of = { kind: 'seeker', id: 's-1' };
  const item = (state: 'pending' | 'conflict', args: Values) => ({
    state,
    occurredAt: 7,
    args: { id: 's-1', ...args },
    records: [of],
  });
  expect(enteredHere([item('pending', { phone: '090-1111-2222' })], of, choice)).toBe(7);
  expect(enteredHere([item('pending', { clear: [{ name: 'phone' }] })], of, choice)).toBe(7);
  expect(enteredHere([item('conflict', { phone: 'x' })], of, choice)).toBeUndefined();
  expect(enteredHere([item('pending', { post: 'x' })], of, choice)).toBeUndefined();
  const other = { ...of, id: 's-2' };
  expect(enteredHere([item('pending', { phone: 'x' })], other, choice)).toBeUndefined();
});

test('a value of a consultation says of which one', () => {
  const summary = { summary: '夜勤も可', conflicts: [kept('summary', 'パートも可')] };
  const facts = { date: '2026-11-22', startedAt: Date.UTC(2026, 10, 22, 9, 30), services: ['x'] };
  const talk = { kind: 'consultation', id: 't-1', parts: { facts, shared: summary } };
  const [one] = sideBySide(talk, 'me', () => '');
  expect(one?.about).toMatch(/^相談　11月22日.* 18:30/);
  expect(shown(phone, {})[0]?.about).toBe('');
});
