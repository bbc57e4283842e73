/** When records about people wait for somebody, and when no longer (Kind.due): what 今日 lists. */
import { describe, expect, test } from 'vitest';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import { dueOf } from '../../src/domain/kinds/retention-check.ts';
import type { Values } from '../../src/domain/value.ts';

const due = (kind: string, facts: Values) =>
  kindNamed(kind)?.due?.({ kind, id: 'r-1', parts: { facts } }, '2026-04-20');

describe('due', () => {
  test.each([
    ['appointment', { state: 'booked', dueOn: '2026-04-20', time: '10:00' }, '2026-04-20', '10:00'],
    ['appointment', { state: 'booked', dueOn: '2026-04-20' }, '2026-04-20', undefined],
    ['employerContact', { state: 'asked', date: '2026-04-18' }, '2026-04-18', undefined],
    [
      'employerContact',
      { state: 'asked', date: '2026-04-18', answerDueOn: '2026-04-22' },
      '2026-04-22',
      undefined,
    ],
    ['retentionCheck', { state: 'due', dueOn: '2026-04-27' }, '2026-04-27', undefined],
    ['individualSupport', { state: 'active', reviewOn: '2026-05-01' }, '2026-05-01', undefined],
    [
      'trainingReferral',
      { state: 'referred', startOn: '2026-05-11', endOn: '2026-08-10' },
      '2026-05-11',
      undefined,
    ],
    [
      'trainingReferral',
      { state: 'training', startOn: '2026-05-11', endOn: '2026-08-10' },
      '2026-08-10',
      undefined,
    ],
    [
      'trainingReferral',
      { state: 'finished', endOn: '2026-08-10', followUpOn: '2026-11-10' },
      '2026-11-10',
      undefined,
    ],
    [
      'trainingReferral',
      { state: 'left', endOn: '2026-08-10', followUpOn: '2026-09-15' },
      '2026-09-15',
      undefined,
    ],
    ['complaint', { state: 'open', receivedOn: '2026-04-18' }, '2026-04-18', undefined],
    [
      'complaint',
      { state: 'open', receivedOn: '2026-04-18', answerDueOn: '2026-05-01' },
      '2026-05-01',
      undefined,
    ],
  ] as const)('%s %o', (kind, facts, date, time) => {
    const found = due(kind, facts);
    expect(found).toMatchObject({ date, word: expect.stringMatching(/./) });
    expect(found?.time).toBe(time);
  });

  test('a complaint is listed from the day it came', () => {
    const facts = { state: 'open', receivedOn: '2026-04-18', answerDueOn: '2026-05-01' };
    expect(due('complaint', facts)?.from).toBe('2026-04-18');
  });

  test.each([
    ['appointment', { dueOn: '2026-04-20' }, ['kept', 'missed', 'cancelled', 'voided']],
    ['employerContact', { date: '2026-04-18' }, ['agreed', 'declined', 'voided']],
    ['retentionCheck', { dueOn: '2026-04-20' }, ['checked', 'voided']],
    ['individualSupport', { reviewOn: '2026-04-20' }, ['ended', 'voided']],
    [
      'trainingReferral',
      { startOn: '2026-01-01', endOn: '2026-02-01', followUpOn: '2026-05-01' },
      ['notAdmitted', 'followedUp', 'voided'],
    ],
    ['complaint', { receivedOn: '2026-04-18' }, ['answered', 'closed', 'voided']],
    [
      'disclosureRequest',
      { dueOn: '2026-05-20', decidedOn: '2026-05-01' },
      ['supplementing', 'done', 'withdrawn', 'transferred', 'voided'],
    ],
  ])('%s waits no longer once it is dealt with', (kind, facts, states) => {
    for (const state of states)
      expect([state, due(kind, { ...facts, state })]).toEqual([state, undefined]);
  });
});

test.each([
  ['2026-01-31', ['2026-02-07', '2026-02-28', '2026-04-30', '2026-07-31']],
  ['2027-11-30', ['2027-12-07', '2027-12-30', '2028-02-29', '2028-05-30']],
])('the four checks of a start on %s', (start, days) => {
  const milestones = ['1w', '1m', '3m', '6m'] as const;
  expect(milestones.map((one) => dueOf(start, one))).toEqual(days);
});
