/**
 * Figures of this counter from the facts on this tablet, and the nameless events behind each. It owns up to how far back
 * the tablet's facts go: they come in half-years (src/sync/scopes.ts), which in winter is less than the fiscal year.
 */
import { codeLabel, type ListName } from '../../domain/codes.ts';
import {
  addMonths,
  fiscalYearOf,
  fiscalYearRange,
  isoOf,
  jstTimeOfDay,
  monthRange,
} from '../../domain/date.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { metrics } from '../../domain/metrics/index.ts';
import {
  factsAt,
  type Count,
  type Fact,
  type Metric,
  type Period,
} from '../../domain/metrics/metric.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text, texts, type Value, type Values } from '../../domain/value.ts';
import { fiscalYearLabel, formatDateJa } from '../../domain/wareki.ts';

export const countedKinds = [
  'visit',
  'consultation',
  'handoff',
  'registration',
  'referral',
  'placement',
] as const;

export type Span = 'day' | 'month' | 'year';

export interface SpanView {
  readonly span: Span;
  readonly label: string;
  readonly period: Period;
  /** First day of the tablet's facts, where that is later than the span's beginning. */
  readonly heldFrom: string | undefined;
}

export function spans(today: string): readonly SpanView[] {
  const year = fiscalYearOf(today);
  const held = heldFrom(today);
  const view = (span: Span, label: string, period: Period): SpanView => ({
    span,
    label,
    period,
    heldFrom: period.from < held ? held : undefined,
  });
  return [
    view('day', '今日', { from: today, to: today }),
    view('month', '今月', monthRange(today)),
    view('year', fiscalYearLabel(year), fiscalYearRange(year)),
  ];
}

/** A tablet holds the facts of this half-year and the one before. */
export function heldFrom(today: string): string {
  const before = addMonths(today, -6);
  const month = before.slice(5, 7) <= '06' ? 1 : 7;
  return isoOf(Number(before.slice(0, 4)), month, 1);
}

export function factsOf(records: readonly Rec[]): readonly Fact[] {
  return records.map(({ kind, id, parts }) => ({ kind, id, values: parts['facts'] ?? {} }));
}

export interface Figure {
  readonly metric: Metric;
  readonly count: Count;
  readonly events: readonly Fact[];
}

export function figures(facts: readonly Fact[], site: string, period: Period): readonly Figure[] {
  return metrics.map((metric) => {
    const here = factsAt(facts, site, metric.siteField);
    return { metric, count: metric.count(here, period), events: metric.events(here, period) };
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
      date: text(fact.values['date']) ?? '',
      time: timeOf(fact.values),
      text: wordsOf(fact),
    }))
    .sort((a, b) => (`${a.date}${a.time}` < `${b.date}${b.time}` ? 1 : -1));
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

function partsOf(kind: string, values: Values): readonly string[] {
  const day = text(values['startDate']);
  switch (kind) {
    case 'visit':
      return [...words('purpose', values['purposes']), ...words('visitKind', values['visitKind'])];
    case 'consultation':
      return words('serviceCode', values['services']);
    case 'handoff':
      return words('handoffReason', values['reason']);
    case 'registration':
      return words('registrationKind', values['registrationKind']);
    case 'referral':
      return [
        ...words('occupation', values['occupation']),
        ...words('employmentType', values['employmentType']),
      ];
    case 'placement':
      return [
        ...words('employmentType', values['employmentType']),
        day ? `${formatDateJa(day)}から` : '',
      ];
    default:
      return [];
  }
}

export function countedRecords(all: (kind: string) => readonly Rec[]): readonly Rec[] {
  return countedKinds
    .flatMap((kind) => all(kind))
    .filter((record) => partOf(record, 'facts')['date']);
}
