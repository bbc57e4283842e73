/**
 * 札幌市 FY25: the printed rows, the totals and rates with their working in whole numbers (checked by itself first), and the
 * year's figures so far counted by the app from one fact each.
 */
import {
  achievementRow,
  achievementRows,
  totalInput,
  type AchievementColumn,
  type AchievementInput,
  type AchievementRow,
  type Figure,
} from '../../src/domain/metrics/achievement.ts';
import { differs, number, seed, table, type Check } from './common.ts';
import { counted } from './facts.ts';

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

export const fy25: Check = () => {
  const { rows, elapsedMonths, derivedTotals } = seed<
    AchievementInput,
    { elapsedMonths: number; derivedTotals: AchievementInput }
  >('sapporo-fy25');
  const total = totalInput(rows);
  const reported = [...achievementRows(rows, elapsedMonths), achievementRow(total, elapsedMonths)];
  return {
    said: `reproduced ${rows.length} rows + totals, users and placed persons of both years counted one by one`,
    breaches: [
      ...rows.flatMap(countedCells),
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

const countedAs = {
  usersYTD: ['visits', 2013],
  placedYTD: ['placedPersons', 2013],
  usersYTDprev: ['visits', 2012],
  placedYTDprev: ['placedPersons', 2012],
} as const;

function countedCells(row: AchievementInput): string[] {
  const columnsCounted = Object.keys(countedAs) as (keyof typeof countedAs)[]; // the keys of a literal are its type
  return columnsCounted.flatMap((column) => {
    const [metric, year] = countedAs[column];
    const value = row[column];
    return value === null
      ? []
      : differs(`${row.ward} ${column}`, value, counted(metric, value, year));
  });
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
