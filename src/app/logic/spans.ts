/**
 * The periods that a desk reports: a day, a month, a quarter of the fiscal year (the pack of a 運営協議会), a fiscal year; the
 * one that a date lies in, and those before and after it. It owns up to how far back the tablet's facts go: they come in
 * half-years (src/sync/scopes.ts), which in winter is less than the fiscal year.
 */
import {
  addDays,
  addMonths,
  fiscalQuarterOf,
  fiscalYearOf,
  fiscalYearRange,
  isoOf,
  monthRange,
  quarterRange,
} from '../../domain/date.ts';
import type { Period } from '../../domain/metrics/metric.ts';
import { fiscalYearLabel, formatDateJa, formatMonthJa } from '../../domain/wareki.ts';

export type Span = 'day' | 'month' | 'quarter' | 'year';

export interface SpanView {
  readonly span: Span;
  /** Of the period itself: 「令和8年10月」. */
  readonly label: string;
  readonly period: Period;
  /** First day of the tablet's facts, where that is later than the span's beginning. */
  readonly heldFrom: string | undefined;
}

export const spanOptions: readonly { readonly code: Span; readonly label: string }[] = [
  { code: 'day', label: '今日' },
  { code: 'month', label: '今月' },
  { code: 'quarter', label: '今の四半期' },
  { code: 'year', label: '今年度' },
];

/** What one step back or forward is called. */
export const stepWords: Readonly<Record<Span, string>> = {
  day: '日',
  month: '月',
  quarter: '四半期',
  year: '年度',
};

export function spanOf(span: Span, on: string, today: string): SpanView {
  const [period, label] = shaped[span](on);
  const held = heldFrom(today);
  return { span, label, period, heldFrom: period.from < held ? held : undefined };
}

const shaped: Readonly<Record<Span, (on: string) => readonly [Period, string]>> = {
  day: (on) => [{ from: on, to: on }, formatDateJa(on)],
  month: (on) => [monthRange(on), formatMonthJa(on)],
  quarter: (on) => [quarterRange(on), quarterLabel(on)],
  year: (on) => [fiscalYearRange(fiscalYearOf(on)), fiscalYearLabel(fiscalYearOf(on))],
};

function quarterLabel(on: string): string {
  const { from, to } = quarterRange(on);
  const months = `${Number(from.slice(5, 7))}〜${Number(to.slice(5, 7))}月`;
  return `${fiscalYearLabel(fiscalYearOf(on))} 第${fiscalQuarterOf(on)}四半期（${months}）`;
}

/** A day in the period before. */
export const dayBefore = ({ period }: SpanView): string => addDays(period.from, -1);

/** A day in the period after; nothing where that has not begun. */
export function dayAfter({ period }: SpanView, today: string): string | undefined {
  const next = addDays(period.to, 1);
  return next <= today ? next : undefined;
}

/** A tablet holds the facts of this half-year and the one before. */
export function heldFrom(today: string): string {
  const before = addMonths(today, -6);
  const month = before.slice(5, 7) <= '06' ? 1 : 7;
  return isoOf(Number(before.slice(0, 4)), month, 1);
}
