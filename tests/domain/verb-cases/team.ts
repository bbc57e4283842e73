/** チーム支援 across a link by consent: the world's 佐藤 is joined by li-sato; what its consent names is set here. */
import type { World } from '../../support/world.ts';
import { voidArgs, type VerbCases } from './case.ts';

/** As the person has consented: the plan to the other side, and what they do back to ours. */
const agreed =
  (...linkItems: string[]) =>
  (world: World) =>
    world.set('link', 'li-sato', 'ties', { linkItems });
const both = agreed('name', 'teamPlan', 'teamPlanBack');

const drafted = {
  id: 'tc-1',
  seeker: 'c-sato',
  goal: '清掃の仕事を続ける',
  members: [{ organisation: 'ハローワーク架空', member: '架空 職夫', duty: '職業相談' }],
  teamNote: '内部',
};
const draft = (world: World) => {
  both(world);
  world.must('teamCase.draft', drafted, 'cityCounsellor');
};
const decide = { id: 'tc-1', link: 'li-sato' };
const active = (world: World) => {
  draft(world);
  world.must('teamCase.decide', decide, 'cityCounsellor');
};

const caseCases: VerbCases = {
  'teamCase.draft': {
    allowed: {
      as: 'cityCounsellor',
      args: drafted,
      after: {
        'teamCase/tc-1/facts': { state: 'draft', org: 'o-city', site: 's-shiroishi' },
        'teamCase/tc-1/plan': { seeker: 'c-sato', goal: '清掃の仕事を続ける' },
        'teamCase/tc-1/private': { teamNote: '内部' },
      },
    },
    refused: [
      {
        why: "of another organisation's person",
        as: 'hwCounsellor',
        args: drafted,
        code: 'notFound',
      },
    ],
  },
  'teamCase.decide': {
    allowed: {
      as: 'cityCounsellor',
      given: draft,
      args: decide,
      after: {
        'teamCase/tc-1/facts': {
          state: 'active',
          decidedOn: '2026-04-20',
          toOrg: 'o-hw',
          toSite: 's-shiroishi',
        },
      },
    },
    refused: [
      {
        why: 'the consent does not name the plan',
        as: 'cityCounsellor',
        given: (world) => {
          draft(world);
          agreed('name', 'consultations')(world);
        },
        args: decide,
        code: 'refused',
      },
      {
        why: 'the link has ended with its consent',
        as: 'cityCounsellor',
        given: (world) => {
          draft(world);
          world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
        },
        args: decide,
        code: 'refused',
      },
      {
        why: "the link is somebody else's",
        as: 'cityCounsellor',
        given: (world) => {
          draft(world);
          world.set('link', 'li-sato', 'ties', { fromSeeker: 'c-tanaka', toSeeker: 'h-mori' });
        },
        args: decide,
        code: 'notFound',
      },
    ],
  },
  'teamCase.addPartner': {
    allowed: {
      as: 'cityCounsellor',
      given: active,
      args: decide,
      after: { 'teamCase/tc-1/facts': { thirdOrg: 'o-hw', thirdSite: 's-shiroishi' } },
    },
    refused: [
      {
        why: 'before it is decided',
        as: 'cityCounsellor',
        given: draft,
        args: decide,
        code: 'refused',
      },
    ],
  },
  'teamCase.retain': {
    allowed: {
      as: 'cityCounsellor',
      given: active,
      args: { id: 'tc-1' },
      after: { 'teamCase/tc-1/facts': { state: 'retention', retentionFrom: '2026-04-20' } },
    },
    refused: [
      {
        why: 'it is not under way',
        as: 'cityCounsellor',
        given: draft,
        args: { id: 'tc-1' },
        code: 'illegalState',
      },
    ],
  },
  'teamCase.end': {
    allowed: {
      as: 'cityCounsellor',
      given: active,
      args: { id: 'tc-1', endReason: 'settled' },
      after: {
        'teamCase/tc-1/facts': { state: 'ended', endedOn: '2026-04-20' },
        'teamCase/tc-1/plan': { endReason: 'settled' },
      },
    },
    refused: [
      {
        why: 'by the partner',
        as: 'hwCounsellor',
        given: active,
        args: { id: 'tc-1', endReason: 'settled' },
        code: 'notFound',
      },
    ],
  },
  'teamCase.withdraw': {
    allowed: {
      as: 'cityCounsellor',
      given: draft,
      args: { id: 'tc-1', endReason: 'wish' },
      after: { 'teamCase/tc-1/facts': { state: 'withdrawn' } },
    },
    refused: [
      {
        why: 'no reason',
        as: 'cityCounsellor',
        given: draft,
        args: { id: 'tc-1' },
        code: 'invalidFields',
      },
    ],
  },
  'teamCase.amend': {
    allowed: {
      as: 'cityCounsellor',
      given: active,
      args: { id: 'tc-1', goal: '週5日はたらく' },
      after: { 'teamCase/tc-1/plan': { goal: '週5日はたらく', seeker: 'c-sato' } },
    },
    refused: [
      {
        why: 'by the partner',
        as: 'hwCounsellor',
        given: active,
        args: { id: 'tc-1', goal: 'x' },
        code: 'notFound',
      },
      {
        why: 'what is new of her welfare, after she has withdrawn her consent',
        as: 'cityCounsellor',
        given: (world) => {
          active(world);
          world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
        },
        args: { id: 'tc-1', welfareCategory: ['livelihood'] },
        code: 'refused',
      },
    ],
  },
  'teamCase.void': {
    allowed: {
      as: 'cityCounsellor',
      given: draft,
      args: voidArgs('tc-1'),
      after: { 'teamCase/tc-1/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'there is none', as: 'cityCounsellor', args: voidArgs('tc-1'), code: 'notFound' },
    ],
  },
};

const step = {
  id: 'ts-1',
  teamCase: 'tc-1',
  seeker: 'h-sato',
  link: 'li-sato',
  stepKind: 'practice',
  dueOn: '2026-05-11',
  what: '架空ビル管理で実習',
  stepNote: '内部',
};
const added = (world: World) => {
  active(world);
  world.must('teamStep.add', step, 'hwCounsellor');
};

const stepCases: VerbCases = {
  'teamStep.add': {
    allowed: {
      as: 'hwCounsellor',
      given: active,
      args: step,
      after: {
        'teamStep/ts-1/facts': { state: 'planned', org: 'o-hw', stepKind: 'practice' },
        'teamStep/ts-1/step': { seeker: 'h-sato', what: '架空ビル管理で実習' },
        'teamStep/ts-1/private': { stepNote: '内部' },
      },
    },
    refused: [
      {
        why: 'of a person whom no link joins to the plan',
        as: 'hwCounsellor',
        given: active,
        args: { ...step, seeker: 'h-mori' },
        code: 'notFound',
      },
      {
        why: 'the consent does not let it back',
        as: 'hwCounsellor',
        given: (world) => {
          active(world);
          agreed('name', 'teamPlan')(world);
        },
        args: step,
        code: 'refused',
      },
      {
        why: 'without a link, though she is the same person',
        as: 'hwCounsellor',
        given: active,
        args: { ...step, link: '' },
        code: 'notFound',
      },
      {
        why: 'the team is still a draft',
        as: 'cityCounsellor',
        given: draft,
        args: { ...step, seeker: 'c-sato' },
        code: 'refused',
      },
    ],
  },
  'teamStep.finish': {
    allowed: {
      as: 'hwCounsellor',
      given: added,
      args: { id: 'ts-1', result: '五日間つづいた' },
      after: {
        'teamStep/ts-1/facts': { state: 'done', doneOn: '2026-04-20' },
        'teamStep/ts-1/step': { result: '五日間つづいた' },
      },
    },
    refused: [
      {
        why: "of the other side's step",
        as: 'cityCounsellor',
        given: added,
        args: { id: 'ts-1' },
        code: 'notFound',
      },
    ],
  },
  'teamStep.drop': {
    allowed: {
      as: 'hwCounsellor',
      given: added,
      args: { id: 'ts-1', result: '先方の都合' },
      after: { 'teamStep/ts-1/facts': { state: 'dropped' } },
    },
    refused: [
      {
        why: 'it is done',
        as: 'hwCounsellor',
        given: (world) => {
          added(world);
          world.must('teamStep.finish', { id: 'ts-1' }, 'hwCounsellor');
        },
        args: { id: 'ts-1' },
        code: 'illegalState',
      },
    ],
  },
  'teamStep.amend': {
    allowed: {
      as: 'hwCounsellor',
      given: added,
      args: { id: 'ts-1', dueOn: '2026-05-18' },
      after: { 'teamStep/ts-1/facts': { dueOn: '2026-05-18' } },
    },
    refused: [
      {
        why: "of the other side's step",
        as: 'cityCounsellor',
        given: added,
        args: { id: 'ts-1', what: 'x' },
        code: 'notFound',
      },
    ],
  },
  'teamStep.void': {
    allowed: {
      as: 'hwCounsellor',
      given: added,
      args: voidArgs('ts-1'),
      after: { 'teamStep/ts-1/facts': { state: 'voided' } },
    },
    refused: [
      { why: 'there is none', as: 'hwCounsellor', args: voidArgs('ts-1'), code: 'notFound' },
    ],
  },
};

export const teamCases: VerbCases = { ...caseCases, ...stepCases };
