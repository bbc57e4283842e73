import { closingId } from '../../../src/domain/kinds/day-closing.ts';
import { today, type World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const id = closingId('s-shiroishi', today);
const args = { id, date: today, missing: 2 };
const closed = (world: World) => world.must('dayClosing.close', args, 'citySupervisor');
const elsewhere = closingId('s-toyohira', today);

export const closingCases: VerbCases = {
  'dayClosing.close': {
    allowed: {
      as: 'hwSupervisor',
      args,
      after: {
        [`dayClosing/${id}/facts`]: {
          state: 'closed',
          site: 's-shiroishi',
          org: 'o-hw',
          date: today,
          missing: 2,
        },
      },
    },
    refused: [
      {
        why: 'the supervisor of the other organisation has closed it already',
        as: 'hwSupervisor',
        given: closed,
        args,
        code: 'illegalState',
      },
      {
        why: 'a day to come',
        as: 'citySupervisor',
        args: { id: closingId('s-shiroishi', '2099-01-04'), date: '2099-01-04', missing: 0 },
        code: 'refused',
      },
      {
        why: "another counter's day",
        as: 'citySupervisor',
        args: { ...args, id: elsewhere },
        code: 'malformed',
      },
      {
        why: 'how many tablets had not reported is said',
        as: 'citySupervisor',
        args: { id, date: today },
        code: 'invalidFields',
      },
    ],
  },
  'dayClosing.reopen': {
    allowed: {
      as: 'hwSupervisor',
      given: closed,
      args: { id, reopenReason: 'late' },
      after: { [`dayClosing/${id}/facts`]: { state: 'open', reopenReason: 'late' } },
    },
    refused: [
      {
        why: 'no reason',
        as: 'citySupervisor',
        given: closed,
        args: { id },
        code: 'invalidFields',
      },
      {
        why: 'it is not closed',
        as: 'citySupervisor',
        args: { id, reopenReason: 'late' },
        code: 'notFound',
      },
      {
        why: "another counter's closing, though of the same organisation",
        as: 'citySupervisor',
        given: (world) =>
          world.set('dayClosing', elsewhere, 'facts', {
            state: 'closed',
            org: 'o-city',
            site: 's-toyohira',
          }),
        args: { id: elsewhere, reopenReason: 'late' },
        code: 'notAllowed',
      },
    ],
  },
  'dayClosing.amend': {
    allowed: { as: 'citySupervisor', given: closed, args: { id }, after: {} },
    refused: [{ why: 'there is none', as: 'citySupervisor', args: { id }, code: 'notFound' }],
  },
  'dayClosing.void': {
    allowed: {
      as: 'citySupervisor',
      given: closed,
      args: voidArgs(id),
      after: { [`dayClosing/${id}/facts`]: { state: 'voided' } },
    },
    refused: [
      {
        why: 'those who closed it take it back',
        as: 'hwSupervisor',
        given: closed,
        args: voidArgs(id),
        code: 'notAllowed',
      },
    ],
  },
};
