/**
 * 実績と目標: users and placed persons of a counter against the year's target, against the same months of the year before,
 * and against the pace (target × elapsed months / 12; just on it is ahead). A missing comparator stays blank, never 0.
 * A total adds what was printed; where a row printed nothing the sum is still shown, but no rate or change is worked out
 * of it, since the two sides would not hold the same counters (南区 in FY25).
 * Source of the layout: 厚生労働省「札幌市（北海道）の一体的実施」(2) 事業目標と取組状況.
 */
import { percent, roundHalfUp } from '../figures.ts';
import { paceOf } from './targets.ts';

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

export type AchievementColumn = (typeof columns)[number];

export interface AchievementInput extends Readonly<Record<AchievementColumn, number | null>> {
  readonly ward: string;
  /** Columns of a total to which not every row contributed. */
  readonly partial?: readonly AchievementColumn[];
}

export interface Figure {
  readonly target: number | undefined;
  readonly targetBefore: number | undefined;
  readonly actual: number | undefined;
  readonly actualBefore: number | undefined;
  /** Achievement of the year's target, %, one decimal, '' without a target. */
  readonly rate: string;
  /** Change on the same months of the year before, %, '' without a comparator. */
  readonly change: string;
  /** Where an even year would stand by now, to the nearest whole. */
  readonly expected: number | undefined;
  readonly pace: 'ahead' | 'behind' | undefined;
}

export interface AchievementRow {
  readonly ward: string;
  readonly users: Figure;
  readonly placed: Figure;
}

type FigureColumns = Readonly<
  Record<'target' | 'targetBefore' | 'actual' | 'actualBefore', AchievementColumn>
>;

const usersColumns: FigureColumns = {
  target: 'targetUsersFY25',
  targetBefore: 'targetUsersFY24',
  actual: 'usersYTD',
  actualBefore: 'usersYTDprev',
};

const placedColumns: FigureColumns = {
  target: 'targetPlacedFY25',
  targetBefore: 'targetPlacedFY24',
  actual: 'placedYTD',
  actualBefore: 'placedYTDprev',
};

export function achievementRows(
  rows: readonly AchievementInput[],
  months: number,
): readonly AchievementRow[] {
  return rows.map((row) => achievementRow(row, months));
}

export function achievementRow(row: AchievementInput, months: number): AchievementRow {
  return {
    ward: row.ward,
    users: figure(row, usersColumns, months),
    placed: figure(row, placedColumns, months),
  };
}

/** The total as a row of its own, for `achievementRow`. */
export function totalInput(rows: readonly AchievementInput[]): AchievementInput {
  const sums = columns.map((column) => [column, columnSum(rows, column)] as const);
  return {
    ward: '合計',
    ...(Object.fromEntries(sums) as Record<AchievementColumn, number | null>),
    partial: columns.filter((column) => rows.some((row) => row[column] === null)),
  };
}

/** What is printed in a column, added up; nothing where no row prints anything. */
export function columnSum<Column extends string>(
  rows: readonly Readonly<Record<Column, number | null>>[],
  column: Column,
): number | null {
  const printed = rows.flatMap((row) => row[column] ?? []);
  return printed.length === 0 ? null : printed.reduce<number>((total, value) => total + value, 0);
}

function figure(row: AchievementInput, of: FigureColumns, months: number): Figure {
  const shown = (column: AchievementColumn) => row[column] ?? undefined;
  const whole = (column: AchievementColumn) =>
    row.partial?.includes(column) ? undefined : shown(column);
  const [target, actual, before] = [whole(of.target), whole(of.actual), whole(of.actualBefore)];
  return {
    target: shown(of.target),
    targetBefore: shown(of.targetBefore),
    actual: shown(of.actual),
    actualBefore: shown(of.actualBefore),
    rate: percent(actual, target),
    change: changeOn(actual, before),
    expected: target === undefined ? undefined : roundHalfUp((target * months) / 12, 0),
    pace: paceOf(oneYear, target, actual, months),
  };
}

const oneYear = { fromYear: 0, untilYear: 0, isPercent: false };

function changeOn(actual: number | undefined, before: number | undefined): string {
  return actual === undefined || before === undefined ? '' : percent(actual - before, before);
}
