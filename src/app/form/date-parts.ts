/**
 * A date as three numbers and an era beside each other. A whole date typed or pasted into the year (S40.4.1, 19650401,
 * 昭和40年4月1日) is taken apart; what is incomplete or impossible stays as raw text, for the domain to refuse with a reason.
 */
import { civilOf, isIsoDate } from '../../domain/date.ts';
import { normaliseNumberText } from '../../domain/names.ts';
import { eraOf, parseDateInput } from '../../domain/wareki.ts';

export const eras = ['令和', '平成', '昭和', '大正', '西暦'] as const;

export interface DateParts {
  readonly era: string;
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

export function partsOf(value: string, era: string): DateParts {
  if (isIsoDate(value)) return partsOfDate(value, era);
  const found = /^(令和|平成|昭和|大正)?(.*?)年(.*?)月(.*?)日$/.exec(value);
  if (found)
    return {
      era: found[1] ?? '西暦',
      year: found[2] ?? '',
      month: found[3] ?? '',
      day: found[4] ?? '',
    };
  return { era, year: value, month: '', day: '' };
}

function partsOfDate(date: string, era: string): DateParts {
  const { year, month, day } = civilOf(date);
  const found = era === '西暦' ? undefined : eraOf(date);
  const own = found
    ? { era: found.name, year: String(found.year) }
    : { era: '西暦', year: String(year) };
  return { ...own, month: String(month), day: String(day) };
}

/** Year, month and day typed into one field: to be answered there, and not only when the form is sent. */
export function isWholeText(year: string): boolean {
  return /\d\D+\d+\D+\d|\d{7}/.test(year.normalize('NFKC'));
}

/** The ISO date when the parts make one, else raw text, else undefined when all is blank. */
export function valueOf(parts: DateParts): string | undefined {
  const [year, month, day] = [parts.year, parts.month, parts.day].map((part) =>
    normaliseNumberText(part.normalize('NFKC')),
  );
  if (!year && !month && !day) return undefined;
  if (!month && !day) {
    const whole = parseDateInput(parts.year);
    if (whole.ok) return whole.date;
    // 40.4.1 beside the chosen 昭和
    const withEra = isWholeText(parts.year) && parseDateInput(`${parts.era}${year}`);
    return withEra && withEra.ok ? withEra.date : parts.year;
  }
  const words = `${parts.era === '西暦' ? '' : parts.era}${year}年${month}月${day}日`;
  const read = parseDateInput(words);
  return read.ok ? read.date : words;
}

export interface DateAdvice {
  readonly text: string;
  readonly isProblem: boolean;
}

/** Why the raw text is no date, in the words of wareki.ts; nothing while it is blank or reads. */
export function adviceFor(value: string): DateAdvice | undefined {
  if (value === '') return undefined;
  const read = parseDateInput(value);
  if (!read.ok) return { text: read.reason, isProblem: true };
  return read.warning ? { text: read.warning, isProblem: false } : undefined;
}
