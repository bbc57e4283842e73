/** What was taken over by hand stands below the server's rows: it fills what the server has not told of, and nothing else. */
import { expect, test } from 'vitest';
import { createMemory } from '../../src/device/memory.ts';
import type { Rec } from '../../src/domain/record.ts';

const rec = (state: string): Rec => ({ kind: 'handoff', id: 'h', parts: { facts: { state } } });
const row = (state: string) => ({ kind: 'handoff', id: 'h', part: 'facts', body: { state } });
const accepted = { kind: 'handoff', id: 'h', part: 'facts', set: { state: 'accepted' } };
const shown = (memory: ReturnType<typeof createMemory>) =>
  memory.get('handoff', 'h')?.parts['facts'];

test('the server’s row covers it, whole; without the row it is there again', () => {
  const memory = createMemory();
  memory.update({
    carried: [{ ...rec('sent'), parts: { ...rec('sent').parts, offer: { message: 'x' } } }],
  });
  expect(shown(memory)).toEqual({ state: 'sent' });
  expect(memory.carriedOf({ kind: 'handoff', id: 'h' })).toBeDefined();
  memory.update({ parts: [row('cancelled')] });
  expect(memory.get('handoff', 'h')).toEqual(rec('cancelled'));
  memory.update({ evicted: [{ kind: 'handoff', id: 'h', part: 'facts' }], carried: [] });
  expect(memory.get('handoff', 'h')).toBeUndefined();
});

test('own entries lie over it', () => {
  const memory = createMemory();
  memory.update({ carried: [rec('sent')], overlay: [accepted] });
  expect(shown(memory)).toEqual({ state: 'accepted' });
  memory.update({ overlay: [] });
  expect(shown(memory)).toEqual({ state: 'sent' });
});

test('a lock leaves nothing of it', () => {
  const memory = createMemory();
  memory.update({ carried: [rec('sent')] });
  memory.clear();
  expect(memory.all('handoff').value).toEqual([]);
  expect(memory.carriedOf({ kind: 'handoff', id: 'h' })).toBeUndefined();
});
