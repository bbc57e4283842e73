/** Nameless provision: nothing that names, dates or describes a person can leave, whatever fields the file will have. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codesOf } from '../../src/domain/codes.ts';
import type { Field } from '../../src/domain/field.ts';
import { allFields } from '../../src/domain/kind.ts';
import { seeker, wishFields } from '../../src/domain/kinds/seeker.ts';
import {
  isNameless,
  isProvided,
  providedFields,
  provisionRow,
} from '../../src/domain/provision.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const today = '2026-11-21';
const planted = '架空花子';

function person(file: Values, card: Values = {}): Rec {
  return {
    kind: 'seeker',
    id: 'c-1',
    parts: {
      facts: { state: 'active', org: 'o-city' },
      card,
      file,
      welfare: { welfareNote: planted },
    },
  };
}

describe('what may leave', () => {
  test('is of types that hold no words, and never marked personal or special', () => {
    const every: Record<string, Field> = { ...allFields(seeker), ...wishFields };
    const typed = [
      'text',
      'kana',
      'code',
      'date',
      'time',
      'instant',
      'ref',
      'id',
      'group',
      'list',
      'integer',
    ];
    for (const [name, field] of Object.entries(every)) {
      if (typed.includes(field.type) || field.sensitivity)
        expect([name, isNameless(field)]).toEqual([name, false]);
    }
    expect(Object.keys(providedFields)).toEqual([
      'education',
      'occupations',
      'employmentTypes',
      'hours',
    ]);
  });

  test('holds no word that anybody typed, wherever it stands', () => {
    const word = fc.constantFrom(planted, '011-000-0000', '1234567');
    const fields = Object.keys({ ...allFields(seeker), ...wishFields });
    const any = fc.dictionary(
      fc.constantFrom(...fields),
      fc.oneof(word, fc.array(word, { minLength: 1 })),
    );
    fc.assert(
      fc.property(any, any, any, (file, wishes, card) => {
        const { birthDate: _, ...names } = card;
        const told = provisionRow(person({ ...file, wishes }, names), today);
        expect(told).toEqual({});
      }),
    );
  });

  test('tells codes, and the age in tens', () => {
    const [occupation] = codesOf('occupation').map((row) => row.code);
    const wishes = { occupations: [occupation ?? ''], place: planted, wage: planted };
    const row = provisionRow(
      person(
        { wishes, education: { absent: 'declined' }, address: planted },
        { birthDate: '1964-11-22' },
      ),
      today,
    );
    expect(row).toEqual({ occupations: [occupation], ages: 60 });
    expect(provisionRow(person({}, { birthDate: '1966-11-22' }), today)).toEqual({ ages: 50 });
  });
});

describe('who is told of', () => {
  test.each([
    ['both', true, true],
    ['municipality', true, false],
    ['private', false, true],
    ['none', false, false],
  ])('scope %s', (disclosureScope, municipality, agencies) => {
    const record = person({ disclosureScope });
    expect(isProvided(record, 'municipality', today)).toBe(municipality);
    expect(isProvided(record, 'private', today)).toBe(agencies);
  });

  test('nobody who was not asked, is restricted, is gone or whose application is over', () => {
    const agreed = { disclosureScope: 'both' };
    expect(isProvided(person({}), 'private', today)).toBe(false);
    expect(isProvided(person({ ...agreed, clientCategories: ['dv'] }), 'private', today)).toBe(
      false,
    );
    expect(isProvided(person({ ...agreed, hwValidTo: '2026-11-20' }), 'private', today)).toBe(
      false,
    );
    expect(isProvided(person({ ...agreed, hwValidTo: today }), 'private', today)).toBe(true);
    const merged = person(agreed);
    const facts = { ...merged.parts['facts'], state: 'merged' };
    expect(isProvided({ ...merged, parts: { ...merged.parts, facts } }, 'private', today)).toBe(
      false,
    );
  });
});
