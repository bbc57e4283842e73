import { expect, test } from 'vitest';
import { noteFor, postRows, transferArgs } from '../../src/app/logic/caseload.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const today = '2026-04-01';
const member = (name: string, facts: Values): Rec => ({
  kind: 'staff',
  id: name,
  parts: { facts: { state: 'active', org: 'city', site: 's1', name, ...facts } },
});
const staff = [
  member('甲', { post: '席1' }),
  member('乙', { post: '席1' }),
  member('丙', { post: '席2', validTo: '2026-03-31' }),
  member('丁', { post: '席3', validFrom: '2026-04-06' }),
  member('戊', { post: '席4', state: 'ended' }),
  member('己', { post: '席5', org: 'hw' }),
  member('庚', { post: '席6', site: 's2' }),
  member('辛', {}),
];
const actor = { org: 'city', site: 's1' };

test('posts that nobody holds stand first with their count; who comes later holds hers already', () => {
  const counts = [
    { post: '席2', people: 7 },
    { post: '席1', people: 3 },
    { post: '席9', people: 1 },
  ];
  expect(postRows(staff, counts, actor, today)).toEqual([
    { post: '席2', holders: [], people: 7, isOrphaned: true, isHere: false },
    { post: '席9', holders: [], people: 1, isOrphaned: true, isHere: false },
    { post: '席1', holders: ['甲', '乙'], people: 3, isOrphaned: false, isHere: true },
    { post: '席3', holders: ['丁（2026-04-06から）'], people: 0, isOrphaned: false, isHere: true },
    { post: '席6', holders: ['庚'], people: 0, isOrphaned: false, isHere: false },
  ]);
});

test('without a connection nobody is said to be nowhere, and no count is said at all', () => {
  const rows = postRows(staff, undefined, actor, today);
  expect(rows.map(({ people }) => people)).toEqual([undefined, undefined, undefined]);
  expect(rows.some(({ isOrphaned }) => isOrphaned)).toBe(false);
});

test('the note for all and the note for one go together', () => {
  const plan = {
    fromPost: '席1',
    toPost: '席2',
    note: ' みなさんへ ',
    notes: new Map([
      ['a', '面接あり'],
      ['b', ' '],
    ]),
  };
  expect(noteFor(plan, 'a')).toBe('みなさんへ\n面接あり');
  expect(transferArgs(plan, 'b', 'x')).toEqual({
    id: 'x',
    seeker: 'b',
    fromPost: '席1',
    toPost: '席2',
    note: 'みなさんへ',
  });
  expect(transferArgs({ ...plan, note: '' }, 'b', 'x')).not.toHaveProperty('note');
});
