/**
 * Counts laid out by one field of the facts. Each cell is the metric's own tally of that cell's events, so that a breakdown
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
  /** Words of the codes; without a list the code is the id of a record of the kind `ref`. */
  readonly list?: ListName;
  readonly ref?: 'organisation' | 'programme' | 'event';
  /** What a fact without the field is; 「未入力」 where nothing is said. Without any that has it there is no table. */
  readonly without?: string;
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

type Choice = readonly [
  name: string,
  label: string,
  field: string,
  list: ListName,
  kinds: string[],
];

const single = ([name, label, field, list, kinds]: Choice): Breakdown => ({
  name,
  label,
  field,
  list,
  kinds,
  isMultiple: false,
});
const multiple = (choice: Choice): Breakdown => ({
  ...single(choice),
  isMultiple: true,
  note: doubles,
});

export const byPurpose = multiple(['byPurpose', '用件別', 'purposes', 'purpose', ['visit']]);
export const byChannel = single(['byChannel', '方法別', 'channel', 'channel', ['visit']]);
export const byVisitKind = single([
  'byVisitKind',
  '新規・再来別',
  'visitKind',
  'visitKind',
  ['visit'],
]);
export const byCategory = multiple([
  'byCategory',
  '対象者区分別',
  'clientCategories',
  'clientCategory',
  ['visit'],
]);
export const byOrganisation: Breakdown = {
  name: 'byOrganisation',
  label: '組織別',
  field: 'org',
  ref: 'organisation',
  kinds: [
    'consultation',
    'registration',
    'handoff',
    'referral',
    'placement',
    'guidance',
    'individualSupport',
    'retentionCheck',
    'trainingReferral',
    'employerLead',
    'event',
  ],
  isMultiple: false,
};
const byProgramme: Breakdown = {
  name: 'byProgramme',
  label: '事業別',
  field: 'programme',
  ref: 'programme',
  kinds: ['individualSupport', 'teamCase', 'event'],
  isMultiple: false,
};

export const byOutpost: Breakdown = {
  name: 'byOutpost',
  label: '臨時窓口別',
  field: 'outpost',
  ref: 'event',
  without: '臨時窓口のほか',
  kinds: ['visit'],
  isMultiple: false,
};

export const breakdowns: readonly Breakdown[] = [
  byPurpose,
  byChannel,
  byVisitKind,
  byCategory,
  multiple(['byService', 'したこと別', 'services', 'serviceCode', ['consultation']]),
  single([
    'byEmploymentType',
    '雇用形態別',
    'employmentType',
    'employmentType',
    ['registration', 'referral', 'placement', 'selfApplication', 'jobPosting'],
  ]),
  single(['byTerm', '雇用期間別', 'term', 'employmentTerm', ['placement']]),
  single(['byDirection', '向き別', 'direction', 'guidanceDirection', ['guidance']]),
  single(['byDestination', '誘導先別', 'destination', 'guidanceDestination', ['guidance']]),
  multiple([
    'byWelfareCategory',
    '福祉の区分別',
    'welfareCategory',
    'welfareCategory',
    ['teamCase', 'welfareCase'],
  ]),
  single(['byMilestone', '時期別', 'milestone', 'retentionMilestone', ['retentionCheck']]),
  single(['byTrainingKind', '種類別', 'trainingKind', 'trainingKind', ['trainingReferral']]),
  single(['byEventType', '催しの種類別', 'eventType', 'eventType', ['event']]),
  single(['bySatisfaction', '満足度別', 'overall', 'satisfaction', ['survey']]),
  byOutpost,
  byProgramme,
  byOrganisation,
];

/** Of what hardly ever occurs: whether these cells say anything. */
export function saysSomething({ without }: Breakdown, cells: readonly Cell[]): boolean {
  return without === undefined || cells.some(({ code }) => code !== '');
}

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
  return layOut(metric, breakdown, metric.events(facts, period, switches), switches);
}

/** The same of events that have been found already. */
export function layOut(
  metric: Metric,
  { field }: Breakdown,
  events: readonly Fact[],
  switches?: Switches,
): readonly Cell[] {
  const eventsByCode = new Map<string, Fact[]>();
  for (const event of events)
    for (const code of codesIn(event, field)) {
      const own = eventsByCode.get(code);
      if (!own) eventsByCode.set(code, [event]);
      // One that names a code twice is in its cell once.
      else if (own.at(-1) !== event) own.push(event);
    }
  return [...eventsByCode]
    .map(([code, own]) => ({ code, ...metric.tally(own, switches) }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

const isSmall = (value: number) => value === 1 || value === 2;

/**
 * For whatever leaves the app: cells of one or two are left out. Where the total would tell what is in the gaps (a single
 * one, or several all of ones or all of twos) the next smallest cell goes too. `whole` = the same table of the metric that
 * this one is a part of, printed beside it: a cell goes too where the difference of the two is one or two.
 * Not defended: differences of two periods, of two counters' tables of the same people, or over several weeks of exports.
 */
export function suppressSmall(
  cells: readonly Cell[],
  whole: readonly Cell[] = [],
): readonly ExportCell[] {
  const rest = new Map(whole.map(({ code, value }) => [code, value]));
  const tells = ({ code, value }: Cell) =>
    isSmall(value) || isSmall((rest.get(code) ?? value) - value);
  const hidden = new Set(cells.filter(tells));
  if (new Set([...hidden].map((cell) => cell.value)).size === 1) {
    const [next] = cells
      .filter((cell) => cell.value > 2 && !hidden.has(cell))
      .toSorted((a, b) => a.value - b.value);
    if (next) hidden.add(next);
  }
  return cells.map((cell) =>
    hidden.has(cell)
      ? { code: cell.code, isSuppressed: true }
      : { code: cell.code, value: cell.value, isSuppressed: false },
  );
}
