import { consentTerms, today } from '../../support/world.ts';
import { inState, voidArgs, type VerbCases } from './case.ts';

export const consentCases: VerbCases = {
  'consent.record': {
    allowed: {
      as: 'cityCounsellor',
      args: {
        id: 'co-new',
        ...consentTerms,
        seeker: 'c-sato',
        items: ['name'],
        toOrg: 'o-hw',
        toSite: 's-shiroishi',
      },
      after: {
        'consent/co-new/facts': { state: 'live', org: 'o-city', toOrg: 'o-hw', date: today },
        'consent/co-new/terms': { seeker: 'c-sato', items: ['name'] },
      },
    },
    refused: [
      {
        why: 'what is consented to must be named',
        as: 'cityCounsellor',
        args: {
          id: 'co-new',
          ...consentTerms,
          seeker: 'c-sato',
          items: [],
          toOrg: 'o-hw',
          toSite: 's-shiroishi',
        },
        code: 'invalidFields',
      },
    ],
  },
  'consent.withdraw': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'co-sato' },
      after: {
        'consent/co-sato/facts': { state: 'withdrawn', endedOn: today },
        'link/li-sato/facts': { state: 'ended', endedOn: today },
        'handoff/ho-sato/facts': { state: 'cancelled', endedOn: today },
      },
    },
    refused: [
      {
        why: 'it was withdrawn before',
        as: 'cityCounsellor',
        given: inState('consent', 'co-sato', 'withdrawn'),
        args: { id: 'co-sato' },
        code: 'illegalState',
      },
      {
        why: 'the receiver has no say',
        as: 'hwCounsellor',
        args: { id: 'co-sato' },
        code: 'notFound',
      },
    ],
  },
  'consent.expire': {
    allowed: {
      as: 'system',
      args: { id: 'co-tanaka' },
      after: {
        'consent/co-tanaka/facts': { state: 'expired' },
        'handoff/ho-tanaka/facts': { state: 'cancelled' },
      },
    },
    refused: [
      {
        why: 'only the server knows the date',
        as: 'citySupervisor',
        args: { id: 'co-tanaka' },
        code: 'notAllowed',
      },
    ],
  },
  'consent.amend': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'co-sato', expiresOn: '2026-09-30' },
      after: { 'consent/co-sato/facts': { expiresOn: '2026-09-30', state: 'live' } },
    },
    refused: [
      {
        why: 'the items are what she agreed to',
        as: 'cityCounsellor',
        args: { id: 'co-sato', items: ['name', 'welfare'] },
        code: 'invalidFields',
      },
    ],
  },
  'consent.void': {
    allowed: {
      as: 'cityCounsellor',
      args: voidArgs('co-sato'),
      after: {
        'consent/co-sato/facts': { state: 'voided' },
        'link/li-sato/facts': { state: 'ended' },
      },
    },
    refused: [
      { why: 'not its writer', as: 'hwSupervisor', args: voidArgs('co-sato'), code: 'notFound' },
    ],
  },
  'link.end': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'li-sato' },
      after: { 'link/li-sato/facts': { state: 'ended', endedOn: today } },
    },
    refused: [
      {
        why: 'it has ended',
        as: 'cityCounsellor',
        given: inState('link', 'li-sato', 'ended'),
        args: { id: 'li-sato' },
        code: 'illegalState',
      },
    ],
  },
  'link.amend': {
    allowed: { as: 'cityCounsellor', args: { id: 'li-sato' }, after: {} },
    refused: [
      {
        why: 'nothing in a link is rewritten',
        as: 'cityCounsellor',
        args: { id: 'li-sato', linkItems: ['welfare'] },
        code: 'invalidFields',
      },
    ],
  },
  'link.void': {
    allowed: {
      as: 'cityCounsellor',
      args: voidArgs('li-sato'),
      after: { 'link/li-sato/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'a third party sees none',
        as: 'contractor',
        args: voidArgs('li-sato'),
        code: 'notFound',
      },
    ],
  },
};
