/** What must hold of every kind and every verb, present and future: loops over the registry. */
import { describe, expect, test } from 'vitest';
import { codeLabel, codesOf, codesOn, type ListName } from '../../src/domain/codes.ts';
import type { Field, Fields } from '../../src/domain/field.ts';
import { allFields } from '../../src/domain/kind.ts';
import { kindLabel } from '../../src/domain/kind-labels.ts';
import { kindNamed, kinds, verbNamed } from '../../src/domain/kinds/index.ts';
import { parseFields } from '../../src/domain/parse.ts';
import { grants } from '../../src/domain/permission.ts';
import onTablets from '../fixtures/kind-numbers.json' with { type: 'json' };
import seed from '../../seeds/code-lists.json' with { type: 'json' };

const parts = kinds.flatMap((kind) =>
  Object.entries(kind.parts).map(([name, part]) => ({ kind, name, part })),
);
const verbs = kinds.flatMap((kind) => Object.values(kind.verbs));

/** Fields at every depth, with a path to find them by. */
function deep(fields: Fields, path: string): (readonly [string, Field])[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    [`${path}.${name}`, field] as const,
    ...('fields' in field ? deep(field.fields, `${path}.${name}`) : []),
  ]);
}
const kindFields = parts.flatMap(({ kind, name, part }) =>
  deep(part.fields, `${kind.name}.${name}`),
);
const argFields = verbs.flatMap((verb) => deep(verb.args, verb.name));

const repeated = (values: readonly unknown[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

describe('kinds', () => {
  test('names, numbers and labels are unique', () => {
    expect(repeated(kinds.map((kind) => kind.name))).toEqual([]);
    expect(repeated(kinds.map((kind) => kind.number))).toEqual([]);
    expect(repeated(kinds.map((kind) => kind.label))).toEqual([]);
  });

  test('numbers in sealed rows never change: those on tablets are still there', () => {
    const now = new Map(kinds.map((kind) => [kind.name, kind.number]));
    for (const [name, number] of Object.entries(onTablets))
      expect([name, now.get(name)]).toEqual([name, number]);
  });

  test('a number once taken is not given to another', () => {
    for (const { name, number } of kinds)
      expect(Object.entries(onTablets).find(([, taken]) => taken === number)?.[0] ?? name).toBe(
        name,
      );
  });

  test('the registry finds each by name', () => {
    for (const kind of kinds) expect(kindNamed(kind.name)).toBe(kind);
    for (const verb of verbs) expect(verbNamed(verb.name)).toBe(verb);
    expect(kindNamed('toString')).toBeUndefined();
    expect(kindLabel('visit')).toBe('来所');
  });

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s can be amended and voided and has facts with a state',
    (_name, kind) => {
      expect(Object.keys(kind.verbs)).toEqual(expect.arrayContaining(['amend', 'void']));
      expect(kind.verbs['void']?.args['voidReason']).toMatchObject({ required: true });
      expect(Object.keys(kind.parts['facts']?.fields ?? {})).toEqual(
        expect.arrayContaining(['state', 'voidReason']),
      );
    },
  );

  test('visit and consultation can be moved to another person', () => {
    expect(verbNamed('visit.moveToSeeker')).toBeDefined();
    expect(verbNamed('consultation.moveToSeeker')).toBeDefined();
  });

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s: field names are unique across its parts, since arguments are flat',
    (_name, kind) => {
      const names = Object.values(kind.parts).flatMap((part) => Object.keys(part.fields));
      expect(repeated(names)).toEqual([]);
    },
  );

  test('what follows from another field merges alone and is written by the same verbs', () => {
    for (const kind of kinds)
      for (const [field, { of }] of Object.entries(kind.follows ?? {})) {
        const groups = Object.values(kind.parts).flatMap(({ together }) => together ?? []);
        expect(groups.flat()).not.toContain(field);
        expect(groups.flat()).not.toContain(of);
        expect(allFields(kind)).toHaveProperty(field);
        for (const { args } of Object.values(kind.verbs))
          expect([field, field in args]).toEqual([field, of in args]);
      }
  });

  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    '%s: what it names of itself exists',
    (_name, kind) => {
      const fields = allFields(kind);
      for (const field of kind.siteFields)
        expect([field, fields[field]?.type]).toEqual([field, 'ref']);
      for (const rule of kind.rules ?? [])
        for (const field of rule.fields) expect(Object.keys(fields)).toContain(field);
      const paths = [...(kind.persons ?? []), ...Object.values(kind.parts).map((p) => p.person)];
      for (const path of paths.filter((item) => item !== undefined && item !== 'id')) {
        const [part = '', field = ''] = path?.split('.') ?? [];
        expect([path, kind.parts[part]?.fields[field]]).toMatchObject([
          path,
          { type: 'ref', kind: 'seeker' },
        ]);
      }
    },
  );
});

describe('parts', () => {
  test.each(parts.map(({ kind, name, part }) => [`${kind.name}.${name}`, name, part] as const))(
    '%s has a label and an audience that fits',
    (_path, name, part) => {
      expect(part.label).not.toBe('');
      if (name !== 'facts') expect(['area', 'sites']).not.toContain(part.audience);
      if (['card', 'file', 'shared', 'inbox'].includes(part.audience))
        expect(part.person, 'a part about a person says whose it is').toBeDefined();
    },
  );

  test('an item that lets a part cross is one that a consent can name, in both directions', () => {
    const items = codesOf('sharedItem').map((row) => row.code);
    for (const { part } of parts)
      if (part.item !== undefined)
        expect(items).toEqual(expect.arrayContaining([part.item, `${part.item}Back`]));
  });

  const facts = parts.filter(({ name, part }) => name === 'facts' && part.audience !== 'area');
  test.each(facts.map(({ kind, part }) => [kind.name, part] as const))(
    'facts of %s hold nothing personal and no free text',
    (name, part) => {
      for (const [path, field] of deep(part.fields, 'facts')) {
        // A registration names the one it was merged into: both are the same person's, and nobody else receives either.
        if (name === 'seeker' && path === 'facts.mergedInto') continue;
        expect([path, field.sensitivity]).toEqual([path, undefined]);
        expect([path, field.type]).not.toEqual([path, 'kana']);
        if (field.type === 'text') expect([path, field.fixed]).toEqual([path, true]);
        if (field.type === 'code') expect(['slip', 'ticket']).toContain(field.format);
        if (field.type === 'ref') expect([path, field.kind]).not.toEqual([path, 'seeker']);
      }
    },
  );

  test('facts known to the whole area are only of the area itself', () => {
    const ofArea = parts.filter(({ part }) => part.audience === 'area').map(({ kind }) => kind);
    expect(ofArea.map((kind) => kind.name).toSorted()).toEqual([
      'agreement',
      'annualPlan',
      'event',
      'jobPosting',
      'organisation',
      'programme',
      'request',
      'serviceEntry',
      'site',
      'staff',
      'target',
    ]);
  });
});

describe('fields', () => {
  const all = [...kindFields, ...argFields];

  test('every one has a label', () => {
    expect(all.filter(([, field]) => field.label.trim() === '').map(([path]) => path)).toEqual([]);
  });

  test('every reference names a kind', () => {
    const lost = all.filter(([, field]) => field.type === 'ref' && !kindNamed(field.kind));
    expect(lost.map(([path]) => path)).toEqual([]);
  });

  test('every list in use has rows', () => {
    const lists = all.flatMap(([, field]) => ('list' in field ? [field.list] : []));
    const empty = [...new Set(lists)].filter((list) => codesOf(list).length === 0);
    expect(empty).toEqual([]);
  });

  test('every default is a value of its field', () => {
    for (const [path, field] of all)
      if (field.default !== undefined)
        expect([path, parseFields({ it: field }, { it: field.default })]).toMatchObject([
          path,
          { ok: true },
        ]);
  });

  test('no field asks what may not be asked, and none is for マイナンバー', () => {
    const barred = /本籍|国籍|人種|思想|信条|宗教|組合|マイナンバー|個人番号|愛読書|家族の職業/;
    expect(all.filter(([, field]) => barred.test(field.label)).map(([path]) => path)).toEqual([]);
  });
});

describe('verbs', () => {
  test('names are unique and permanent in form', () => {
    expect(repeated(verbs.map((verb) => verb.name))).toEqual([]);
    for (const kind of kinds)
      for (const [key, verb] of Object.entries(kind.verbs))
        expect(verb.name).toBe(`${kind.name}.${key}`);
  });

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s has a title, a version, a row of the permission table and an id',
    (_name, verb) => {
      expect(verb.title).not.toBe('');
      expect(verb.version).toBeGreaterThanOrEqual(1);
      expect(Object.keys(grants)).toContain(verb.may);
      expect(verb.args['id']).toMatchObject({ type: 'id', required: true });
    },
  );

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s takes nothing that it does not declare, nor what the server writes',
    (_name, verb) => {
      const parsed = parseFields(verb.args, { id: 'x', surprise: 1 });
      const problems = parsed.ok ? [] : parsed.problems;
      expect(problems.map((item) => item.field)).toContain('surprise');
      const own = Object.values(verb.args).map((field) => field.type);
      expect(own).not.toContain('personKey');
      expect(Object.keys(verb.args)).not.toContain('state');
    },
  );
});

describe('code lists', () => {
  test('every list of the seed is declared, every code stands once and has words', () => {
    const keys = seed.rows.map((row) => `${row.list}/${row.code}`);
    expect(repeated(keys)).toEqual([]);
    for (const row of seed.rows) {
      expect(codesOf(row.list as ListName).map((item) => item.code)).toContain(row.code);
      expect(row.label.trim()).not.toBe('');
    }
  });

  test('a list changes by dates: what is no longer chosen keeps its words', () => {
    const chosen = (list: ListName, on: string) => codesOn(list, on).map(({ code }) => code);
    expect(chosen('occupation', '2012-04-01')).toHaveLength(11);
    expect(chosen('occupation', '2026-04-01')).toHaveLength(15);
    expect(codeLabel('occupation', 'B')).toBe('専門的・技術的職業（2011年の分類）');
    expect(chosen('clientCategory', '2012-04-01')).toContain('housingAllowance');
    expect(chosen('clientCategory', '2026-04-01')).not.toContain('housingAllowance');
    expect(chosen('trialEligibility', '2007-06-01')).toContain('middleAged2007');
    expect(chosen('trialEligibility', '2026-04-01')).not.toContain('middleAged2007');
  });

  test('DV is the one restricted category', () => {
    const restricted = codesOf('clientCategory').filter((row) => row.restricted);
    expect(restricted.map((row) => row.code)).toEqual(['dv']);
  });
});
