/** Who may be the same person: two of name, birth date and telephone; asked once; never across organisations. */
import { describe, expect, test } from 'vitest';
import { comparison } from '../../src/app/logic/comparison.ts';
import { possiblePairs } from '../../src/app/logic/duplicates.ts';
import { lookAlikes } from '../../src/app/logic/look-alikes.ts';
import { namesOf } from '../../src/app/logic/names-of.ts';
import { idsOfPerson, lastVisits } from '../../src/app/logic/person.ts';
import { pairOf } from '../../src/domain/kinds/seeker-pair.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const rec = (kind: string, id: string, parts: Record<string, Values>): Rec => ({ kind, id, parts });
const seeker = (id: string, card: Values, facts: Values = {}) =>
  rec('seeker', id, { facts: { org: 'city', site: 's1', state: 'active', ...facts }, card });
const merged = (id: string, mergedInto: string, card: Values) =>
  seeker(id, card, { state: 'merged', mergedInto });
const card = {
  familyName: '髙田',
  givenName: '試',
  familyKana: 'タカダ',
  givenKana: 'タメス',
  birthDate: '1965-04-01',
  phoneTail: '4321',
};
const pairs = (seekers: readonly Rec[], said: readonly Rec[] = []) =>
  possiblePairs(seekers, said, 'city').map(({ first, second }) => [first.id, second.id]);
const different = (one: string, other: string, state = 'different') => {
  const { id, ...ties } = pairOf(one, other);
  return rec('seekerPair', id, { facts: { state }, ties: ties as Values });
};

describe('possible pairs', () => {
  test.each<[string, Values, boolean]>([
    ['everything alike', card, true],
    ['異体字, small kana and width', { ...card, familyName: '高田', familyKana: 'ﾀｶﾀﾞ' }, true],
    ['kana and birth date, another telephone', { ...card, phoneTail: '9999' }, true],
    ['kana and telephone, no birth date', { ...card, birthDate: '' }, true],
    [
      'married since: birth date and telephone',
      { ...card, familyName: '森', familyKana: 'モリ' },
      true,
    ],
    [
      'the name alone',
      { familyName: '髙田', givenName: '試', familyKana: 'タカダ', givenKana: 'タメス' },
      false,
    ],
    [
      'a family’s telephone alone',
      { ...card, familyKana: 'タカダ', givenName: '子', givenKana: 'コ', birthDate: '1999-01-01' },
      false,
    ],
    [
      'the birth date alone',
      { familyName: '別', familyKana: 'ベツ', birthDate: '1965-04-01' },
      false,
    ],
  ])('%s', (_title, other, isAsked) => {
    expect(pairs([seeker('a', card), seeker('b', other)])).toEqual(isAsked ? [['a', 'b']] : []);
  });

  test('never across organisations, never of a voided one', () => {
    expect(pairs([seeker('a', card), seeker('b', card, { org: 'hw' })])).toEqual([]);
    expect(pairs([seeker('a', card), seeker('b', card, { state: 'voided' })])).toEqual([]);
  });

  test('once merged nobody is asked; an old name still brings up a third', () => {
    const old = { ...card, familyName: '森', familyKana: 'モリ', phoneTail: '' };
    const here = [seeker('a', card), merged('b', 'a', old)];
    expect(pairs(here)).toEqual([]);
    expect(pairs([...here, seeker('c', { ...old, phoneTail: '7777' })])).toEqual([['a', 'c']]);
  });

  test('「別の人」 is remembered, for registrations merged since too, until it is taken back', () => {
    const two = [seeker('a', card), seeker('b', card)];
    expect(pairs(two, [different('b', 'a')])).toEqual([]);
    expect(pairs(two, [different('b', 'a', 'voided')])).toEqual([['a', 'b']]);
    const three = [merged('a', 'c', card), seeker('b', card), seeker('c', card)];
    expect(pairs(three, [different('a', 'b')])).toEqual([]);
  });

  test('three alike make three pairs, each said once', () => {
    const three = ['a', 'b', 'c'].map((id) => seeker(id, card));
    expect(pairs(three)).toHaveLength(3);
  });
});

describe('a merged person', () => {
  const all = [
    seeker('a', card),
    merged('b', 'a', { ...card, familyKana: 'モリ', familyName: '森' }),
  ];

  test('is one look-alike, found by the old name too', () => {
    const found = lookAlikes(all, 'city', { familyKana: 'もり', givenKana: 'ためす' });
    expect(found.map(({ record, why }) => [record.id, why])).toEqual([['a', ['kana']]]);
  });

  test('has the records of both, and the other organisation’s of either link', () => {
    const link = rec('link', 'l', {
      facts: { state: 'live' },
      ties: { fromSeeker: 'b', toSeeker: 'x' },
    });
    expect(idsOfPerson('a', [link], all)).toEqual(['a', 'b', 'x']);
  });

  test('was last here when either was', () => {
    const visit = rec('visit', 'v', {
      facts: { date: '2026-11-19', state: 'done' },
      city: { citySeeker: 'b' },
    });
    const find = (id: string) => (id === 'b' ? 'a' : id);
    expect(lastVisits([visit], find).get('a')).toBe('2026-11-19');
  });
});

test('side by side only what both say and say differently differs', () => {
  const side = (id: string, values: Values) => ({ seeker: seeker(id, values), about: [] });
  const rows = comparison(
    side('a', { ...card, birthDate: '1965-04-01' }),
    side('b', { ...card, familyName: '高田', birthDate: '1965-04-11', phoneTail: '' }),
    '2026-11-20',
    namesOf(() => undefined),
  );
  expect(rows.filter(({ differs }) => differs).map(({ label }) => label)).toEqual(['生年月日']);
});
