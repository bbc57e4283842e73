/** A refused correction over the record as it is now: what the form begins with, what is sent, what is asked before. */
import { describe, expect, test } from 'vitest';
import { changedRows, refusedHere, standsNow } from '../../src/app/logic/laid-beside.ts';
import { difference, joined, laidOver, sentWith } from '../../src/app/logic/laid-over.ts';
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

describe('what the form does not show', () => {
  const file = { clientCategories: ['foreigner'], interpreterLanguage: 'ベトナム語' };
  const person = (more: Values): Rec => ({
    kind: 'seeker',
    id: 's-1',
    parts: { facts: { state: 'active' }, file: { ...file, ...more } },
  });
  const emptied = (...names: string[]) => ({ clear: names.map((name) => ({ name })) });

  test('is emptied beside what the form empties: neither list of names is lost', () => {
    const clear = emptied('interpreterLanguage', 'address');
    const args = { id: 's-1', clientCategories: ['midCareer'], ...clear };
    const laid = laidOver('seeker.amend', person({ address: '札幌市' }), args);
    const sent = sentWith(laid, difference(laid, laid.start));
    expect(sent).toEqual(args);
    expect(changedRows(laid, undefined, () => '').map(({ label }) => label)).toContain(
      '通訳の言語',
    );
  });

  test('is enough to be sent, and asked about when it moves', () => {
    const now = person({ clientCategories: ['midCareer'] });
    const clear = emptied('interpreterLanguage');
    const laid = laidOver('seeker.amend', now, { id: 's-1', ...clear });
    const args = difference(laid, laid.start);
    expect(args).toEqual(clear);
    expect(refusedHere(laid, standsNow(laid, now, args), args)).toBeUndefined();
    const moved = person({ clientCategories: ['midCareer'], interpreterLanguage: '中国語' });
    expect(refusedHere(laid, standsNow(laid, moved, args), args)).toMatchObject({
      reason: expect.stringContaining('「通訳の言語」'),
    });
  });

  test('shown by another choice in the form, it is the form that counts', () => {
    const now = person({ clientCategories: ['midCareer'] });
    const laid = laidOver('seeker.amend', now, { id: 's-1', interpreterLanguage: '中国語' });
    expect(difference(laid, laid.start)).toEqual({ interpreterLanguage: '中国語' });
    const form = { clientCategories: ['foreigner'], interpreterLanguage: '英語' };
    expect(sentWith(laid, difference(laid, form))).toEqual({ id: 's-1', ...form });
  });

  test('a value typed is none to be emptied', () => {
    expect(joined(emptied('address'), { address: '札幌市' })).toEqual({ address: '札幌市' });
  });

  test('what only names another person is sent, and no field of the record is called empty beside it', () => {
    const args = { id: 'c-1', toSeeker: 's-2' };
    const laid = laidOver('consultation.moveToSeeker', record({}), args);
    expect(changedRows(laid, undefined, () => '髙田 試')).toEqual([
      { label: '正しい求職者', now: undefined, typed: '髙田 試', isOthers: false },
    ]);
    expect(sentWith(laid, difference(laid, laid.start))).toEqual(args);
  });
});

describe('a part that this tablet does not hold', () => {
  const gone: Rec = { kind: 'consultation', id: 'c-1', parts: { facts: { state: 'recorded' } } };
  test('is never called empty, and what is to be emptied there is emptied by name', () => {
    const args = { summary: '私の文', clear: [{ name: 'notes' }] };
    const laid = over(args, gone);
    const rows = changedRows(laid, { summary: 'むかしの文' }, () => '');
    expect(rows.map(({ now, isOthers }) => [now, isOthers])).toEqual([
      ['この端末では見られません', false],
      ['この端末では見られません', false],
    ]);
    expect(difference(laid, laid.start)).toEqual(args);
  });

  test('one that was never written is empty where the others are here and she saw nothing in it', () => {
    const now = (seen?: Values) => {
      const laid = laidOver('consultation.amend', record({}), { id: 'c-1', notes: 'メモ' }, seen);
      return changedRows(laid, seen, () => '')[0]?.now;
    };
    expect([now(), now({}), now({ notes: 'まえのメモ' })]).toEqual([
      '（空）',
      '（空）',
      'この端末では見られません',
    ]);
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
