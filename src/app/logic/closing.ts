/**
 * 締め in words: which days of a period can be closed, which tablets have not reported for a day, what came late. A tablet
 * has reported for a day gone by when it was heard after that day ended, for today when it was heard just now.
 */
import { addDays } from '../../domain/date.ts';
import type { DayState, LateChange, LateKind, Official, TabletState } from './official-counts.ts';

const justNow = 15 * 60_000;

export function missingTablets(
  tablets: readonly TabletState[],
  date: string,
  today: string,
  now: number,
): readonly TabletState[] {
  const since = date === today ? now - justNow : startOfDay(addDays(date, 1));
  return tablets.filter(({ heardAt }) => heardAt === undefined || heardAt < since);
}

/**
 * What the server can say of a day's tablets, in one sentence. To have been heard is not to have sent everything: what a
 * tablet still holds, only the tablet knows.
 */
export function heardWords(missing: number, isToday: boolean): string {
  if (missing === 0)
    return 'すべての端末とつながりましたが、まだ届いていない記録があるかもしれません。';
  const since = isToday ? 'この15分のあいだ' : 'その日が終わってから';
  return `${missing}台の端末と、${since}つながっていないため、まだ届いていない記録があるかもしれません。`;
}

export interface DayAt {
  readonly site: string;
  readonly date: string;
}

/** Entered at that counter, for that day. */
export function ofDay(
  { site, businessDate }: { readonly site: string; readonly businessDate: string },
  at: DayAt,
): boolean {
  return site === at.site && businessDate === at.date;
}

function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00+09:00`);
}

export interface DayRow extends Partial<DayState> {
  readonly date: string;
  readonly late: readonly LateChange[];
}

const mostDays = 31;

/** Days of the period up to today, newest first: at most a month of them, and every one that has been closed. */
export function dayRows(
  { days, adjustments }: Pick<Official, 'days' | 'adjustments'>,
  period: { readonly from: string; readonly to: string },
  today: string,
): readonly DayRow[] {
  const last = period.to < today ? period.to : today;
  const dates = new Set(days.map(({ date }) => date));
  for (let date = last, n = 0; date >= period.from && n < mostDays; date = addDays(date, -1), n++)
    dates.add(date);
  return [...dates]
    .sort()
    .reverse()
    .map((date) => ({
      ...days.find((day) => day.date === date),
      date,
      late: adjustments.filter((one) => one.date === date),
    }));
}

export const lateWords: Readonly<Record<LateKind, string>> = {
  added: '追加',
  changed: '訂正',
  removed: '取消',
  joined: '人の照合',
};

/** 「締め後の追加 2件」, by what happened. */
export function lateSummary(late: readonly LateChange[]): string {
  const kinds: readonly LateKind[] = ['added', 'changed', 'removed', 'joined'];
  const counted = kinds.flatMap((kind) => {
    const n = late.filter(({ what }) => what === kind).length;
    return n > 0 ? [`${lateWords[kind]} ${n}件`] : [];
  });
  return counted.length > 0 ? `締め後の${counted.join('・')}` : '';
}

const notable = 2 * 60_000;

/** Only where the tablet's clock was so far off that its time would mislead. */
export function skewWords(skew: number): string {
  const minutes = Math.round(Math.abs(skew) / 60_000);
  if (Math.abs(skew) < notable) return '';
  return `時計が${minutes}分${skew > 0 ? '進んで' : '遅れて'}いました`;
}
