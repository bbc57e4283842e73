/** Worked examples, small enough to check by hand: one for every metric of the registry. */
import type { Fact, Switches } from '../../src/domain/metrics/metric.ts';
import type { Values } from '../../src/domain/value.ts';

export const date = '2026-04-20';
export const period = { from: '2026-04-01', to: '2026-04-30' };
let last = 0;
const fact = (kind: string, values: Values): Fact => ({
  kind,
  id: `f-${++last}`,
  values: { site: 's-1', date, ...values },
});
export const visit = (values: Values = {}) =>
  fact('visit', {
    state: 'done',
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['jobCounselling'],
    arrivedAt: last,
    ...values,
  });
const session = (orgType: string, values: Values = {}) =>
  fact('consultation', {
    state: 'recorded',
    orgType,
    org: `o-${orgType}`,
    services: ['jobCounselling'],
    ...values,
  });
const handoff = (values: Values) =>
  fact('handoff', { state: 'sent', named: true, toSite: 's-2', ...values });
export const registration = (values: Values = {}) =>
  fact('registration', { state: 'active', registrationKind: 'new', ...values });
const referral = (state: string) => fact('referral', { state, employmentType: '1' });
const placement = (values: Values = {}) => fact('placement', { state: 'confirmed', ...values });

export interface Example {
  readonly facts: readonly Fact[];
  readonly value: number;
  readonly unknown: number;
  readonly switched: readonly (readonly [Switches, number])[];
}

export const arrivals = [
  visit({ personKey: 'p-1' }),
  visit({ personKey: 'p-1', state: 'waiting' }),
  visit({ personKey: 'p-2', heads: 4 }),
  visit(),
  visit({ channel: 'phone', personKey: 'p-3' }),
  visit({ channel: 'online' }),
  visit({ channel: 'outreach', personKey: 'p-4' }),
  visit({ purposes: ['jobSearchTerminal'] }),
  visit({ purposes: ['jobSearchTerminal', 'referral'] }),
  visit({ state: 'left' }),
  visit({ state: 'voided', personKey: 'p-9' }),
  visit({ date: '2026-03-31' }),
  visit({ date: '2026-05-01' }),
];

export const sessions = [
  session('hw'),
  session('hw', { services: ['terminalOnly'] }),
  session('hw', { services: ['terminalOnly', 'jobInformation'] }),
  session('hw', { state: 'voided' }),
  session('city'),
  session('contractor'),
  session('pref'),
];

export const handoffs = [
  handoff({ sentOn: '2026-04-01' }),
  handoff({ sentOn: '2026-04-30', state: 'cancelled' }),
  handoff({ sentOn: date, named: false, state: 'accepted', acceptedOn: date }),
  handoff({ sentOn: '2026-03-31', state: 'closed', acceptedOn: '2026-04-01' }),
  handoff({ sentOn: date, state: 'voided', acceptedOn: date }),
  handoff({ state: 'draft' }),
  handoff({ state: 'cancelled' }),
];

export const hires = [
  placement({ personKey: 'p-1' }),
  placement({ personKey: 'p-1' }),
  placement({ personKey: 'p-2' }),
  placement(),
  placement({ state: 'cancelled', personKey: 'p-3' }),
  placement({ state: 'voided', personKey: 'p-4' }),
  placement({ date: '2026-05-01', personKey: 'p-5' }),
];

const guidances = [
  fact('guidance', { state: 'guided', party: 'seeker' }),
  fact('guidance', { state: 'received', party: 'seeker', receivedOn: '2026-04-30' }),
  fact('guidance', { state: 'received', party: 'employer', receivedOn: date }),
  fact('guidance', { state: 'notArrived', party: 'seeker', receivedOn: date }),
  fact('guidance', { state: 'received', party: 'seeker', date: '2026-03-31', receivedOn: date }),
  fact('guidance', { state: 'voided', party: 'seeker', receivedOn: date }),
];

/** p-1 decided twice, one of nobody known, one of the month before, one never decided. */
const decided = (kind: string, field: string) => [
  fact(kind, { state: 'active', [field]: date, personKey: 'p-1' }),
  fact(kind, { state: 'ended', [field]: '2026-04-01', personKey: 'p-1' }),
  fact(kind, { state: 'ended', [field]: '2026-04-30', personKey: 'p-2' }),
  fact(kind, { state: 'active', [field]: date }),
  fact(kind, { state: 'active', [field]: '2026-03-31', personKey: 'p-3' }),
  fact(kind, { state: 'draft', personKey: 'p-4' }),
  fact(kind, { state: 'voided', [field]: date, personKey: 'p-5' }),
];

const checks = [
  fact('retentionCheck', { state: 'checked', checkedOn: date, status: 'working' }),
  fact('retentionCheck', { state: 'checked', checkedOn: '2026-04-01', status: 'working' }),
  fact('retentionCheck', { state: 'checked', checkedOn: date, status: 'left' }),
  fact('retentionCheck', { state: 'checked', checkedOn: date, status: 'unknown' }),
  fact('retentionCheck', { state: 'due', dueOn: date }),
  fact('retentionCheck', { state: 'checked', checkedOn: '2026-05-01', status: 'working' }),
  fact('retentionCheck', { state: 'voided', checkedOn: date, status: 'working' }),
];

const trainings = ['referred', 'training', 'finished', 'notAdmitted', 'voided'].map((state) =>
  fact('trainingReferral', { state }),
);

const alone = [
  fact('selfApplication', { state: 'applied', appliedOn: date }),
  fact('selfApplication', { state: 'decided', appliedOn: '2026-04-01', date: '2026-05-02' }),
  fact('selfApplication', { state: 'applied', appliedOn: '2026-03-31' }),
  fact('selfApplication', { state: 'voided', appliedOn: date }),
];

const jobs = [
  fact('jobPosting', { state: 'open', receivedOn: date, openings: 3 }),
  fact('jobPosting', { state: 'expired', receivedOn: '2026-04-01', openings: 2 }),
  fact('jobPosting', { state: 'open', receivedOn: date }),
  fact('jobPosting', { state: 'open', receivedOn: '2026-03-31', openings: 9 }),
  fact('jobPosting', { state: 'voided', receivedOn: date, openings: 9 }),
];

const leads = [
  fact('employerLead', { state: 'open' }),
  fact('employerLead', { state: 'received', consentedOn: date }),
  fact('employerLead', { state: 'closed', date: '2026-03-01', consentedOn: '2026-04-02' }),
  fact('employerLead', { state: 'voided', consentedOn: date }),
];

const happenings = [
  fact('event', {
    state: 'confirmed',
    heldOn: date,
    times: 2,
    seekers: 30,
    firms: 5,
    hired: 1,
    childcare: 4,
  }),
  fact('event', { state: 'confirmed', heldOn: '2026-04-01', seekers: 12 }),
  fact('event', { state: 'planned', heldOn: '2026-04-30', seekers: 99 }),
  fact('event', { state: 'cancelled', heldOn: date }),
  fact('event', { state: 'confirmed', heldOn: '2026-05-01', times: 9, seekers: 9 }),
  fact('event', { state: 'voided', heldOn: date, times: 9 }),
];

const attended = [
  fact('attendance', { state: 'recorded', heldOn: date, came: true, party: 'seeker' }),
  fact('attendance', { state: 'recorded', heldOn: date, came: true, party: 'seeker', heads: 3 }),
  fact('attendance', { state: 'recorded', heldOn: date, came: true, party: 'firm', heads: 2 }),
  fact('attendance', { state: 'missed', heldOn: date, came: false, party: 'seeker' }),
  fact('attendance', { state: 'booked', heldOn: date, party: 'seeker' }),
  fact('attendance', { state: 'voided', heldOn: date, came: true, party: 'seeker' }),
];

const answers = [
  fact('survey', { state: 'recorded', month: '2026-04', overall: '1', glad: '1' }),
  fact('survey', { state: 'recorded', month: '2026-04', overall: '2' }),
  fact('survey', { state: 'recorded', month: '2026-04', overall: '3', glad: '3' }),
  fact('survey', { state: 'recorded', month: '2026-04', glad: '2' }),
  fact('survey', { state: 'recorded', month: '2026-05', overall: '1', glad: '1' }),
  fact('survey', { state: 'voided', month: '2026-04', overall: '1', glad: '1' }),
];

const plain = (facts: readonly Fact[], value: number, unknown = 0): Example => ({
  facts,
  value,
  unknown,
  switched: [],
});

export const examples: Readonly<Record<string, Example>> = {
  visits: {
    facts: arrivals,
    value: 8,
    unknown: 0,
    switched: [
      [{ countPhone: true }, 9],
      [{ countOnline: true }, 9],
      [{ countOutreach: false }, 7],
      [{ countTerminalOnly: false }, 7],
      [{ countLeft: false }, 7],
      [{ countCompanions: true }, 11],
      [{ countSecondArrival: false }, 7],
    ],
  },
  persons: {
    facts: arrivals,
    value: 3,
    unknown: 4,
    switched: [
      [{ countPhone: true }, 4],
      [{ countOnline: true }, 3],
      [{ countOutreach: false }, 2],
      [{ countTerminalOnly: false }, 3],
      [{ countLeft: false }, 3],
    ],
  },
  consultations: {
    facts: sessions,
    value: 5,
    unknown: 0,
    switched: [[{ countTerminalOnly: true }, 6]],
  },
  consultationsHW: {
    facts: sessions,
    value: 2,
    unknown: 0,
    switched: [[{ countTerminalOnly: true }, 3]],
  },
  consultationsCity: {
    facts: sessions,
    value: 2,
    unknown: 0,
    switched: [
      [{ countContractor: false }, 1],
      [{ countTerminalOnly: true }, 2],
    ],
  },
  handoffsSent: {
    facts: handoffs,
    value: 3,
    unknown: 0,
    switched: [
      [{ countUnnamed: false }, 2],
      [{ countCancelled: false }, 2],
    ],
  },
  handoffsAccepted: {
    facts: handoffs,
    value: 2,
    unknown: 0,
    switched: [
      [{ countUnnamed: false }, 1],
      [{ countCancelled: false }, 2],
    ],
  },
  registrations: {
    facts: [
      registration(),
      registration(),
      registration({ registrationKind: 'renewal' }),
      registration({ registrationKind: 'transfer' }),
      registration({ state: 'voided' }),
      registration({ date: '2026-05-01' }),
    ],
    value: 2,
    unknown: 0,
    switched: [],
  },
  referrals: {
    facts: [
      'considering',
      'employerContacted',
      'issued',
      'rejected',
      'hired',
      'cancelled',
      'voided',
    ].map(referral),
    value: 4,
    unknown: 0,
    switched: [],
  },
  placements: { facts: hires, value: 4, unknown: 0, switched: [] },
  placedPersons: { facts: hires, value: 2, unknown: 1, switched: [] },
  guidedRegistrations: plain(
    [
      registration({ guidedFrom: 'ho-1' }),
      registration(),
      registration({ guidedFrom: 'ho-2', registrationKind: 'renewal' }),
      registration({ guidedFrom: 'ho-3', state: 'voided' }),
    ],
    1,
  ),
  guidances: { ...plain(guidances, 3), switched: [[{ countFirms: true }, 4]] },
  guidancesReceived: { ...plain(guidances, 2), switched: [[{ countFirms: true }, 3]] },
  teamSupported: plain(decided('teamCase', 'decidedOn'), 2, 1),
  welfareRequested: plain(decided('welfareCase', 'requestedOn'), 2, 1),
  welfareSupported: plain(decided('welfareCase', 'targetOn'), 2, 1),
  welfarePlaced: plain(decided('welfareCase', 'placedOn'), 2, 1),
  individuallySupported: plain(decided('individualSupport', 'decidedOn'), 2, 1),
  retentionChecked: plain(checks, 3, 1),
  retentionWorking: plain(checks, 2),
  trainingReferrals: plain(trainings, 4),
  selfApplications: plain(alone, 2),
  newOpenings: plain(jobs, 5, 1),
  employerLeads: plain(leads, 2),
  guidedEmployers: plain(leads, 2),
  eventsHeld: plain(happenings, 3, 1),
  eventSeekers: plain(happenings, 42, 1),
  eventFirms: plain(happenings, 5, 1),
  eventHires: plain(happenings, 1, 1),
  eventChildcare: plain(happenings, 4, 1),
  attendances: plain(attended, 4),
  surveyAnswers: plain(answers, 3),
  surveySatisfied: plain(answers, 2),
  gladAnswers: plain(answers, 3),
  gladYes: plain(answers, 2),
};
