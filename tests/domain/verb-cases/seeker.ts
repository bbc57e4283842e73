import { today } from '../../support/world.ts';
import { inState, voidArgs, type VerbCases } from './case.ts';

const newSeeker = { id: 'c-new', familyName: '𠮷田', familyKana: 'よしだ', phoneTail: '1234' };

export const seekerCases: VerbCases = {
  'seeker.register': {
    allowed: {
      as: 'cityCounsellor',
      args: newSeeker,
      after: {
        'seeker/c-new/facts': { state: 'active', org: 'o-city', site: 's-shiroishi', date: today },
        'seeker/c-new/card': { familyName: '𠮷田', familyKana: 'ヨシダ', phoneTail: '1234' },
      },
    },
    refused: [
      {
        why: 'DV: not yet, and nothing is kept',
        as: 'cityCounsellor',
        args: { ...newSeeker, clientCategories: ['parenting', 'dv'] },
        code: 'restrictedPerson',
      },
      {
        why: 'the locked counter registers nobody',
        as: 'counter',
        args: newSeeker,
        code: 'notAllowed',
      },
    ],
  },
  'seeker.amend': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'c-sato', post: 'p-city', considerations: { absent: 'declined' } },
      after: {
        'seeker/c-sato/file': { post: 'p-city', considerations: { absent: 'declined' } },
        'seeker/c-sato/card': { familyName: '佐藤' },
      },
    },
    refused: [
      {
        why: "another organisation's person is not to be found",
        as: 'hwCounsellor',
        args: { id: 'c-sato', post: 'p-hw' },
        code: 'notFound',
      },
      {
        why: 'DV is no category to be added',
        as: 'cityCounsellor',
        args: { id: 'c-sato', clientCategories: ['dv'] },
        code: 'restrictedPerson',
      },
      {
        why: 'the welfare part is not emptied through the plain form',
        as: 'citySupervisor',
        args: { id: 'c-sato', clear: [{ name: 'welfareNote' }] },
        code: 'invalidFields',
      },
    ],
  },
  'seeker.amendWelfare': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'c-sato', welfareCategories: ['livelihood'], welfareNote: '申請中' },
      after: {
        'seeker/c-sato/welfare': { welfareCategories: ['livelihood'], welfareNote: '申請中' },
      },
    },
    refused: [
      {
        why: 'Hello Work writes no welfare, even of its own people',
        as: 'hwCounsellor',
        args: { id: 'h-sato', welfareNote: '申請中' },
        code: 'notAllowed',
      },
      {
        why: 'nor does a supervisor',
        as: 'citySupervisor',
        args: { id: 'c-sato', welfareNote: '申請中' },
        code: 'notAllowed',
      },
    ],
  },
  'seeker.callUp': {
    allowed: {
      as: 'system',
      args: { id: 'h-mori', at: 's-shiroishi', on: '2026-04-10' },
      after: { 'seeker/h-mori/facts': { calledUpAt: 's-shiroishi', calledUpOn: '2026-04-10' } },
    },
    refused: [
      {
        why: 'a tablet asks the server for it',
        as: 'hwCounsellor',
        args: { id: 'h-mori', at: 's-shiroishi', on: '2026-04-10' },
        code: 'notAllowed',
      },
    ],
  },
  'seeker.void': {
    allowed: {
      as: 'hwCounsellor',
      args: voidArgs('h-mori'),
      after: {
        'seeker/h-mori/facts': { state: 'voided' },
        'seeker/h-mori/card': { familyName: '森' },
      },
    },
    refused: [
      { why: 'not her person', as: 'hwCounsellor', args: voidArgs('c-sato'), code: 'notFound' },
    ],
  },
  'registration.record': {
    allowed: {
      as: 'hwCounsellor',
      args: {
        id: 'rg-new',
        registrationKind: 'new',
        seeker: 'h-mori',
        hwSeekerNo: '０１０４０－１２３４５６７',
        guidedFrom: 'ho-slip',
      },
      after: {
        'registration/rg-new/facts': {
          registrationKind: 'new',
          date: today,
          guidedFrom: 'ho-slip',
        },
        'registration/rg-new/detail': { seeker: 'h-mori', hwSeekerNo: '01040-1234567' },
      },
    },
    refused: [
      {
        why: 'a contractor records no application',
        as: 'contractor',
        args: { id: 'rg-new', registrationKind: 'new', seeker: 'c-sato' },
        code: 'notAllowed',
      },
      {
        why: 'a 求職番号 has its shape',
        as: 'hwCounsellor',
        args: { id: 'rg-new', registrationKind: 'new', seeker: 'h-mori', hwSeekerNo: '123' },
        code: 'invalidFields',
      },
    ],
  },
  'registration.amend': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'rg-sato', registrationKind: 'renewal', validTo: '2026-06-30' },
      after: {
        'registration/rg-sato/facts': { registrationKind: 'renewal' },
        'registration/rg-sato/detail': { validTo: '2026-06-30', seeker: 'h-sato' },
      },
    },
    refused: [
      {
        why: "another organisation's person is not to be found",
        as: 'cityCounsellor',
        args: { id: 'rg-sato', registrationKind: 'renewal' },
        code: 'notFound',
      },
    ],
  },
  'registration.void': {
    allowed: {
      as: 'hwSupervisor',
      args: voidArgs('rg-sato'),
      after: { 'registration/rg-sato/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'it is voided already',
        as: 'hwSupervisor',
        given: inState('registration', 'rg-sato', 'voided'),
        args: voidArgs('rg-sato'),
        code: 'illegalState',
      },
    ],
  },
};
