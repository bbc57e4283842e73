/** The only registry of kinds. A new kind is one file, one line here and its name in kind-labels.ts. */
import type { Kind, Verb } from '../kind.ts';
import { withSettle } from '../settle.ts';
import { consent } from './consent.ts';
import { consultation } from './consultation.ts';
import { dayClosing } from './day-closing.ts';
import { handoff } from './handoff.ts';
import { jobPosting } from './job-posting.ts';
import { link } from './link.ts';
import { organisation } from './organisation.ts';
import { placement } from './placement.ts';
import { referral } from './referral.ts';
import { registration } from './registration.ts';
import { seeker } from './seeker.ts';
import { seekerPair } from './seeker-pair.ts';
import { site } from './site.ts';
import { staff } from './staff.ts';
import { target } from './target.ts';
import { visit } from './visit.ts';
import { agreement } from './agreement.ts';
import { annualPlan } from './annual-plan.ts';
import { attendance } from './attendance.ts';
import { employerLead } from './employer-lead.ts';
import { event } from './event.ts';
import { monthClosing } from './month-closing.ts';
import { programme } from './programme.ts';
import { reconciliation } from './reconciliation.ts';
import { request } from './request.ts';
import { serviceEntry } from './service-entry.ts';
import { teamCase } from './team-case.ts';
import { teamStep } from './team-step.ts';
import { welfareCase } from './welfare-case.ts';
import { appointment } from './appointment.ts';
import { complaint } from './complaint.ts';
import { disclosureRequest } from './disclosure-request.ts';
import { employerContact } from './employer-contact.ts';
import { guidance } from './guidance.ts';
import { individualSupport } from './individual-support.ts';
import { issueChecklist } from './issue-checklist.ts';
import { preference } from './preference.ts';
import { retentionCheck } from './retention-check.ts';
import { selfApplication } from './self-application.ts';
import { trainingReferral } from './training-referral.ts';
import { userCard } from './user-card.ts';

const declared: readonly Kind[] = [
  organisation,
  site,
  staff,
  target,
  visit,
  seeker,
  registration,
  consent,
  link,
  consultation,
  handoff,
  referral,
  placement,
  jobPosting,
  dayClosing,
  seekerPair,
  agreement,
  annualPlan,
  attendance,
  employerLead,
  event,
  monthClosing,
  programme,
  reconciliation,
  request,
  serviceEntry,
  teamCase,
  teamStep,
  welfareCase,
  issueChecklist,
  appointment,
  preference,
  employerContact,
  selfApplication,
  retentionCheck,
  individualSupport,
  trainingReferral,
  guidance,
  userCard,
  complaint,
  disclosureRequest,
];

export const kinds: readonly Kind[] = declared.map(withSettle);

const kindsByName = new Map(kinds.map((kind) => [kind.name, kind]));
const verbsByName = new Map(
  kinds.flatMap((kind) => Object.values(kind.verbs).map((verb) => [verb.name, verb] as const)),
);

export function kindNamed(name: string): Kind | undefined {
  return kindsByName.get(name);
}

export function verbNamed(name: string): Verb | undefined {
  return verbsByName.get(name);
}
