/** Events and who came to them. */
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const held = {
  id: 'ev-1',
  eventType: 'matchingDay',
  eventName: 'マッチング・デイ',
  heldOn: '2026-04-18',
  heldTo: '2026-04-20',
  temporary: true,
};
const event = (world: World) => world.must('event.plan', held, 'cityCounsellor');
const confirmed = { id: 'ev-1', seekers: 89, firms: 12, hired: 3, childcare: 4, times: 3 };
const ahead = (world: World) =>
  world.must(
    'event.plan',
    { ...held, heldOn: '2026-04-21', heldTo: '2026-04-21' },
    'cityCounsellor',
  );

const eventCases: VerbCases = {
  'event.plan': {
    allowed: {
      as: 'cityCounsellor',
      args: held,
      after: {
        'event/ev-1/facts': { state: 'planned', site: 's-shiroishi', heldOn: '2026-04-18' },
      },
    },
    refused: [
      {
        why: 'it would end before it begins',
        as: 'cityCounsellor',
        args: { ...held, heldTo: '2026-04-17' },
        code: 'invalidFields',
      },
      {
        why: 'of a programme that nobody knows',
        as: 'cityCounsellor',
        args: { ...held, programme: 'pg-no' },
        code: 'notFound',
      },
    ],
  },
  'event.confirm': {
    allowed: {
      as: 'citySupervisor',
      given: event,
      args: confirmed,
      after: {
        'event/ev-1/facts': {
          state: 'confirmed',
          seekers: 89,
          hired: 3,
          confirmedOn: '2026-04-20',
        },
      },
    },
    refused: [
      {
        why: 'how many came is said, even if nobody did',
        as: 'cityCounsellor',
        given: event,
        args: { id: 'ev-1', firms: 12 },
        code: 'invalidFields',
      },
      {
        why: 'it has not been held yet',
        as: 'cityCounsellor',
        given: ahead,
        args: confirmed,
        code: 'refused',
      },
      {
        why: 'by the other organisation',
        as: 'hwCounsellor',
        given: event,
        args: confirmed,
        code: 'notAllowed',
      },
    ],
  },
  'event.cancel': {
    allowed: {
      as: 'cityCounsellor',
      given: event,
      args: { id: 'ev-1' },
      after: { 'event/ev-1/facts': { state: 'cancelled' } },
    },
    refused: [
      {
        why: 'its figures are confirmed',
        as: 'cityCounsellor',
        given: (world) => {
          event(world);
          world.must('event.confirm', confirmed, 'cityCounsellor');
        },
        args: { id: 'ev-1' },
        code: 'illegalState',
      },
    ],
  },
  'event.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: event,
      args: { id: 'ev-1', place: '架空会館' },
      after: { 'event/ev-1/facts': { place: '架空会館', eventName: 'マッチング・デイ' } },
    },
    refused: [
      {
        why: 'figures are confirmed, not amended',
        as: 'cityCounsellor',
        given: event,
        args: { id: 'ev-1', seekers: 90 },
        code: 'invalidFields',
      },
    ],
  },
  'event.void': {
    allowed: {
      as: 'cityCounsellor',
      given: event,
      args: voidArgs('ev-1'),
      after: { 'event/ev-1/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'there is none', as: 'cityCounsellor', args: voidArgs('ev-1'), code: 'notFound' },
    ],
  },
};

const seekerCame = { id: 'at-1', event: 'ev-1', party: 'seeker', seeker: 'c-sato', children: 1 };
const firmCame = { id: 'at-2', event: 'ev-1', party: 'firm', firmName: '架空製菓' };
const booked = (world: World) => {
  event(world);
  world.must('attendance.book', seekerCame, 'cityCounsellor');
};
const early = (world: World) => {
  booked(world);
  world.set('attendance', 'at-1', 'facts', { heldOn: '2026-04-21' });
};
const tooEarly = {
  why: 'not before the day',
  as: 'cityCounsellor',
  given: early,
  args: { id: 'at-1' },
  code: 'illegalState',
} as const;
const came = (world: World) => {
  event(world);
  world.must('attendance.record', firmCame, 'hwCounsellor');
};

const attendanceCases: VerbCases = {
  'attendance.book': {
    allowed: {
      as: 'cityCounsellor',
      given: event,
      args: seekerCame,
      after: {
        'attendance/at-1/facts': { state: 'booked', came: false, heldOn: '2026-04-18' },
        'attendance/at-1/person': { seeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: "of another organisation's person",
        as: 'hwCounsellor',
        given: event,
        args: seekerCame,
        code: 'notFound',
      },
      {
        why: 'the event was cancelled',
        as: 'cityCounsellor',
        given: (world) => {
          event(world);
          world.must('event.cancel', { id: 'ev-1' }, 'cityCounsellor');
        },
        args: seekerCame,
        code: 'illegalState',
      },
    ],
  },
  'attendance.record': {
    allowed: {
      as: 'hwCounsellor',
      given: event,
      args: firmCame,
      after: {
        'attendance/at-2/facts': { state: 'recorded', came: true, party: 'firm', org: 'o-hw' },
        'attendance/at-2/firm': { firmName: '架空製菓' },
      },
    },
    refused: [
      {
        why: 'a firm that is a seeker',
        as: 'cityCounsellor',
        given: event,
        args: { ...seekerCame, party: 'firm' },
        code: 'refused',
      },
      {
        why: 'a seeker with the name of a firm',
        as: 'cityCounsellor',
        given: event,
        args: { ...seekerCame, firmName: '架空製菓' },
        code: 'refused',
      },
    ],
  },
  'attendance.come': {
    allowed: {
      as: 'cityCounsellor',
      given: booked,
      args: { id: 'at-1' },
      after: { 'attendance/at-1/facts': { state: 'recorded', came: true } },
    },
    refused: [
      {
        why: 'by the other organisation',
        as: 'hwCounsellor',
        given: booked,
        args: { id: 'at-1' },
        code: 'notFound',
      },
      tooEarly,
    ],
  },
  'attendance.miss': {
    allowed: {
      as: 'cityCounsellor',
      given: booked,
      args: { id: 'at-1' },
      after: { 'attendance/at-1/facts': { state: 'missed', came: false } },
    },
    refused: [
      tooEarly,
      { why: 'there is none', as: 'cityCounsellor', args: { id: 'at-1' }, code: 'notFound' },
    ],
  },
  'attendance.amend': {
    allowed: {
      as: 'hwCounsellor',
      given: came,
      args: { id: 'at-2', heads: 2 },
      after: { 'attendance/at-2/facts': { heads: 2, came: true } },
    },
    refused: [
      {
        why: 'nobody is less than one',
        as: 'hwCounsellor',
        given: came,
        args: { id: 'at-2', heads: 0 },
        code: 'invalidFields',
      },
    ],
  },
  'attendance.void': {
    allowed: {
      as: 'hwCounsellor',
      given: came,
      args: voidArgs('at-2'),
      after: { 'attendance/at-2/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'those who recorded it take it back',
        as: 'cityCounsellor',
        given: came,
        args: voidArgs('at-2'),
        code: 'notAllowed',
      },
    ],
  },
};

export const eventsCases: VerbCases = { ...eventCases, ...attendanceCases };
