/** Every verb's allowed case and refused cases, in one table; verbs.test.ts runs them and misses none. */
import { areaCases } from './verb-cases/area.ts';
import type { VerbCases } from './verb-cases/case.ts';
import { closingCases } from './verb-cases/closing.ts';
import { consentCases } from './verb-cases/consent.ts';
import { consultationCases } from './verb-cases/consultation.ts';
import { handoffCases } from './verb-cases/handoff.ts';
import { mergingCases } from './verb-cases/merging.ts';
import { placementCases, referralCases } from './verb-cases/referral.ts';
import { seekerCases } from './verb-cases/seeker.ts';
import { settleCases } from './verb-cases/settle.ts';
import { visitCases } from './verb-cases/visit.ts';

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
};

export const verbCases: VerbCases = { ...ownCases, ...settleCases(ownCases) };
