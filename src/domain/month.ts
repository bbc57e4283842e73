/** Months as 'YYYY-MM': whether a text is one, and its days. */
import { addDays, isIsoDate, monthRange, type IsoDate } from './date.ts';

export function isMonth(text: string): boolean {
  return text.length === 7 && isIsoDate(`${text}-01`);
}

export function monthOf(date: IsoDate): string {
  return date.slice(0, 7);
}

/** Every day of a month; none of what is no month. */
export function daysOf(month: string): readonly IsoDate[] {
  if (!isMonth(month)) return [];
  const { from, to } = monthRange(`${month}-01`);
  const days: IsoDate[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}
