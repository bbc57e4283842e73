/** A step that came too late, and a value that met another: two labels, and the state that the record has now. */
import { expect, test } from 'vitest';
import { conflictWords, whyOf } from '../../src/app/logic/outbox-view.ts';
import { overtaken } from '../../src/app/logic/overtaken.ts';
import type { OutboxItem } from '../../src/device/types.ts';

const item = (verb: string, change: Partial<OutboxItem> = {}): OutboxItem => ({
  id: 'e-1',
  seq: 1,
  verb,
  title: '',
  occurredAt: 0,
  businessDate: '2026-11-20',
  state: 'conflict',
  args: { id: 'v-1' },
  records: [{ kind: 'visit', id: 'v-1' }],
  problem: { code: 'baseChanged', kind: 'visit', fields: ['state'] },
  personName: undefined,
  ...change,
});
const get = (state: string) => (kind: string, id: string) =>
  id === 'v-1' ? { kind, id, parts: { facts: { state } } } : undefined;
const why = (verb: string, state: string) => {
  const step = item(verb);
  return whyOf(step, { step: overtaken(step, get(state)) });
};

test('what the record is now stands first, in the words of the board', () => {
  expect(why('visit.call', 'done')?.what).toMatch(/^来所は、いま「終わり」です。/);
  expect(why('visit.call', 'done')?.press).toContain('いまの状態のままでは');
  expect(why('visit.leave', 'called')?.press).toContain('「もう一度送る」');
  expect(why('visit.call', 'voided')?.what).toContain('いま「取消」です');
});

test('what she wanted has been done: nothing is left but to withdraw it', () => {
  const said = why('visit.leave', 'left');
  expect(said?.press).toMatch(/もう済んでいます。「理由を書いて取り下げる」/);
  expect(said?.press).not.toContain('もう一度送る');
});

test('of a record that is not held here the state is not said', () => {
  const step = item('visit.call', { args: { id: 'v-2' } });
  expect(overtaken(step, get('done'))).toBeUndefined();
  expect(whyOf(step)?.what).toContain('先に届いた別の操作で変わっています');
  expect(overtaken(item('visit.call', { state: 'rejected' }), get('done'))).toBeUndefined();
});

test('a step and a choice are told apart by their labels; a number and its last digits are one word', () => {
  const problem = { code: 'baseChanged', kind: 'seeker', fields: ['phoneTail', 'phone'] } as const;
  const choice = item('seeker.amend', { problem, records: [{ kind: 'seeker', id: 's-1' }] });
  expect(conflictWords(choice)).toBe('二つの値があります');
  expect(conflictWords(item('visit.call'))).toBe('先に状態が変わりました');
  expect(conflictWords(item('visit.call', { state: 'blocked' }))).toBeUndefined();
  expect(whyOf(choice)?.what).toMatch(/^求職者の「電話」には/);
});
