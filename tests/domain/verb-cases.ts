/** Every verb's allowed case and refused cases, in one table; verbs.test.ts runs them and misses none. */
import { appointmentCases } from './verb-cases/appointment.ts';
import { areaCases } from './verb-cases/area.ts';
import type { VerbCases } from './verb-cases/case.ts';
import { closingCases } from './verb-cases/closing.ts';
import { consentCases } from './verb-cases/consent.ts';
import { consultationCases } from './verb-cases/consultation.ts';
import { guidanceCases } from './verb-cases/guidance.ts';
import { handoffCases } from './verb-cases/handoff.ts';
import { jobCases } from './verb-cases/jobs.ts';
import { jobseekingCases } from './verb-cases/jobseeking.ts';
import { mergingCases } from './verb-cases/merging.ts';
import { placementCases, referralCases } from './verb-cases/referral.ts';
import { rightsCases } from './verb-cases/rights.ts';
import { seekerCases } from './verb-cases/seeker.ts';
import { settleCases } from './verb-cases/settle.ts';
import { supportCases } from './verb-cases/support.ts';
import { visitCases } from './verb-cases/visit.ts';
import { plansCases } from './verb-cases/plans.ts';
import { eventsCases } from './verb-cases/events.ts';
import { monthsCases } from './verb-cases/months.ts';
import { teamCases } from './verb-cases/team.ts';
import { welfareCases } from './verb-cases/welfare.ts';
import { directoryCases } from './verb-cases/directory.ts';
import { leadCases } from './verb-cases/leads.ts';

const ownCases: VerbCases = {
  ...areaCases,
  ...visitCases,
  ...seekerCases,
  ...consentCases,
  ...consultationCases,
  ...handoffCases,
  ...referralCases,
  ...placementCases,
  ...mergingCases,
  ...closingCases,
  ...appointmentCases,
  ...jobseekingCases,
  ...supportCases,
  ...guidanceCases,
  ...rightsCases,
  ...jobCases,
  ...plansCases,
  ...eventsCases,
  ...monthsCases,
  ...teamCases,
  ...welfareCases,
  ...directoryCases,
  ...leadCases,
};

export const verbCases: VerbCases = { ...ownCases, ...settleCases(ownCases) };
