import { arrival, now, today } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const session = { id: 'k-new', services: ['jobCounselling'] };

export const consultationCases: VerbCases = {
  'consultation.record': {
    allowed: {
      as: 'hwCounsellor',
      args: { ...session, visit: 'v-nobody', seeker: 'h-mori', summary: 'まとめ', notes: 'メモ' },
      after: {
        'consultation/k-new/facts': {
          state: 'recorded',
          orgType: 'hw',
          staff: 'st-hw',
          visit: 'v-nobody',
        },
        'consultation/k-new/shared': { seeker: 'h-mori', summary: 'まとめ' },
        'consultation/k-new/private': { notes: 'メモ' },
        'visit/v-nobody/hw': { hwSeeker: 'h-mori' },
      },
    },
    refused: [
      {
        why: 'there is no such visit',
        as: 'hwCounsellor',
        args: { ...session, visit: 'v-no' },
        code: 'notFound',
      },
      {
        why: 'My Number is not written down',
        as: 'hwCounsellor',
        args: { ...session, visit: 'v-nobody', summary: '番号は 1234 5678 9018 です' },
        code: 'invalidFields',
      },
    ],
  },
  'consultation.recordWalkIn': {
    allowed: {
      as: 'cityCounsellor',
      // Sent again later, the talk still began when it began.
      args: {
        ...session,
        ...arrival,
        newVisit: 'v-new',
        seeker: 'c-sato',
        startedAt: now - 60_000,
      },
      after: {
        'consultation/k-new/facts': { visit: 'v-new', orgType: 'city' },
        'visit/v-new/facts': {
          state: 'withCity',
          date: today,
          purposes: ['jobCounselling'],
          servedAt: now - 60_000,
        },
        'visit/v-new/city': { citySeeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: 'the visit stands on the board',
        as: 'cityCounsellor',
        args: { ...session, ...arrival, newVisit: 'v-nobody' },
        code: 'alreadyExists',
      },
    ],
  },
  'consultation.amend': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'k-city', minutes: 40 },
      after: {
        'consultation/k-city/facts': { minutes: 40, services: ['careerCounselling'] },
        'consultation/k-city/shared': { summary: '希望を聞いた' },
      },
    },
    refused: [
      {
        why: "another organisation's session",
        as: 'hwCounsellor',
        args: { id: 'k-city', minutes: 40 },
        code: 'notFound',
      },
    ],
  },
  'consultation.moveToSeeker': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'k-city', toSeeker: 'c-tanaka' },
      after: { 'consultation/k-city/shared': { seeker: 'c-tanaka', summary: '希望を聞いた' } },
    },
    refused: [
      {
        why: "to another organisation's person",
        as: 'cityCounsellor',
        args: { id: 'k-city', toSeeker: 'h-sato' },
        code: 'notFound',
      },
    ],
  },
  'consultation.void': {
    allowed: {
      as: 'cityCounsellor',
      args: voidArgs('k-city'),
      after: { 'consultation/k-city/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'no reason is given',
        as: 'cityCounsellor',
        args: { id: 'k-city' },
        code: 'invalidFields',
      },
    ],
  },
};
