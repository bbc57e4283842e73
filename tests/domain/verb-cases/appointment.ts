import { today, type ActorName, type World } from '../../support/world.ts';
import { inState, voidArgs, type VerbCase, type VerbCases } from './case.ts';

const slot = { dueOn: '2026-04-27', time: '10:00', purpose: '応募書類' };
const booked = (world: World) =>
  world.must('appointment.book', { id: 'ap-1', ...slot, seeker: 'c-sato' }, 'cityCounsellor');

const both =
  (...steps: readonly ((world: World) => void)[]) =>
  (world: World) => {
    for (const step of steps) step(world);
  };

const onItsDay = (world: World) =>
  world.must(
    'appointment.book',
    { id: 'ap-1', ...slot, dueOn: today, seeker: 'c-sato' },
    'cityCounsellor',
  );

/** Whether somebody came is known on the day. */
function settled(to: string, wrong: string): VerbCase {
  const { allowed, refused } = step('booked', to, wrong, { given: onItsDay });
  return {
    allowed: {
      ...allowed,
      after: { 'appointment/ap-1/facts': { state: to, endedOn: today } },
    },
    refused: [
      ...refused,
      {
        why: 'not before the day',
        as: 'cityCounsellor',
        given: booked,
        args: { id: 'ap-1' },
        code: 'illegalState',
      },
    ],
  };
}

function step(
  from: string,
  to: string,
  wrong: string,
  more: { readonly args?: object; readonly after?: object; readonly given?: typeof booked } = {},
): VerbCase {
  const { given = booked } = more;
  const args = { id: 'ap-1', ...more.args };
  const as: ActorName = 'cityCounsellor';
  return {
    allowed: {
      as,
      given: both(given, inState('appointment', 'ap-1', from)),
      args,
      after: { 'appointment/ap-1/facts': { state: to, ...more.after } },
    },
    refused: [
      {
        why: `not from ${wrong}`,
        as,
        given: both(given, inState('appointment', 'ap-1', wrong)),
        args,
        code: 'illegalState',
      },
      {
        why: "another organisation's person",
        as: 'hwCounsellor',
        given: both(given, inState('appointment', 'ap-1', from)),
        args,
        code: 'notFound',
      },
    ],
  };
}

export const appointmentCases: VerbCases = {
  'appointment.book': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'ap-new', ...slot, channel: 'phone', seeker: 'c-sato', at: 's-toyohira' },
      after: {
        'appointment/ap-new/facts': {
          state: 'booked',
          org: 'o-city',
          orgType: 'city',
          site: 's-toyohira',
          date: today,
          dueOn: '2026-04-27',
          time: '10:00',
          bookedBy: 'st-city',
        },
        'appointment/ap-new/shared': { seeker: 'c-sato', purpose: '応募書類' },
      },
    },
    refused: [
      {
        why: 'without a day',
        as: 'cityCounsellor',
        args: { id: 'ap-new', time: '10:00', seeker: 'c-sato' },
        code: 'invalidFields',
      },
      {
        why: "with another organisation's person",
        as: 'hwCounsellor',
        args: { id: 'ap-new', ...slot, seeker: 'c-sato' },
        code: 'notFound',
      },
      {
        why: 'the locked counter agrees on nothing',
        as: 'counter',
        args: { id: 'ap-new', ...slot, seeker: 'c-sato' },
        code: 'notAllowed',
      },
    ],
  },
  'appointment.keep': settled('kept', 'cancelled'),
  'appointment.miss': settled('missed', 'kept'),
  'appointment.cancel': step('booked', 'cancelled', 'missed', {
    given: onItsDay,
    args: { cancelReason: 'byClient' },
    after: { cancelReason: 'byClient', endedOn: today },
  }),
  'appointment.reopen': step('missed', 'booked', 'booked', { given: onItsDay }),
  'appointment.amend': {
    allowed: {
      as: 'citySupervisor',
      given: booked,
      args: { id: 'ap-1', dueOn: '2026-04-28', time: '14:30' },
      after: {
        'appointment/ap-1/facts': { dueOn: '2026-04-28', time: '14:30', state: 'booked' },
        'appointment/ap-1/shared': { purpose: '応募書類' },
      },
    },
    refused: [
      {
        why: 'its day is not emptied',
        as: 'cityCounsellor',
        given: booked,
        args: { id: 'ap-1', clear: [{ name: 'dueOn' }] },
        code: 'invalidFields',
      },
      {
        why: 'nor is it given to somebody else',
        as: 'cityCounsellor',
        given: booked,
        args: { id: 'ap-1', seeker: 'c-tanaka' },
        code: 'invalidFields',
      },
    ],
  },
  'appointment.void': {
    allowed: {
      as: 'cityCounsellor',
      given: booked,
      args: voidArgs('ap-1'),
      after: { 'appointment/ap-1/facts': { state: 'voided', voidReason: 'mistake' } },
    },
    refused: [
      {
        why: 'twice',
        as: 'cityCounsellor',
        given: both(booked, inState('appointment', 'ap-1', 'voided')),
        args: voidArgs('ap-1'),
        code: 'illegalState',
      },
    ],
  },
};
