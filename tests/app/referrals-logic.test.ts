/** Pure logic of the referral screens: steps per state held against the verbs, the board and its days. */
import {
  fieldsFor,
  firstNames,
  givenNames,
  isLetter,
  issuerOf,
  jobNumberIn,
  laterNames,
  referralFields,
} from '../../src/app/logic/referral-form.ts';
import { describe, expect, test } from 'vitest';
import {
  askedInOrder,
  columnOf,
  isVoidable,
  outcomeSteps,
  plainSteps,
  progressSteps,
  referralBoard,
  referralSteps,
  stepTitles,
  trialEndFor,
} from '../../src/app/logic/referral-steps.ts';
import { issuedRows, resultRows } from '../../src/app/logic/referral-rows.ts';
import { referral } from '../../src/domain/kinds/referral.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const rec = (id: string, state: string, over: Values = {}): Rec => ({
  kind: 'referral',
  id,
  parts: { facts: { org: 'hw', state, date: '2025-11-18', ...over } },
});
const actor: Actor = { user: 'u', role: 'counsellor', org: 'hw', orgType: 'hw', site: 's1' };
const moment = { occurredAt: 0, businessDate: '2025-11-20' };

function isIllegal(verb: string, state: string): boolean {
  const record = rec('r', state);
  const view = { get: (kind: string) => (kind === 'referral' ? record : undefined) };
  const problem = referral.verbs[verb]?.check?.({ id: 'r' }, view, actor, moment);
  return problem?.code === 'illegalState';
}

const transitions = Object.keys(stepTitles);

describe.each(Object.keys(referral.states ?? {}))('%s', (state) => {
  test('offers exactly the transitions that the kind lets through', () => {
    const legal = transitions.filter((verb) => !isIllegal(verb, state));
    expect([...referralSteps(state)].sort()).toEqual(legal.sort());
  });

  test('may be voided exactly when the kind says so', () => {
    const view = { get: (kind: string) => (kind === 'referral' ? rec('r', state) : undefined) };
    const problem = referral.verbs['void']?.check?.({ id: 'r' }, view, actor, moment);
    expect(isVoidable(state)).toBe(problem === undefined);
  });
});

test('progress and outcome together are every step, once', () => {
  for (const state of Object.keys(referral.states ?? {}))
    expect([...progressSteps(state), ...outcomeSteps(state)].sort()).toEqual(
      [...referralSteps(state)].sort(),
    );
});

test('a hire asks the first day first and loses no field', () => {
  const fields = Object.keys(referral.verbs['hire']?.args ?? {});
  const asked = askedInOrder('hire', fields);
  expect(asked[0]).toBe('startDate');
  expect([...asked].sort()).toEqual([...fields].sort());
  expect(askedInOrder('apply', ['id'])).toEqual(['id']);
});

describe('the end of a trial', () => {
  const trial = { trialUsed: true, startDate: '2025-11-30' };
  test.each([
    ['three months from the start', trial, {}, { trialEnd: '2026-02-28' }],
    [
      'follows a corrected start',
      { ...trial, startDate: '2025-12-01', trialEnd: '2026-02-28' },
      { trialEnd: '2026-02-28' },
      { trialEnd: '2026-03-01' },
    ],
    [
      'leaves what staff typed',
      { ...trial, trialEnd: '2026-01-31' },
      { trialEnd: '2026-02-28' },
      {},
    ],
    ['leaves what staff is typing', trial, { trialEnd: '2026-02-28' }, {}],
    ['waits for the start', { trialUsed: true }, {}, {}],
    ['none without a trial', { startDate: '2025-11-30' }, {}, {}],
  ])('%s', (_title, values, proposed, expected) => {
    expect(trialEndFor(values, proposed)).toEqual(expected);
  });
});

test('every transition of the kind is in the table', () => {
  const others = ['record', 'consider', 'amend', 'void'];
  const verbs = Object.keys(referral.verbs).filter((name) => !others.includes(name));
  expect(verbs.sort()).toEqual(transitions.sort());
});

test('steps by one tap need no further argument', () => {
  for (const name of plainSteps) {
    const needed = Object.entries(referral.verbs[name]?.args ?? {})
      .filter(([, field]) => field.required)
      .map(([arg]) => arg);
    expect([name, needed]).toEqual([name, ['id']]);
  }
});

describe('board', () => {
  const rows = [
    rec('new', 'issued'),
    rec('old', 'applied', { date: '2025-11-01' }),
    rec('hired', 'hired'),
    rec('done', 'rejected'),
    rec('theirs', 'issued', { org: 'city' }),
  ];
  const board = referralBoard(rows, 'hw', '2025-11-20');

  test('own organisation, the longest waiting first, days from the issue', () => {
    expect(board.waiting.map(({ record, days }) => [record.id, days])).toEqual([
      ['old', 20],
      ['new', 3],
    ]);
  });

  test('hires and ends stand apart', () => {
    expect(board.working.map(({ record }) => record.id)).toEqual(['hired']);
    expect(board.ended.map(({ record }) => record.id)).toEqual(['done']);
  });

  test('every state has a column', () => {
    expect(columnOf('considering')).toBe('preparing');
    expect(columnOf('voided')).toBe('ended');
  });
});

describe('the form', () => {
  test.each([
    ['01040-12345678', '01040-12345678'],
    ['求人番号：０１０４０－１２３４５６７８です', '01040-12345678'],
    ['01040‐5', '01040-5'],
    ['0104012345678', undefined],
    ['電話 011-123-4567', undefined],
    ['101040-123', undefined],
  ])('a number in %j is %s', (typed, found) => {
    expect(jobNumberIn(typed)).toBe(found);
  });

  test.each(['hw', 'city'] as const)(
    '%s: every field is asked once, first or folded, or given',
    (orgType) => {
      const names = [...firstNames({ orgType }), ...laterNames({ orgType }), ...givenNames];
      expect(names.sort()).toEqual(Object.keys(referralFields).sort());
    },
  );

  test.each(['hw', 'city'] as const)(
    '%s: mandatory fields without a default stand first',
    (orgType) => {
      const blank = Object.entries(referralFields)
        .filter(([, field]) => field.required && field.default === undefined)
        .map(([name]) => name)
        .filter((name) => !givenNames.includes(name));
      expect(firstNames({ orgType })).toEqual(expect.arrayContaining(blank));
    },
  );

  test('Hello Work is asked for the job number as for any mandatory field, a city is not', () => {
    expect(fieldsFor({ orgType: 'hw' })['hwJobNo']?.required).toBe(true);
    expect(fieldsFor({ orgType: 'city' })['hwJobNo']?.required).toBeUndefined();
  });

  test('only the city’s paper is a letter', () => {
    expect(isLetter({ issuer: issuerOf({ orgType: 'city' }) })).toBe(true);
    expect(isLetter({ issuer: issuerOf({ orgType: 'hw' }) })).toBe(false);
  });
});

test('memos, reasons and results are for the desk, never for the paper', () => {
  const record: Rec = {
    kind: 'referral',
    id: 'r',
    parts: {
      facts: { employmentType: '1', jobMode: 'combined' },
      shared: { employerName: '北の警備', interviewOn: '2025-11-21', startDate: '2025-12-01' },
      detail: {
        hwJobNo: '01040-1',
        contactMemo: '電話の記録',
        rejectionReasons: ['ageLimit'],
        resultNote: '本人の事情',
        conditionsDiffer: '賃金',
      },
    },
  };
  expect(issuedRows(record).map(({ label, text }) => `${label} ${text}`)).toEqual([
    '事業所 北の警備',
    '求人番号 01040-1',
    '雇用形態 正社員',
    '求人の募集 併用',
    '面接 11月21日(金)',
  ]);
  expect(resultRows(record).map(({ label }) => label)).toEqual([
    '働きはじめる日',
    '不調の理由',
    '労働条件の相違',
    '結果のメモ',
    '連絡メモ',
  ]);
});
