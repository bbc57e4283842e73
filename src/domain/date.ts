/**
 * Civil dates of the desk: 'YYYY-MM-DD' strings and arithmetic on them.
 * Owns the business date (fixed UTC+9, so the same on every device), months, the fiscal year
 * (地方自治法208条: Apr 1 to Mar 31) and ages (年齢計算ニ関スル法律, 民法143条).
 * Knows no clock and no device time zone: instants arrive as epoch milliseconds.
 * A text that is no date is a bug here and throws; what people type goes through wareki.ts.
 */
export type IsoDate = string;

export interface DateRange {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAY_MS = 86_400_000;
const JST_OFFSET_MS = 9 * 3_600_000;
const DAYS_PER_400_YEARS = 146_097;
const DAYS_FROM_0000_03_01_TO_EPOCH = 719_468;
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const;

/** Whole minutes since 1970: one never goes over midnight. */
export function minuteOf(at: number): number {
  return Math.floor(at / 60_000);
}

export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function readCivil(text: string): CivilDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  return exists(year, month, day) ? { year, month, day } : undefined;
}

function exists(year: number, month: number, day: number): boolean {
  const isMonth = year > 0 && year <= 9999 && month >= 1 && month <= 12;
  return isMonth && day >= 1 && day <= daysInMonth(year, month);
}

export function isIsoDate(text: string): boolean {
  return readCivil(text) !== undefined;
}

export function civilOf(date: IsoDate): CivilDate {
  const civil = readCivil(date);
  if (civil === undefined) throw new RangeError(`not a date: ${date}`);
  return civil;
}

export function isoOf(year: number, month: number, day: number): IsoDate {
  const iso = `${String(year).padStart(4, '0')}-${pad2(month)}-${pad2(day)}`;
  const isWhole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day);
  if (!isWhole || !exists(year, month, day)) throw new RangeError(`not a date: ${iso}`);
  return iso;
}

function pad2(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

// Years are counted from March, so that the leap day is the last day of a year.
function toEpochDay(date: IsoDate): number {
  const { year, month, day } = civilOf(date);
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_400_YEARS + dayOfEra - DAYS_FROM_0000_03_01_TO_EPOCH;
}

function fromEpochDay(epochDay: number): IsoDate {
  const shifted = epochDay + DAYS_FROM_0000_03_01_TO_EPOCH;
  const era = Math.floor(shifted / DAYS_PER_400_YEARS);
  const dayOfEra = shifted - era * DAYS_PER_400_YEARS;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return isoOf(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
}

export function businessDateJst(epochMs: number): IsoDate {
  return fromEpochDay(Math.floor((epochMs + JST_OFFSET_MS) / DAY_MS));
}

export function jstTimeOfDay(epochMs: number): string {
  const jstMs = epochMs + JST_OFFSET_MS;
  const minutes = Math.floor((jstMs - Math.floor(jstMs / DAY_MS) * DAY_MS) / 60_000);
  return `${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`;
}

export function weekdayJa(date: IsoDate): string {
  const index = (((toEpochDay(date) + 4) % 7) + 7) % 7;
  return WEEKDAYS[index] ?? '';
}

export function addDays(date: IsoDate, days: number): IsoDate {
  return fromEpochDay(toEpochDay(date) + days);
}

// 民法143条2項: a month without the corresponding day ends the period on its last day.
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = civilOf(date);
  const total = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(total / 12), (total % 12) + 1];
  return isoOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

export function daysBetween(from: IsoDate, to: IsoDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

export function monthRange(date: IsoDate): DateRange {
  const { year, month } = civilOf(date);
  return { from: isoOf(year, month, 1), to: isoOf(year, month, daysInMonth(year, month)) };
}

export function fiscalYearOf(date: IsoDate): number {
  const { year, month } = civilOf(date);
  return month >= 4 ? year : year - 1;
}

export function fiscalYearRange(fiscalYear: number): DateRange {
  return { from: isoOf(fiscalYear, 4, 1), to: isoOf(fiscalYear + 1, 3, 31) };
}

/** Of the fiscal year: April to June is the first. */
export function fiscalQuarterOf(date: IsoDate): number {
  return Math.floor(((civilOf(date).month + 8) % 12) / 3) + 1;
}

export function quarterRange(date: IsoDate): DateRange {
  const { year, month } = civilOf(date);
  const first = month - ((month - 1) % 3);
  return { from: isoOf(year, first, 1), to: monthRange(isoOf(year, first + 2, 1)).to };
}

/** Age as people say it: rises on the birthday; one born Feb 29 waits for Mar 1 in a common year. */
export function ageOn(birth: IsoDate, on: IsoDate): number {
  const [born, now] = [civilOf(birth), civilOf(on)];
  const birthdayCame = now.month > born.month || (now.month === born.month && now.day >= born.day);
  return now.year - born.year - (birthdayCame ? 0 : 1);
}

/**
 * Age in law. 年齢計算ニ関スル法律 counts the day of birth itself, so a year is complete at the end
 * of the day before the birthday; hence 4月1日生まれ belongs to the school year before 4月2日生まれ.
 */
export function legalAgeOn(birth: IsoDate, on: IsoDate): number {
  return ageOn(birth, addDays(on, 1));
}
