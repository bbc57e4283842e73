/**
 * Dates as people in Japan write and type them: eras (元号), 年度 labels, printed forms, typed input.
 * Eras start on the day of their decree or order (大正・昭和 詔書, 昭和64年政令1号, 平成31年政令143号);
 * 明治 is kept only from 1873-01-01 (明治6年), when 太政官布告337号 brought the Gregorian calendar.
 * Refuses a date outside its era and proposes the right one; never corrects it silently.
 */
import { civilOf, daysInMonth, isoOf, weekdayJa, type IsoDate } from './date.ts';
import { normaliseNumberText } from './names.ts';

export interface EraYear {
  readonly name: string;
  readonly letter: string;
  readonly year: number;
}

export type DateInput =
  | { readonly ok: true; readonly date: IsoDate; readonly warning?: string }
  | { readonly ok: false; readonly reason: string; readonly suggestion?: IsoDate };

interface Era {
  readonly name: string;
  readonly letter: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly yearZero: number;
}

interface TypedDate {
  readonly era: Era | undefined;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const GREGORIAN_FROM = '1873-01-01';
const FAR_FUTURE_YEAR = 2100;

const ERAS: readonly Era[] = [
  { name: '令和', letter: 'R', from: '2019-05-01', to: '9999-12-31', yearZero: 2018 },
  { name: '平成', letter: 'H', from: '1989-01-08', to: '2019-04-30', yearZero: 1988 },
  { name: '昭和', letter: 'S', from: '1926-12-25', to: '1989-01-07', yearZero: 1925 },
  { name: '大正', letter: 'T', from: '1912-07-30', to: '1926-12-24', yearZero: 1911 },
  { name: '明治', letter: 'M', from: GREGORIAN_FROM, to: '1912-07-29', yearZero: 1867 },
];

const ERA = '明治?|大正?|昭和?|平成?|令和?|[MTSHR]';
const SEPARATED = new RegExp(
  `^(${ERA})? ?(元|\\d{1,4}) ?[-/.,。・年 ] ?(\\d{1,2}) ?[-/.,。・月 ] ?(\\d{1,2}) ?日?$`,
  'i',
);
const COMPACT = new RegExp(`^(${ERA})?(\\d{2}|\\d{4})(\\d{2})(\\d{2})$`, 'i');

const ASK_FOR_DATE = '日付を入れてください。';
const ASK_FOR_FORM =
  '日付として読めません。「昭和40年4月1日」か「1965-04-01」のように入れてください。';
const ASK_FOR_YEAR = '和暦は元号をつけて、西暦は4けたで入れてください。';
const BEFORE_GREGORIAN = '1873年(明治6年)1月1日より前の日付は入れられません。';
const LOOKS_OLD = '明治の日付です。年をお確かめください。';

export function eraOf(date: IsoDate): EraYear | undefined {
  const { year } = civilOf(date);
  const era = ERAS.find(({ from, to }) => from <= date && date <= to);
  return era && { name: era.name, letter: era.letter, year: year - era.yearZero };
}

function formatEraYear(era: EraYear): string {
  return `${era.name}${era.year === 1 ? '元' : era.year}年`;
}

export function formatWareki(date: IsoDate): string {
  const { year, month, day } = civilOf(date);
  const era = eraOf(date);
  return `${era === undefined ? `${year}年` : formatEraYear(era)}${month}月${day}日`;
}

export function formatWarekiShort(date: IsoDate): string {
  const { year, month, day } = civilOf(date);
  const era = eraOf(date);
  return `${era === undefined ? year : `${era.letter}${era.year}`}.${month}.${day}`;
}

export function formatDateJa(date: IsoDate): string {
  const { month, day } = civilOf(date);
  return `${month}月${day}日(${weekdayJa(date)})`;
}

/** Of the month that a date lies in. */
export function formatMonthJa(date: IsoDate): string {
  const { year, month } = civilOf(date);
  const era = eraOf(date);
  return `${era === undefined ? `${year}年` : formatEraYear(era)}${month}月`;
}

export function formatLongJa(date: IsoDate): string {
  return `${formatWareki(date)}(${weekdayJa(date)})`;
}

// The era of May 1: the ministries agreed (申合せ, 2019-04-01) that all of FY2019 is 令和元年度, and for
// every other year May 1 and Apr 1 lie in the same era.
export function fiscalYearLabel(fiscalYear: number): string {
  const era = eraOf(isoOf(fiscalYear, 5, 1));
  return `${era === undefined ? `${fiscalYear}年` : formatEraYear(era)}度`;
}

export function parseDateInput(text: string): DateInput {
  const tidy = normaliseNumberText(text.normalize('NFKC')).replace(/\s+/g, ' ');
  if (tidy === '') return refuse(ASK_FOR_DATE);
  const found = SEPARATED.exec(tidy) ?? COMPACT.exec(tidy);
  if (found === null) return refuse(ASK_FOR_FORM);
  const typed = readTyped(found);
  return typed === undefined ? refuse(ASK_FOR_YEAR) : checkTyped(typed);
}

function refuse(reason: string): DateInput {
  return { ok: false, reason };
}

function readTyped([, eraText, yearText = '', month, day]: RegExpExecArray): TypedDate | undefined {
  const era = ERAS.find(({ name, letter }) =>
    [name, name.charAt(0), letter].includes((eraText ?? '').toUpperCase()),
  );
  const digits = yearText === '元' ? '1' : yearText;
  const complete = era === undefined ? /^\d{4}$/.test(yearText) : digits.length <= 3;
  if (!complete) return undefined;
  return { era, year: Number(digits), month: Number(month), day: Number(day) };
}

function checkTyped(typed: TypedDate): DateInput {
  const { era, month, day } = typed;
  const year = typed.year + (era?.yearZero ?? 0);
  if (month < 1 || month > 12) return refuse('月は1から12までで入れてください。');
  if (day < 1) return refuse('日は1から入れてください。');
  if (day > daysInMonth(year, month)) return refuse(describeMonthEnd(typed, year));
  if (year < civilOf(GREGORIAN_FROM).year) return refuse(BEFORE_GREGORIAN);
  const date = isoOf(year, month, day);
  if (era !== undefined && (date < era.from || date > era.to)) return refuseOutsideEra(date, era);
  return acceptDate(date);
}

function describeMonthEnd({ era, year: typedYear, month }: TypedDate, year: number): string {
  const said = era === undefined ? `${year}年` : formatEraYear({ ...era, year: typedYear });
  return `${said}${month}月は${daysInMonth(year, month)}日までです。`;
}

function refuseOutsideEra(date: IsoDate, era: Era): DateInput {
  const limit =
    date < era.from ? `${formatWareki(era.from)}からです` : `${formatWareki(era.to)}までです`;
  const reason = `${limit}。${formatWareki(date)}ではありませんか。`;
  return { ok: false, reason, suggestion: date };
}

function acceptDate(date: IsoDate): DateInput {
  const { year } = civilOf(date);
  if (eraOf(date)?.name === '明治') return { ok: true, date, warning: LOOKS_OLD };
  if (year < FAR_FUTURE_YEAR) return { ok: true, date };
  return { ok: true, date, warning: `西暦${year}年の日付です。年をお確かめください。` };
}
