/**
 * `npm run -s verify:seeds`: a line per seed table, `reproduced` or the differing cells; exits non-zero on a breach. The
 * printed figures are typed out again from the documents in tests/fixtures/printed, the rates worked out apart from
 * the app's own code; the app's reporting code must come to the same.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { municipalCode6 } from '../src/domain/names.ts';
import {
  achievementRows,
  totalInput,
  type AchievementInput,
} from '../src/domain/metrics/achievement.ts';

interface Seed<Row> {
  readonly source: Readonly<Record<'title' | 'publisher' | 'document', string>> & {
    readonly year: number;
  };
  readonly rows: readonly Row[];
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
// A seed is parsed where it is checked: the checks below are what the cast promises.
const seed = <Row, More = object>(name: string) =>
  JSON.parse(read(`seeds/${name}.json`)) as Seed<Row> & More;
const table = (name: string) =>
  read(`tests/fixtures/printed/${name}.txt`)
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

type Check = () => readonly string[];

const number = (text = '') =>
  text === '' ? null : Number(text.normalize('NFKC').replaceAll(',', ''));

function differing(
  row: string,
  cells: Readonly<Record<string, readonly [unknown, unknown]>>,
): string[] {
  return Object.entries(cells)
    .filter(([, [printed, ours]]) => printed !== ours)
    .map(
      ([cell, [printed, ours]]) =>
        `${row} ${cell}: printed ${String(printed)}, ours ${String(ours)}`,
    );
}

const columns = [
  'targetUsersFY25',
  'targetPlacedFY25',
  'targetUsersFY24',
  'targetPlacedFY24',
  'usersYTD',
  'placedYTD',
  'usersYTDprev',
  'placedYTDprev',
] as const;

const fy25: Check = () => {
  const { rows, elapsedMonths, derivedTotals } = seed<
    AchievementInput,
    { elapsedMonths: number; derivedTotals: AchievementInput }
  >('sapporo-fy25');
  const printed = table('sapporo-fy25');
  const rates = table('sapporo-fy25-rates');
  const figures = printed.flatMap((line, at) =>
    differing(line[0] ?? '', {
      ward: [line[0], rows[at]?.ward],
      ...Object.fromEntries(
        columns.map((name, col) => [name, [number(line[col + 1]), rows[at]?.[name]]]),
      ),
    }),
  );
  const ours = achievementRows(rows, elapsedMonths);
  const reported = rates.flatMap((line, at) =>
    differing(line[0] ?? '', {
      users: [line[1], ours[at]?.users.rate],
      placed: [line[2], ours[at]?.placed.rate],
      usersChange: [line[3] ?? '', ours[at]?.users.change],
      placedChange: [line[4] ?? '', ours[at]?.placed.change],
    }),
  );
  const total = totalInput(rows);
  const totals = differing(
    '合計',
    Object.fromEntries(columns.map((name) => [name, [derivedTotals[name], total[name]]])),
  );
  return [
    ...(printed.length === rows.length ? [] : ['row count']),
    ...figures,
    ...reported,
    ...totals,
  ];
};

const sites: Check = () => {
  const { rows } = seed<{
    id: string;
    ward: string;
    municipalCode5: string;
    municipalCode6: string;
  }>('sapporo-sites');
  const codes = rows.flatMap((row) =>
    differing(row.ward, {
      municipalCode6: [municipalCode6(row.municipalCode5), row.municipalCode6],
    }),
  );
  const count =
    new Set(rows.map((row) => row.id)).size === 10 ? [] : [`${rows.length} counters, not 10`];
  return [...codes, ...count];
};

const codeLists: Check = () => {
  const { rows } = seed<{ list: string; code: string; label: string; origin: string }>(
    'code-lists',
  );
  const keys = rows.map((row) => `${row.list}/${row.code}`);
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at).map((key) => `${key} twice`);
  const bare = rows
    .filter((row) => !row.label || !row.origin)
    .map((row) => `${row.list}/${row.code} bare`);
  return [...twice, ...bare];
};

const staff: Check = () => {
  const known = new Set(seed<{ id: string }>('organisations').rows.map((row) => row.id));
  const places = new Set(seed<{ id: string }>('sapporo-sites').rows.map((row) => row.id));
  const { rows } = seed<{ id: string; organisation: string; site: string }>('demo-staff');
  return rows
    .filter((row) => !known.has(row.organisation) || !places.has(row.site))
    .map((row) => `${row.id}: unknown organisation or site`);
};

const checks: Readonly<Record<string, Check>> = {
  'sapporo-fy25': fy25,
  'sapporo-sites': sites,
  'code-lists': codeLists,
  organisations: () => [],
  'demo-staff': staff,
};

function sourceGaps(name: string): string[] {
  const { source, rows } = seed<unknown>(name);
  const gaps = (['title', 'publisher', 'year', 'document'] as const).filter(
    (key) => !source?.[key],
  );
  return [...gaps.map((key) => `source.${key} missing`), ...(rows.length > 0 ? [] : ['no rows'])];
}

for (const file of readdirSync(new URL('../seeds', import.meta.url)).sort()) {
  const name = file.replace(/\.json$/, '');
  const check = checks[name];
  const breaches = [...sourceGaps(name), ...(check ? check() : ['no check for this table'])];
  if (breaches.length > 0) process.exitCode = 1;
  console.log(
    breaches.length === 0 ? `${name} reproduced` : `${name} differs: ${breaches.join('; ')}`,
  );
}
