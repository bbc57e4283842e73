/**
 * 実績と目標: users and placed persons of a counter against the year's target, against the same month of the year
 * before, and against the pace (target × elapsed months / 12). A missing comparator stays blank, never 0. Totals add the
 * rows; a comparator total adds only what was printed. Source of the layout: 厚生労働省 一体的実施事業, 札幌市の票.
 */
import { percent } from '../figures.ts';

export interface AchievementInput {
  readonly ward: string;
  readonly targetUsersFY25: number | null;
  readonly targetPlacedFY25: number | null;
  readonly targetUsersFY24: number | null;
  readonly targetPlacedFY24: number | null;
  readonly usersYTD: number | null;
  readonly placedYTD: number | null;
  readonly usersYTDprev: number | null;
  readonly placedYTDprev: number | null;
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
  readonly pace: 'ahead' | 'behind' | undefined;
}

export interface AchievementRow {
  readonly ward: string;
  readonly users: Figure;
  readonly placed: Figure;
}

const known = (value: number | null): number | undefined => value ?? undefined;

function changeOn(actual: number | undefined, before: number | undefined): string {
  return actual === undefined || before === undefined ? '' : percent(actual - before, before);
}

function paceOf(actual: number | undefined, target: number | undefined, months: number) {
  if (actual === undefined || target === undefined) return undefined;
  return actual * 12 >= target * months ? 'ahead' : 'behind';
}

function figure(numbers: readonly (number | null)[], months: number): Figure {
  const [target, targetBefore, actual, actualBefore] = numbers.map(known);
  return {
    target,
    targetBefore,
    actual,
    actualBefore,
    rate: percent(actual, target),
    change: changeOn(actual, actualBefore),
    pace: paceOf(actual, target, months),
  };
}

export function achievementRow(row: AchievementInput, months: number): AchievementRow {
  const { targetUsersFY25, targetUsersFY24, usersYTD, usersYTDprev } = row;
  const { targetPlacedFY25, targetPlacedFY24, placedYTD, placedYTDprev } = row;
  return {
    ward: row.ward,
    users: figure([targetUsersFY25, targetUsersFY24, usersYTD, usersYTDprev], months),
    placed: figure([targetPlacedFY25, targetPlacedFY24, placedYTD, placedYTDprev], months),
  };
}

export function achievementRows(
  rows: readonly AchievementInput[],
  months: number,
): readonly AchievementRow[] {
  return rows.map((row) => achievementRow(row, months));
}

export function totalInput(rows: readonly AchievementInput[]): AchievementInput {
  const sum = (pick: (row: AchievementInput) => number | null) =>
    rows.reduce((total, row) => total + (pick(row) ?? 0), 0);
  return {
    ward: '合計',
    targetUsersFY25: sum((row) => row.targetUsersFY25),
    targetPlacedFY25: sum((row) => row.targetPlacedFY25),
    targetUsersFY24: sum((row) => row.targetUsersFY24),
    targetPlacedFY24: sum((row) => row.targetPlacedFY24),
    usersYTD: sum((row) => row.usersYTD),
    placedYTD: sum((row) => row.placedYTD),
    usersYTDprev: sum((row) => row.usersYTDprev),
    placedYTDprev: sum((row) => row.placedYTDprev),
  };
}
