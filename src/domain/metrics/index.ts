/** The only registry of counts. A new count is one file and one line here; rates of two counts stand in rates.ts. */
import {
  individuallySupported,
  teamSupported,
  welfarePlaced,
  welfareRequested,
  welfareSupported,
} from './cases.ts';
import { consultations, consultationsCity, consultationsHW } from './consultations.ts';
import {
  attendances,
  eventChildcare,
  eventFirms,
  eventHires,
  eventSeekers,
  eventsHeld,
} from './events.ts';
import { employerLeads, guidedEmployers, newOpenings } from './firms.ts';
import {
  retentionChecked,
  retentionWorking,
  selfApplications,
  trainingReferrals,
} from './follow-up.ts';
import { guidances, guidancesReceived } from './guidances.ts';
import { handoffsAccepted, handoffsSent } from './handoffs.ts';
import type { Metric } from './metric.ts';
import { persons } from './persons.ts';
import { placedPersons, placements } from './placements.ts';
import { referrals } from './referrals.ts';
import { guidedRegistrations, registrations } from './registrations.ts';
import { gladAnswers, gladYes, surveyAnswers, surveySatisfied } from './surveys.ts';
import { visits } from './visits.ts';

export const metrics: readonly Metric[] = [
  visits,
  persons,
  consultations,
  consultationsHW,
  consultationsCity,
  handoffsSent,
  handoffsAccepted,
  registrations,
  referrals,
  placements,
  placedPersons,
  guidedRegistrations,
  guidances,
  guidancesReceived,
  teamSupported,
  welfareRequested,
  welfareSupported,
  welfarePlaced,
  individuallySupported,
  retentionChecked,
  retentionWorking,
  trainingReferrals,
  selfApplications,
  newOpenings,
  employerLeads,
  guidedEmployers,
  eventsHeld,
  eventSeekers,
  eventFirms,
  eventHires,
  eventChildcare,
  attendances,
  surveyAnswers,
  surveySatisfied,
  gladAnswers,
  gladYes,
];

/** Every kind of record that some count reads. */
export const countedKinds: readonly string[] = [...new Set(metrics.flatMap(({ kinds }) => kinds))];

const metricsByName = new Map(metrics.map((metric) => [metric.name, metric]));

export function metricNamed(name: string): Metric | undefined {
  return metricsByName.get(name);
}
