/**
 * `npm run -s verify:seeds`: a line per seed table, what was reproduced or checked, or the differing cells; exits non-zero on
 * a breach. tests/fixtures/printed holds the printed figures, typed out again from the document in its own digits, and the
 * rates and totals with their working in whole numbers. The working is checked here by itself, then the app's reporting
 * code must come to the same.
 */
import { readFileSync, readdirSync } from 'node:fs';
import {
  achievementRow,
  achievementRows,
  totalInput,
  type AchievementColumn,
  type AchievementInput,
  type AchievementRow,
  type Figure,
} from '../src/domain/metrics/achievement.ts';
import { municipalCode6 } from '../src/domain/names.ts';

interface Seed<Row> {
  readonly source: Readonly<Record<'title' | 'publisher' | 'document', string>> & {
    readonly year: number;
  };
  readonly rows: readonly Row[];
}

interface Outcome {
  readonly said: string;
  readonly breaches: readonly string[];
}

type Check = () => Outcome;

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
// A seed is parsed where it is checked: the checks below are what the cast promises.
const seed = <Row, More = object>(name: string) =>
  JSON.parse(read(`seeds/${name}.json`)) as Seed<Row> & More;
const table = (name: string) =>
  read(`tests/fixtures/printed/${name}.txt`)
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

const number = (text = '') =>
  text === '' ? null : Number(text.normalize('NFKC').replaceAll(',', ''));

function differs(cell: string, printed: unknown, ours: unknown): string[] {
  return printed === ours ? [] : [`${cell}: printed ${String(printed)}, ours ${String(ours)}`];
}

const twice = (values: readonly string[]) =>
  values.filter((value, at) => values.indexOf(value) !== at).map((value) => `${value} twice`);

const columns: readonly AchievementColumn[] = [
  'targetUsersFY25',
  'targetPlacedFY25',
  'targetUsersFY24',
  'targetPlacedFY24',
  'usersYTD',
  'placedYTD',
  'usersYTDprev',
  'placedYTDprev',
];

const fy25: Check = () => {
  const { rows, elapsedMonths, derivedTotals } = seed<
    AchievementInput,
    { elapsedMonths: number; derivedTotals: AchievementInput }
  >('sapporo-fy25');
  const total = totalInput(rows);
  const reported = [...achievementRows(rows, elapsedMonths), achievementRow(total, elapsedMonths)];
  return {
    said: `reproduced ${rows.length} rows + totals`,
    breaches: [
      ...printedFigures(rows),
      ...printedTotals(derivedTotals, total),
      ...workedRates(reported),
    ],
  };
};

function printedFigures(rows: readonly AchievementInput[]): string[] {
  const printed = table('sapporo-fy25');
  const cells = printed.flatMap(([ward, ...figures], at) => [
    ...differs(`row ${at + 1}`, ward, rows[at]?.ward),
    ...columns.flatMap((column, col) =>
      differs(`${ward} ${column}`, number(figures[col]), rows[at]?.[column]),
    ),
  ]);
  return [...differs('rows', printed.length, rows.length), ...cells];
}

/** Each sum is written out, `a+b=c`: it must add up, stand in the seed, and be what the app adds. */
function printedTotals(stated: AchievementInput, ours: AchievementInput): string[] {
  const sums = new Map(table('sapporo-fy25-totals').map(([name = '', sum = '']) => [name, sum]));
  return columns.flatMap((column) => {
    const [parts = '', sum = ''] = (sums.get(column) ?? '').split('=');
    const added = parts.split('+').reduce((all, part) => all + Number(part), 0);
    return [
      ...differs(`working of ${column}`, Number(sum), added),
      ...differs(`合計 ${column} in the seed`, added, stated[column]),
      ...differs(`合計 ${column}`, added, ours[column]),
    ];
  });
}

const reportedAs: Readonly<Record<string, (figure: Figure) => string>> = {
  達成率: (figure) => figure.rate,
  前年比: (figure) => figure.change,
  進み: (figure) => figure.pace ?? '',
  目安: (figure) => String(figure.expected ?? ''),
};

function workedRates(reported: readonly AchievementRow[]): string[] {
  const lines = table('sapporo-fy25-rates');
  const seen = lines.flatMap(([ward = '', measure = '', what = '', value = '', working = '']) => {
    const cell = `${ward} ${measure} ${what}`;
    const row = reported.find((each) => each.ward === ward);
    const figure = measure === '利用者数' ? row?.users : row?.placed;
    const ours = figure && reportedAs[what]?.(figure);
    return [
      ...workingErrors(cell, value, working),
      ...differs(cell, value === '空欄' ? '' : value, ours),
    ];
  });
  return [...differs('rates', lines.length, reported.length * 2 * 4), ...seen];
}

/** `n = d × q + r` gives q, one up from the half; `a × 12 = x >= y = b × 7` is a comparison. 空欄 has no working. */
function workingErrors(cell: string, value: string, working: string): string[] {
  if (value === '空欄') return [];
  const [left = 0, middle = 0, quotient = 0, rest = 0] = (working.match(/\d+/g) ?? []).map(Number);
  if (/[<>]/.test(working)) return comparisonErrors(cell, value, working);
  const holds = left === middle * quotient + rest && rest < middle;
  const rounded = quotient + (rest * 2 >= middle ? 1 : 0);
  const stated = Number(value.replace('▲', '').replace('.', ''));
  return [...(holds ? [] : [`${cell}: working is wrong`]), ...differs(cell, stated, rounded)];
}

function comparisonErrors(cell: string, value: string, working: string): string[] {
  const [actual = 0, twelve, left = 0, right = 0, target = 0, months = 0] = (
    working.match(/\d+/g) ?? []
  ).map(Number);
  const holds = twelve === 12 && actual * 12 === left && target * months === right;
  const stated = left >= right ? 'ahead' : 'behind';
  return [...(holds ? [] : [`${cell}: working is wrong`]), ...differs(cell, value, stated)];
}

interface SiteRow {
  readonly id: string;
  readonly ward: string;
  readonly municipalCode5: string;
  readonly municipalCode6: string;
  readonly hwOffice: string | null;
}

const sites: Check = () => {
  const { rows } = seed<SiteRow>('sapporo-sites');
  const offices = organisationIds();
  return {
    said: `reproduced ${rows.length} counters, check digits of their codes`,
    breaches: [
      ...differs('counters', 10, rows.length),
      ...twice(rows.flatMap((row) => [row.id, row.ward, row.municipalCode5])),
      ...rows.flatMap((row) =>
        differs(row.ward, municipalCode6(row.municipalCode5), row.municipalCode6),
      ),
      ...rows
        .filter((row) => row.hwOffice !== null && !offices.has(row.hwOffice))
        .map((row) => `${row.ward}: unknown office`),
    ],
  };
};

const organisationIds = () =>
  new Set(seed<{ id: string }>('organisations').rows.map(({ id }) => id));

interface CodeRow {
  readonly list: string;
  readonly code: string;
  readonly label: string;
  readonly origin: string;
}

const codeLists: Check = () => {
  const { rows } = seed<CodeRow>('code-lists');
  return {
    said: `checked ${rows.length} codes of ${new Set(rows.map((row) => row.list)).size} lists`,
    breaches: [
      ...twice(rows.map((row) => `${row.list}/${row.code}`)),
      ...twice(rows.map((row) => `${row.list}「${row.label}」`)),
      ...rows
        .filter((row) => !row.code || !row.label || !row.origin)
        .map((row) => `${row.list}/${row.code} lacks a label or an origin`),
    ],
  };
};

const organisations: Check = () => {
  const { rows } = seed<{ id: string; type: string }>('organisations');
  const types = new Set(
    seed<CodeRow>('code-lists')
      .rows.filter((row) => row.list === 'organisationType')
      .map((row) => row.code),
  );
  return {
    said: `checked ${rows.length} organisations`,
    breaches: [
      ...twice(rows.map((row) => row.id)),
      ...rows.filter((row) => !types.has(row.type)).map((row) => `${row.id}: unknown type`),
    ],
  };
};

interface StaffRow {
  readonly id: string;
  readonly organisation: string;
  readonly site: string;
  readonly post: string;
}

const staff: Check = () => {
  const { rows } = seed<StaffRow>('demo-staff');
  const places = new Set(seed<SiteRow>('sapporo-sites').rows.map((row) => row.id));
  const known = organisationIds();
  return {
    said: `checked ${rows.length} fictional members of staff`,
    breaches: [
      ...twice([...rows.map((row) => row.id), ...rows.map((row) => row.post)]),
      ...rows
        .filter((row) => !known.has(row.organisation) || !places.has(row.site))
        .map((row) => `${row.id}: unknown organisation or site`),
    ],
  };
};

const checks: Readonly<Record<string, Check>> = {
  'sapporo-fy25': fy25,
  'sapporo-sites': sites,
  'code-lists': codeLists,
  organisations,
  'demo-staff': staff,
};

function sourceGaps(name: string): string[] {
  const { source, rows } = seed<unknown>(name);
  const gaps = (['title', 'publisher', 'year', 'document'] as const).filter(
    (key) => !source?.[key],
  );
  return [...gaps.map((key) => `source.${key} missing`), ...(rows.length > 0 ? [] : ['no rows'])];
}

function verify(name: string): Outcome {
  const { said, breaches } = checks[name]?.() ?? {
    said: '',
    breaches: ['no check for this table'],
  };
  return { said, breaches: [...sourceGaps(name), ...breaches] };
}

const names = readdirSync(new URL('../seeds', import.meta.url)).map((file) =>
  file.replace(/\.json$/, ''),
);
for (const name of new Set([...Object.keys(checks), ...names.sort()])) {
  const { said, breaches } = verify(name);
  if (breaches.length > 0) process.exitCode = 1;
  console.log(
    breaches.length === 0 ? `${name} ${said}` : `${name} differs: ${breaches.join('; ')}`,
  );
}
