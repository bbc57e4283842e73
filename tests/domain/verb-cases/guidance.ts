/** 誘導 and user cards: what reaches another desk, and who says that it did. */
import { today, type World } from '../../support/world.ts';
import type { VerbCases } from './case.ts';
import { amended, make, move, standing, voided, type Made } from './jobseeking.ts';

const city = { as: 'cityCounsellor', stranger: 'hwCounsellor' } as const;

const steer = {
  direction: 'cityToHw',
  party: 'seeker',
  destination: 'hw',
  toOrg: 'o-hw',
  toSite: 's-shiroishi',
} as const;
const guided = (args: object = { ...steer, seeker: 'c-sato' }): Made => ({
  kind: 'guidance',
  id: 'gu-1',
  verb: 'guidance.guide',
  args,
  ...city,
});
const unaddressed = {
  direction: 'out',
  party: 'employer',
  destination: 'firmSupport',
  firmName: '架空商店',
};

const card: Made = {
  kind: 'userCard',
  id: 'uc-1',
  verb: 'userCard.issue',
  args: { seeker: 'c-sato', cardNo: 'W-0001' },
  ...city,
};
const withdrawn = (world: World) =>
  world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');

export const guidanceCases: VerbCases = {
  'guidance.guide': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'gu-new', ...steer, seeker: 'c-sato', slip: '123456', guidanceNote: '付き添い' },
      after: {
        'guidance/gu-new/facts': {
          state: 'guided',
          direction: 'cityToHw',
          destination: 'hw',
          toSite: 's-shiroishi',
          slip: '123456',
        },
        'guidance/gu-new/shared': { seeker: 'c-sato' },
      },
    },
    refused: [
      {
        why: 'the city does not guide from Hello Work',
        as: 'cityCounsellor',
        args: { id: 'gu-new', ...steer, direction: 'hwToCity' },
        code: 'refused',
      },
      {
        why: 'nor where no desk is named to receive',
        as: 'cityCounsellor',
        args: { id: 'gu-new', direction: 'hwToCity', party: 'seeker', destination: 'other' },
        code: 'refused',
      },
      {
        why: 'to Hello Work, at a desk of the city',
        as: 'cityCounsellor',
        args: { id: 'gu-new', ...steer, toOrg: 'o-city' },
        code: 'refused',
      },
      {
        why: 'an organisation alone is no desk',
        as: 'cityCounsellor',
        args: { id: 'gu-new', direction: 'out', party: 'seeker', destination: 'hw', toOrg: 'o-hw' },
        code: 'invalidFields',
      },
      {
        why: "another organisation's person",
        as: 'cityCounsellor',
        args: { id: 'gu-new', ...steer, seeker: 'h-sato' },
        code: 'notFound',
      },
    ],
  },
  'guidance.receive': {
    allowed: {
      as: 'hwCounsellor',
      given: make(guided()),
      args: { id: 'gu-1' },
      after: { 'guidance/gu-1/facts': { state: 'received', receivedOn: today } },
    },
    refused: [
      {
        why: 'whoever guided does not say that she arrived',
        as: 'cityCounsellor',
        given: make(guided()),
        args: { id: 'gu-1' },
        code: 'notAllowed',
      },
      {
        why: 'another desk knows of none',
        as: 'hwElsewhere',
        given: make(guided()),
        args: { id: 'gu-1' },
        code: 'notFound',
      },
      {
        why: 'twice',
        as: 'hwCounsellor',
        given: standing(guided(), 'received'),
        args: { id: 'gu-1' },
        code: 'illegalState',
      },
    ],
  },
  'guidance.notArrive': {
    allowed: {
      as: 'cityCounsellor',
      given: make(guided(unaddressed)),
      args: { id: 'gu-1' },
      after: { 'guidance/gu-1/facts': { state: 'notArrived' } },
    },
    refused: [
      {
        why: 'an addressed desk says so itself',
        as: 'cityCounsellor',
        given: make(guided()),
        args: { id: 'gu-1' },
        code: 'notAllowed',
      },
      {
        why: 'she arrived',
        as: 'hwCounsellor',
        given: standing(guided(), 'received'),
        args: { id: 'gu-1' },
        code: 'illegalState',
      },
    ],
  },
  'guidance.reopen': {
    allowed: {
      as: 'hwCounsellor',
      given: standing(guided(), 'received'),
      args: { id: 'gu-1' },
      after: { 'guidance/gu-1/facts': { state: 'guided' } },
    },
    refused: [
      {
        why: 'nothing was said yet',
        as: 'hwCounsellor',
        given: make(guided()),
        args: { id: 'gu-1' },
        code: 'illegalState',
      },
    ],
  },
  'guidance.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: make(guided(unaddressed)),
      args: { id: 'gu-1', destination: 'other' },
      after: { 'guidance/gu-1/facts': { destination: 'other', direction: 'out' } },
    },
    refused: [
      {
        why: 'a firm where a person was guided',
        as: 'cityCounsellor',
        given: make(guided()),
        args: { id: 'gu-1', firmName: '架空商店' },
        code: 'invalidFields',
      },
      {
        why: 'the receiver does not rewrite it',
        as: 'hwCounsellor',
        given: make(guided({ ...steer })),
        args: { id: 'gu-1', destination: 'other' },
        code: 'notAllowed',
      },
    ],
  },
  'guidance.void': voided(guided()),

  'userCard.issue': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'uc-new', seeker: 'c-sato', cardNo: 'W-0001', link: 'li-sato' },
      after: {
        'userCard/uc-new/facts': { state: 'active', link: 'li-sato', date: today },
        'userCard/uc-new/card': { seeker: 'c-sato', cardNo: 'W-0001' },
      },
    },
    refused: [
      {
        why: 'shared though she has withdrawn',
        as: 'cityCounsellor',
        given: withdrawn,
        args: { id: 'uc-new', seeker: 'c-sato', cardNo: 'W-0001', link: 'li-sato' },
        code: 'refused',
      },
      {
        why: "shared through another person's link",
        as: 'cityCounsellor',
        args: { id: 'uc-new', seeker: 'c-tanaka', cardNo: 'W-0001', link: 'li-sato' },
        code: 'refused',
      },
      {
        why: "for another organisation's person",
        as: 'cityCounsellor',
        args: { id: 'uc-new', seeker: 'h-mori', cardNo: 'W-0001' },
        code: 'notFound',
      },
    ],
  },
  'userCard.share': {
    allowed: {
      as: 'cityCounsellor',
      given: make(card),
      args: { id: 'uc-1', link: 'li-sato' },
      after: { 'userCard/uc-1/facts': { link: 'li-sato', state: 'active' } },
    },
    refused: [
      {
        why: 'she has withdrawn',
        as: 'cityCounsellor',
        given: (world) => {
          make(card)(world);
          withdrawn(world);
        },
        args: { id: 'uc-1', link: 'li-sato' },
        code: 'refused',
      },
      {
        why: 'she agreed to something else, not to be named',
        as: 'cityCounsellor',
        given: (world) => {
          make(card)(world);
          world.set('link', 'li-sato', 'ties', { linkItems: ['consultations'] });
        },
        args: { id: 'uc-1', link: 'li-sato' },
        code: 'refused',
      },
      {
        why: 'her consent has ended, though the link does not know it yet',
        as: 'cityCounsellor',
        given: (world) => {
          make(card)(world);
          world.set('consent', 'co-sato', 'facts', { state: 'expired' });
        },
        args: { id: 'uc-1', link: 'li-sato' },
        code: 'refused',
      },
      {
        why: 'her consent is past its date',
        as: 'cityCounsellor',
        given: (world) => {
          make(card)(world);
          world.set('consent', 'co-sato', 'facts', { expiresOn: '2026-04-19' });
        },
        args: { id: 'uc-1', link: 'li-sato' },
        code: 'refused',
      },
    ],
  },
  'userCard.lose': move(card, 'active', 'lost', 'replaced', { after: { endedOn: today } }),
  'userCard.find': move(card, 'lost', 'active', 'active'),
  'userCard.replace': {
    allowed: {
      as: 'cityCounsellor',
      given: standing(card, 'lost'),
      args: { id: 'uc-1', newCard: 'uc-2', newCardNo: 'W-0002' },
      after: {
        'userCard/uc-1/facts': { state: 'replaced', replacedBy: 'uc-2', endedOn: today },
        'userCard/uc-2/facts': { state: 'active', org: 'o-city' },
        'userCard/uc-2/card': { seeker: 'c-sato', cardNo: 'W-0002' },
      },
    },
    refused: [
      {
        why: 'it was given back',
        as: 'cityCounsellor',
        given: standing(card, 'returned'),
        args: { id: 'uc-1', newCard: 'uc-2', newCardNo: 'W-0002' },
        code: 'illegalState',
      },
      {
        why: 'the new one is there already',
        as: 'cityCounsellor',
        given: (world) => {
          make(card)(world);
          make({ ...card, id: 'uc-2' })(world);
        },
        args: { id: 'uc-1', newCard: 'uc-2', newCardNo: 'W-0002' },
        code: 'alreadyExists',
      },
    ],
  },
  'userCard.takeBack': move(card, 'active', 'returned', 'replaced', { after: { endedOn: today } }),
  'userCard.amend': amended(card, { cardNo: 'W-0009' }, 'card', { link: 'li-sato' }),
  'userCard.void': voided(card),
};
