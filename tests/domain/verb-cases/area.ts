import { inState, voidArgs, type VerbCases } from './case.ts';

const newSite = { id: 's-new', name: '窓口北', ward: '北区', municipalCode: '01102' };
const newStaff = {
  id: 'st-new',
  name: '架空 新子',
  kana: 'カクウ シンコ',
  org: 'o-city',
  site: 's-shiroishi',
  role: 'counsellor',
};
const newTarget = {
  id: 't-new',
  site: 's-toyohira',
  fiscalYear: 2026,
  metric: 'placements',
  targetType: 'absolute',
  value: 250,
};

const { value: _, ...withoutValue } = newTarget;

export const areaCases: VerbCases = {
  'organisation.register': {
    allowed: {
      as: 'system',
      args: { id: 'o-new', name: '架空道', orgType: 'pref' },
      after: { 'organisation/o-new/facts': { state: 'active', name: '架空道', orgType: 'pref' } },
    },
    refused: [
      {
        why: 'a supervisor registers no organisation',
        as: 'citySupervisor',
        args: { id: 'o-new', name: '架空道', orgType: 'pref' },
        code: 'notAllowed',
      },
      {
        why: 'the id is taken',
        as: 'system',
        args: { id: 'o-city', name: '架空道', orgType: 'pref' },
        code: 'alreadyExists',
      },
    ],
  },
  'organisation.amend': {
    allowed: {
      as: 'system',
      args: { id: 'o-hw', phone: '０１１－０００－０００１' },
      after: { 'organisation/o-hw/facts': { name: 'ハローワーク架空', phone: '011-000-0001' } },
    },
    refused: [
      {
        why: 'a mandatory field is not emptied',
        as: 'system',
        args: { id: 'o-hw', clear: [{ name: 'name' }] },
        code: 'invalidFields',
      },
    ],
  },
  'organisation.void': {
    allowed: {
      as: 'system',
      args: voidArgs('o-hw'),
      after: { 'organisation/o-hw/facts': { state: 'voided', voidReason: 'mistake' } },
    },
    refused: [
      {
        why: 'there is no such organisation',
        as: 'system',
        args: voidArgs('o-no'),
        code: 'notFound',
      },
    ],
  },
  'site.register': {
    allowed: {
      as: 'system',
      args: newSite,
      after: { 'site/s-new/facts': { state: 'active', ward: '北区', municipalCode: '01102' } },
    },
    refused: [
      {
        why: 'a counsellor opens no counter',
        as: 'cityCounsellor',
        args: newSite,
        code: 'notAllowed',
      },
    ],
  },
  'site.amend': {
    allowed: {
      as: 'system',
      args: { id: 's-toyohira', hours: '9:00〜17:00' },
      after: { 'site/s-toyohira/facts': { hours: '9:00〜17:00', ward: '豊平区' } },
    },
    refused: [
      {
        why: 'a voided counter is not amended',
        as: 'system',
        given: inState('site', 's-toyohira', 'voided'),
        args: { id: 's-toyohira', hours: '9:00〜17:00' },
        code: 'illegalState',
      },
    ],
  },
  'site.void': {
    allowed: {
      as: 'system',
      args: voidArgs('s-toyohira'),
      after: { 'site/s-toyohira/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'a supervisor closes no counter',
        as: 'hwSupervisor',
        args: voidArgs('s-toyohira'),
        code: 'notAllowed',
      },
    ],
  },
  'staff.register': {
    allowed: {
      as: 'system',
      args: newStaff,
      after: { 'staff/st-new/facts': { state: 'active', org: 'o-city', role: 'counsellor' } },
    },
    refused: [
      {
        why: 'her organisation does not exist',
        as: 'system',
        args: { ...newStaff, org: 'o-no' },
        code: 'notFound',
      },
    ],
  },
  'staff.amend': {
    allowed: {
      as: 'system',
      args: { id: 'st-city', post: 'p-city' },
      after: { 'staff/st-city/facts': { post: 'p-city', name: '架空 市子' } },
    },
    refused: [
      {
        why: 'the counter that she would move to does not exist',
        as: 'system',
        args: { id: 'st-city', site: 's-no' },
        code: 'notFound',
      },
      {
        why: 'staff do not amend staff',
        as: 'citySupervisor',
        args: { id: 'st-city', post: 'x' },
        code: 'notAllowed',
      },
    ],
  },
  'staff.end': {
    allowed: {
      as: 'system',
      args: { id: 'st-city', validTo: '2026-03-31' },
      after: { 'staff/st-city/facts': { state: 'ended', validTo: '2026-03-31' } },
    },
    refused: [
      {
        why: 'she has left already',
        as: 'system',
        given: inState('staff', 'st-city', 'ended'),
        args: { id: 'st-city' },
        code: 'illegalState',
      },
    ],
  },
  'staff.rejoin': {
    allowed: {
      as: 'system',
      given: inState('staff', 'st-city', 'ended'),
      args: { id: 'st-city', validFrom: '2026-04-01' },
      after: { 'staff/st-city/facts': { state: 'active', validFrom: '2026-04-01' } },
    },
    refused: [
      {
        why: 'she has not left',
        as: 'system',
        args: { id: 'st-city' },
        code: 'illegalState',
      },
    ],
  },
  'staff.void': {
    allowed: {
      as: 'system',
      args: voidArgs('st-hw'),
      after: { 'staff/st-hw/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'a reason is asked',
        as: 'system',
        args: { id: 'st-hw' },
        code: 'invalidFields',
      },
    ],
  },
  'target.set': {
    allowed: {
      as: 'citySupervisor',
      args: newTarget,
      after: { 'target/t-new/facts': { state: 'active', metric: 'placements', value: 250 } },
    },
    refused: [
      {
        why: 'a counsellor sets no target',
        as: 'cityCounsellor',
        args: newTarget,
        code: 'notAllowed',
      },
      {
        why: 'a target is not negative',
        as: 'citySupervisor',
        args: { ...newTarget, value: -1 },
        code: 'invalidFields',
      },
      {
        why: 'a number to reach is missing',
        as: 'citySupervisor',
        args: { ...withoutValue, targetType: 'goal' },
        code: 'invalidFields',
      },
      {
        why: 'of a percentage the number of people is no target',
        as: 'citySupervisor',
        args: { ...newTarget, unit: 'percent' },
        code: 'invalidFields',
      },
      {
        why: 'a percentage has one or two decimals',
        as: 'citySupervisor',
        args: { ...newTarget, unit: 'percent', rate: '98.123' },
        code: 'invalidFields',
      },
      {
        why: 'an indicator of no list has a name',
        as: 'citySupervisor',
        args: { ...newTarget, metric: 'other' },
        code: 'invalidFields',
      },
      {
        why: 'it ends before it begins',
        as: 'citySupervisor',
        args: { ...newTarget, untilYear: 2025 },
        code: 'invalidFields',
      },
      {
        why: 'part of a target, but inside it or beside it?',
        as: 'citySupervisor',
        args: { ...newTarget, parent: 't-visits' },
        code: 'invalidFields',
      },
    ],
  },
  'target.report': {
    allowed: {
      as: 'citySupervisor',
      args: { id: 't-visits', actual: 4210, actualOn: '2026-10-31' },
      after: { 'target/t-visits/facts': { actual: 4210, actualOn: '2026-10-31', value: 9000 } },
    },
    refused: [
      {
        why: 'a counsellor reports no result',
        as: 'cityCounsellor',
        args: { id: 't-visits', actual: 1, actualOn: '2026-10-31' },
        code: 'notAllowed',
      },
      {
        why: 'a number or a percentage, not both',
        as: 'citySupervisor',
        args: { id: 't-visits', actual: 1, actualRate: '98.8', actualOn: '2026-10-31' },
        code: 'invalidFields',
      },
    ],
  },
  'target.amend': {
    allowed: {
      as: 'citySupervisor',
      args: { id: 't-visits', value: 9500 },
      after: { 'target/t-visits/facts': { value: 9500, fiscalYear: 2026 } },
    },
    refused: [
      {
        why: 'a counsellor amends no target',
        as: 'hwCounsellor',
        args: { id: 't-visits', value: 1 },
        code: 'notAllowed',
      },
    ],
  },
  'target.void': {
    allowed: {
      as: 'citySupervisor',
      args: voidArgs('t-visits'),
      after: { 'target/t-visits/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'it is voided already',
        as: 'citySupervisor',
        given: inState('target', 't-visits', 'voided'),
        args: voidArgs('t-visits'),
        code: 'illegalState',
      },
    ],
  },
};
