/** Three-way merge, case by case: what the author saw, what she wrote, what stands now. */
import { describe, expect, test } from 'vitest';
import { choicesOf, conflictsOf } from '../../src/domain/conflict.ts';
import { kindNamed, kinds } from '../../src/domain/kinds/index.ts';
import { applyChange, type Change, type Rec } from '../../src/domain/record.ts';
import { settleArgs } from '../../src/domain/settle.ts';
import { flatten } from '../../src/domain/verbs.ts';
import type { Patch, Values } from '../../src/domain/value.ts';
import { baseOf } from '../../src/sync/evaluate.ts';
import { merge, withIdle, type Merged } from '../../src/sync/merge.ts';
import { createWorld } from '../support/world.ts';

const author = { entry: 'e-1', actor: 'st-1', at: 7 };

/** A file as the author saw it, as it stands now, and what she set. */
function met(seen: Values, now: Values, set: Patch, part = 'file') {
  const record = (values: Values): Rec => ({ kind: 'seeker', id: 's', parts: { [part]: values } });
  const change: Change = { kind: 'seeker', id: 's', part, set };
  const base = baseOf([change], { get: () => record(seen) });
  const merged = merge([change], base, { get: () => record(now) }, author);
  const after = merged.changes.reduce<Rec>(applyChange, record(now));
  return { merged, after: after.parts[part] ?? {} };
}

const kept = (merged: Merged) =>
  merged.changes.flatMap((change) => (change.kept ?? []).map(({ field, value }) => [field, value]));

const careers = (...names: string[]) => names.map((employer) => ({ employer }));
const group = (place: string) => ({ place, wage: '時給' });

describe.each<[string, Values, Values, Patch, string, Values, unknown[]]>([
  ['untouched', { post: 'a' }, { post: 'a' }, { post: 'b' }, 'applied', { post: 'b' }, []],
  ['first filled', {}, {}, { post: 'b' }, 'applied', { post: 'b' }, []],
  ['emptied', { post: 'a' }, { post: 'a' }, { post: null }, 'applied', {}, []],
  ['the same already', { post: 'a' }, { post: 'b' }, { post: 'b' }, 'merged', { post: 'b' }, []],
  ['emptied already', { post: 'a' }, {}, { post: null }, 'merged', {}, []],
  ['met', { post: 'a' }, { post: 'c' }, { post: 'b' }, 'conflict', { post: 'c' }, [['post', 'b']]],
  ['both filled', {}, { post: 'c' }, { post: 'b' }, 'conflict', { post: 'c' }, [['post', 'b']]],
  [
    'emptied against another value',
    { post: 'a' },
    { post: 'c' },
    { post: null },
    'conflict',
    { post: 'c' },
    [['post', undefined]],
  ],
  ['set against emptied', { post: 'a' }, {}, { post: 'b' }, 'conflict', {}, [['post', 'b']]],
  [
    'one met, one not',
    { post: 'a', licences: 'x' },
    { post: 'c', licences: 'x' },
    { post: 'b', licences: 'y' },
    'conflict',
    { post: 'c', licences: 'y' },
    [['post', 'b']],
  ],
  [
    'others wrote other fields',
    { post: 'a', licences: 'x' },
    { post: 'a', licences: 'z' },
    { post: 'b' },
    'applied',
    { post: 'b', licences: 'z' },
    [],
  ],
  [
    'a list is one value',
    { careers: careers('甲') },
    { careers: careers('甲', '乙') },
    { careers: careers('甲', '丙') },
    'conflict',
    { careers: careers('甲', '乙') },
    [['careers', careers('甲', '丙')]],
  ],
  [
    'the same list already',
    { careers: careers('甲') },
    { careers: careers('甲', '乙') },
    { careers: careers('甲', '乙') },
    'merged',
    { careers: careers('甲', '乙') },
    [],
  ],
  [
    'a group is one value',
    { wishes: group('北') },
    { wishes: group('南') },
    { wishes: group('東') },
    'conflict',
    { wishes: group('南') },
    [['wishes', group('東')]],
  ],
  [
    '未聴取 is a value',
    { education: { absent: 'unasked' } },
    { education: '1' },
    { education: { absent: 'declined' } },
    'conflict',
    { education: '1' },
    [['education', { absent: 'declined' }]],
  ],
  [
    'an address goes with its postal code',
    { postal: '003-0001', address: '旧' },
    { postal: '060-0001', address: '中央' },
    { address: '旧2' },
    'conflict',
    { postal: '060-0001', address: '中央' },
    [
      ['postal', '003-0001'],
      ['address', '旧2'],
    ],
  ],
  [
    'the postal code alone moved',
    { postal: '003-0001', address: '旧' },
    { postal: '060-0001', address: '旧' },
    { address: '旧2' },
    'conflict',
    { postal: '060-0001', address: '旧' },
    [
      ['postal', '003-0001'],
      ['address', '旧2'],
    ],
  ],
  [
    'an address completed',
    { address: '旧' },
    { address: '中央' },
    { postal: '060-0001', address: '中央' },
    'applied',
    { postal: '060-0001', address: '中央' },
    [],
  ],
  [
    'the same address already',
    { address: '旧' },
    { postal: '060-0001', address: '中央' },
    { postal: '060-0001', address: '中央' },
    'merged',
    { postal: '060-0001', address: '中央' },
    [],
  ],
])('%s', (_name, seen, now, set, outcome, values, beside) => {
  const { merged, after } = met(seen, now, set);

  test(`is ${outcome}`, () => expect(merged.outcome).toBe(outcome));
  test('leaves the current values', () => {
    const { conflicts: _, ...fields } = after;
    expect(fields).toEqual(values);
  });
  test('keeps the others beside', () => {
    expect(new Set(kept(merged))).toEqual(new Set(beside));
    expect(conflictsOf(after)).toHaveLength(beside.length);
    for (const one of conflictsOf(after)) expect(one).toMatchObject(author);
  });
});

describe('what is not merged', () => {
  test('a field without a base is taken: she knew no value to overwrite', () => {
    const record: Rec = { kind: 'seeker', id: 's', parts: { file: { post: 'c' } } };
    const change = { kind: 'seeker', id: 's', part: 'file', set: { post: 'b' } };
    for (const base of [{}, { 'seeker/s/file': { licences: 'x' } }])
      expect(merge([change], base, { get: () => record }, author).outcome).toBe('applied');
  });

  test('a state in the way leaves the entry without effect', () => {
    const record: Rec = { kind: 'visit', id: 'v', parts: { facts: { state: 'done', heads: 1 } } };
    const change = { kind: 'visit', id: 'v', part: 'facts', set: { state: 'left', heads: 2 } };
    const base = { 'visit/v/facts': { state: 'waiting', heads: 1 } };
    expect(merge([change], base, { get: () => record }, author)).toEqual({
      outcome: 'conflict',
      problem: { code: 'baseChanged', kind: 'visit', fields: ['state'] },
      changes: [],
    });
  });

  test('half of an entry that would break a rule is not taken either', () => {
    const world = createWorld();
    world.must(
      'referral.amend',
      { id: 'rf-open', issuer: 'city', localJobId: 'L-1' },
      'hwCounsellor',
    );
    const judged = world.judge(
      'referral.amend',
      { id: 'rf-open', localJobId: 'L-2', clear: [{ name: 'hwJobNo' }] },
      'hwCounsellor',
    );
    if (judged.outcome !== 'applied') throw new Error('refused');
    const base = baseOf(judged.changes, world.view);
    world.set('referral', 'rf-open', 'detail', { localJobId: null });
    const merged = merge(judged.changes, base, world.view, author);
    expect(merged).toMatchObject({ outcome: 'conflict' });
    const after = merged.changes.reduce(applyChange, world.view.get('referral', 'rf-open') as Rec);
    expect(after.parts['detail']).toMatchObject({ hwJobNo: '01040-1234567' });
    expect(
      conflictsOf(after.parts['detail'])
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual(['hwJobNo', 'localJobId']);
  });
});

describe('a kept value', () => {
  test('is seen by no form or rule, and no kind declares its name', () => {
    const { after } = met({ post: 'a' }, { post: 'c' }, { post: 'b' });
    expect(flatten({ kind: 'seeker', id: 's', parts: { file: after } })).toEqual({ post: 'c' });
    for (const kind of kinds)
      for (const part of Object.values(kind.parts))
        expect(Object.keys(part.fields)).not.toContain('conflicts');
  });

  test('waits for nobody once it is the current one', () => {
    const { after } = met({ post: 'a' }, { post: 'c' }, { post: 'b' });
    const record: Rec = { kind: 'seeker', id: 's', parts: { file: after } };
    const change = { kind: 'seeker', id: 's', part: 'file', set: { post: 'b' } };
    const [done] = withIdle([change], { get: () => record });
    expect(done?.settled).toEqual([{ field: 'post', entry: 'e-1' }]);
    const [other] = withIdle([{ ...change, set: { post: 'd' } }], { get: () => record });
    expect(other?.settled).toBeUndefined();
  });

  test('of fields that go together is one choice', () => {
    const seen = { postal: '003-0001', address: '旧', post: 'a' };
    const now = { postal: '060-0001', address: '中央', post: 'c' };
    const { after } = met(seen, now, { address: '旧2', post: 'b' });
    const seeker = kindNamed('seeker');
    if (!seeker) throw new Error('no such kind');
    const choices = choicesOf(seeker, { parts: { file: after } });
    expect(choices.map(({ values }) => values.map(({ field }) => field).toSorted())).toEqual([
      ['address', 'postal'],
      ['post'],
    ]);
    const [address] = choices;
    expect(address && settleArgs(seeker, 's', address, 'other')).toMatchObject({
      part: 'file',
      entry: 'e-1',
      keep: 'other',
      postal: '003-0001',
      address: '旧2',
    });
  });
});

describe('settling', () => {
  function conflicting() {
    const world = createWorld();
    world.set('seeker', 'c-sato', 'file', { post: 'c' });
    const kept = [{ field: 'post', value: 'b', ...author }];
    world.apply([{ kind: 'seeker', id: 'c-sato', part: 'file', set: {}, kept }]);
    return world;
  }
  const choice = { id: 'c-sato', part: 'file', field: 'post', entry: 'e-1' };
  const settledOne = { field: 'post', entry: 'e-1' };
  const values = { current: 'c', other: 'b' };
  const settle = (keep: 'current' | 'other') => ({ ...choice, keep, post: values[keep] });

  test.each([
    ['current', 'c'],
    ['other', 'b'],
  ] as const)('%s leaves %s and nothing beside', (keep, post) => {
    const world = conflicting();
    world.must('seeker.settle', { ...choice, keep }, 'cityCounsellor');
    expect(world.part('seeker/c-sato/file')).toEqual({ post });
  });

  test.each([
    ['current', 'current', 'applied', 'c', []],
    ['current', 'other', 'conflict', 'c', ['b']],
    ['other', 'other', 'merged', 'b', []],
    ['other', 'current', 'conflict', 'b', ['c']],
  ] as const)('%s, then %s by one who saw neither settled: %s', (a, b, outcome, post, beside) => {
    const world = conflicting();
    const seen = world.judge('seeker.settle', settle(b), 'citySupervisor');
    if (!('changes' in seen)) throw new Error('refused');
    const base = baseOf(seen.changes, world.view);
    world.must('seeker.settle', settle(a), 'cityCounsellor');
    const more = { entry: 'e-2', base };
    const judged = world.judge('seeker.settle', settle(b), 'citySupervisor', more);
    expect(judged.outcome).toBe(outcome);
    if ('changes' in judged) world.apply(judged.changes);
    expect(world.part('seeker/c-sato/file')).toMatchObject({ post });
    expect(conflictsOf(world.part('seeker/c-sato/file')).map(({ value }) => value)).toEqual(beside);
  });

  test('what the same hand has written there and back overturns nothing either, with or without a base', () => {
    for (const base of [undefined, { 'seeker/c-sato/file': { post: 'c' } }]) {
      const world = conflicting();
      world.must('seeker.amend', { id: 'c-sato', post: 'b' }, 'cityCounsellor');
      world.must('seeker.amend', { id: 'c-sato', post: 'c' }, 'cityCounsellor');
      // As the server lays it: a kept value that is the current one waits for nobody.
      world.apply([{ kind: 'seeker', id: 'c-sato', part: 'file', set: {}, settled: [settledOne] }]);
      const more = { entry: 'e-2', ...(base && { base }) };
      const judged = world.judge('seeker.settle', settle('other'), 'citySupervisor', more);
      expect(judged).toMatchObject({ outcome: 'conflict', problem: { fields: ['post'] } });
    }
  });

  test('of what moved on since keeps the choice beside it', () => {
    const world = conflicting();
    const base = { 'seeker/c-sato/file': { post: 'c' } };
    world.set('seeker', 'c-sato', 'file', { post: 'd' });
    const judged = world.judge('seeker.settle', settle('other'), 'cityCounsellor', {
      entry: 'e-2',
      base,
    });
    expect(judged.outcome).toBe('conflict');
    if ('changes' in judged) world.apply(judged.changes);
    expect(world.part('seeker/c-sato/file')).toMatchObject({ post: 'd' });
    expect(conflictsOf(world.part('seeker/c-sato/file'))).toEqual([
      { field: 'post', value: 'b', entry: 'e-2', actor: 'st-city', at: expect.any(Number) },
    ]);
  });

  test('is for those who may write the field', () => {
    const world = createWorld();
    const kept = [{ field: 'welfareNote', value: 'b', ...author }];
    world.apply([{ kind: 'seeker', id: 'c-sato', part: 'welfare', set: {}, kept }]);
    const args = { ...choice, part: 'welfare', field: 'welfareNote', keep: 'other' };
    expect(world.judge('seeker.settle', args, 'citySupervisor')).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'notAllowed' },
    });
    expect(world.judge('seeker.settle', args, 'cityCounsellor').outcome).toBe('applied');
  });
});
