/**
 * The server's official counts, taken apart carefully. A figure that small counts hide stays hidden: it has no number
 * here. What does not fit is left out, never guessed.
 */
import { metricGroups, type MetricGroup } from '../../domain/metrics/metric.ts';
import { isObject } from '../../domain/value.ts';

export interface OfficialRow {
  readonly metric: string;
  readonly label: string;
  readonly group: MetricGroup;
  readonly note: string;
  readonly unit: string;
  readonly value: number;
  readonly unknown: number;
  /** By how much the figure would differ if closed days took what has come since. */
  readonly late: number;
  readonly breakdowns: readonly OfficialBreakdown[];
}

export interface OfficialRate {
  readonly rate: string;
  readonly label: string;
  readonly group: MetricGroup;
  readonly note: string;
  readonly text: string;
  readonly numerator: number;
  readonly denominator: number;
}

export interface OfficialBreakdown {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  /** No value: hidden because it is small. */
  readonly cells: readonly { readonly code: string; readonly value: number | undefined }[];
}

export interface TabletState {
  readonly name: string;
  readonly receivedAt: number | undefined;
  /** Last contact of any kind. */
  readonly heardAt: number | undefined;
}

export interface DayState {
  readonly date: string;
  readonly isClosed: boolean;
  readonly closedAt: number | undefined;
  readonly missing: number;
  readonly reopenReason: string | undefined;
}

export interface LateChange {
  readonly date: string;
  readonly kind: string;
  readonly what: LateKind;
  readonly receivedAt: number | undefined;
  readonly enteredAt: number | undefined;
  /** How far the tablet's clock was off as last measured, milliseconds. */
  readonly skew: number;
}

const lateKinds = ['added', 'changed', 'removed', 'joined'] as const;
export type LateKind = (typeof lateKinds)[number];

export interface Official {
  readonly rows: readonly OfficialRow[];
  readonly rates: readonly OfficialRate[];
  readonly asOf: number | undefined;
  readonly tablets: readonly TabletState[];
  readonly quarantined: number;
  readonly provisional: boolean;
  readonly days: readonly DayState[];
  readonly adjustments: readonly LateChange[];
}

export function officialFrom(answer: unknown): Official | undefined {
  if (!isObject(answer) || !isObject(answer['completeness'])) return undefined;
  const { tablets, quarantined } = answer['completeness'];
  return {
    rows: listOf(answer['rows']).flatMap(rowFrom),
    rates: listOf(answer['rates']).flatMap(rateFrom),
    asOf: number(answer['asOf']),
    tablets: listOf(tablets).flatMap(tabletFrom),
    quarantined: number(quarantined) ?? 0,
    provisional: answer['provisional'] !== false,
    days: listOf(answer['days']).flatMap(dayFrom),
    adjustments: listOf(answer['adjustments']).flatMap(lateFrom),
  };
}

/** The CSV comes as text, or inside JSON. */
export function csvFrom(answer: unknown): string | undefined {
  const text = isObject(answer) ? answer['csv'] : answer;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const words = (value: unknown) => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function rowFrom(item: unknown): OfficialRow[] {
  if (!isObject(item)) return [];
  const { metric, value } = item;
  const group = groupFrom(item['group']);
  if (typeof metric !== 'string' || typeof value !== 'number' || !group) return [];
  return [
    {
      metric,
      label: words(item['label']),
      group,
      note: words(item['note']),
      unit: words(item['unit']),
      value,
      unknown: number(item['unknown']) ?? 0,
      late: number(item['late']) ?? 0,
      breakdowns: listOf(item['breakdowns']).flatMap(breakdownFrom),
    },
  ];
}

const groupFrom = (value: unknown) =>
  typeof value === 'string' && Object.hasOwn(metricGroups, value)
    ? (value as MetricGroup) // just looked up
    : undefined;

function rateFrom(item: unknown): OfficialRate[] {
  if (!isObject(item) || typeof item['rate'] !== 'string') return [];
  const group = groupFrom(item['group']);
  const [numerator, denominator] = [number(item['numerator']), number(item['denominator'])];
  if (!group || numerator === undefined || denominator === undefined) return [];
  return [
    {
      rate: item['rate'],
      label: words(item['label']),
      group,
      note: words(item['note']),
      text: words(item['text']),
      numerator,
      denominator,
    },
  ];
}

function breakdownFrom(item: unknown): OfficialBreakdown[] {
  if (!isObject(item)) return [];
  const cells = listOf(item['cells']).flatMap((cell) =>
    isObject(cell) && typeof cell['code'] === 'string'
      ? [{ code: cell['code'], value: number(cell['value']) }]
      : [],
  );
  const [name, label, note] = [words(item['name']), words(item['label']), words(item['note'])];
  return [{ name, label, note, cells }];
}

function tabletFrom(item: unknown): TabletState[] {
  if (!isObject(item)) return [];
  const [receivedAt, heardAt] = [number(item['receivedAt']), number(item['heardAt'])];
  return [{ name: words(item['name']), receivedAt, heardAt: heardAt ?? receivedAt }];
}

function dayFrom(item: unknown): DayState[] {
  if (!isObject(item) || typeof item['date'] !== 'string') return [];
  const { date, state, reopenReason } = item;
  return [
    {
      date,
      isClosed: state === 'closed',
      closedAt: number(item['closedAt']),
      missing: number(item['missing']) ?? 0,
      reopenReason: typeof reopenReason === 'string' ? reopenReason : undefined,
    },
  ];
}

function lateFrom(item: unknown): LateChange[] {
  if (!isObject(item) || typeof item['date'] !== 'string') return [];
  const what = lateKinds.find((kind) => kind === item['what']);
  if (!what) return [];
  return [
    {
      date: item['date'],
      kind: words(item['kind']),
      what,
      receivedAt: number(item['receivedAt']),
      enteredAt: number(item['enteredAt']),
      skew: number(item['skew']) ?? 0,
    },
  ];
}
