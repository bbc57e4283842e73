/** Firms that want people, and what they let be told. */
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const noted = { id: 'el-1', wish: ['hire'], firmName: '架空製菓', openings: 2 };
const lead = (world: World) => world.must('employerLead.note', noted, 'cityCounsellor');
const sharing = {
  id: 'el-1',
  toOrg: 'o-hw',
  direction: 'cityToHw',
  consentMethod: 'oral',
};
const shared = (world: World) => {
  lead(world);
  world.must('employerLead.share', sharing, 'cityCounsellor');
};
const received = (world: World) => {
  shared(world);
  world.must('employerLead.receive', { id: 'el-1' }, 'hwCounsellor');
};

const sharedAnew = (world: World) => {
  received(world);
  world.must('employerLead.withdrawConsent', { id: 'el-1' }, 'cityCounsellor');
  world.must('employerLead.share', sharing, 'cityCounsellor');
};

export const leadCases: VerbCases = {
  'employerLead.note': {
    allowed: {
      as: 'cityCounsellor',
      args: noted,
      after: {
        'employerLead/el-1/facts': { state: 'open', org: 'o-city', openings: 2 },
        'employerLead/el-1/firm': { firmName: '架空製菓' },
      },
    },
    refused: [
      {
        why: 'of no firm',
        as: 'cityCounsellor',
        args: { id: 'el-1', wish: ['hire'] },
        code: 'invalidFields',
      },
      {
        why: 'already told, though nobody asked the firm',
        as: 'cityCounsellor',
        args: { ...noted, toOrg: 'o-hw', consentedOn: '2026-04-20' },
        code: 'invalidFields',
      },
    ],
  },
  'employerLead.share': {
    allowed: {
      as: 'cityCounsellor',
      given: lead,
      args: sharing,
      after: {
        'employerLead/el-1/facts': {
          state: 'open',
          toOrg: 'o-hw',
          consentedOn: '2026-04-20',
          direction: 'cityToHw',
        },
      },
    },
    refused: [
      {
        why: 'how the firm agreed is not said',
        as: 'cityCounsellor',
        given: lead,
        args: { id: 'el-1', toOrg: 'o-hw', direction: 'cityToHw' },
        code: 'invalidFields',
      },
      {
        why: 'with oneself',
        as: 'cityCounsellor',
        given: lead,
        args: { ...sharing, toOrg: 'o-city' },
        code: 'refused',
      },
      {
        why: 'by the one that would be told',
        as: 'hwCounsellor',
        given: lead,
        args: sharing,
        code: 'notAllowed',
      },
    ],
  },
  'employerLead.withdrawConsent': {
    allowed: {
      as: 'cityCounsellor',
      given: received,
      args: { id: 'el-1' },
      after: { 'employerLead/el-1/facts': { state: 'received', withdrawnOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'there was no consent',
        as: 'cityCounsellor',
        given: lead,
        args: { id: 'el-1' },
        code: 'refused',
      },
    ],
  },
  'employerLead.receive': {
    allowed: {
      as: 'hwCounsellor',
      given: sharedAnew,
      args: { id: 'el-1' },
      after: { 'employerLead/el-1/facts': { state: 'received', receivedOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'the firm has not agreed that they are told',
        as: 'hwCounsellor',
        given: lead,
        args: { id: 'el-1' },
        code: 'notAllowed',
      },
      {
        why: 'the firm has taken its word back',
        as: 'hwCounsellor',
        given: (world) => {
          shared(world);
          world.must('employerLead.withdrawConsent', { id: 'el-1' }, 'cityCounsellor');
        },
        args: { id: 'el-1' },
        code: 'notAllowed',
      },
    ],
  },
  'employerLead.close': {
    allowed: {
      as: 'hwCounsellor',
      given: received,
      args: { id: 'el-1', outcome: 'jobPosted' },
      after: { 'employerLead/el-1/facts': { state: 'closed', outcome: 'jobPosted' } },
    },
    refused: [
      {
        why: 'by one that was not told',
        as: 'contractor',
        given: received,
        args: { id: 'el-1', outcome: 'jobPosted' },
        code: 'notAllowed',
      },
    ],
  },
  'employerLead.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: shared,
      args: { id: 'el-1', openings: 3 },
      after: { 'employerLead/el-1/facts': { openings: 3 } },
    },
    refused: [
      {
        why: 'by the one that was told',
        as: 'hwCounsellor',
        given: shared,
        args: { id: 'el-1', openings: 3 },
        code: 'notAllowed',
      },
    ],
  },
  'employerLead.void': {
    allowed: {
      as: 'cityCounsellor',
      given: lead,
      args: voidArgs('el-1'),
      after: { 'employerLead/el-1/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'there is none', as: 'cityCounsellor', args: voidArgs('el-1'), code: 'notFound' },
    ],
  },
};
