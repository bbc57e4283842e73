/**
 * A whole month of one counter: whether it can be closed, which of its days nobody closed and the reason that stands to
 * reason, and Hello Work's own figures beside ours. It guesses 閉所日 only of a Saturday or Sunday on which this tablet, that
 * has the month, knows no visit; every other reason is a person's to choose. Source: domain.md §4 (month close, §0.2 HW's figure).
 */
import { codesOf } from '../../domain/codes.ts';
import { weekdayJa } from '../../domain/date.ts';
import { reconciliationId } from '../../domain/kinds/reconciliation.ts';
import type { Period } from '../../domain/metrics/metric.ts';
import { daysOf, monthOf } from '../../domain/month.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import type { DayState, OfficialRow } from './official-counts.ts';
import { heldFrom } from './spans.ts';

/** The month that a period is, from its first day to its last. */
export function monthOfPeriod({ from, to }: Period): string | undefined {
  const month = monthOf(from);
  const days = daysOf(month);
  return days[0] === from && days.at(-1) === to ? month : undefined;
}

export interface OpenDay {
  readonly date: string;
  readonly visits: number;
  /** What the day most likely was; nothing where a person has to say. */
  readonly usual: 'closedDay' | undefined;
}

/** Days of the month that nobody has closed. */
export function openDays(
  month: string,
  closings: readonly DayState[],
  visits: readonly Rec[],
  at: { readonly site: string; readonly today: string },
): readonly OpenDay[] {
  const closed = new Set(closings.filter(({ isClosed }) => isClosed).map(({ date }) => date));
  const isHeld = `${month}-01` >= heldFrom(at.today);
  return daysOf(month)
    .filter((date) => !closed.has(date))
    .map((date) => {
      const known = visits.filter((record) => isVisitOn(record, at.site, date)).length;
      const isWeekend = ['土', '日'].includes(weekdayJa(date));
      const usual = isHeld && isWeekend && known === 0 ? 'closedDay' : undefined;
      return { date, visits: known, usual };
    });
}

function isVisitOn(record: Rec, site: string, date: string): boolean {
  const facts = partOf(record, 'facts');
  return facts['site'] === site && facts['date'] === date && facts['state'] !== 'voided';
}

/** What Hello Work itself counts of a counter every month; anything else is chosen. */
const usualFigures = ['registrations', 'referrals', 'placements', 'placedPersons'];

export interface ComparedFigure {
  readonly metric: string;
  readonly label: string;
  readonly unit: string;
  /** As the server counts it now. */
  readonly own: number;
  readonly id: string;
  /** The record of the comparison, a voided one too: its place is one. */
  readonly record: Rec | undefined;
}

/** The usual ones and those that were compared, in the order of the list; and what else could be. */
export function comparedFigures(
  rows: readonly OfficialRow[],
  records: readonly Rec[],
  at: { readonly site: string; readonly month: string },
  chosen: readonly string[],
): { readonly shown: readonly ComparedFigure[]; readonly others: readonly ComparedFigure[] } {
  const all = codesOf('targetMetric').flatMap(({ code }) => {
    const row = rows.find(({ metric }) => metric === code);
    const id = reconciliationId(at.site, at.month, code);
    const record = records.find((one) => one.id === id);
    return row
      ? [{ metric: code, label: row.label, unit: row.unit, own: row.value, id, record }]
      : [];
  });
  const isShown = ({ metric, record }: ComparedFigure) =>
    usualFigures.includes(metric) ||
    chosen.includes(metric) ||
    (record !== undefined && text(partOf(record, 'facts')['state']) !== 'voided');
  return { shown: all.filter(isShown), others: all.filter((one) => !isShown(one)) };
}
