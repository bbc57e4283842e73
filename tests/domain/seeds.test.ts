import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Seed {
  readonly source: Readonly<Record<string, unknown>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

const folder = new URL('../../seeds/', import.meta.url);
// Read from the folder, so that a seed added later is held to the same.
const seeds = readdirSync(folder).map((file) => {
  const seed = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Seed;
  return { file, seed };
});

const rowsOf = (name: string) => seeds.find(({ file }) => file === `${name}.json`)?.seed.rows ?? [];
const column = (name: string, key: string) => rowsOf(name).map((row) => String(row[key]));
const repeated = (values: readonly string[]) =>
  values.filter((value, at) => values.indexOf(value) !== at);

describe.each(seeds)('$file', ({ seed }) => {
  test.each(['title', 'publisher', 'year', 'document'])('names its source: %s', (key) => {
    expect(seed.source[key]).toBeTruthy();
  });

  test('has rows, each id once', () => {
    const ids = seed.rows.flatMap((row) => (typeof row['id'] === 'string' ? [row['id']] : []));
    expect(seed.rows.length).toBeGreaterThan(0);
    expect(repeated(ids)).toEqual([]);
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  });
});

describe('the counters of Sapporo', () => {
  test('are ten, a ward each, in the order of their codes', () => {
    expect(column('sapporo-sites', 'ward')).toEqual([
      '中央区',
      '北区',
      '東区',
      '白石区',
      '豊平区',
      '南区',
      '西区',
      '厚別区',
      '手稲区',
      '清田区',
    ]);
    expect(column('sapporo-sites', 'municipalCode5')).toEqual(
      Array.from({ length: 10 }, (_, at) => String(1101 + at).padStart(5, '0')),
    );
  });

  // JIS X 0401・0402: 11 less the remainder, of which the last digit counts. Worked out apart from domain/names.ts.
  test.each(rowsOf('sapporo-sites'))('$ward has a valid check digit', (row) => {
    const digits = String(row['municipalCode6']).split('').map(Number);
    const sum = [6, 5, 4, 3, 2].reduce((all, weight, at) => all + weight * (digits[at] ?? 0), 0);
    expect(String(row['municipalCode6'])).toBe(
      `${String(row['municipalCode5'])}${String(11 - (sum % 11)).at(-1)}`,
    );
  });

  test('the five あいワーク have an opening day, the others none', () => {
    const opened = rowsOf('sapporo-sites').filter((row) => row['opened'] !== null);
    expect(opened.map((row) => row['name'])).toEqual([
      'あいワーク白石',
      'あいワーク豊平',
      'あいワーク南',
      'あいワーク厚別',
      'あいワーク手稲',
    ]);
  });
});

test('codes and labels are unique in their list and say where they come from', () => {
  const rows = rowsOf('code-lists');
  expect(repeated(rows.map((row) => `${String(row['list'])}/${String(row['code'])}`))).toEqual([]);
  expect(repeated(rows.map((row) => `${String(row['list'])}/${String(row['label'])}`))).toEqual([]);
  expect(rows.filter((row) => !row['origin'])).toEqual([]);
  expect(rows.filter((row) => row['restricted']).map((row) => row['code'])).toEqual([
    'dv',
    'violence',
  ]);
});

test('the table of FY25 keeps the printed order and the blanks of 南区', () => {
  expect(column('sapporo-fy25', 'ward')).toEqual(['白石区', '豊平区', '厚別区', '手稲区', '南区']);
  expect(rowsOf('sapporo-fy25').at(-1)).toMatchObject({
    targetUsersFY24: null,
    targetPlacedFY24: null,
    usersYTD: 8232,
    usersYTDprev: null,
    placedYTDprev: null,
  });
});

test('demo staff are plainly fictional: two counsellors and a supervisor of each side at each counter', () => {
  const rows = rowsOf('demo-staff');
  expect(
    rows.filter((row) => !/^(見本|例示|試験|仮名|架空|模擬) /.test(String(row['name']))),
  ).toEqual([]);
  const desks = rows.map((row) => `${String(row['site'])} ${String(row['organisation'])}`);
  expect(new Set(desks).size).toBe(4);
  for (const desk of new Set(desks)) {
    const roles = rows.filter((_, at) => desks[at] === desk).map((row) => row['role']);
    expect(roles).toEqual(['counsellor', 'counsellor', 'supervisor']);
  }
});
