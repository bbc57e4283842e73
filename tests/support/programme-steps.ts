/**
 * The steps of which the flows of seeds/programmes.json are made: each is what one member of staff does at the desk, in the
 * verbs of the kinds. Options of a step stand in the seed.
 */
import { daysBetween } from '../../src/domain/date.ts';
import { daysOf, monthOf } from '../../src/domain/month.ts';
import { fewestSurveys } from '../../src/domain/survey.ts';
import type { Values } from '../../src/domain/value.ts';
import { newId } from './fake-tablet.ts';
import { deskSteps, type Step } from './programme-desk-steps.ts';
import { cityOrg, hwOrg, type By, type Walk } from './programme-walk.ts';
import { postSurvey, sealedSurvey } from './sealed-survey.ts';

type Side = 'city' | 'hw';
const person = (side: Side) => `${side}Seeker`;
const consentTerms = (walk: Walk) => ({
  purpose: 'employment',
  medium: 'paper',
  method: 'signature',
  witness: '見本 花子',
  expiresOn: walk.after(180),
});

async function visit(walk: Walk, by: By, more: Values): Promise<void> {
  await walk.write(by, 'visit.log', {
    id: walk.make('visit'),
    arrivedAt: walk.now,
    channel: 'inPerson',
    visitKind: 'new',
    purposes: [by === 'hw' ? 'jobCounselling' : 'careerCounselling'],
    ...(walk.clients.length > 0 ? { clientCategories: walk.clients } : {}),
    ...more,
  });
}

async function register(walk: Walk, side: Side): Promise<void> {
  if (walk.ids[person(side)]) return;
  await walk.write(side, 'seeker.register', {
    id: walk.make(person(side)),
    familyName: '架空',
    familyKana: 'カクウ',
    ...(walk.clients.length > 0 ? { clientCategories: walk.clients } : {}),
  });
}

/** 「来所」: somebody who is known to that side by name. */
const comes =
  (side: Side): Step =>
  async (walk, options) => {
    await register(walk, side);
    await visit(walk, side, { seeker: walk.id(person(side)), ...options });
  };

const counsel =
  (side: Side, service: string): Step =>
  async (walk, options) => {
    await walk.write(side, 'consultation.record', {
      id: walk.make('consultation'),
      visit: walk.id('visit'),
      services: [service],
      seeker: walk.id(person(side)),
      ...options,
    });
  };

/** By consent, with the person's own file at the receiver. */
const handoff =
  (from: Side, to: Side): Step =>
  async (walk, { items = ['name', 'consultations'], ...options }) => {
    const id = walk.make('handoff');
    const isKnown = walk.ids[person(to)] !== undefined;
    await walk.write(from, 'handoff.offer', {
      id,
      toOrg: to === 'hw' ? hwOrg : cityOrg,
      toSite: walk.desk.site,
      reason: to === 'hw' ? 'jobReferral' : 'careerCounselling',
      urgency: 'normal',
      fromSeeker: walk.id(person(from)),
      familyName: '架空',
      familyKana: 'カクウ',
      items,
      newConsent: walk.make('consent'),
      newLink: walk.make('link'),
      ...consentTerms(walk),
      ...options,
    });
    if (isKnown) {
      await walk.write(to, 'handoff.accept', { id, seeker: walk.id(person(to)) });
      return;
    }
    await walk.write(to, 'handoff.acceptNew', {
      id,
      newSeeker: walk.make(person(to)),
      familyName: '架空',
      familyKana: 'カクウ',
    });
  };

const slip = () => String(100_000 + Math.floor(Math.random() * 899_999));

const issued = {
  employmentType: '1',
  jobMode: 'general',
  referralType: 'general',
  method: 'counter',
  employerName: '架空商会',
} as const;

const refer =
  (side: Side): Step =>
  async (walk, options) => {
    await walk.write(side, 'referral.record', {
      id: walk.make('referral'),
      seeker: walk.id(person(side)),
      issuer: side,
      issuedAt: walk.now,
      ...issued,
      ...(side === 'hw' ? { hwJobNo: '01040-1234567' } : { localJobId: '独-1' }),
      ...options,
    });
  };

const hire =
  (side: Side): Step =>
  async (walk, options) => {
    await walk.write(side, 'referral.hire', {
      id: walk.id('referral'),
      newPlacement: walk.make('placement'),
      resultSource: 'employer',
      startDate: walk.after(7),
      term: 'regular',
      hiredAs: '1',
      ...options,
    });
  };

const guide =
  (by: Side, direction: string, party: string): Step =>
  async (walk, { arrives = true, ...options }) => {
    const id = walk.make('guidance');
    const given = { destination: 'event', ...options };
    await walk.write(by, 'guidance.guide', { id, direction, party, ...given });
    if (arrives === true) await walk.write(by, 'guidance.receive', { id });
  };

const registers = (guided: boolean): Step =>
  async function records(walk, options) {
    await register(walk, 'hw');
    await walk.write('hw', 'registration.record', {
      id: walk.make('registration'),
      registrationKind: 'new',
      seeker: walk.id('hwSeeker'),
      ...(guided ? { guidedFrom: walk.id('handoff') } : {}),
      ...options,
    });
  };

export const steps: Readonly<Record<string, Step>> = {
  ...deskSteps,
  cityVisit: comes('city'),
  hwVisit: comes('hw'),
  countOnly: async (walk, { times = 1, ...options }) => {
    for (let at = 0; at < Number(times); at++) await visit(walk, 'city', options);
  },
  careerCounselling: counsel('city', 'careerCounselling'),
  schemeGuidance: counsel('city', 'schemeGuidance'),
  jobCounselling: counsel('hw', 'jobCounselling'),
  trainingConsultation: counsel('hw', 'trainingConsultation'),
  toHW: handoff('city', 'hw'),
  toCity: handoff('hw', 'city'),
  register: registers(false),
  registerGuided: registers(true),
  refer: refer('hw'),
  referByCity: refer('city'),
  hire: hire('hw'),
  hireByCity: hire('city'),
  guideToHW: guide('city', 'cityToHw', 'seeker'),
  guideToCity: guide('hw', 'hwToCity', 'seeker'),
  guideOut: guide('city', 'out', 'seeker'),
  guideIn: guide('city', 'in', 'seeker'),
  guideFirm: guide('hw', 'hwToCity', 'employer'),
  reject: (walk, { reasons = ['skills'] }) =>
    walk.write('hw', 'referral.reject', {
      id: walk.id('referral'),
      rejectionReasons: reasons,
      resultSource: 'employer',
    }),
  wait: (walk, { days = 1 }) => walk.wait(Number(days)),
  unnamed: async (walk) => {
    const id = walk.make('handoff');
    await walk.write('city', 'handoff.offerUnnamed', {
      id,
      toOrg: hwOrg,
      toSite: walk.desk.site,
      reason: 'jobReferral',
      urgency: 'normal',
      slip: slip(),
    });
    await register(walk, 'hw');
    await walk.write('hw', 'handoff.accept', { id, seeker: walk.id('hwSeeker') });
  },
  cityMayNotRefer: (walk) =>
    walk.refused('city', 'referral.record', {
      id: newId(),
      seeker: walk.id('citySeeker'),
      issuer: 'hw',
      issuedAt: walk.now,
      ...issued,
      hwJobNo: '01040-1234567',
    }),
  noRestrictedAtReception: (walk) =>
    walk.refused('city', 'visit.log', {
      id: newId(),
      arrivedAt: walk.now,
      channel: 'outreach',
      visitKind: 'new',
      purposes: ['welfare'],
      clientCategories: ['dv'],
    }),
  checklist: (walk) =>
    walk.write('city', 'issueChecklist.record', {
      id: newId(),
      seeker: walk.id('citySeeker'),
      housing: 'applies',
      jobSearch: 'worst',
    }),
  preference: (walk) =>
    walk.write('hw', 'preference.record', {
      id: newId(),
      seeker: walk.id('hwSeeker'),
      wishes: { occupations: ['08'] },
      change: 'afterTraining',
    }),
  employerContact: (walk) =>
    walk.write('hw', 'employerContact.recordAgreed', {
      id: newId(),
      seeker: walk.id('hwSeeker'),
      means: 'phone',
      topics: ['ageLimit'],
      employerName: '架空商会',
      askedFor: '定年制の求人だが応募できるか',
      agreedTerms: '応募できる',
    }),
  selfApplication: async (walk) => {
    const id = newId();
    await walk.write('hw', 'selfApplication.record', {
      id,
      seeker: walk.id('hwSeeker'),
      appliedOn: walk.today,
      route: 'hwOnline',
      employerName: '架空商会',
    });
    await walk.write('hw', 'selfApplication.decide', { id, outcome: 'hired' });
  },
  appointment: async (walk) => {
    const id = newId();
    await walk.write('hw', 'appointment.book', {
      id,
      seeker: walk.id('hwSeeker'),
      dueOn: walk.after(3),
    });
    await walk.wait(3);
    await walk.write('hw', 'appointment.keep', { id });
  },
  individual: (walk) =>
    walk.write('hw', 'individualSupport.decide', {
      id: newId(),
      seeker: walk.id('hwSeeker'),
      decidedOn: walk.today,
    }),
  retention: async (walk) => {
    const id = newId();
    await walk.write('hw', 'retentionCheck.add', {
      id,
      placement: walk.id('placement'),
      milestone: '1m',
      dueOn: walk.after(30),
    });
    await walk.wait(30);
    await walk.write('hw', 'retentionCheck.check', { id, status: 'working' });
  },
  training: async (walk, options) => {
    const id = newId();
    await walk.write('hw', 'trainingReferral.refer', {
      id,
      seeker: walk.id('hwSeeker'),
      trainingKind: 'instruction',
      courseType: 'publicSchool',
      startOn: walk.today,
      endOn: walk.after(20),
      courseName: '介護の基礎',
      provider: '架空校',
      ...options,
    });
    await walk.write('hw', 'trainingReferral.start', { id });
    await walk.wait(20);
    await walk.write('hw', 'trainingReferral.finish', { id });
  },
  team: async (walk) => {
    const id = walk.make('teamCase');
    await walk.write('city', 'teamCase.draft', {
      id,
      seeker: walk.id('citySeeker'),
      goal: '働きつづける',
    });
    await walk.refused('city', 'teamCase.decide', { id, link: newId() });
    await handoff('city', 'hw')(walk, { items: ['name', 'teamPlan', 'teamPlanBack'] });
    await walk.write('city', 'teamCase.decide', { id, link: walk.id('link') });
    await walk.write('hw', 'teamStep.add', {
      id: newId(),
      teamCase: id,
      seeker: walk.id('hwSeeker'),
      link: walk.id('link'),
      stepKind: 'practice',
      dueOn: walk.after(5),
      what: '実習',
    });
  },
  welfare: async (walk) => {
    const id = walk.make('welfareCase');
    const step = (by: Side, verb: string, args: Values = {}) =>
      walk.write(by, `welfareCase.${verb}`, { id, ...args });
    await step('city', 'nominate', {
      citySeeker: walk.id('citySeeker'),
      welfareCategory: ['livelihood'],
    });
    await walk.refused('city', 'welfareCase.request', { id });
    const items = ['name', 'welfare', 'welfareStatusBack'];
    await handoff('city', 'hw')(walk, { items, purpose: 'welfare' });
    await step('city', 'consent', { handoff: walk.id('handoff') });
    await step('city', 'request');
    await step('hw', 'screen');
    await step('hw', 'accept');
    await step('hw', 'plan', { supportPlan: '週に一度、職業相談をする' });
    await step('hw', 'support');
    await walk.wait(20);
    await refer('hw')(walk, {});
    await hire('hw')(walk, {});
    await step('hw', 'place');
    await step('hw', 'retain');
    await walk.wait(30);
    await step('hw', 'close', { endReason: 'settled' });
  },
  // A month's answers are shown together and from five on, so the walk spans the whole of the next month.
  survey: async (walk, options) => {
    const month = monthOf(walk.after(31));
    const last = daysOf(month).at(-1) ?? walk.today;
    const { area, site } = walk.desk;
    for (let n = 0; n < fewestSurveys; n++) {
      const answer = await sealedSurvey(area, site, { site, month, ...options });
      const { status } = await postSurvey(area, answer);
      if (status !== 200) throw new Error(`an answer was refused: ${status}`);
    }
    walk.kinds.add('survey');
    await walk.wait(daysBetween(walk.today, last));
  },
  amendSeeker: (walk, { by = 'hw', ...options }) => {
    const side = by === 'city' ? 'city' : 'hw';
    return walk.write(side, 'seeker.amend', { id: walk.id(person(side)), ...options });
  },
  card: async (walk) => {
    const id = walk.make('card');
    await walk.write('city', 'userCard.issue', {
      id,
      seeker: walk.id('citySeeker'),
      cardNo: '0001',
    });
    await handoff('city', 'hw')(walk, {});
    await walk.write('city', 'userCard.share', { id, link: walk.id('link') });
  },
};
