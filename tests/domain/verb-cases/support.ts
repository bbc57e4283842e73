/** Issue checklist, individual support, retention. */
import { today } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';
import { amended, make, move, voided, type Made } from './jobseeking.ts';

const city = { as: 'cityCounsellor', stranger: 'hwCounsellor' } as const;
const hw = { as: 'hwCounsellor', stranger: 'cityCounsellor' } as const;

const issues = { housing: 'worst', income: 'applies', debt: { absent: 'declined' } };
const checklist: Made = {
  kind: 'issueChecklist',
  id: 'is-1',
  verb: 'issueChecklist.record',
  args: { seeker: 'c-sato', ...issues },
  ...city,
};

const support: Made = {
  kind: 'individualSupport',
  id: 'in-1',
  verb: 'individualSupport.decide',
  args: { seeker: 'c-sato', decidedOn: '2026-04-01', aim: '週3日から' },
  ...city,
};

const checks: Made = {
  kind: 'retentionCheck',
  id: 're-1',
  verb: 'retentionCheck.plan',
  args: { placement: 'pl-sato' },
  ...hw,
};

export const supportCases: VerbCases = {
  'issueChecklist.record': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'is-new', seeker: 'c-sato', ...issues, issueNote: '家賃が2か月' },
      after: {
        'issueChecklist/is-new/facts': { state: 'recorded', org: 'o-city', date: today },
        'issueChecklist/is-new/issues': { seeker: 'c-sato', ...issues },
      },
    },
    refused: [
      {
        why: 'nothing was asked',
        as: 'cityCounsellor',
        args: { id: 'is-new', seeker: 'c-sato', issueNote: 'メモだけ' },
        code: 'invalidFields',
      },
      {
        why: 'Hello Work writes none',
        as: 'hwCounsellor',
        args: { id: 'is-new', seeker: 'h-sato', ...issues },
        code: 'notAllowed',
      },
      {
        why: 'violence has no field: there is no place for restricted people yet',
        as: 'cityCounsellor',
        args: { id: 'is-new', seeker: 'c-sato', ...issues, violence: 'applies' },
        code: 'invalidFields',
      },
    ],
  },
  'issueChecklist.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: make(checklist),
      args: { id: 'is-1', food: 'worst', housing: 'applies' },
      after: {
        'issueChecklist/is-1/issues': { food: 'worst', housing: 'applies', income: 'applies' },
      },
    },
    refused: [
      {
        why: 'violence is not added either',
        as: 'cityCounsellor',
        given: make(checklist),
        args: { id: 'is-1', violence: 'worst' },
        code: 'invalidFields',
      },
      {
        why: 'not all of it is emptied',
        as: 'cityCounsellor',
        given: make(checklist),
        args: { id: 'is-1', clear: [{ name: 'housing' }, { name: 'income' }, { name: 'debt' }] },
        code: 'invalidFields',
      },
    ],
  },
  'issueChecklist.void': {
    ...voided(checklist),
    refused: [
      {
        why: 'Hello Work does not know it',
        as: 'hwSupervisor',
        given: make(checklist),
        args: voidArgs('is-1'),
        code: 'notAllowed',
      },
    ],
  },

  'individualSupport.decide': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'in-new', seeker: 'c-sato', decidedOn: '2026-04-20', assignedPost: 'p-city' },
      after: {
        'individualSupport/in-new/facts': { state: 'active', decidedOn: '2026-04-20' },
        'individualSupport/in-new/plan': { seeker: 'c-sato', assignedPost: 'p-city' },
        'seeker/c-sato/file': { post: 'p-city' },
      },
    },
    refused: [
      {
        why: "another organisation's person",
        as: 'hwCounsellor',
        args: { id: 'in-new', seeker: 'c-sato', decidedOn: '2026-04-20' },
        code: 'notFound',
      },
      {
        why: 'the day of the decision is counted',
        as: 'cityCounsellor',
        args: { id: 'in-new', seeker: 'c-sato' },
        code: 'invalidFields',
      },
      {
        why: 'under a programme that there is not',
        as: 'cityCounsellor',
        args: { id: 'in-new', seeker: 'c-sato', decidedOn: today, programme: 'pg-none' },
        code: 'notFound',
      },
    ],
  },
  'individualSupport.end': move(support, 'active', 'ended', 'ended', {
    args: { endReason: 'placed' },
    after: { endReason: 'placed', endedOn: today },
    refused: {
      why: 'before it was decided',
      as: 'cityCounsellor',
      args: { id: 'in-1', endReason: 'placed', endedOn: '2026-03-31' },
      code: 'invalidFields',
    },
  }),
  'individualSupport.reopen': move(support, 'ended', 'active', 'active'),
  'individualSupport.amend': amended(support, { decidedOn: '2026-04-02' }, 'facts', {
    endReason: 'placed',
  }),
  'individualSupport.void': voided(support),

  'retentionCheck.plan': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 're-new', placement: 'pl-sato' },
      after: {
        'retentionCheck/re-new/facts': {
          state: 'due',
          milestone: '1w',
          dueOn: '2026-05-08',
          placement: 'pl-sato',
        },
        'retentionCheck/re-new/who': { seeker: 'h-sato' },
        'retentionCheck/re-new-1m/facts': { milestone: '1m', dueOn: '2026-06-01' },
        'retentionCheck/re-new-3m/facts': { milestone: '3m', dueOn: '2026-08-01' },
        'retentionCheck/re-new-6m/facts': { milestone: '6m', dueOn: '2026-11-01', state: 'due' },
        'retentionCheck/re-new-6m/who': { seeker: 'h-sato' },
        'placement/pl-sato/facts': { retentionPlan: 're-new', state: 'confirmed' },
      },
    },
    refused: [
      {
        why: 'it was planned before',
        as: 'hwCounsellor',
        given: make(checks),
        args: { id: 're-new', placement: 'pl-sato' },
        code: 'refused',
      },
      {
        why: 'one of its checks is there',
        as: 'hwCounsellor',
        given: (world) => world.set('retentionCheck', 're-new-3m', 'facts', { state: 'due' }),
        args: { id: 're-new', placement: 'pl-sato' },
        code: 'alreadyExists',
      },
      {
        why: 'the hire came to nothing',
        as: 'hwCounsellor',
        given: (world) => world.set('placement', 'pl-sato', 'facts', { state: 'cancelled' }),
        args: { id: 're-new', placement: 'pl-sato' },
        code: 'illegalState',
      },
      {
        why: "another organisation's placement",
        as: 'cityCounsellor',
        args: { id: 're-new', placement: 'pl-sato' },
        code: 'notFound',
      },
    ],
  },
  'retentionCheck.add': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 're-new', placement: 'pl-sato', milestone: '3m', dueOn: '2026-09-01' },
      after: {
        'retentionCheck/re-new/facts': { state: 'due', milestone: '3m', dueOn: '2026-09-01' },
        'retentionCheck/re-new/who': { seeker: 'h-sato' },
      },
    },
    refused: [
      {
        why: "another organisation's placement",
        as: 'cityCounsellor',
        args: { id: 're-new', placement: 'pl-sato', milestone: '3m', dueOn: '2026-09-01' },
        code: 'notFound',
      },
      {
        why: 'there is no such placement',
        as: 'hwCounsellor',
        args: { id: 're-new', placement: 'pl-none', milestone: '3m', dueOn: '2026-09-01' },
        code: 'notFound',
      },
    ],
  },
  'retentionCheck.check': move(checks, 'due', 'checked', 'checked', {
    args: { status: 'left', leftOn: '2026-04-10', leftReason: 'hours', heardFrom: 'seeker' },
    after: { status: 'left', checkedOn: today, leftOn: '2026-04-10' },
    refused: {
      why: 'in days to come',
      as: 'hwCounsellor',
      args: { id: 're-1', status: 'working', checkedOn: '2026-04-21' },
      code: 'invalidFields',
    },
  }),
  'retentionCheck.reopen': move(checks, 'checked', 'due', 'due'),
  'retentionCheck.amend': amended(checks, { dueOn: '2026-05-12' }, 'facts', { status: 'working' }),
  'retentionCheck.void': voided(checks),
};
