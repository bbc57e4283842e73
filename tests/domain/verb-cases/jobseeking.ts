/** Contacts with firms, applications of one's own, wishes, training. */
import { today, type ActorName, type World } from '../../support/world.ts';
import { inState, voidArgs, type Refused, type VerbCase, type VerbCases } from './case.ts';

interface Made {
  readonly kind: string;
  readonly id: string;
  readonly verb: string;
  readonly args: object;
  readonly as: ActorName;
  readonly stranger: ActorName;
}

const make = (made: Made) => (world: World) =>
  world.must(made.verb, { id: made.id, ...made.args }, made.as);

const standing = (made: Made, state: string) => (world: World) => {
  make(made)(world);
  inState(made.kind, made.id, state)(world);
};

/** A move that the writer's organisation makes from one state, and neither from another nor somebody else. */
export function move(
  made: Made,
  from: string,
  to: string,
  wrong: string,
  more: { readonly args?: object; readonly after?: object; readonly refused?: Refused } = {},
): VerbCase {
  const args = { id: made.id, ...more.args };
  const given = standing(made, from);
  const place = `${made.kind}/${made.id}/facts`;
  return {
    allowed: { as: made.as, given, args, after: { [place]: { state: to, ...more.after } } },
    refused: [
      {
        why: `not from ${wrong}`,
        as: made.as,
        given: standing(made, wrong),
        args,
        code: 'illegalState',
      },
      { why: "another organisation's person", as: made.stranger, given, args, code: 'notFound' },
      ...(more.refused ? [{ ...more.refused, given }] : []),
    ],
  };
}

export function voided(made: Made): VerbCase {
  return {
    allowed: {
      as: made.as,
      given: make(made),
      args: voidArgs(made.id),
      after: { [`${made.kind}/${made.id}/facts`]: { state: 'voided', voidReason: 'mistake' } },
    },
    refused: [
      {
        why: 'twice',
        as: made.as,
        given: standing(made, 'voided'),
        args: voidArgs(made.id),
        code: 'illegalState',
      },
      {
        why: "another organisation's person",
        as: made.stranger,
        given: make(made),
        args: voidArgs(made.id),
        code: 'notFound',
      },
    ],
  };
}

export function amended(made: Made, args: object, part: string, bad: object): VerbCase {
  return {
    allowed: {
      as: made.as,
      given: make(made),
      args: { id: made.id, ...args },
      after: { [`${made.kind}/${made.id}/${part}`]: { ...args } },
    },
    refused: [
      {
        why: 'what was voided stays as it was',
        as: made.as,
        given: standing(made, 'voided'),
        args: { id: made.id, ...args },
        code: 'illegalState',
      },
      {
        why: 'with what it does not take',
        as: made.as,
        given: make(made),
        args: { id: made.id, ...bad },
        code: 'invalidFields',
      },
    ],
  };
}

const asking = {
  means: 'phone',
  topics: ['ageLimit', 'trial'],
  employerName: '架空ケア',
  askedFor: '定年60歳の求人に62歳の方を',
  seeker: 'h-sato',
};
const contact: Made = {
  kind: 'employerContact',
  id: 'ec-1',
  verb: 'employerContact.record',
  args: { ...asking, answerDueOn: '2026-04-22' },
  as: 'hwCounsellor',
  stranger: 'cityCounsellor',
};

const applying = {
  appliedOn: '2026-04-18',
  route: 'hwOnline',
  employerName: '架空清掃',
  seeker: 'h-mori',
};
const application: Made = {
  kind: 'selfApplication',
  id: 'sa-1',
  verb: 'selfApplication.record',
  args: applying,
  as: 'hwCounsellor',
  stranger: 'cityCounsellor',
};

const wishing = {
  wishes: { occupations: ['08'], jobText: '介護職' },
  change: 'afterTraining',
  why: 'ヘルパー2級を取った',
  seeker: 'c-sato',
};
const wish: Made = {
  kind: 'preference',
  id: 'pf-1',
  verb: 'preference.record',
  args: wishing,
  as: 'cityCounsellor',
  stranger: 'hwCounsellor',
};

const course = {
  trainingKind: 'recommendation',
  courseType: 'entrusted',
  startOn: '2026-05-11',
  endOn: '2026-08-10',
  courseName: '介護職員初任者研修',
  provider: '架空学院',
  seeker: 'h-mori',
};
const training: Made = {
  kind: 'trainingReferral',
  id: 'tr-1',
  verb: 'trainingReferral.refer',
  args: course,
  as: 'hwCounsellor',
  stranger: 'cityCounsellor',
};
/** The city writes no training at all, so that it is not told whether there is one. */
const trainingMove = (...given: Parameters<typeof move>): VerbCase => {
  const { allowed, refused } = move(...given);
  const [first, , ...rest] = refused;
  const denied: Refused = {
    why: 'the city refers nobody to training',
    as: 'cityCounsellor',
    ...(allowed.given ? { given: allowed.given } : {}),
    args: allowed.args,
    code: 'notAllowed',
  };
  return { allowed, refused: [first, denied, ...rest] };
};

export const jobseekingCases: VerbCases = {
  'employerContact.record': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'ec-new', ...contact.args },
      after: {
        'employerContact/ec-new/facts': {
          state: 'asked',
          orgType: 'hw',
          date: today,
          topics: ['ageLimit', 'trial'],
          staff: 'st-hw',
        },
        'employerContact/ec-new/shared': { seeker: 'h-sato', employerName: '架空ケア' },
        'employerContact/ec-new/memo': { askedFor: '定年60歳の求人に62歳の方を' },
      },
    },
    refused: [
      {
        why: 'what was asked for must be said',
        as: 'hwCounsellor',
        args: { id: 'ec-new', ...asking, askedFor: ' ' },
        code: 'invalidFields',
      },
      {
        why: "for another organisation's person",
        as: 'hwCounsellor',
        args: { id: 'ec-new', ...asking, seeker: 'c-sato' },
        code: 'notFound',
      },
    ],
  },
  'employerContact.recordAgreed': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'ec-new', ...asking, agreedTerms: '1年更新の嘱託として' },
      after: {
        'employerContact/ec-new/facts': { state: 'agreed', answeredOn: today },
        'employerContact/ec-new/shared': { agreedTerms: '1年更新の嘱託として' },
      },
    },
    refused: [
      {
        why: 'what was agreed must be said',
        as: 'hwCounsellor',
        args: { id: 'ec-new', ...asking },
        code: 'invalidFields',
      },
    ],
  },
  'employerContact.agree': move(contact, 'asked', 'agreed', 'declined', {
    args: { agreedTerms: '定年を65歳に' },
    after: { answeredOn: today },
  }),
  'employerContact.decline': move(contact, 'asked', 'declined', 'agreed', {
    args: { declineReason: '規則を変えられない' },
    after: { answeredOn: today },
  }),
  'employerContact.reopen': move(contact, 'agreed', 'asked', 'asked'),
  'employerContact.amend': amended(contact, { topics: ['ageLimit'] }, 'facts', {
    agreedTerms: '書きかえ',
  }),
  'employerContact.void': voided(contact),

  'selfApplication.record': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'sa-new', ...applying },
      after: {
        'selfApplication/sa-new/facts': {
          state: 'applied',
          appliedOn: '2026-04-18',
          route: 'hwOnline',
        },
        'selfApplication/sa-new/shared': { employerName: '架空清掃', seeker: 'h-mori' },
      },
    },
    refused: [
      {
        why: 'there is no letter to number',
        as: 'hwCounsellor',
        args: { id: 'sa-new', ...applying, letterNo: '1' },
        code: 'invalidFields',
      },
      {
        why: "another organisation's person",
        as: 'cityCounsellor',
        args: { id: 'sa-new', ...applying },
        code: 'notFound',
      },
    ],
  },
  'selfApplication.decide': move(application, 'applied', 'decided', 'decided', {
    args: { outcome: 'hired', startDate: '2026-05-01' },
    after: { outcome: 'hired', outcomeOn: today },
    refused: {
      why: 'without a result',
      as: 'hwCounsellor',
      args: { id: 'sa-1' },
      code: 'invalidFields',
    },
  }),
  'selfApplication.reopen': move(application, 'decided', 'applied', 'applied'),
  'selfApplication.amend': amended(application, { employerName: '架空警備' }, 'shared', {
    outcome: 'hired',
  }),
  'selfApplication.void': voided(application),

  'preference.record': {
    allowed: {
      as: 'cityCounsellor',
      args: { id: 'pf-new', ...wishing },
      after: {
        'preference/pf-new/wished': { seeker: 'c-sato', change: 'afterTraining' },
        'seeker/c-sato/file': { wishes: { occupations: ['08'], jobText: '介護職' } },
      },
    },
    refused: [
      {
        why: 'a wish must be said',
        as: 'cityCounsellor',
        args: { id: 'pf-new', ...wishing, wishes: {} },
        code: 'invalidFields',
      },
      {
        why: "another organisation's person",
        as: 'hwCounsellor',
        args: { id: 'pf-new', ...wishing },
        code: 'notFound',
      },
    ],
  },
  'preference.amend': amended(wish, { why: '資格を取ったあと' }, 'wished', { wishes: {} }),
  'preference.void': voided(wish),

  'trainingReferral.refer': {
    allowed: {
      as: 'hwCounsellor',
      args: { id: 'tr-new', ...course, childcare: true },
      after: {
        'trainingReferral/tr-new/facts': {
          state: 'referred',
          trainingKind: 'recommendation',
          startOn: '2026-05-11',
          endOn: '2026-08-10',
          childcare: true,
        },
        'trainingReferral/tr-new/course': { seeker: 'h-mori', provider: '架空学院' },
      },
    },
    refused: [
      {
        why: 'the city refers nobody to training',
        as: 'cityCounsellor',
        args: { id: 'tr-new', ...course, seeker: 'c-sato' },
        code: 'notAllowed',
      },
      {
        why: 'it ends before it begins',
        as: 'hwCounsellor',
        args: { id: 'tr-new', ...course, endOn: '2026-05-10' },
        code: 'invalidFields',
      },
    ],
  },
  'trainingReferral.start': trainingMove(training, 'referred', 'training', 'finished'),
  'trainingReferral.refuse': trainingMove(training, 'referred', 'notAdmitted', 'training', {
    args: { notAdmittedReason: '選考で不合格' },
  }),
  'trainingReferral.finish': trainingMove(training, 'training', 'finished', 'referred', {
    args: { endOn: '2026-08-31' },
    // Three months later November has no 31st.
    after: { endOn: '2026-08-31', followUpOn: '2026-11-30' },
  }),
  'trainingReferral.leave': trainingMove(training, 'training', 'left', 'finished', {
    args: { leftOn: '2026-06-15', leftReason: 'employed' },
    after: { followUpOn: '2026-09-15', leftReason: 'employed' },
    refused: {
      why: 'the reason is missing',
      as: 'hwCounsellor',
      args: { id: 'tr-1', leftOn: '2026-06-15' },
      code: 'invalidFields',
    },
  }),
  'trainingReferral.followUp': trainingMove(training, 'finished', 'followedUp', 'training', {
    args: { outcome: 'hiredRelated' },
    after: { outcome: 'hiredRelated', outcomeOn: today },
  }),
  'trainingReferral.reopen': move(training, 'left', 'training', 'referred'),
  'trainingReferral.amend': amended(training, { endOn: '2026-08-20' }, 'facts', {
    endOn: '2026-05-01',
  }),
  'trainingReferral.void': {
    ...voided(training),
    refused: [
      {
        why: 'the city has no say in it',
        as: 'citySupervisor',
        given: make(training),
        args: voidArgs('tr-1'),
        code: 'notAllowed',
      },
    ],
  },
};

export { make, standing, type Made };
