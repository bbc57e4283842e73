import { hired, issued, today } from '../../support/world.ts';
import { inState, voidArgs, type VerbCase, type VerbCases } from './case.ts';

const open = { id: 'rf-open' };
const result = { ...open, resultSource: 'seeker' };

function step(
  from: string,
  to: string,
  wrong: string,
  args: VerbCase['allowed']['args'] = open,
): VerbCase {
  const given = inState('referral', 'rf-open', from);
  return {
    allowed: {
      as: 'hwCounsellor',
      given,
      args,
      after: { 'referral/rf-open/facts': { state: to } },
    },
    refused: [
      {
        why: `not from ${wrong}`,
        as: 'hwCounsellor',
        given: inState('referral', 'rf-open', wrong),
        args,
        code: 'illegalState',
      },
      { why: "another organisation's person", as: 'cityCounsellor', given, args, code: 'notFound' },
    ],
  };
}

export const referralCases: VerbCases = {
  'referral.record': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'rf-new', ...issued, seeker: 'h-mori' },
      after: {
        'referral/rf-new/facts': { state: 'issued', date: today, orgType: 'hw', staff: 'st-hw' },
        'referral/rf-new/shared': { seeker: 'h-mori', employerName: '架空ビル管理' },
        'referral/rf-new/detail': { hwJobNo: '01040-1234567' },
      },
    },
    refused: [
      {
        why: 'Hello Work refers to jobs with a number',
        as: 'hwCounsellor',
        args: { id: 'rf-new', ...issued, hwJobNo: '', seeker: 'h-mori' },
        code: 'invalidFields',
      },
      {
        why: 'the city is not Hello Work',
        as: 'cityCounsellor',
        args: { id: 'rf-new', ...issued, seeker: 'c-sato' },
        code: 'refused',
      },
      {
        why: 'no trial on a general job',
        as: 'hwCounsellor',
        args: { id: 'rf-new', ...issued, referralType: 'trial', seeker: 'h-mori' },
        code: 'invalidFields',
      },
      {
        why: 'no trial for whoever is at school',
        as: 'hwCounsellor',
        args: {
          id: 'rf-new',
          ...issued,
          jobMode: 'combined',
          referralType: 'trial',
          trialGrounds: ['jobChanges'],
          trialBars: ['student'],
          seeker: 'h-mori',
        },
        code: 'invalidFields',
      },
    ],
  },
  'referral.consider': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'rf-new', ...issued, seeker: 'h-mori' },
      after: { 'referral/rf-new/facts': { state: 'considering' } },
    },
    refused: [
      {
        why: 'a contractor refers nobody',
        as: 'contractor',
        args: { id: 'rf-new', ...issued, issuer: 'other', seeker: 'c-sato' },
        code: 'notAllowed',
      },
    ],
  },
  'referral.contactEmployer': step('considering', 'employerContacted', 'issued'),
  'referral.issue': step('employerContacted', 'issued', 'applied'),
  'referral.apply': step('issued', 'applied', 'considering'),
  'referral.interview': step('applied', 'interview', 'rejected', {
    ...open,
    interviewOn: '2026-04-24',
  }),
  'referral.awaitResult': step('interview', 'resultPending', 'hired'),
  'referral.hire': {
    allowed: {
      as: 'hwCounsellor',
      given: inState('referral', 'rf-open', 'resultPending'),
      args: { ...open, ...hired, newPlacement: 'pl-new', trialUsed: true, trialEnd: '2026-08-01' },
      after: {
        'referral/rf-open/facts': { state: 'hired', outcomeOn: today },
        'referral/rf-open/shared': { startDate: '2026-05-01' },
        'referral/rf-open/detail': { confirmedOn: today, confirmedBy: 'st-hw' },
        'placement/pl-new/facts': {
          state: 'confirmed',
          date: today,
          site: 's-shiroishi',
          referral: 'rf-open',
          employmentType: '1',
          regular: true,
          trialEnd: '2026-08-01',
        },
        'placement/pl-new/shared': { seeker: 'h-sato', employerName: '架空ビル管理' },
      },
    },
    refused: [
      {
        why: 'not from considering',
        as: 'hwCounsellor',
        given: inState('referral', 'rf-open', 'considering'),
        args: { ...open, ...hired, newPlacement: 'pl-new' },
        code: 'illegalState',
      },
      {
        why: 'the placement exists',
        as: 'hwCounsellor',
        args: { ...open, ...hired, newPlacement: 'pl-sato' },
        code: 'alreadyExists',
      },
      {
        why: 'a trial ends after it begins',
        as: 'hwCounsellor',
        args: {
          ...open,
          ...hired,
          newPlacement: 'pl-new',
          trialUsed: true,
          trialEnd: '2026-05-01',
        },
        code: 'invalidFields',
      },
    ],
  },
  'referral.reject': step('interview', 'rejected', 'rejected', {
    ...result,
    rejectionReasons: ['skills'],
  }),
  'referral.withdraw': step('issued', 'withdrew', 'considering', result),
  'referral.noShow': step('interview', 'noShow', 'hired', result),
  'referral.closeJob': step('issued', 'jobClosed', 'voided', result),
  'referral.start': step('hired', 'started', 'issued'),
  'referral.trial': step('started', 'trial', 'hired'),
  'referral.convert': step('trial', 'converted', 'ended'),
  'referral.end': step('converted', 'ended', 'hired'),
  'referral.cancelOffer': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'rf-hired', placement: 'pl-sato' },
      after: {
        'referral/rf-hired/facts': { state: 'cancelled' },
        'placement/pl-sato/facts': { state: 'cancelled', endedOn: today },
      },
    },
    refused: [
      {
        why: 'the hire is of another referral',
        as: 'hwCounsellor',
        given: inState('referral', 'rf-open', 'hired'),
        args: { ...open, placement: 'pl-sato' },
        code: 'notFound',
      },
    ],
  },
  'referral.amend': {
    allowed: {
      as: 'hwCounsellor',
      args: { ...open, employerName: '架空警備' },
      after: {
        'referral/rf-open/shared': { employerName: '架空警備', seeker: 'h-sato' },
        'referral/rf-open/facts': { state: 'issued' },
      },
    },
    refused: [
      {
        why: 'the number that Hello Work needs is not taken out',
        as: 'hwCounsellor',
        args: { ...open, clear: [{ name: 'hwJobNo' }] },
        code: 'invalidFields',
      },
      {
        why: "another organisation's person",
        as: 'cityCounsellor',
        args: { ...open, employerName: '架空警備' },
        code: 'notFound',
      },
    ],
  },
  'referral.void': {
    allowed: {
      as: 'hwCounsellor',
      args: voidArgs('rf-open'),
      after: { 'referral/rf-open/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'a hire rests on it',
        as: 'hwCounsellor',
        args: voidArgs('rf-hired'),
        code: 'refused',
      },
      {
        why: 'a hire rests on it, though the job has ended',
        as: 'hwCounsellor',
        given: inState('referral', 'rf-hired', 'ended'),
        args: voidArgs('rf-hired'),
        code: 'refused',
      },
    ],
  },
};

export const placementCases: VerbCases = {
  'placement.amend': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'pl-sato', startDate: '2026-05-11', weeklyHours: 40 },
      after: {
        'placement/pl-sato/facts': { startDate: '2026-05-11', state: 'confirmed' },
        'placement/pl-sato/detail': { weeklyHours: 40 },
      },
    },
    refused: [
      {
        why: 'a trial ends after it begins',
        as: 'hwCounsellor',
        args: { id: 'pl-sato', trialUsed: true, trialEnd: '2026-04-01' },
        code: 'invalidFields',
      },
    ],
  },
  'placement.void': {
    allowed: {
      as: 'hwCounsellor',
      args: voidArgs('pl-sato'),
      after: {
        'placement/pl-sato/facts': { state: 'voided' },
        'referral/rf-hired/facts': { state: 'resultPending' },
      },
    },
    refused: [
      {
        why: 'it is voided already',
        as: 'hwCounsellor',
        given: inState('placement', 'pl-sato', 'voided'),
        args: voidArgs('pl-sato'),
        code: 'illegalState',
      },
    ],
  },
};
