import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  ageOn,
  businessDateJst,
  daysBetween,
  fiscalYearOf,
  fiscalYearRange,
  isIsoDate,
  jstTimeOfDay,
  legalAgeOn,
  monthRange,
  weekdayJa,
} from '../../src/domain/date.ts';
import {
  eraOf,
  fiscalYearLabel,
  formatDateJa,
  formatLongJa,
  formatWareki,
  formatWarekiShort,
  parseDateInput,
} from '../../src/domain/wareki.ts';

const anyDate = fc
  .integer({ min: 0, max: daysBetween('1873-01-01', '2099-12-31') })
  .map((days) => addDays('1873-01-01', days));

describe('isIsoDate', () => {
  test.each([
    ['an ordinary day', '2026-11-20', true],
    ['Feb 29 of a leap year', '2024-02-29', true],
    ['Feb 29 of a common year', '2026-02-29', false],
    ['Feb 29 of 1900, no leap year', '1900-02-29', false],
    ['Feb 29 of 2000, a leap year', '2000-02-29', true],
    ['month 13', '2026-13-01', false],
    ['day 0', '2026-01-00', false],
    ['31 in a month of 30', '2026-04-31', false],
    ['one-digit month', '2026-4-01', false],
    ['a time attached', '2026-04-01T00:00', false],
    ['a line break attached', '2026-04-01\n', false],
    ['full-width digits', '２０２６-04-01', false],
  ])('%s: %s → %s', (_title, text, expected) => {
    expect(isIsoDate(text)).toBe(expected);
  });
});

describe('business date and time in Japan', () => {
  test.each([
    ['one millisecond before midnight', '2026-11-20T14:59:59.999Z', '2026-11-20', '23:59'],
    ['midnight', '2026-11-20T15:00:00.000Z', '2026-11-21', '00:00'],
    ['opening hour, still yesterday in UTC', '2026-11-19T23:45:00.000Z', '2026-11-20', '08:45'],
    ['the turn of the fiscal year', '2026-03-31T15:00:00.000Z', '2026-04-01', '00:00'],
    ['leap day', '2024-02-28T15:00:00.000Z', '2024-02-29', '00:00'],
    ['before 1970', '1969-12-31T14:59:59.999Z', '1969-12-31', '23:59'],
  ])('%s', (_title, instant, date, time) => {
    expect(businessDateJst(Date.parse(instant))).toBe(date);
    expect(jstTimeOfDay(Date.parse(instant))).toBe(time);
  });

  test('agrees with the calendar of the platform at any instant', () => {
    const instant = fc.integer({ min: Date.parse('1873-01-02'), max: Date.parse('2199-12-31') });
    fc.assert(
      fc.property(instant, (epochMs) => {
        const inJapan = new Date(epochMs + 9 * 3_600_000).toISOString();
        expect(businessDateJst(epochMs)).toBe(inJapan.slice(0, 10));
        expect(jstTimeOfDay(epochMs)).toBe(inJapan.slice(11, 16));
      }),
    );
  });

  test('changes at midnight and at no other moment around it', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 43_200_000 }), (date, offsetMs) => {
        const midnight = Date.parse(`${date}T00:00:00+09:00`);
        expect(businessDateJst(midnight + offsetMs - 1)).toBe(date);
        expect(businessDateJst(midnight - offsetMs)).toBe(addDays(date, -1));
      }),
    );
  });

  test('an instant that is no number is a bug and throws', () => {
    expect(() => businessDateJst(Number.NaN)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('2026-04-20', 0.5)).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  test.each([
    ['into a leap day', '2024-02-28', 1, '2024-02-29'],
    ['over a leap day', '2024-02-28', 2, '2024-03-01'],
    ['over the end of a common February', '2026-02-28', 1, '2026-03-01'],
    ['over the new year', '2026-12-31', 1, '2027-01-01'],
    ['backwards over the new year', '2026-01-01', -1, '2025-12-31'],
    ['into the last day of a 400-year cycle', '2000-02-28', 1, '2000-02-29'],
    ['over the end of a century without leap day', '2100-02-28', 1, '2100-03-01'],
    ['a whole year', '2025-04-01', 365, '2026-04-01'],
  ])('addDays %s', (_title, from, days, expected) => {
    expect(addDays(from, days)).toBe(expected);
    expect(daysBetween(from, expected)).toBe(days);
  });

  test.each([
    ['Jan 31 by one month ends on the last of February', '2026-01-31', 1, '2026-02-28'],
    ['Jan 31 by one month in a leap year', '2024-01-31', 1, '2024-02-29'],
    ['over the new year', '2026-11-20', 3, '2027-02-20'],
    ['backwards', '2026-03-31', -1, '2026-02-28'],
    ['backwards over the new year', '2026-01-15', -1, '2025-12-15'],
    ['a leap day by twelve months', '2024-02-29', 12, '2025-02-28'],
  ])('addMonths %s', (_title, from, months, expected) => {
    expect(addMonths(from, months)).toBe(expected);
  });

  test('a text that is no date is a bug and throws', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
  });

  test.each([
    ['a Friday', '2026-11-20', '金'],
    ['a Sunday', '2026-11-22', '日'],
    ['the epoch', '1970-01-01', '木'],
    ['before the epoch', '1965-04-01', '木'],
    ['the first Gregorian day in Japan', '1873-01-01', '水'],
  ])('weekday of %s', (_title, date, expected) => {
    expect(weekdayJa(date)).toBe(expected);
  });

  test.each([
    ['a common February', '2026-02-14', '2026-02-28'],
    ['a leap February', '2024-02-14', '2024-02-29'],
    ['December', '2026-12-31', '2026-12-31'],
  ])('monthRange of %s', (_title, date, to) => {
    expect(monthRange(date)).toEqual({ from: `${date.slice(0, 8)}01`, to });
  });
});

describe('fiscal year', () => {
  test.each([
    ['its first day', '2026-04-01', 2026],
    ['its last day', '2027-03-31', 2026],
    ['the day before it', '2026-03-31', 2025],
    ['a day in winter', '2026-01-10', 2025],
  ])('%s', (_title, date, expected) => {
    expect(fiscalYearOf(date)).toBe(expected);
  });

  test('FY25 of the Sapporo plan is 2013-04 to 2014-03', () => {
    expect(fiscalYearRange(2013)).toEqual({ from: '2013-04-01', to: '2014-03-31' });
  });

  test.each([
    ['an ordinary year', 2026, '令和8年度'],
    ['the year of the change to 令和, begun in 平成31', 2019, '令和元年度'],
    ['the year before it', 2018, '平成30年度'],
    ['the year of the Sapporo plan', 2013, '平成25年度'],
    ['the first year of 平成', 1989, '平成元年度'],
    ['the year in which 昭和 ended', 1988, '昭和63年度'],
    ['the year in which 大正 ended', 1926, '大正15年度'],
  ])('label of %s', (_title, fiscalYear, expected) => {
    expect(fiscalYearLabel(fiscalYear)).toBe(expected);
  });
});

describe('age', () => {
  test.each([
    ['the day before the birthday', '1965-04-02', '2026-04-01', 60, 61],
    ['the birthday', '1965-04-02', '2026-04-02', 61, 61],
    ['two days before the birthday', '1965-04-02', '2026-03-31', 60, 60],
    ['born Apr 1: of age in law on Mar 31', '2008-04-01', '2026-03-31', 17, 18],
    ['born Feb 29, on Feb 27 of a common year', '2004-02-29', '2026-02-27', 21, 21],
    ['born Feb 29, on Feb 28 of a common year', '2004-02-29', '2026-02-28', 21, 22],
    ['born Feb 29, on Mar 1 of a common year', '2004-02-29', '2026-03-01', 22, 22],
    ['born Feb 29, on Feb 28 of a leap year', '2004-02-29', '2024-02-28', 19, 20],
    ['born Feb 29, on Feb 29 of a leap year', '2004-02-29', '2024-02-29', 20, 20],
    ['born Jan 1, on Dec 31', '2000-01-01', '2025-12-31', 25, 26],
    ['the day of birth', '2026-11-20', '2026-11-20', 0, 0],
  ])('%s', (_title, birth, on, age, legalAge) => {
    expect(ageOn(birth, on)).toBe(age);
    expect(legalAgeOn(birth, on)).toBe(legalAge);
  });
});

describe('wareki', () => {
  test.each([
    ['first day of 令和', '2019-05-01', '令和元年5月1日', 'R1.5.1'],
    ['last day of 平成', '2019-04-30', '平成31年4月30日', 'H31.4.30'],
    ['first day of 平成', '1989-01-08', '平成元年1月8日', 'H1.1.8'],
    ['last day of 昭和', '1989-01-07', '昭和64年1月7日', 'S64.1.7'],
    ['first day of 昭和', '1926-12-25', '昭和元年12月25日', 'S1.12.25'],
    ['last day of 大正', '1926-12-24', '大正15年12月24日', 'T15.12.24'],
    ['first day of 大正', '1912-07-30', '大正元年7月30日', 'T1.7.30'],
    ['last day of 明治', '1912-07-29', '明治45年7月29日', 'M45.7.29'],
    ['first Gregorian day', '1873-01-01', '明治6年1月1日', 'M6.1.1'],
    ['before the Gregorian calendar', '1872-12-31', '1872年12月31日', '1872.12.31'],
    ['a birth date', '1965-04-01', '昭和40年4月1日', 'S40.4.1'],
  ])('%s', (_title, date, long, short) => {
    expect(formatWareki(date)).toBe(long);
    expect(formatWarekiShort(date)).toBe(short);
  });

  test('eraOf names era, letter and year', () => {
    expect(eraOf('2026-11-20')).toEqual({ name: '令和', letter: 'R', year: 8 });
    expect(eraOf('1872-12-31')).toBeUndefined();
  });

  test('dates with a weekday', () => {
    expect(formatDateJa('2026-11-20')).toBe('11月20日(金)');
    expect(formatLongJa('2026-11-20')).toBe('令和8年11月20日(金)');
  });

  test('every day from 1912 to 2050 comes back from both printed forms', () => {
    const wrong: string[] = [];
    for (let date = '1912-01-01'; date <= '2050-12-31'; date = addDays(date, 1)) {
      for (const printed of [formatWareki(date), formatWarekiShort(date)]) {
        const read = parseDateInput(printed);
        if (!read.ok || read.date !== date) wrong.push(printed);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('parseDateInput reads', () => {
  test.each([
    ['letter and dots', 'S40.4.1'],
    ['small letter', 's40.4.1'],
    ['short era name', '昭40.4.1'],
    ['full era name', '昭和40年4月1日'],
    ['without 日', '昭和40年4月1'],
    ['ISO', '1965-04-01'],
    ['slashes', '1965/4/1'],
    ['western years in Japanese', '1965年4月1日'],
    ['eight digits', '19650401'],
    ['era and six digits', 'S400401'],
    ['full-width letters and digits', 'Ｓ４０．４．１'],
    ['full-width eight digits', '１９６５０４０１'],
    ['full-width hyphens', '１９６５－０４－０１'],
    ['long marks for hyphens', '1965ー4ー1'],
    ['minus signs', '1965−4−1'],
    ['dashes', '1965–4—1'],
    ['hyphens U+2010', '1965‐4‐1'],
    ['middle dots', 'S40・4・1'],
    ['the era in one character', '㍼40年4月1日'],
    ['spaces around', '　昭和 40年 4月 1日 '],
    ['spaces between', '1965 4 1'],
  ])('%s: %s', (_title, text) => {
    expect(parseDateInput(text)).toEqual({ ok: true, date: '1965-04-01' });
  });

  test.each([
    ['the last day of 平成', 'H31.4.30', '2019-04-30'],
    ['the first day of 令和', '令和元年5月1日', '2019-05-01'],
    ['令和 with slashes', 'R8/11/20', '2026-11-20'],
    ['the last day of 昭和', '昭和64年1月7日', '1989-01-07'],
    ['the first day of 昭和', 'S元.12.25', '1926-12-25'],
    ['a leap day', 'R6.2.29', '2024-02-29'],
  ])('%s: %s', (_title, text, date) => {
    expect(parseDateInput(text)).toEqual({ ok: true, date });
  });

  test.each([
    ['明治', 'M44.4.1', '1911-04-01', '明治の日付です。年をお確かめください。'],
    [
      'a slip of the century',
      '2965-4-1',
      '2965-04-01',
      '西暦2965年の日付です。年をお確かめください。',
    ],
  ])('%s with a warning', (_title, text, date, warning) => {
    expect(parseDateInput(text)).toEqual({ ok: true, date, warning });
  });
});

describe('parseDateInput refuses', () => {
  test.each([
    [
      'the day after 昭和 ended',
      '昭和64年1月8日',
      '昭和64年1月7日までです。平成元年1月8日ではありませんか。',
      '1989-01-08',
    ],
    [
      'a year after 昭和 ended',
      'S65.4.1',
      '昭和64年1月7日までです。平成2年4月1日ではありませんか。',
      '1990-04-01',
    ],
    [
      'the day after 平成 ended',
      '平成31-05-01',
      '平成31年4月30日までです。令和元年5月1日ではありませんか。',
      '2019-05-01',
    ],
    [
      'the day after 大正 ended',
      'T15.12.25',
      '大正15年12月24日までです。昭和元年12月25日ではありませんか。',
      '1926-12-25',
    ],
    [
      'the day before 令和 began',
      'R1.4.30',
      '令和元年5月1日からです。平成31年4月30日ではありませんか。',
      '2019-04-30',
    ],
    [
      'the day before 平成 began',
      'H1.1.7',
      '平成元年1月8日からです。昭和64年1月7日ではありませんか。',
      '1989-01-07',
    ],
  ])('%s: %s and proposes', (_title, text, reason, suggestion) => {
    expect(parseDateInput(text)).toEqual({ ok: false, reason, suggestion });
  });

  test.each([
    ['Feb 30', '2026-2-30', '2026年2月は28日までです。'],
    ['Feb 29 of a common era year', 'S40.2.29', '昭和40年2月は28日までです。'],
    ['Feb 29 of a common year in its first era year', 'R元.2.29', '令和元年2月は28日までです。'],
    ['Apr 31', '20260431', '2026年4月は30日までです。'],
    ['month 13', 'R8.13.1', '月は1から12までで入れてください。'],
    ['month 0', 'R8.0.1', '月は1から12までで入れてください。'],
    ['day 0', 'R8.1.0', '日は1から入れてください。'],
    ['a year without era', '40.4.1', '和暦は元号をつけて、西暦は4けたで入れてください。'],
    ['元年 without era', '元年5月1日', '和暦は元号をつけて、西暦は4けたで入れてください。'],
    ['six digits', '650401', '和暦は元号をつけて、西暦は4けたで入れてください。'],
    [
      'a western year after an era',
      'S1965.4.1',
      '和暦は元号をつけて、西暦は4けたで入れてください。',
    ],
    [
      '明治5年 by the old calendar',
      'M5.12.2',
      '1873年(明治6年)1月1日より前の日付は入れられません。',
    ],
    ['nothing', '　', '日付を入れてください。'],
  ])('%s: %s', (_title, text, reason) => {
    expect(parseDateInput(text)).toEqual({ ok: false, reason });
  });

  test.each(['あした', '4/1', '1965-4', '1965-4-1-1', '19650401x', 'X40.4.1', '昭和年4月1日'])(
    'what is no date: %s',
    (text) => {
      expect(parseDateInput(text).ok).toBe(false);
    },
  );

  test('never throws, and what it accepts is a date', () => {
    const digits = fc.stringMatching(
      /^[MTSHR昭令]?[0-9元]{0,4}[-/.年][0-9]{0,3}[-/.月][0-9]{0,3}日?$/,
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), digits), (text) => {
        const read = parseDateInput(text);
        expect(read.ok ? isIsoDate(read.date) : read.reason.endsWith('。')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
