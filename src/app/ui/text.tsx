/** Dates, times, counts and names as the whole app writes them: 14:05, 11月20日(金), 和暦 first, numbers with units. */
import { businessDateJst, isIsoDate, jstTimeOfDay } from '../../domain/date.ts';
import { formatDateJa, formatLongJa, formatWareki } from '../../domain/wareki.ts';

interface DateTextProps {
  readonly date: string | undefined;
  /** short: 11月20日(金) · long: 令和8年11月20日(金) · full: 令和8年11月20日（2026年） */
  readonly form?: 'short' | 'long' | 'full' | undefined;
}

export function DateText({ date, form = 'short' }: DateTextProps) {
  if (date === undefined || !isIsoDate(date)) return null;
  return <time dateTime={date}>{dateWords(date, form)}</time>;
}

function dateWords(date: string, form: 'short' | 'long' | 'full'): string {
  switch (form) {
    case 'short':
      return formatDateJa(date);
    case 'long':
      return formatLongJa(date);
    case 'full':
      return `${formatWareki(date)}（${date.slice(0, 4)}年）`;
  }
}

interface TimeTextProps {
  readonly at: number | undefined;
  readonly withDate?: boolean | undefined;
}

export function TimeText({ at, withDate = false }: TimeTextProps) {
  if (at === undefined) return null;
  const day = withDate ? `${formatDateJa(businessDateJst(at))} ` : '';
  return <time class="number">{`${day}${jstTimeOfDay(at)}`}</time>;
}

interface CountedProps {
  readonly n: number;
  readonly unit: string;
}

export function Counted({ n, unit }: CountedProps) {
  return (
    <span class="counted">
      <span class="number">{n.toLocaleString('ja-JP')}</span>
      <span class="unit">{unit}</span>
    </span>
  );
}

export function NameWithKana({ name, kana }: { readonly name: string; readonly kana: string }) {
  return (
    <ruby class="name">
      {name}
      <rp>（</rp>
      <rt>{kana}</rt>
      <rp>）</rp>
    </ruby>
  );
}
