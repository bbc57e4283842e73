import { consentTerms, toHW, today } from '../../support/world.ts';
import { inState, voidArgs, type VerbCase, type VerbCases } from './case.ts';

const ids = { id: 'ho-new', newConsent: 'co-new', newLink: 'li-new' };
const offer = {
  ...ids,
  ...toHW,
  ...consentTerms,
  fromSeeker: 'c-sato',
  items: ['name'],
  familyName: '佐藤',
};
const unnamed = { id: 'ho-new', ...toHW, slip: '654321', message: '職業紹介を希望' };
const open = { id: 'ho-tanaka' };
const recorded = { ...open, ...consentTerms, newConsent: 'co-new', newLink: 'li-new' };

/** A step of ho-tanaka (city → Hello Work, at 白石), by one side; the other side and a wrong state are refused. */
function step(
  by: 'cityCounsellor' | 'hwCounsellor',
  from: string,
  to: string,
  wrong: string,
  more: VerbCase['allowed']['args'] = {},
): VerbCase {
  const args = { ...open, ...more };
  const given = inState('handoff', 'ho-tanaka', from);
  return {
    allowed: { as: by, given, args, after: { 'handoff/ho-tanaka/facts': { state: to } } },
    refused: [
      {
        why: `not from ${wrong}`,
        as: by,
        given: inState('handoff', 'ho-tanaka', wrong),
        args,
        code: 'illegalState',
      },
      by === 'hwCounsellor'
        ? {
            why: 'not addressed to that counter',
            as: 'hwElsewhere',
            given,
            args,
            code: 'notFound',
          }
        : { why: 'the sender alone', as: 'hwCounsellor', given, args, code: 'notFound' },
    ],
  };
}

export const handoffCases: VerbCases = {
  'handoff.offer': {
    allowed: {
      as: 'cityCounsellor',
      args: offer,
      after: {
        'handoff/ho-new/facts': { state: 'sent', named: true, consent: 'co-new', sentOn: today },
        'handoff/ho-new/offer': { items: ['name'], familyName: '佐藤' },
        'consent/co-new/facts': { state: 'live', handoff: 'ho-new', link: 'li-new', toOrg: 'o-hw' },
        'consent/co-new/terms': { seeker: 'c-sato', items: ['name'], method: 'signature' },
      },
    },
    refused: [
      {
        why: 'a telephone number without its item ticked',
        as: 'cityCounsellor',
        args: { ...offer, phone: '011-000-0000' },
        code: 'noConsent',
      },
      {
        why: 'nothing is ticked',
        as: 'cityCounsellor',
        args: { ...offer, items: [] },
        code: 'refused',
      },
      {
        why: 'an oral consent wants its witness',
        as: 'cityCounsellor',
        args: { ...offer, method: 'oral' },
        code: 'invalidFields',
      },
    ],
  },
  'handoff.offerUnnamed': {
    allowed: {
      as: 'cityCounsellor',
      args: { ...unnamed, fromSeeker: 'c-sato' },
      after: {
        'handoff/ho-new/facts': { state: 'sent', named: false, slip: '654321', sentOn: today },
        'handoff/ho-new/sender': { fromSeeker: 'c-sato' },
        'handoff/ho-new/offer': { message: '職業紹介を希望' },
      },
    },
    refused: [
      {
        why: 'it has no field for a name',
        as: 'cityCounsellor',
        args: { ...unnamed, familyName: '佐藤' },
        code: 'invalidFields',
      },
    ],
  },
  'handoff.draft': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'ho-new', ...toHW, fromSeeker: 'c-sato' },
      after: { 'handoff/ho-new/facts': { state: 'draft', named: true } },
    },
    refused: [
      {
        why: 'a name without its item ticked',
        as: 'cityCounsellor',
        args: { id: 'ho-new', ...toHW, fromSeeker: 'c-sato', familyName: '佐藤' },
        code: 'noConsent',
      },
    ],
  },
  'handoff.amend': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'ho-draft', urgency: 'today' },
      after: { 'handoff/ho-draft/facts': { urgency: 'today', state: 'draft' } },
    },
    refused: [
      {
        why: 'it was sent',
        as: 'cityCounsellor',
        args: { ...open, urgency: 'today' },
        code: 'refused',
      },
      {
        why: 'unticking an item leaves its fields behind',
        as: 'cityCounsellor',
        args: { id: 'ho-draft', clear: [{ name: 'items' }] },
        code: 'noConsent',
      },
    ],
  },
  'handoff.askConsent': step('cityCounsellor', 'draft', 'awaitingConsent', 'sent'),
  'handoff.refuseConsent': step('cityCounsellor', 'awaitingConsent', 'refused', 'draft'),
  'handoff.recordConsent': {
    allowed: {
      as: 'cityCounsellor',
      given: inState('handoff', 'ho-draft', 'awaitingConsent'),
      args: { ...recorded, id: 'ho-draft' },
      after: {
        'handoff/ho-draft/facts': { state: 'ready', consent: 'co-new', link: 'li-new' },
        'consent/co-new/terms': { seeker: 'c-tanaka', items: ['name'] },
      },
    },
    refused: [
      {
        why: 'nothing is ticked to consent to',
        as: 'cityCounsellor',
        given: (world) =>
          world.set('handoff', 'ho-draft', 'offer', { items: null, familyName: null }),
        args: { ...recorded, id: 'ho-draft' },
        code: 'refused',
      },
      {
        why: 'the consent id is taken',
        as: 'cityCounsellor',
        args: { ...recorded, id: 'ho-draft', newConsent: 'co-sato' },
        code: 'alreadyExists',
      },
    ],
  },
  'handoff.send': step('cityCounsellor', 'ready', 'sent', 'draft'),
  'handoff.receive': step('hwCounsellor', 'sent', 'received', 'accepted'),
  'handoff.accept': {
    allowed: {
      as: 'hwCounsellor',
      args: { ...open, seeker: 'h-mori' },
      after: {
        'handoff/ho-tanaka/facts': { state: 'accepted', acceptedOn: today },
        'handoff/ho-tanaka/receiver': { toSeeker: 'h-mori' },
        'link/li-tanaka/facts': {
          state: 'live',
          org: 'o-city',
          toOrg: 'o-hw',
          consent: 'co-tanaka',
        },
        'link/li-tanaka/ties': {
          fromSeeker: 'c-tanaka',
          toSeeker: 'h-mori',
          linkItems: ['name', 'consultations'],
        },
      },
    },
    refused: [
      {
        why: 'without a live consent',
        as: 'hwCounsellor',
        given: inState('consent', 'co-tanaka', 'expired'),
        args: { ...open, seeker: 'h-mori' },
        code: 'refused',
      },
      {
        why: 'after the last day of the consent, though nobody expired it yet',
        as: 'hwCounsellor',
        given: (world) => world.set('consent', 'co-tanaka', 'facts', { expiresOn: '2026-04-19' }),
        args: { ...open, seeker: 'h-mori' },
        code: 'refused',
      },
      {
        why: 'by the sender',
        as: 'cityCounsellor',
        args: { ...open, seeker: 'c-tanaka' },
        code: 'notAllowed',
      },
    ],
  },
  'handoff.acceptNew': {
    allowed: {
      as: 'hwCounsellor',
      args: { ...open, newSeeker: 'h-new', familyName: '田中', familyKana: 'タナカ' },
      after: {
        'handoff/ho-tanaka/facts': { state: 'accepted' },
        'seeker/h-new/facts': { org: 'o-hw', state: 'active' },
        'seeker/h-new/card': { familyName: '田中' },
        'link/li-tanaka/ties': { toSeeker: 'h-new' },
      },
    },
    refused: [
      {
        why: 'the id is taken',
        as: 'hwCounsellor',
        args: { ...open, newSeeker: 'h-mori', familyName: '田中', familyKana: 'タナカ' },
        code: 'alreadyExists',
      },
      {
        why: 'DV',
        as: 'hwCounsellor',
        args: {
          ...open,
          newSeeker: 'h-new',
          familyName: '田中',
          familyKana: 'タナカ',
          clientCategories: ['dv'],
        },
        code: 'restrictedPerson',
      },
    ],
  },
  'handoff.start': step('hwCounsellor', 'accepted', 'inProgress', 'sent'),
  'handoff.report': step('hwCounsellor', 'inProgress', 'reported', 'received', {
    result: '紹介した',
  }),
  'handoff.close': step('cityCounsellor', 'reported', 'closed', 'inProgress'),
  'handoff.return': step('hwCounsellor', 'received', 'returned', 'accepted', {
    returnReason: 'missingInfo',
  }),
  'handoff.sendUnnamed': {
    allowed: {
      as: 'cityCounsellor',
      given: inState('handoff', 'ho-slip', 'draft'),
      args: { id: 'ho-slip' },
      after: { 'handoff/ho-slip/facts': { state: 'sent' } },
    },
    refused: [
      {
        why: 'a named one wants its consent first',
        as: 'cityCounsellor',
        args: { id: 'ho-draft' },
        code: 'refused',
      },
    ],
  },
  'handoff.redraft': step('cityCounsellor', 'returned', 'draft', 'cancelled'),
  'handoff.expire': {
    allowed: {
      as: 'system',
      args: open,
      after: { 'handoff/ho-tanaka/facts': { state: 'expired', endedOn: today } },
    },
    refused: [
      {
        why: 'only the server knows the date',
        as: 'citySupervisor',
        args: open,
        code: 'notAllowed',
      },
    ],
  },
  'handoff.cancel': step('cityCounsellor', 'sent', 'cancelled', 'closed', {
    cancelNote: '本人の都合',
  }),
  'handoff.void': {
    allowed: {
      as: 'cityCounsellor',
      args: voidArgs('ho-tanaka'),
      after: { 'handoff/ho-tanaka/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'not its writer', as: 'hwSupervisor', args: voidArgs('ho-tanaka'), code: 'notFound' },
    ],
  },
};
