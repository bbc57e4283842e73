/** A refused correction over the record as it is now: what the form begins with, what is sent, what is asked before. */
import { describe, expect, test } from 'vitest';
import {
  changedRows,
  difference,
  laidOver,
  refusedHere,
  standsNow,
} from '../../src/app/logic/laid-over.ts';
import { isDeadEnd } from '../../src/app/logic/dead-end.ts';
import { hasWords, typedRows } from '../../src/app/logic/way-out.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const record = (shared: Values, change: Partial<Rec['parts']> = {}): Rec => ({
  kind: 'consultation',
  id: 'c-1',
  parts: {
    facts: { state: 'recorded', services: ['jobCounselling'], minutes: 30 },
    shared: { seeker: 's-1', ...shared },
    ...change,
  },
});
const over = (args: Values, now = record({ summary: 'まえ' })) =>
  laidOver('consultation.amend', now, { id: 'c-1', ...args });

describe('what is sent', () => {
  test('is what differs from the record, not what it already says and not what is not held here', () => {
    const laid = over({ summary: 'あと', minutes: 30 });
    expect(laid.start).toMatchObject({
      services: ['jobCounselling'],
      minutes: 30,
      summary: 'あと',
    });
    expect(laid.kept).toEqual({ id: 'c-1' });
    expect(difference(laid, laid.start)).toEqual({ summary: 'あと' });
    expect(changedRows(laid, undefined, () => '').map(({ label }) => label)).toEqual([
      '共有のまとめ',
    ]);
  });

  test('what was to be emptied is emptied still', () => {
    const laid = over({ clear: [{ name: 'summary' }] });
    expect(laid.start['summary']).toBeUndefined();
    expect(difference(laid, laid.start)).toEqual({ clear: [{ name: 'summary' }] });
    expect(changedRows(laid, undefined, () => '')[0]).toMatchObject({
      now: 'まえ',
      typed: '（空）',
    });
  });

  test('a value that its author did not see is named, where it is known what she saw', () => {
    const laid = over({ summary: 'あと' });
    const isOthers = (seen: Values | undefined) => changedRows(laid, seen, () => '')[0]?.isOthers;
    expect([isOthers({ summary: 'まえ' }), isOthers({ summary: 'もと' }), isOthers({})]).toEqual([
      false,
      true,
      true,
    ]);
    expect(isOthers(undefined)).toBe(false);
  });
});

describe('before it is sent', () => {
  test('what moved in the fields that are sent is asked once; in others it is nobody’s affair', () => {
    const laid = over({ summary: 'あと' });
    const args = difference(laid, laid.start);
    const elsewhere = record({ summary: 'まえ' }, { private: { notes: '新しいメモ' } });
    expect(refusedHere(laid, standsNow(laid, elsewhere, args), args)).toBeUndefined();
    const now = standsNow(laid, record({ summary: 'ほか' }), args);
    expect(refusedHere(laid, now, args)).toMatchObject({ code: 'refused' });
    expect(refusedHere({ ...laid, before: now }, now, args)).toBeUndefined();
  });

  test('with nothing to send it is not sent', () => {
    const laid = over({ summary: 'まえ' });
    expect(refusedHere(laid, laid.before, difference(laid, laid.start))).toMatchObject({
      code: 'refused',
    });
  });
});

test('what no other text helps against, and what may still be put right', () => {
  const dead = (problem: Parameters<typeof isDeadEnd>[0]) =>
    isDeadEnd(problem, 'consultation.amend');
  expect(dead({ code: 'illegalState', kind: 'visit', found: '取消ずみ' })).toBe(true);
  expect(dead({ code: 'notFound', kind: 'visit' })).toBe(true);
  expect(dead({ code: 'alreadyExists', kind: 'consultation' })).toBe(true);
  expect(dead({ code: 'alreadyExists', kind: 'appointment' })).toBe(false);
  expect(dead({ code: 'invalidFields', fields: [] })).toBe(false);
  expect(dead(undefined)).toBe(false);
});

test('her words are shown, what she emptied as well; a step has none', () => {
  const said = {
    verb: 'consultation.amend',
    args: { id: 'c', notes: 'メモ', clear: [{ name: 'minutes' }] },
  };
  expect(typedRows(said, () => '')).toEqual([
    { label: '内部メモ', text: 'メモ' },
    { label: '時間', text: '（空）' },
  ]);
  expect(hasWords(said)).toBe(true);
  expect(hasWords({ verb: 'visit.call', args: { id: 'v' } })).toBe(false);
});
