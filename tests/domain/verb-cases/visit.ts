import { arrival, now, today } from '../../support/world.ts';
import { inState, voidArgs, type Refused, type VerbCase, type VerbCases } from './case.ts';

const elsewhere = (args: Refused['args'], from = 'waiting'): Refused => ({
  why: 'the visit is at another counter',
  given: inState('visit', 'v-nobody', from),
  as: 'cityElsewhere',
  args,
  code: 'notFound',
});

function step(from: string, to: string, wrong: string): VerbCase {
  const args = { id: 'v-nobody' };
  return {
    allowed: {
      as: 'hwCounsellor',
      given: inState('visit', 'v-nobody', from),
      args,
      after: { 'visit/v-nobody/facts': { state: to } },
    },
    refused: [
      {
        why: `not from ${wrong}`,
        as: 'hwCounsellor',
        given: inState('visit', 'v-nobody', wrong),
        args,
        code: 'illegalState',
      },
      { why: 'the locked counter moves nobody', as: 'counter', args, code: 'notAllowed' },
      elsewhere(args, from),
    ],
  };
}

export const visitCases: VerbCases = {
  'visit.log': {
    allowed: {
      as: 'counter',
      args: { id: 'v-new', ...arrival, heads: 3 },
      after: {
        'visit/v-new/facts': {
          state: 'waiting',
          site: 's-shiroishi',
          date: today,
          arrivedAt: now,
          heads: 3,
        },
      },
    },
    refused: [
      {
        why: 'DV is no category at reception',
        as: 'counter',
        args: { id: 'v-new', ...arrival, clientCategories: ['dv'] },
        code: 'invalidFields',
      },
      {
        why: "another organisation's person is not to be found",
        as: 'hwCounsellor',
        args: { id: 'v-new', ...arrival, seeker: 'c-sato' },
        code: 'notFound',
      },
    ],
  },
  'visit.attach': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'v-sato', seeker: 'h-sato' },
      after: {
        'visit/v-sato/hw': { hwSeeker: 'h-sato' },
        'visit/v-sato/city': { citySeeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: 'the city has somebody there already',
        as: 'cityCounsellor',
        args: { id: 'v-sato', seeker: 'c-tanaka' },
        code: 'refused',
      },
      elsewhere({ id: 'v-sato', seeker: 'c-tanaka' }),
    ],
  },
  'visit.call': step('waiting', 'called', 'done'),
  'visit.serveCity': step('waiting', 'withCity', 'left'),
  'visit.serveHW': step('withCity', 'withHW', 'done'),
  'visit.wait': step('called', 'waiting', 'done'),
  'visit.finish': step('withHW', 'done', 'left'),
  'visit.leave': step('waiting', 'left', 'withCity'),
  'visit.reopen': step('done', 'waiting', 'withCity'),
  'visit.amend': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'v-nobody', purposes: ['seminar'], heads: 2 },
      after: { 'visit/v-nobody/facts': { purposes: ['seminar'], heads: 2, visitKind: 'new' } },
    },
    refused: [
      {
        why: 'a voided visit is not amended',
        as: 'cityCounsellor',
        given: inState('visit', 'v-nobody', 'voided'),
        args: { id: 'v-nobody', heads: 2 },
        code: 'illegalState',
      },
      elsewhere({ id: 'v-nobody', heads: 2 }),
    ],
  },
  'visit.moveToSeeker': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'v-sato', seeker: 'c-tanaka' },
      after: { 'visit/v-sato/city': { citySeeker: 'c-tanaka' } },
    },
    refused: [
      {
        why: 'to nobody of her own organisation',
        as: 'cityCounsellor',
        args: { id: 'v-sato', seeker: 'h-mori' },
        code: 'notFound',
      },
    ],
  },
  'visit.void': {
    allowed: {
      as: 'counter',
      args: voidArgs('v-nobody'),
      after: { 'visit/v-nobody/facts': { state: 'voided', voidReason: 'mistake' } },
    },
    refused: [
      {
        why: 'twice',
        as: 'counter',
        given: inState('visit', 'v-nobody', 'voided'),
        args: voidArgs('v-nobody'),
        code: 'illegalState',
      },
      elsewhere(voidArgs('v-nobody')),
    ],
  },
};
