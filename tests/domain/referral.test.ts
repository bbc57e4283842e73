/** The whole referral machine (domain.md §3) and its one placement. */
import { describe, expect, test } from 'vitest';
import { referral } from '../../src/domain/kinds/referral.ts';
import type { Values } from '../../src/domain/value.ts';
import { createWorld, hired, issued } from '../support/world.ts';

interface Move {
  readonly from: readonly string[];
  readonly to: string;
  readonly args?: Values;
}

const open = ['issued', 'applied', 'interview', 'resultPending'];
const result = { resultSource: 'employer' };

/** Written from domain.md §3, not from the code. */
const machine: Readonly<Record<string, Move>> = {
  contactEmployer: { from: ['considering'], to: 'employerContacted' },
  issue: { from: ['considering', 'employerContacted'], to: 'issued' },
  apply: { from: ['issued'], to: 'applied' },
  interview: { from: ['issued', 'applied'], to: 'interview' },
  awaitResult: { from: ['issued', 'applied', 'interview'], to: 'resultPending' },
  hire: { from: open, to: 'hired', args: { ...hired, newPlacement: 'pl-new' } },
  reject: { from: open, to: 'rejected', args: { ...result, rejectionReasons: ['skills'] } },
  withdraw: { from: open, to: 'withdrew', args: result },
  noShow: { from: open, to: 'noShow', args: result },
  closeJob: { from: open, to: 'jobClosed', args: result },
  start: { from: ['hired'], to: 'started' },
  trial: { from: ['started'], to: 'trial' },
  convert: { from: ['started', 'trial'], to: 'converted' },
  end: { from: ['started', 'trial', 'converted'], to: 'ended' },
  cancelOffer: { from: ['hired'], to: 'cancelled', args: { placement: 'pl-sato' } },
};

const creating = ['record', 'consider'];
const states = Object.keys(referral.states ?? {});

test('the machine names every verb that moves a referral', () => {
  const moving = Object.keys(referral.verbs).filter(
    (name) => ![...creating, 'amend', 'void'].includes(name),
  );
  expect(Object.keys(machine).toSorted()).toEqual(moving.toSorted());
});

test('every state is reached by some verb', () => {
  const reached = [...Object.values(machine).map((move) => move.to), 'considering', 'voided'];
  expect(states.filter((state) => !reached.includes(state))).toEqual([]);
});

describe.each(Object.entries(machine))('referral.%s', (name, move) => {
  const run = (state: string) => {
    const world = createWorld();
    world.set('referral', 'rf-hired', 'facts', { state });
    const judged = world.write(
      `referral.${name}`,
      { id: 'rf-hired', ...move.args },
      'hwCounsellor',
    );
    return { world, judged };
  };

  test.each(move.from)('leads on from %s', (state) => {
    const { world, judged } = run(state);
    expect(judged).toMatchObject({ outcome: 'applied' });
    expect(world.state('referral', 'rf-hired')).toBe(move.to);
  });

  test.each(states.filter((state) => !move.from.includes(state)))(
    'is refused from %s, naming it',
    (state) => {
      const { world, judged } = run(state);
      const found = state === 'voided' ? '取消ずみ' : referral.states?.[state];
      expect(judged).toEqual({
        outcome: 'rejected',
        problem: { code: 'illegalState', kind: 'referral', found },
      });
      expect(world.state('referral', 'rf-hired')).toBe(state);
    },
  );
});

describe('referral.void', () => {
  const withHire = ['hired', 'started', 'trial', 'converted', 'ended'];
  test.each(states.filter((state) => state !== 'voided'))('from %s', (state) => {
    const world = createWorld();
    world.set('referral', 'rf-hired', 'facts', { state });
    const judged = world.judge(
      'referral.void',
      { id: 'rf-hired', voidReason: 'mistake' },
      'hwCounsellor',
    );
    expect(judged.outcome).toBe(withHire.includes(state) ? 'rejected' : 'applied');
  });

  test('a hire that was none is voided first, then its referral', () => {
    const world = createWorld();
    world.must('placement.void', { id: 'pl-sato', voidReason: 'wrongPerson' }, 'hwCounsellor');
    expect(world.part('referral/rf-hired/facts')).not.toHaveProperty('outcomeOn');
    expect(world.part('referral/rf-hired/shared')).not.toHaveProperty('startDate');
    world.must('referral.void', { id: 'rf-hired', voidReason: 'wrongPerson' }, 'hwCounsellor');
    expect(world.state('referral', 'rf-hired')).toBe('voided');
  });
});

test('scenario A of the plan: considered, contacted, trial referral, hired as regular', () => {
  const world = createWorld();
  const id = 'rf-new';
  world.must(
    'referral.consider',
    { id, ...issued, jobMode: 'combined', referralType: 'trial', seeker: 'h-mori' },
    'hwCounsellor',
  );
  world.must('referral.contactEmployer', { id, contactMemo: '定年60歳を相談' }, 'hwCounsellor');
  world.must('referral.issue', { id }, 'hwCounsellor', { businessDate: '2026-04-27' });
  expect(world.part('referral/rf-new/facts')['date']).toBe('2026-04-27');
  world.must('referral.interview', { id, interviewOn: '2026-04-30' }, 'hwCounsellor');
  world.must(
    'referral.hire',
    { id, ...hired, newPlacement: 'pl-new', trialUsed: false },
    'hwCounsellor',
    { businessDate: '2026-05-01' },
  );
  expect(world.part('placement/pl-new/facts')).toMatchObject({
    date: '2026-05-01',
    regular: true,
    trialUsed: false,
  });
});

test('the city refers to its own jobs, without a Hello Work number', () => {
  const { hwJobNo: _, ...local } = issued;
  const args = { id: 'rf-city', ...local, issuer: 'city', localJobId: 'L-1', seeker: 'c-sato' };
  createWorld().must('referral.record', args, 'cityCounsellor');
  const { localJobId: _without, ...numberless } = args;
  expect(createWorld().judge('referral.record', numberless, 'cityCounsellor')).toMatchObject({
    problem: { code: 'invalidFields', fields: [{ field: 'localJobId' }] },
  });
});
