/** Figures of this counter from the facts on this tablet, and the nameless events behind each. */
import { codeLabel, type ListName } from '../../domain/codes.ts';
import { jstTimeOfDay } from '../../domain/date.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { countedKinds, metrics } from '../../domain/metrics/index.ts';
import {
  factsAt,
  metricGroups,
  type Count,
  type Fact,
  type Metric,
  type MetricGroup,
  type Period,
} from '../../domain/metrics/metric.ts';
import { ratioOf, rates, type Rate, type Ratio } from '../../domain/metrics/rates.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, texts, type Value, type Values } from '../../domain/value.ts';
import { formatDateJa } from '../../domain/wareki.ts';

export function factsOf(records: readonly Rec[]): readonly Fact[] {
  return records.map(({ kind, id, parts }) => ({ kind, id, values: parts['facts'] ?? {} }));
}

/** Of answers to the survey a tablet keeps none, and jobs that are over leave it: such figures are the server's alone. */
const isHeld = (metric: Metric) =>
  metric.kinds.every((name) => {
    const kind = kindNamed(name);
    return kind !== undefined && kind.retired === undefined;
  });
const heldMetrics = metrics.filter(isHeld);
const heldKinds = countedKinds.filter((kind) =>
  heldMetrics.some(({ kinds }) => kinds.includes(kind)),
);
const heldRates = rates.filter(
  ({ numerator, denominator }) => isHeld(numerator) && isHeld(denominator),
);

export const heldMetric = (name: string) => heldMetrics.find((metric) => metric.name === name);
export const heldRate = (name: string) => heldRates.find((rate) => rate.name === name);

export interface Figure {
  readonly metric: Metric;
  readonly count: Count;
  readonly events: readonly Fact[];
}

export function figures(facts: readonly Fact[], site: string, period: Period): readonly Figure[] {
  return heldMetrics.map((metric) => {
    const here = factsAt(facts, site, metric.siteField);
    return { metric, count: metric.count(here, period), events: metric.events(here, period) };
  });
}

/** The field by which a record's facts say who serves. */
const staffFields = ['staff', 'counsellor'] as const;

export function namesStaff(kind: string): boolean {
  const fields = kindNamed(kind)?.parts['facts']?.fields ?? {};
  return staffFields.some((name) => fields[name]?.type === 'ref');
}

/** What one member of staff served: of records that name who did, and of nothing else. */
export function ownFacts(facts: readonly Fact[], staff: string): readonly Fact[] {
  return facts.filter(({ values }) => staffFields.some((name) => values[name] === staff));
}

export interface RateFigure {
  readonly rate: Rate;
  readonly ratio: Ratio;
}

export function rateFigures(
  facts: readonly Fact[],
  site: string,
  period: Period,
): readonly RateFigure[] {
  return heldRates.map((rate) => ({
    rate,
    ratio: ratioOf(rate, (metric) => factsAt(facts, site, metric.siteField), period),
  }));
}

export interface FigureGroup<F, R> {
  readonly group: MetricGroup;
  readonly label: string;
  readonly figures: readonly F[];
  readonly rates: readonly R[];
  /** Nothing of it was entered in the period: one line says so. */
  readonly isEmpty: boolean;
}

/** In the order of the groups; `isBlank` says which figures have nothing behind them. */
export function grouped<F, R>(
  all: readonly F[],
  allRates: readonly R[],
  groupOf: (item: F | R) => MetricGroup,
  isBlank: (figure: F) => boolean,
): readonly FigureGroup<F, R>[] {
  const groups = Object.keys(metricGroups) as MetricGroup[]; // the keys of a literal are its type
  return groups.flatMap((group) => {
    const own = all.filter((one) => groupOf(one) === group);
    const ownRates = allRates.filter((one) => groupOf(one) === group);
    if (own.length === 0 && ownRates.length === 0) return [];
    const label = metricGroups[group];
    return [{ group, label, figures: own, rates: ownRates, isEmpty: own.every(isBlank) }];
  });
}

export interface EventRow {
  readonly id: string;
  readonly date: string;
  readonly time: string;
  readonly text: string;
}

/** Nobody is named: a day, a time where the fact has one, and what it was. */
export function eventRows(events: readonly Fact[]): readonly EventRow[] {
  return events
    .map((fact) => ({
      id: fact.id,
      date: dateOf(fact.values),
      time: timeOf(fact.values),
      text: wordsOf(fact),
    }))
    .sort((a, b) => (`${a.date}${a.time}` < `${b.date}${b.time}` ? 1 : -1));
}

/** A survey names a month alone. */
function dateOf(values: Values): string {
  return text(values['date']) ?? text(values['heldOn']) ?? text(values['month']) ?? '';
}

function timeOf(values: Values): string {
  const times = [values['arrivedAt'], values['startedAt'], values['issuedAt']];
  const at = times.find((time) => typeof time === 'number');
  return typeof at === 'number' ? jstTimeOfDay(at) : '';
}

const words = (list: ListName, codes: Value | undefined) =>
  (Array.isArray(codes) ? texts(codes) : [text(codes) ?? ''])
    .filter(Boolean)
    .map((code) => codeLabel(list, code));

function wordsOf({ kind, values }: Fact): string {
  const parts = partsOf(kind, values).filter(Boolean);
  return parts.length > 0 ? parts.join('・') : kindLabel(kind);
}

/** The fields that say what an event was, by kind; in this order. */
const told: Readonly<Record<string, readonly (readonly [string, ListName])[]>> = {
  visit: [
    ['purposes', 'purpose'],
    ['visitKind', 'visitKind'],
  ],
  consultation: [['services', 'serviceCode']],
  handoff: [['reason', 'handoffReason']],
  registration: [['registrationKind', 'registrationKind']],
  referral: [
    ['occupation', 'occupation'],
    ['employmentType', 'employmentType'],
  ],
  placement: [['employmentType', 'employmentType']],
  selfApplication: [
    ['occupation', 'occupation'],
    ['employmentType', 'employmentType'],
  ],
  guidance: [
    ['direction', 'guidanceDirection'],
    ['destination', 'guidanceDestination'],
  ],
  retentionCheck: [
    ['milestone', 'retentionMilestone'],
    ['status', 'retentionStatus'],
  ],
  trainingReferral: [['trainingKind', 'trainingKind']],
  event: [['eventType', 'eventType']],
  employerLead: [['wish', 'leadWish']],
  jobPosting: [
    ['occupation', 'occupation'],
    ['employmentType', 'employmentType'],
  ],
  survey: [['overall', 'satisfaction']],
};

function partsOf(kind: string, values: Values): readonly string[] {
  const said = (told[kind] ?? []).flatMap(([field, list]) => words(list, values[field]));
  const day = kind === 'placement' ? text(values['startDate']) : undefined;
  return [...said, day ? `${formatDateJa(day)}から` : ''];
}

export function countedRecords(all: (kind: string) => readonly Rec[]): readonly Rec[] {
  return heldKinds.flatMap((kind) => all(kind)).filter((record) => dateOf(partOf(record, 'facts')));
}
