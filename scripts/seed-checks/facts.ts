/**
 * Facts made up from a printed count, and counted by the app's own metric. Among them stand facts that must not count: voided
 * ones, those of the day after the year, and for people a second record of one who is there already.
 */
import { fiscalYearRange, addDays, daysBetween } from '../../src/domain/date.ts';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import type { Fact, Period } from '../../src/domain/metrics/metric.ts';
import type { Values } from '../../src/domain/value.ts';

interface Template {
  readonly kind: string;
  readonly dateField: string;
  readonly values: Values;
}

const template = (kind: string, dateField = 'date', values: Values = {}): Template => ({
  kind,
  dateField,
  values,
});

const templates: Readonly<Record<string, Template>> = {
  visits: template('visit', 'date', {
    state: 'done',
    channel: 'inPerson',
    purposes: ['jobCounselling'],
  }),
  consultationsHW: template('consultation', 'date', {
    state: 'recorded',
    orgType: 'hw',
    services: ['jobCounselling'],
  }),
  registrations: template('registration', 'date', { state: 'active', registrationKind: 'new' }),
  placements: template('placement', 'date', { state: 'confirmed' }),
  placedPersons: template('placement', 'date', { state: 'confirmed' }),
  individuallySupported: template('individualSupport', 'decidedOn', { state: 'active' }),
  welfareSupported: template('welfareCase', 'targetOn', { state: 'supporting' }),
  welfarePlaced: template('welfareCase', 'placedOn', { state: 'placed' }),
};

/** Counted over a fiscal year: `wanted` facts that count, spread over its days, and one in twenty that does not. */
export function counted(metric: string, wanted: number, fiscalYear: number): number | undefined {
  const made = templates[metric];
  if (!made) throw new Error(`no facts for ${metric}`);
  const period = fiscalYearRange(fiscalYear);
  const facts = yearOf(made, wanted, period, metricNamed(metric)?.counting === 'persons');
  return metricNamed(metric)?.count(facts, period).value;
}

function yearOf(made: Template, wanted: number, period: Period, isOfPeople: boolean): Fact[] {
  const days = daysBetween(period.from, period.to) + 1;
  const dates = Array.from({ length: days }, (_, day) => addDays(period.from, day));
  const next = addDays(period.to, 1);
  const facts: Fact[] = [];
  const add = (id: string, date: string | undefined, more: Values) =>
    facts.push({
      kind: made.kind,
      id,
      values: { ...made.values, [made.dateField]: date ?? next, ...more },
    });
  for (let at = 0; at < wanted; at++) {
    const who = isOfPeople ? { personKey: `p-${at}` } : {};
    add(`f-${at}`, dates[at % days], who);
    if (at % 40 === 0) add(`v-${at}`, dates[at % days], { ...who, state: 'voided' });
    if (at % 40 === 20) add(`n-${at}`, next, isOfPeople ? { personKey: `n-${at}` } : {});
    if (isOfPeople && at % 40 === 30) add(`a-${at}`, dates[(at + 7) % days], who);
  }
  return facts;
}

/** One fact with the printed numbers in it, for metrics that add up what was entered. */
export function summed(metric: string, kind: string, values: Values, period: Period) {
  const facts: Fact[] = [{ kind, id: 'f-1', values }];
  return metricNamed(metric)?.count(facts, period).value;
}
