/** A refused correction over the record as it is now: what the form begins with, what is sent, over what it lies. */
import { describe, expect, test } from 'vitest';
import { changedRows } from '../../src/app/logic/laid-beside.ts';
import { joined, laidOver, sentOver, type LaidOver } from '../../src/app/logic/laid-over.ts';
import { isDeadEnd } from '../../src/app/logic/dead-end.ts';
import { hasWords, typedRows } from '../../src/app/logic/entered.ts';
import { deadEndNow, outlook } from '../../src/app/logic/outlook.ts';
import type { Session } from '../../src/device/types.ts';
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
const view = { get: () => undefined };
const over = (args: Values, now = record({ summary: 'まえ' }), seen?: Values) =>
  laidOver('consultation.amend', now, { id: 'c-1', ...args }, view, seen);
const sent = (laid: LaidOver) => sentOver(laid, laid.start);
const rows = (laid: LaidOver, now: Rec, verb = 'consultation.amend') =>
  changedRows({ verb, args: sent(laid), seen: laid.seen }, now, view, () => '髙田 試');

describe('what is sent', () => {
  test('is what its author changed, over what she saw; the rest lies as the record is now', () => {
    const now = record({ summary: 'まえ' });
    const laid = over({ summary: 'あと' }, now, { summary: 'まえ' });
    expect(laid.start).toMatchObject({
      services: ['jobCounselling'],
      minutes: 30,
      summary: 'あと',
    });
    expect(laid.seen).toMatchObject({ minutes: 30, summary: 'まえ' });
    expect(sent(laid)).toEqual({ id: 'c-1', summary: 'あと' });
    expect(sentOver(laid, { ...laid.start, minutes: 45 })).toEqual({
      id: 'c-1',
      minutes: 45,
      summary: 'あと',
    });
    expect(rows(laid, now)).toEqual([
      { label: '共有のまとめ', now: 'まえ', typed: 'あと', isMoved: false },
    ]);
  });

  test('what was to be emptied is emptied still; put back as it was, it is not sent', () => {
    const now = record({ summary: 'まえ' });
    const laid = over({ clear: [{ name: 'summary' }] }, now, { summary: 'まえ' });
    expect(laid.start['summary']).toBeUndefined();
    expect(sent(laid)).toEqual({ id: 'c-1', clear: [{ name: 'summary' }] });
    expect(rows(laid, now)[0]).toMatchObject({ now: 'まえ', typed: '（空）' });
    expect(sentOver(laid, { ...laid.start, summary: 'まえ' })).toEqual({ id: 'c-1' });
  });

  test('a value that its author did not see is named, and lies under nothing of hers', () => {
    const isMoved = (seen?: Values) =>
      rows(over({ summary: 'あと' }, undefined, seen), record({ summary: 'まえ' }))[0]?.isMoved;
    expect([{ summary: 'まえ' }, { summary: 'もと' }, {}, undefined].map(isMoved)).toEqual([
      false,
      true,
      true,
      true,
    ]);
    expect(over({ summary: 'あと' }).seen['summary']).toBeUndefined();
  });

  test('the record says the same by now: it is sent and shown as nothing new', () => {
    const laid = over({ summary: 'まえ' }, undefined, { summary: 'もと' });
    expect(rows(laid, record({ summary: 'まえ' }))).toEqual([]);
  });
});

describe('what goes together', () => {
  const file = { postal: '060-0001', address: '北1条' };
  const now = { kind: 'seeker', id: 's-1', parts: { facts: { state: 'active' }, file } };
  test('is laid under her change as she saw it, not half as somebody has written it since', () => {
    const seen = { postal: '003-0001', address: '白石' };
    const laid = laidOver('seeker.amend', now, { id: 's-1', address: '東札幌' }, view, seen);
    expect(laid.start).toMatchObject({ postal: '003-0001', address: '東札幌' });
    expect(laid.seen).toMatchObject(seen);
    expect(sent(laid)).toEqual({ id: 's-1', address: '東札幌' });
    const none = laidOver('seeker.amend', now, { id: 's-1', address: '東札幌' }, view, {});
    expect(none.seen['postal']).toBeUndefined();
    expect(none.start['postal']).toBeUndefined();
  });
});

describe('次回予約, which stands in an appointment', () => {
  const booked = (state: string): Rec => ({
    kind: 'appointment',
    id: 'c-1-next',
    parts: { facts: { state, dueOn: '2026-12-20' } },
  });
  const laid = (state: string) => {
    const get = (kind: string) => (kind === 'appointment' ? booked(state) : undefined);
    const seen = { next: { date: '2026-12-01' } };
    const args = { id: 'c-1', minutes: 45, next: { date: '2026-12-05' } };
    return { get, laid: laidOver('consultation.amend', record({}), args, { get }, seen) };
  };

  test('is shown as it stands there', () => {
    const { get, laid: one } = laid('booked');
    const sending = { verb: 'consultation.amend', args: sent(one), seen: one.seen };
    const [, next] = changedRows(sending, record({}), { get }, () => '');
    expect(next).toMatchObject({ label: '次回予約', isMoved: true });
    expect(next?.now).toContain('12月20日');
  });

  test('once over, it can be left out by emptying it; while it stands, emptying is no silent wish', () => {
    const emptied = (state: string) => {
      const { next: _, ...form } = laid(state).laid.start;
      return sentOver(laid(state).laid, form);
    };
    expect(emptied('kept')).toEqual({ id: 'c-1', minutes: 45 });
    expect(emptied('booked')).toMatchObject({ clear: [{ name: 'next' }] });
  });
});

describe('what the form does not show', () => {
  const file = { clientCategories: ['foreigner'], interpreterLanguage: 'ベトナム語' };
  const person = (more: Values): Rec => ({
    kind: 'seeker',
    id: 's-1',
    parts: { facts: { state: 'active' }, file: { ...file, ...more } },
  });
  const emptied = (...names: string[]) => ({ clear: names.map((name) => ({ name })) });
  const amend = (now: Rec, args: Values) =>
    laidOver('seeker.amend', now, { id: 's-1', ...args }, view, { ...file, address: '札幌市' });

  test('is emptied beside what the form empties: neither list of names is lost', () => {
    const clear = emptied('interpreterLanguage', 'address');
    const args = { clientCategories: ['midCareer'], ...clear };
    const now = person({ address: '札幌市' });
    const laid = amend(now, args);
    expect(sent(laid)).toEqual({ id: 's-1', ...args });
    expect(rows(laid, now, 'seeker.amend').map(({ label }) => label)).toContain('通訳の言語');
  });

  test('shown by another choice in the form, it is the form that counts', () => {
    const now = person({ clientCategories: ['midCareer'] });
    const seen = { clientCategories: ['midCareer'] };
    const args = { id: 's-1', interpreterLanguage: '中国語' };
    const laid = laidOver('seeker.amend', now, args, view, seen);
    expect(sent(laid)).toEqual(args);
    const form = { clientCategories: ['foreigner'], interpreterLanguage: '英語' };
    expect(sentOver(laid, form)).toEqual({ id: 's-1', ...form });
  });

  test('a value typed is none to be emptied', () => {
    expect(joined(emptied('address'), { address: '札幌市' })).toEqual({ address: '札幌市' });
  });

  test('what only names another person is sent, and no field of the record is called empty beside it', () => {
    const args = { id: 'c-1', toSeeker: 's-2' };
    const seen = { seeker: 's-1' };
    const laid = laidOver('consultation.moveToSeeker', record({}), args, view, seen);
    expect(rows(laid, record({}), 'consultation.moveToSeeker')).toEqual([
      { label: '正しい求職者', now: undefined, typed: '髙田 試', isMoved: false },
    ]);
    expect(sent(laid)).toEqual(args);
    expect(laid.seen).toMatchObject(seen);
  });
});

describe('a part that this tablet does not hold', () => {
  const gone: Rec = { kind: 'consultation', id: 'c-1', parts: { facts: { state: 'recorded' } } };
  test('is never called empty, and what is to be emptied there is emptied by name', () => {
    const args = { summary: '私の文', clear: [{ name: 'notes' }] };
    const laid = over(args, gone, { summary: 'むかしの文', notes: 'メモ' });
    expect(rows(laid, gone).map(({ now, isMoved }) => [now, isMoved])).toEqual([
      ['この端末では見られません', false],
      ['この端末では見られません', false],
    ]);
    expect(sent(laid)).toEqual({ id: 'c-1', ...args });
    expect(sent(over(args, gone))).toEqual({ id: 'c-1', ...args });
    expect(sentOver(over(args, gone), { ...args, notes: '新しいメモ' })).toEqual({
      id: 'c-1',
      summary: '私の文',
      notes: '新しいメモ',
    });
  });

  test('one that was never written is empty where the others are here and she saw nothing in it', () => {
    const now = (seen?: Values) =>
      rows(over({ notes: 'メモ' }, record({}), seen), record({}))[0]?.now;
    expect([now(), now({}), now({ notes: 'まえのメモ' })]).toEqual([
      '（空）',
      '（空）',
      'この端末では見られません',
    ]);
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

test('a category that may not be entered is a dead end only where no form asks for it', () => {
  expect(isDeadEnd({ code: 'restrictedPerson' }, 'seeker.amend')).toBe(false);
  expect(isDeadEnd({ code: 'restrictedPerson' }, 'visit.call')).toBe(true);
});

const sessionWith = (more: Partial<Session>) => {
  const actor = { user: 'me', org: 'o', orgType: 'city', role: 'counsellor', site: 'here' };
  return { actor, check: () => Promise.resolve(undefined), ...more } as unknown as Session;
};

test('a correction of what is not shown here (a merged registration leads to another) has no form', async () => {
  const said = { id: 'e', verb: 'consultation.amend', problem: undefined };
  const item = { ...said, args: { id: 'c-2', summary: '文' } };
  const found = await outlook(sessionWith({ get: () => undefined }), item);
  expect(found).toMatchObject({ record: undefined, unread: undefined, people: [] });
  expect(found.deadEnd?.problem).toMatchObject({ code: 'refused' });
  expect(found.deadEnd?.press).toContain('「理由を書いて取り下げる」');
});

test('what a counter has counted is not sent from another; a correction may be, and what is at hand', async () => {
  const name = { facts: { name: '豊平のまどぐち' } };
  const session = sessionWith({ get: (kind, id) => ({ kind, id, parts: name }) });
  const of = (verb: string, site: string | undefined) =>
    deadEndNow(session, { id: 'e', verb, args: { id: 'v' }, problem: { code: 'revoked' }, site });
  const met = await of('visit.log', 'there');
  expect(met?.problem).toMatchObject({ reason: expect.stringContaining('「豊平のまどぐち」') });
  expect(met?.press).toContain('「豊平のまどぐち」の責任者');
  expect(await of('visit.log', 'here')).toBeUndefined();
  expect(await of('visit.log', undefined)).toBeUndefined();
  expect(await of('visit.amend', 'there')).toBeUndefined();
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
