/** What comes in from anywhere: kept exactly, or refused with the field and a reason in plain Japanese. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field, Fields } from '../../src/domain/field.ts';
import { kinds } from '../../src/domain/kinds/index.ts';
import { parseFields } from '../../src/domain/parse.ts';

const it = (field: Field, raw: unknown) => parseFields({ it: field }, { it: raw });
const value = (field: Field, raw: unknown) => {
  const parsed = it(field, raw);
  return parsed.ok ? parsed.value['it'] : parsed.problems;
};
const refused = (field: Field, raw: unknown) => !it(field, raw).ok;
const label = '項目';
const textField: Field = { type: 'text', label, max: 5 };

describe('values that are kept', () => {
  const cases: readonly (readonly [string, Field, unknown, unknown])[] = [
    ['a legal name as entered, unnormalised', textField, '神﨑', '神﨑'],
    ['length in what people call letters', textField, '𠮷葛󠄀𠮷𠮷𠮷', '𠮷葛󠄀𠮷𠮷𠮷'],
    ['hiragana as katakana', { type: 'kana', label, max: 10 }, 'さとう', 'サトウ'],
    [
      'a full-width number as half-width',
      { type: 'code', format: 'hwJobNo', label },
      '０１０４０－１２３４５６７',
      '01040-1234567',
    ],
    [
      'a postal code without its hyphen',
      { type: 'code', format: 'postal', label },
      '0038612',
      '003-8612',
    ],
    ['a ticket', { type: 'code', format: 'ticket', label }, 'Ｋ１２', 'K12'],
    ['zero', { type: 'integer', label, min: 0, max: 9 }, 0, 0],
    ['a leap day', { type: 'date', label }, '2028-02-29', '2028-02-29'],
    ['the last minute', { type: 'time', label }, '23:59', '23:59'],
    ['no', { type: 'flag', label }, false, false],
    ['a code of the list', { type: 'choice', list: 'channel', label }, 'phone', 'phone'],
    ['no codes at all', { type: 'choices', list: 'purpose', label }, [], []],
    [
      'an absence where one is offered',
      { ...textField, absence: true },
      { absent: 'declined' },
      { absent: 'declined' },
    ],
    ['spaces alone as nothing', textField, ' 　', undefined],
    ['null as nothing', textField, null, undefined],
  ];
  test.each(cases)('%s', (_title, field, raw, expected) => {
    expect(value(field, raw)).toEqual(expected);
  });
});

describe('values that are refused', () => {
  const cases: readonly (readonly [string, Field, unknown])[] = [
    ['too long', textField, 'あいうえおか'],
    ['no text', textField, 12],
    ['a lone surrogate', textField, '\ud842'],
    ['one letter under a thousand marks', textField, `e${'\u0301'.repeat(1000)}`],
    ['an instant beyond every calendar', { type: 'instant', label }, 9e15],
    ['a name for a ticket', { type: 'code', format: 'ticket', label }, '佐藤'],
    ['an absence where none is offered', textField, { absent: 'declined' }],
    ['an absence that is none', { ...textField, absence: true }, { absent: 'toString' }],
    ['kanji as kana', { type: 'kana', label, max: 10 }, '佐藤'],
    ['a 求人番号 without a hyphen', { type: 'code', format: 'hwJobNo', label }, '010401234567'],
    ['five digits as a slip', { type: 'code', format: 'slip', label }, '12345'],
    ['letters as a telephone number', { type: 'code', format: 'phone', label }, '011-abc-0000'],
    ['a fraction', { type: 'integer', label, min: 0, max: 9 }, 1.5],
    ['a number in a text', { type: 'integer', label, min: 0, max: 9 }, '1'],
    ['one too many', { type: 'integer', label, min: 0, max: 9 }, 10],
    ['not a number', { type: 'integer', label, min: 0, max: 9 }, Number.NaN],
    ['a day that is none', { type: 'date', label }, '2026-02-29'],
    ['an hour that is none', { type: 'time', label }, '24:00'],
    ['an instant before 1970', { type: 'instant', label }, -1],
    ['a truth in words', { type: 'flag', label }, 'true'],
    ['a code of another list', { type: 'choice', list: 'channel', label }, 'new'],
    [
      'a code that is part of every object',
      { type: 'choice', list: 'channel', label },
      'constructor',
    ],
    ['a code twice', { type: 'choices', list: 'purpose', label }, ['seminar', 'seminar']],
    ['none where one is asked', { type: 'choices', list: 'purpose', label, required: true }, []],
    ['an id in capitals', { type: 'id', label }, 'ABC'],
    ['an id with a slash', { type: 'ref', kind: 'visit', label }, 'a/b'],
    ['what the server writes', { type: 'personKey', label }, 'k'],
    ['a list that is none', { type: 'list', label, max: 2, fields: {} }, {}],
    ['a list too long', { type: 'list', label, max: 1, fields: {} }, [{}, {}]],
  ];
  test.each(cases)('%s', (_title, field, raw) => {
    expect(refused(field, raw)).toBe(true);
  });
});

describe('fields together', () => {
  const witness: Fields = {
    method: { type: 'choice', list: 'consentMethod', label: 'とりかた', required: true },
    witness: {
      ...textField,
      required: true,
      shownWhen: (values) => values['method'] === 'oral',
    },
  };

  test('a field that is not shown is not asked', () => {
    expect(parseFields(witness, { method: 'paper' }).ok).toBe(true);
    expect(parseFields(witness, { method: 'oral' })).toMatchObject({
      ok: false,
      problems: [{ field: 'witness' }],
    });
  });

  test('every problem is told, each with its path', () => {
    const fields: Fields = {
      group: { type: 'group', label, fields: { day: { type: 'date', label } } },
      list: { type: 'list', label, max: 3, fields: { day: { type: 'date', label } } },
    };
    const raw = { group: { day: 'x' }, list: [{ day: '2026-01-01' }, { day: 'y' }], more: 1 };
    const parsed = parseFields(fields, raw);
    expect(parsed.ok ? [] : parsed.problems.map((item) => item.field).toSorted()).toEqual([
      'group.day',
      'list.1.day',
      'more',
    ]);
  });

  test('My Number is refused in that field alone, which the reason names', () => {
    const fields: Fields = {
      memo: { type: 'text', label: 'メモ', max: 100 },
      note: { type: 'text', label: '補足', max: 100 },
    };
    const parsed = parseFields(fields, { memo: '番号 1234-5678-9018', note: '01040-1234567' });
    expect(parsed.ok ? [] : parsed.problems.map((item) => item.field)).toEqual(['memo']);
    expect(parsed.ok ? '' : parsed.problems[0]?.reason).toContain('「メモ」にマイナンバー');
  });

  test.each([undefined, null, 'x', 1, []])('%j is no set of fields', (raw) => {
    expect(parseFields({}, raw).ok).toBe(false);
  });
});

test('whatever arrives, no verb throws in reading it, and what passes reads the same again', () => {
  const verbs = kinds.flatMap((kind) => Object.values(kind.verbs));
  const anything = fc.dictionary(
    fc.constantFrom(...new Set(verbs.flatMap((verb) => Object.keys(verb.args))), '__proto__'),
    fc.oneof(
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('a-1', '2026-04-20', 1),
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...verbs), anything, (verb, raw) => {
      const parsed = parseFields(verb.args, raw);
      if (parsed.ok) expect(parseFields(verb.args, parsed.value)).toEqual(parsed);
      else expect(parsed.problems.every((item) => item.reason.endsWith('。'))).toBe(true);
    }),
  );
});
