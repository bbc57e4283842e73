/** The import of postings: what reads, what is refused with its line, and what an import would do. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  guessFeedColumns,
  planFeed,
  readFeed,
  unmappedFeed,
} from '../../src/domain/import/job-feed.ts';
import { maxImportBytes, readTable, type Decode } from '../../src/domain/import/table.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Result } from '../../src/domain/problem.ts';
import { feedFile, feedHead, feedLine } from '../support/job-feed.ts';

const decode: Decode = (bytes, encoding) => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
const bytes = (text: string) => new TextEncoder().encode(text);
const reasonOf = (result: Result<unknown>) =>
  !result.ok && result.problem.code === 'wrongFile' ? result.problem.reason : '';

function read(file: Uint8Array) {
  const table = readTable(file, decode);
  if (!table.ok) throw new Error(reasonOf(table));
  return readFeed(table.value, guessFeedColumns(table.value.columns));
}
const badOf = (line: Parameters<typeof feedLine>[1]) => read(feedFile([feedLine(1, line)])).bad[0];

describe('a file of rows', () => {
  test('that has lost its line ends is refused at once, however long its one line is', () => {
    const cells = Array.from({ length: 300_000 }, (_one, at) => `見出し${at}`);
    const started = performance.now();
    expect(reasonOf(readTable(bytes(cells.join(',')), decode))).toContain('列が多すぎます');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('reads UTF-8 with and without BOM, CP932, both line ends, quoted line ends', () => {
    const plain = feedFile([feedLine(1)], '\n');
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]);
    // 「求人番号」「職種」 and a row, in CP932; 髙 and ① are in CP932 and not in strict Shift_JIS.
    const cp932 = Buffer.from('8b81906c94d48d862c90458eed0d0a30313034302d312cfbfc87400d0a', 'hex');
    expect(read(plain).rows).toHaveLength(1);
    expect(read(marked).rows).toEqual(read(plain).rows);
    const table = readTable(cp932, decode);
    expect(table.ok && [table.value.columns, table.value.rows]).toEqual([
      ['求人番号', '職種'],
      [{ line: 2, cells: { 求人番号: '01040-1', 職種: '髙①' } }],
    ]);
    const broken = readTable(bytes('a,b\n"1\n2",3\n4,5\n6\n'), decode);
    expect(broken.ok && broken.value.rows.map((row) => row.line)).toEqual([2, 4]);
    expect(broken.ok && broken.value.odd).toEqual([
      { line: 5, reason: '列の数が合いません（見出しは2列、この行は1列）。' },
    ]);
  });

  test.each([
    ['no text encoding', new Uint8Array([0x82, 0xff, 0x81]), '文字コードを読めません'],
    ['an Excel book', bytes('PK\u0003\u0004x'), '文字コードを読めません'],
    ['nothing', bytes('\n\n'), '中身がありません'],
    ['a column twice', bytes('求人番号,求人番号\n1,2\n'), '見出し「求人番号」が二つあります'],
    ['50 MB', new Uint8Array(50 * 1024 * 1024), 'ファイルが大きすぎます（50MB）'],
  ])('says why it cannot read %s', (_title, file, reason) => {
    expect(reasonOf(readTable(file, decode))).toContain(reason);
  });

  test('takes a file of exactly the limit', () => {
    const line = 'x'.repeat(1023);
    const file = bytes(`a\n${`${line}\n`.repeat(maxImportBytes / 1024)}`.slice(0, maxImportBytes));
    expect(readTable(file, decode).ok).toBe(true);
  });
});

describe('a posting', () => {
  test('is read with its figures, dates, classes and flags', () => {
    const [row] = read(feedFile([feedLine(7, { mode: '可' })])).rows;
    expect(row).toEqual({
      line: 2,
      values: {
        hwJobNo: '01040-7',
        receivedOn: '2026-11-02',
        expiresOn: '2027-01-31',
        employerName: '架空商会7',
        jobTitle: '事務員',
        occupation: '06',
        employmentType: '1',
        jobCategory: '1',
        place: '札幌市白石区',
        wageUnit: 'month',
        wageFrom: 190_000,
        wageTo: 230_000,
        hoursText: '9:00〜17:30',
        holidayText: '土日',
        insuranceText: '雇用・労災',
        retirementText: '60歳',
        jobMode: 'combined',
        openings: 2,
        duties: '窓口の受付',
      },
    });
  });

  test('keeps a small class as it is written', () => {
    const [row] = read(feedFile([feedLine(1, { occupation: '082-05' })])).rows;
    expect(row?.values).toMatchObject({ occupationCode: '082-05' });
    expect(row?.values['occupation']).toBeUndefined();
  });

  test.each([
    ['February 30', { received: '2026/2/30' }, '2026年2月は28日までです'],
    ['an era that was over', { received: 'S64.1.8' }, '昭和64年1月7日までです'],
    ['no number', { no: '' }, '「求人番号」がありません'],
    ['a number of another shape', { no: '12' }, '「求人番号」は'],
    ['a formula', { employer: '=1+1' }, '計算式のままです'],
    ['a class that is in no list', { occupation: '99' }, 'コード表にありません'],
    ['a wage in words', { wage: '応相談' }, '「賃金（下限）」は数で'],
    ['a wage above its limit', { wage: '900000' }, '上限が、下限より小さく'],
    ['over before it came', { expires: '2026/11/01' }, '受付日より後'],
  ])('is refused with its line and reason: %s', (_title, line, reason) => {
    expect(badOf(line)).toMatchObject({ line: 2, reason: expect.stringContaining(reason) });
  });

  test.each([
    ['令和元年', { received: '令和元年5月1日' }, '2019-05-01'],
    ['a date without marks', { received: '20261102' }, '2026-11-02'],
    ['a date with a time', { received: '2026/11/02 9:30' }, '2026-11-02'],
  ])('reads %s', (_title, line, date) => {
    expect(read(feedFile([feedLine(1, line)])).rows[0]?.values['receivedOn']).toBe(date);
  });

  test('reads a number that Excel was kept from spoiling', () => {
    expect(read(feedFile([feedLine(1, { no: '="01040-9"' })])).rows[0]?.values['hwJobNo']).toBe(
      '01040-9',
    );
  });

  test('the same number twice: the second line is refused by the number of the first', () => {
    const { rows, bad } = read(feedFile([feedLine(1), feedLine(2), feedLine(1)]));
    expect(rows).toHaveLength(2);
    expect(bad).toEqual([{ line: 4, reason: '「求人番号」が2行目と同じです。' }]);
  });

  test('names mandatory columns that are missing', () => {
    const map = guessFeedColumns(feedHead.replace('紹介期限日', '期限').split(','));
    expect(unmappedFeed(map)).toEqual(['紹介期限日']);
  });

  test('every row ends either read or refused, whatever stands in it', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.record({ title: cell, employer: cell, wage: cell })), (lines) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const file = feedFile(
          lines.map((line, at) =>
            feedLine(at, {
              title: quoted(line.title),
              employer: quoted(line.employer),
              wage: quoted(line.wage),
            }),
          ),
        );
        const { rows, bad } = read(file);
        expect(rows.length + bad.length).toBe(lines.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a plan', () => {
  const today = '2026-11-21';
  const rows = read(
    feedFile([feedLine(1), feedLine(2), feedLine(3, { expires: '2026/11/20' })]),
  ).rows;
  const standing = (values: Rec['parts'][string], id: string): Rec => ({
    kind: 'jobPosting',
    id,
    parts: { facts: values },
  });
  const after = (): Rec[] =>
    planFeed(rows, [], today, true).write.map(({ id, ...values }) =>
      standing({ ...values, source: 'feed', state: 'open' }, typeof id === 'string' ? id : ''),
    );

  test('tells new, over and gone, and that the same file again does nothing', () => {
    expect(planFeed(rows, [], today, true)).toMatchObject({
      fresh: 2,
      changed: 0,
      same: 0,
      over: 1,
    });
    expect(planFeed(rows, after(), today, true)).toMatchObject({ write: [], same: 2, gone: [] });
    expect(planFeed(rows.slice(1), after(), today, true).gone).toEqual(['job-01040-1']);
    expect(planFeed(rows.slice(1), after(), today, false).gone).toEqual([]);
  });

  test('never ends what the desk collected itself', () => {
    const local = standing({ source: 'local', state: 'open' }, 'j-own');
    expect(planFeed(rows, [local], today, true).gone).toEqual([]);
  });

  test('a posting that was over and is listed again opens again', () => {
    const [first, ...rest] = after();
    const over = standing({ ...first?.parts['facts'], state: 'expired' }, first?.id ?? '');
    expect(planFeed(rows, [over, ...rest], today, true)).toMatchObject({ changed: 1, same: 1 });
  });
});
