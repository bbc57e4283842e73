/** What is agreed for the whole area: agreements, yearly plans, requests. */
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

const agreed = {
  id: 'ag-1',
  agreementKind: 'employment',
  agreementTitle: '架空市雇用対策協定',
  parties: '架空市長・架空労働局長',
  from: '2025-04-01',
};
const agreement = (world: World) => world.must('agreement.record', agreed, 'citySupervisor');

const planned = {
  id: 'ap-1',
  agreement: 'ag-1',
  fiscalYear: 2026,
  planTitle: '令和8年度 事業計画',
};
const plan = (world: World) => {
  agreement(world);
  world.must('annualPlan.draft', planned, 'citySupervisor');
};
const decided = (world: World) => {
  plan(world);
  world.must('annualPlan.decide', { id: 'ap-1' }, 'hwSupervisor');
};

const asked = {
  id: 'rq-1',
  toOrg: 'o-hw',
  subject: '臨時窓口の開設',
  content: '大量の離職に備えて',
  askedOn: '2026-04-10',
  dueOn: '2026-05-10',
};
const request = (world: World) => world.must('request.ask', asked, 'citySupervisor');
const answer = { id: 'rq-1', answer: '週に二日、開きます。', answeredOn: '2026-04-18' };

const agreementCases: VerbCases = {
  'agreement.record': {
    allowed: {
      as: 'citySupervisor',
      args: agreed,
      after: { 'agreement/ag-1/facts': { state: 'live', org: 'o-city', from: '2025-04-01' } },
    },
    refused: [
      { why: 'by a counsellor', as: 'cityCounsellor', args: agreed, code: 'notAllowed' },
      {
        why: 'it would end before it begins',
        as: 'citySupervisor',
        args: { ...agreed, to: '2025-03-31' },
        code: 'invalidFields',
      },
    ],
  },
  'agreement.amend': {
    allowed: {
      as: 'hwSupervisor',
      given: agreement,
      args: { id: 'ag-1', to: '2027-03-31' },
      after: { 'agreement/ag-1/facts': { to: '2027-03-31', agreementTitle: '架空市雇用対策協定' } },
    },
    refused: [
      {
        why: 'its name is not emptied',
        as: 'citySupervisor',
        given: agreement,
        args: { id: 'ag-1', clear: [{ name: 'agreementTitle' }] },
        code: 'invalidFields',
      },
    ],
  },
  'agreement.end': {
    allowed: {
      as: 'citySupervisor',
      given: agreement,
      args: { id: 'ag-1', to: '2026-03-31' },
      after: { 'agreement/ag-1/facts': { state: 'ended', to: '2026-03-31' } },
    },
    refused: [
      {
        why: 'since when is said',
        as: 'citySupervisor',
        given: agreement,
        args: { id: 'ag-1' },
        code: 'invalidFields',
      },
    ],
  },
  'agreement.void': {
    allowed: {
      as: 'citySupervisor',
      given: agreement,
      args: voidArgs('ag-1'),
      after: { 'agreement/ag-1/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: 'those who recorded it take it back',
        as: 'hwSupervisor',
        given: agreement,
        args: voidArgs('ag-1'),
        code: 'notAllowed',
      },
    ],
  },
};

const planCases: VerbCases = {
  'annualPlan.draft': {
    allowed: {
      as: 'hwSupervisor',
      given: agreement,
      args: planned,
      after: { 'annualPlan/ap-1/facts': { state: 'draft', fiscalYear: 2026, org: 'o-hw' } },
    },
    refused: [
      { why: 'under no agreement', as: 'hwSupervisor', args: planned, code: 'notFound' },
      {
        why: 'by a counsellor',
        as: 'hwCounsellor',
        given: agreement,
        args: planned,
        code: 'notAllowed',
      },
    ],
  },
  'annualPlan.decide': {
    allowed: {
      as: 'hwSupervisor',
      given: plan,
      args: { id: 'ap-1' },
      after: { 'annualPlan/ap-1/facts': { state: 'decided', decidedOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'it is decided already',
        as: 'citySupervisor',
        given: decided,
        args: { id: 'ap-1' },
        code: 'illegalState',
      },
    ],
  },
  'annualPlan.review': {
    allowed: {
      as: 'citySupervisor',
      given: decided,
      args: { id: 'ap-1', review: '目標をこえた。' },
      after: { 'annualPlan/ap-1/facts': { state: 'reviewed', reviewedOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'a draft is not looked back on',
        as: 'citySupervisor',
        given: plan,
        args: { id: 'ap-1', review: '目標をこえた。' },
        code: 'illegalState',
      },
      {
        why: 'nothing is said',
        as: 'citySupervisor',
        given: decided,
        args: { id: 'ap-1' },
        code: 'invalidFields',
      },
    ],
  },
  'annualPlan.amend': {
    allowed: {
      as: 'hwSupervisor',
      given: plan,
      args: { id: 'ap-1', measures: '出張相談' },
      after: { 'annualPlan/ap-1/facts': { measures: '出張相談' } },
    },
    refused: [{ why: 'there is none', as: 'hwSupervisor', args: { id: 'ap-1' }, code: 'notFound' }],
  },
  'annualPlan.void': {
    allowed: {
      as: 'citySupervisor',
      given: plan,
      args: voidArgs('ap-1'),
      after: { 'annualPlan/ap-1/facts': { state: 'voided' } },
    },
    refused: [
      {
        why: "it is the other organisation's",
        as: 'hwSupervisor',
        given: plan,
        args: voidArgs('ap-1'),
        code: 'notAllowed',
      },
    ],
  },
};

const requestCases: VerbCases = {
  'request.ask': {
    allowed: {
      as: 'citySupervisor',
      args: asked,
      after: { 'request/rq-1/facts': { state: 'asked', toOrg: 'o-hw', askedOn: '2026-04-10' } },
    },
    refused: [
      {
        why: 'of oneself',
        as: 'citySupervisor',
        args: { ...asked, toOrg: 'o-city' },
        code: 'refused',
      },
    ],
  },
  'request.answer': {
    allowed: {
      as: 'hwSupervisor',
      given: request,
      args: answer,
      after: { 'request/rq-1/facts': { state: 'answered', answeredOn: '2026-04-18' } },
    },
    refused: [
      {
        why: 'whoever asked does not answer',
        as: 'citySupervisor',
        given: request,
        args: answer,
        code: 'notAllowed',
      },
    ],
  },
  'request.decline': {
    allowed: {
      as: 'hwSupervisor',
      given: request,
      args: { id: 'rq-1', answer: '人が足りません。' },
      after: { 'request/rq-1/facts': { state: 'declined', answeredOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'without a word',
        as: 'hwSupervisor',
        given: request,
        args: { id: 'rq-1' },
        code: 'invalidFields',
      },
    ],
  },
  'request.finish': {
    allowed: {
      as: 'citySupervisor',
      given: (world) => {
        request(world);
        world.must('request.answer', answer, 'hwSupervisor');
      },
      args: { id: 'rq-1', outcome: '開設した。' },
      after: { 'request/rq-1/facts': { state: 'done', endedOn: '2026-04-20' } },
    },
    refused: [
      {
        why: 'before it is answered',
        as: 'citySupervisor',
        given: request,
        args: { id: 'rq-1', outcome: '開設した。' },
        code: 'illegalState',
      },
    ],
  },
  'request.amend': {
    allowed: {
      as: 'citySupervisor',
      given: request,
      args: { id: 'rq-1', dueOn: '2026-05-20' },
      after: { 'request/rq-1/facts': { dueOn: '2026-05-20' } },
    },
    refused: [
      {
        why: 'by whom it was asked of',
        as: 'hwSupervisor',
        given: request,
        args: { id: 'rq-1', subject: 'x' },
        code: 'notAllowed',
      },
    ],
  },
  'request.void': {
    allowed: {
      as: 'citySupervisor',
      given: request,
      args: voidArgs('rq-1'),
      after: { 'request/rq-1/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'there is none', as: 'citySupervisor', args: voidArgs('rq-1'), code: 'notFound' },
    ],
  },
};

export const plansCases: VerbCases = {
  ...agreementCases,
  ...planCases,
  ...requestCases,
};
