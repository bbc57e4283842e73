/** The only registry of counts. A new count is one file and one line here. */
import { consultations, consultationsCity, consultationsHW } from './consultations.ts';
import { handoffsAccepted, handoffsSent } from './handoffs.ts';
import type { Metric } from './metric.ts';
import { persons } from './persons.ts';
import { placedPersons, placements } from './placements.ts';
import { referrals } from './referrals.ts';
import { registrations } from './registrations.ts';
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
];

const metricsByName = new Map(metrics.map((metric) => [metric.name, metric]));

export function metricNamed(name: string): Metric | undefined {
  return metricsByName.get(name);
}
