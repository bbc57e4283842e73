/**
 * Counts laid out by one field of the facts. Each cell is the metric itself over that cell's facts, so that a breakdown
 * can never follow another rule than the figure above it. Where an event may stand in several cells (重複計上) the cells
 * do not add up to the total, and the breakdown says so. What was not entered has a cell of its own.
 */
import type { ListName } from '../codes.ts';
import { text, texts } from '../value.ts';
import type { Count, Fact, Metric, Period, Switches } from './metric.ts';

export interface Breakdown {
  readonly name: string;
  readonly label: string;
  readonly field: string;
  /** Words of the codes; without one the code is an organisation's id. */
  readonly list?: ListName;
  /** Kinds of fact that carry the field. */
  readonly kinds: readonly string[];
  readonly isMultiple: boolean;
  readonly note?: string;
}

export interface Cell extends Count {
  /** '' for facts where the field was not entered. */
  readonly code: string;
}

export interface ExportCell {
  readonly code: string;
  /** Absent where suppressed. */
  readonly value?: number;
  readonly isSuppressed: boolean;
}

const doubles = '一人が複数の区分に当てはまるため、合計は総数と一致しません（重複計上）。';

export const byPurpose: Breakdown = {
  name: 'byPurpose',
  label: '用件別',
  field: 'purposes',
  list: 'purpose',
  kinds: ['visit'],
  isMultiple: true,
  note: doubles,
};
export const byChannel: Breakdown = {
  name: 'byChannel',
  label: '方法別',
  field: 'channel',
  list: 'channel',
  kinds: ['visit'],
  isMultiple: false,
};
export const byVisitKind: Breakdown = {
  name: 'byVisitKind',
  label: '新規・再来別',
  field: 'visitKind',
  list: 'visitKind',
  kinds: ['visit'],
  isMultiple: false,
};
export const byCategory: Breakdown = {
  name: 'byCategory',
  label: '対象者区分別',
  field: 'clientCategories',
  list: 'clientCategory',
  kinds: ['visit'],
  isMultiple: true,
  note: doubles,
};
export const byEmploymentType: Breakdown = {
  name: 'byEmploymentType',
  label: '雇用形態別',
  field: 'employmentType',
  list: 'employmentType',
  kinds: ['registration', 'referral', 'placement'],
  isMultiple: false,
};
export const byOrganisation: Breakdown = {
  name: 'byOrganisation',
  label: '組織別',
  field: 'org',
  kinds: ['consultation', 'registration', 'handoff', 'referral', 'placement'],
  isMultiple: false,
};

export const breakdowns: readonly Breakdown[] = [
  byPurpose,
  byChannel,
  byVisitKind,
  byCategory,
  byEmploymentType,
  byOrganisation,
];

function codesIn(fact: Fact, field: string): readonly string[] {
  const value = fact.values[field];
  const codes = Array.isArray(value) ? texts(value) : [text(value) ?? ''];
  return codes.length > 0 ? codes : [''];
}

/** In order of the codes; cells of nothing are left out. */
export function breakDown(
  metric: Metric,
  breakdown: Breakdown,
  facts: readonly Fact[],
  period: Period,
  switches?: Switches,
): readonly Cell[] {
  const factsByCode = new Map<string, Fact[]>();
  for (const fact of metric.events(facts, period, switches))
    for (const code of codesIn(fact, breakdown.field))
      factsByCode.set(code, [...(factsByCode.get(code) ?? []), fact]);
  return [...factsByCode]
    .map(([code, own]) => ({ code, ...metric.count(own, period, switches) }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

const small = (cell: Cell) => cell.value === 1 || cell.value === 2;

/**
 * For whatever leaves the app: cells of one or two people are left out. Where the total would tell what is in the gaps (a
 * single one, or several all of ones or all of twos) the next smallest cell goes too.
 */
export function suppressSmall(cells: readonly Cell[]): readonly ExportCell[] {
  const hidden = new Set(cells.filter(small));
  if (new Set([...hidden].map((cell) => cell.value)).size === 1) {
    const [next] = cells.filter((cell) => cell.value > 2).toSorted((a, b) => a.value - b.value);
    if (next) hidden.add(next);
  }
  return cells.map((cell) =>
    hidden.has(cell)
      ? { code: cell.code, isSuppressed: true }
      : { code: cell.code, value: cell.value, isSuppressed: false },
  );
}
