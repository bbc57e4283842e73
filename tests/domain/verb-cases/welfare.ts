/** 自立促進の支援, from the candidate to the end, over the world's handoff ho-sato (consent co-sato, link li-sato). */
import type { Values } from '../../../src/domain/value.ts';
import type { World } from '../../support/world.ts';
import { voidArgs, type Refused, type VerbCase, type VerbCases } from './case.ts';
import { before, facts, id, nominated, withdrawn } from '../../support/welfare-steps.ts';

/** What each of the supporter's moves is refused, beside what is its own. */
function supports(verb: string, args: Values, values: Values): VerbCase {
  const given = { ...id, ...args };
  const refused: readonly [Refused, ...Refused[]] = [
    {
      why: 'the consent does not let the status back',
      as: 'hwCounsellor',
      given: before(verb, false),
      args: given,
      code: 'refused',
    },
    {
      why: 'the consent has been withdrawn',
      as: 'hwCounsellor',
      given: withdrawn(verb),
      args: given,
      code: 'refused',
    },
    {
      why: 'by Hello Work of another counter, which was not asked',
      as: 'hwElsewhere',
      given: before(verb),
      args: given,
      code: 'notFound',
    },
    {
      why: 'out of its order',
      as: 'hwCounsellor',
      given: before('screen'),
      args: given,
      code: 'illegalState',
    },
  ];
  return {
    allowed: { as: 'hwCounsellor', given: before(verb), args: given, after: facts(values) },
    refused,
  };
}

const cityCases: VerbCases = {
  'welfareCase.nominate': {
    allowed: {
      as: 'cityCounsellor',
      args: { ...nominated, cityNote: '内部' },
      after: {
        ...facts({ state: 'candidate', org: 'o-city', welfareCategory: ['livelihood'] }),
        'welfareCase/wc-1/city': { citySeeker: 'c-sato', cityNote: '内部' },
      },
    },
    refused: [
      {
        why: 'Hello Work picks nobody',
        as: 'hwCounsellor',
        args: { ...nominated, citySeeker: 'h-sato' },
        code: 'notAllowed',
      },
      {
        why: 'in no category',
        as: 'cityCounsellor',
        args: { ...nominated, welfareCategory: [] },
        code: 'invalidFields',
      },
    ],
  },
  'welfareCase.consent': {
    allowed: {
      as: 'cityCounsellor',
      given: before('consent'),
      args: { ...id, handoff: 'ho-sato' },
      after: facts({ state: 'consented', toOrg: 'o-hw', consent: 'co-sato', link: 'li-sato' }),
    },
    refused: [
      {
        why: "the handoff is another person's",
        as: 'cityCounsellor',
        given: before('consent'),
        args: { ...id, handoff: 'ho-tanaka' },
        code: 'notFound',
      },
      {
        why: 'the consent has been withdrawn',
        as: 'cityCounsellor',
        given: withdrawn('consent'),
        args: { ...id, handoff: 'ho-sato' },
        code: 'refused',
      },
    ],
  },
  'welfareCase.request': {
    allowed: {
      as: 'cityCounsellor',
      given: before('request'),
      args: id,
      after: facts({ state: 'requested', requestedOn: '2026-04-20' }),
    },
    refused: [
      {
        why: 'nobody has consented',
        as: 'cityCounsellor',
        given: before('consent'),
        args: id,
        code: 'illegalState',
      },
      {
        why: 'the consent has been withdrawn',
        as: 'cityCounsellor',
        given: withdrawn('request'),
        args: id,
        code: 'refused',
      },
    ],
  },
};

const answerCases: VerbCases = {
  'welfareCase.screen': {
    allowed: {
      as: 'hwCounsellor',
      given: before('screen'),
      args: id,
      after: {
        ...facts({ state: 'screening' }),
        'welfareCase/wc-1/hw': { hwSeeker: 'h-sato' },
      },
    },
    refused: [
      {
        why: 'its handoff has not been accepted, so there is no file',
        as: 'hwCounsellor',
        given: (world) => {
          before('screen')(world);
          world.set('welfareCase', 'wc-1', 'facts', { link: 'li-none' });
        },
        args: id,
        code: 'refused',
      },
      {
        why: 'the case names the link of another consent',
        as: 'hwCounsellor',
        given: (world) => {
          before('screen')(world);
          world.set('welfareCase', 'wc-1', 'facts', { consent: 'co-tanaka' });
        },
        args: id,
        code: 'refused',
      },
    ],
  },
  'welfareCase.accept': {
    // The answer is what the request was consented to for: it needs no further item.
    allowed: {
      as: 'hwCounsellor',
      given: before('accept', false),
      args: id,
      after: facts({ state: 'target', targetOn: '2026-04-20' }),
    },
    refused: [
      {
        why: 'the consent has been withdrawn',
        as: 'hwCounsellor',
        given: withdrawn('accept'),
        args: id,
        code: 'refused',
      },
    ],
  },
  'welfareCase.decline': {
    allowed: {
      as: 'hwCounsellor',
      given: before('accept', false),
      args: { ...id, declineReason: 'notReady' },
      after: facts({ state: 'notSelected', declineReason: 'notReady', endedOn: '2026-04-20' }),
    },
    refused: [
      {
        why: 'no reason',
        as: 'hwCounsellor',
        given: before('accept'),
        args: id,
        code: 'invalidFields',
      },
    ],
  },
};

const suspended = (world: World) => {
  before('place')(world);
  world.must('welfareCase.suspend', id, 'hwCounsellor');
};
const ended = { ...id, endReason: 'wish' };

const exitCases: VerbCases = {
  'welfareCase.transfer': {
    allowed: {
      as: 'hwCounsellor',
      given: before('place'),
      args: ended,
      after: facts({ state: 'transferred', endReason: 'wish' }),
    },
    refused: [
      {
        why: 'support has not begun',
        as: 'cityCounsellor',
        given: before('support'),
        args: ended,
        code: 'illegalState',
      },
    ],
  },
  'welfareCase.withdraw': {
    // Whoever asked may take it back at any time, whatever was let back.
    allowed: {
      as: 'cityCounsellor',
      given: before('place', false),
      args: ended,
      after: facts({ state: 'withdrawn', endedOn: '2026-04-20' }),
    },
    refused: [
      {
        why: 'by the supporter, whose moves are not let back',
        as: 'hwCounsellor',
        given: before('place', false),
        args: ended,
        code: 'refused',
      },
    ],
  },
  'welfareCase.close': {
    allowed: {
      as: 'hwCounsellor',
      given: before(''),
      args: { ...id, endReason: 'settled' },
      after: facts({ state: 'closed', endReason: 'settled' }),
    },
    refused: [
      {
        why: 'no reason',
        as: 'cityCounsellor',
        given: before(''),
        args: id,
        code: 'invalidFields',
      },
    ],
  },
};

const apartArgs = { ...id, newCase: 'wc-2' };
const apartCases: VerbCases = {
  'welfareCase.endApart': {
    allowed: {
      as: 'cityCounsellor',
      given: withdrawn('place'),
      args: { ...id, cityEndReason: 'wish' },
      after: {
        ...facts({ state: 'supporting' }),
        'welfareCase/wc-1/city': { cityEndReason: 'wish', cityEndedOn: '2026-04-20' },
      },
    },
    refused: [
      {
        why: 'she still lets the other side know',
        as: 'cityCounsellor',
        given: before('place'),
        args: { ...id, cityEndReason: 'wish' },
        code: 'refused',
      },
      {
        why: 'by the supporter',
        as: 'hwCounsellor',
        given: withdrawn('place'),
        args: { ...id, cityEndReason: 'wish' },
        code: 'notAllowed',
      },
    ],
  },
  'welfareCase.continueApart': {
    allowed: {
      as: 'hwCounsellor',
      given: before('plan', false),
      args: apartArgs,
      after: {
        ...facts({ state: 'target', org: 'o-city' }),
        'welfareCase/wc-1/hw': { apartCase: 'wc-2' },
        'welfareCase/wc-2/facts': { state: 'target', org: 'o-hw', apart: true },
        'welfareCase/wc-2/hw': { hwSeeker: 'h-sato' },
      },
    },
    refused: [
      {
        why: 'the consent lets the status back: there is nothing to keep',
        as: 'hwCounsellor',
        given: before('plan'),
        args: apartArgs,
        code: 'refused',
      },
      {
        why: 'it goes on apart already',
        as: 'hwCounsellor',
        given: (world) => {
          before('plan', false)(world);
          world.must('welfareCase.continueApart', apartArgs, 'hwCounsellor');
        },
        args: { ...id, newCase: 'wc-3' },
        code: 'alreadyExists',
      },
      {
        why: 'the request has not been looked at',
        as: 'hwCounsellor',
        given: before('screen', false),
        args: apartArgs,
        code: 'illegalState',
      },
    ],
  },
  'welfareCase.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: before('request'),
      args: { ...id, welfareCategory: ['housing'] },
      after: facts({ welfareCategory: ['housing'] }),
    },
    refused: [
      {
        why: 'by the supporter',
        as: 'hwCounsellor',
        given: before('plan'),
        args: { ...id, welfareCategory: ['housing'] },
        code: 'notAllowed',
      },
    ],
  },
  'welfareCase.amendSupport': {
    allowed: {
      as: 'hwCounsellor',
      given: before('plan', false),
      args: { ...id, hwNote: '電話は午前' },
      after: { 'welfareCase/wc-1/hw': { hwNote: '電話は午前', hwSeeker: 'h-sato' } },
    },
    refused: [
      {
        why: 'by the one that asked',
        as: 'cityCounsellor',
        given: before('plan'),
        args: { ...id, hwNote: 'x' },
        code: 'notAllowed',
      },
    ],
  },
  'welfareCase.void': {
    allowed: {
      as: 'cityCounsellor',
      given: before('request'),
      args: voidArgs('wc-1'),
      after: facts({ state: 'voided' }),
    },
    refused: [
      {
        why: 'by the supporter',
        as: 'hwCounsellor',
        given: before('plan'),
        args: voidArgs('wc-1'),
        code: 'notAllowed',
      },
    ],
  },
};

export const welfareCases: VerbCases = {
  ...cityCases,
  ...answerCases,
  'welfareCase.plan': supports('plan', { supportPlan: '週に一度' }, { state: 'planned' }),
  'welfareCase.support': supports('support', {}, { state: 'supporting' }),
  'welfareCase.suspend': supports('place', {}, { state: 'suspended' }),
  'welfareCase.resume': {
    allowed: {
      as: 'hwCounsellor',
      given: suspended,
      args: id,
      after: facts({ state: 'supporting' }),
    },
    refused: [
      {
        why: 'it is not suspended',
        as: 'hwCounsellor',
        given: before('place'),
        args: id,
        code: 'illegalState',
      },
    ],
  },
  'welfareCase.place': supports('place', {}, { state: 'placed', placedOn: '2026-04-20' }),
  'welfareCase.retain': supports('retain', {}, { state: 'retention' }),
  ...exitCases,
  ...apartCases,
};
