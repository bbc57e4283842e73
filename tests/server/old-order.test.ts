/** The order in which a restored server judges what it was offered anew. */
import { expect, test } from 'vitest';
import { inOldOrder, type Offered } from '../../src/server/old-order.ts';

const row = (more: Partial<Offered>): Offered => ({
  store: 'a',
  lane: 'write',
  seq: 1,
  hash: 'h',
  old_seq: 50,
  old_code: 'applied',
  put_away: null,
  received_at: 2,
  ...more,
});
const shown = (rows: readonly Offered[]) =>
  inOldOrder(rows)
    .flat()
    .map(({ store, lane, seq }) => `${store} ${lane} ${seq}`);

test('by the old receipts, whoever came first with them', () => {
  const rows = [row({ store: 'b', old_seq: 51, received_at: 1 }), row({ old_seq: 50 })];
  expect(shown(rows)).toEqual(['a write 1', 'b write 1']);
});

test('what is new comes last, in the order of its arrival', () => {
  const rows = [
    row({ store: 'c', old_seq: null, received_at: 9 }),
    row({ store: 'b', old_seq: null, received_at: 8 }),
    row({ old_seq: 70 }),
  ];
  expect(shown(rows)).toEqual(['a write 1', 'b write 1', 'c write 1']);
});

test('a withdrawal that shares its place with what it withdraws comes after it', () => {
  const rows = [row({ store: 'boss', lane: 'access', received_at: 1 }), row({ received_at: 2 })];
  expect(shown(rows)).toEqual(['a write 1', 'boss access 1']);
});

test('an entry that waited holds back what follows it in its stream by nothing', () => {
  const rows = [row({ seq: 1, old_seq: 90 }), row({ seq: 2, old_seq: 60 })];
  expect(shown([...rows, row({ store: 'b', old_seq: 70 })])).toEqual([
    'a write 1',
    'a write 2',
    'b write 1',
  ]);
});

test('what had no effect comes after the change that stood in its way, whoever came first, before the next one', () => {
  const refused = row({ store: 'a', old_code: 'conflict', received_at: 1 });
  const rows = [row({ store: 'c', old_seq: 51 }), refused, row({ store: 'b', received_at: 9 })];
  expect(shown(rows)).toEqual(['b write 1', 'a write 1', 'c write 1']);
});
