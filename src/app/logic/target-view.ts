/**
 * Targets as rows of a table: as printed, with last year's, the result and how far along it is. A result is what was entered
 * by hand; where none was, and the tablet holds the whole year of its own counter, its own count as a 速報. Nothing is
 * called missed before its years are over. 内数 and 外数 stand under their target.
 */
import { codeLabel, codesOf } from '../../domain/codes.ts';
import { addDays, civilOf, fiscalYearRange } from '../../domain/date.ts';
import { percent, roundHalfUp } from '../../domain/figures.ts';
import { factsAt, type Fact, type Metric, type Period } from '../../domain/metrics/metric.ts';
import { ratioOf } from '../../domain/metrics/rates.ts';
import {
  amountText,
  overallOf,
  overallWords,
  paceOf,
  resultOf,
  targetOf,
  threshold,
  valueText,
  type Result,
  type Target,
} from '../../domain/metrics/targets.ts';
import { text, type Values } from '../../domain/value.ts';
import { heldMetric, heldRate } from './count-view.ts';
import { heldFrom } from './spans.ts';

export interface TargetSource {
  readonly id: string;
  readonly facts: Values;
}

export interface TargetRow {
  readonly id: string;
  readonly name: string;
  readonly site: string | undefined;
  readonly fiscalYear: number;
  readonly goal: string;
  readonly previous: string;
  readonly actual: string;
  /** Counted by this tablet, not entered. */
  readonly isProvisional: boolean;
  /** %, one decimal; none of a percentage or of a number to come down to. */
  readonly rate: string;
  readonly result: Result | undefined;
  readonly pace: 'ahead' | 'behind' | undefined;
  readonly sub: 'included' | 'beside' | undefined;
  readonly note: string | undefined;
}

export interface Counting {
  readonly today: string;
  readonly site: string;
  readonly facts: readonly Fact[];
}

export function targetRows(
  sources: readonly TargetSource[],
  counting?: Counting,
): readonly TargetRow[] {
  const standing = sources.filter(({ facts }) => facts['state'] !== 'voided');
  const under = (parent: string | undefined) =>
    standing.filter(({ facts }) => text(facts['parent']) === parent);
  const ids = new Set(standing.map(({ id }) => id));
  const tops = standing
    .filter(({ facts }) => !ids.has(text(facts['parent']) ?? ''))
    .toSorted((a, b) => listed(a) - listed(b));
  return tops
    .flatMap((top) => [top, ...under(top.id)])
    .map(({ id, facts }) => rowOf(id, facts, counting));
}

const order = codesOf('targetMetric').map(({ code }) => code);
/** In the order of the list; a published plan, which names its indicators itself, keeps its own. */
const listed = ({ facts }: TargetSource) =>
  facts['indicator'] === undefined ? order.indexOf(text(facts['metric']) ?? '') : 0;

function rowOf(id: string, facts: Values, counting: Counting | undefined): TargetRow {
  const target = targetOf(facts);
  const counted = target.actual === undefined ? ownCount(facts, target, counting) : undefined;
  const actual = target.actual ?? counted;
  const asOf = target.actual === undefined ? counting?.today : text(facts['actualOn']);
  const said = (amount: number | undefined) =>
    amount === undefined ? '' : amountText(target, amount);
  const wanted = threshold(target);
  const sub = text(facts['subTarget']);
  return {
    id,
    name: text(facts['indicator']) ?? codeLabel('targetMetric', text(facts['metric']) ?? ''),
    site: text(facts['site']),
    fiscalYear: target.fromYear,
    goal: valueText(target),
    previous: said(target.previous),
    actual: said(actual),
    isProvisional: counted !== undefined,
    rate: target.isPercent || target.baseline !== undefined ? '' : percent(actual, wanted),
    result: finalResult(target, actual, asOf),
    pace: asOf === undefined ? undefined : paceAt(target, wanted, actual, asOf),
    sub: sub === 'included' || sub === 'beside' ? sub : undefined,
    note: text(facts['targetNote']),
  };
}

const yearsOf = ({ fromYear, untilYear }: Target): Period => ({
  from: fiscalYearRange(fromYear).from,
  to: fiscalYearRange(untilYear).to,
});

/** Reached is reached; missed is only said when the years are over. */
function finalResult(target: Target, actual: number | undefined, asOf: string | undefined) {
  const result = resultOf(target, actual);
  const isOver = (asOf ?? '') >= yearsOf(target).to;
  const mayYetChange = target.isPercent || target.baseline !== undefined;
  return isOver || (result === 'met' && !mayYetChange) ? result : undefined;
}

function paceAt(
  target: Target,
  wanted: number | undefined,
  actual: number | undefined,
  asOf: string,
) {
  const months = elapsedMonths(target.fromYear, asOf);
  const isEven = target.type !== 'goal' && months > 0;
  return isEven ? paceOf(target, wanted, actual, months) : undefined;
}

/** Whole months from April of the year up to a day: 7 on October 31, 6 the day before. */
export function elapsedMonths(fiscalYear: number, asOf: string): number {
  const { year, month } = civilOf(addDays(asOf, 1));
  return Math.max(0, (year - fiscalYear) * 12 + month - 4);
}

/** Only where nothing is missing: its own counter, and every day of the years so far. */
function ownCount(facts: Values, target: Target, counting: Counting | undefined) {
  if (!counting || facts['site'] !== counting.site) return undefined;
  const period = yearsOf(target);
  const { today } = counting;
  if (period.from < heldFrom(today) || today < period.from || today > period.to) return undefined;
  const name = text(facts['metric']) ?? '';
  return target.isPercent ? ownRate(name, counting, period) : ownNumber(name, counting, period);
}

const hereFor =
  ({ facts, site }: Counting) =>
  (metric: Metric) =>
    factsAt(facts, site, metric.siteField);

function ownNumber(name: string, counting: Counting, period: Period): number | undefined {
  const metric = heldMetric(name);
  return metric?.count(hereFor(counting)(metric), period).value;
}

/** In hundredths of a per cent, as targets are. */
function ownRate(name: string, counting: Counting, period: Period): number | undefined {
  const rate = heldRate(name);
  if (!rate) return undefined;
  const { numerator, denominator } = ratioOf(rate, hereFor(counting), period);
  return denominator === 0 ? undefined : roundHalfUp((numerator * 10_000) / denominator, 0);
}

/** 全達成・一部達成・未達成 of the targets of one counter and year; 内数 is judged with its target. */
export function overallWord(rows: readonly TargetRow[]): string | undefined {
  const overall = overallOf(
    rows.filter(({ sub }) => sub !== 'included').map(({ result }) => result),
  );
  return overall && overallWords[overall];
}

export interface TargetGroup {
  readonly fiscalYear: number;
  readonly site: string | undefined;
  readonly rows: readonly TargetRow[];
  readonly overall: string | undefined;
}

export const yearsIn = (groups: readonly TargetGroup[]): readonly number[] => [
  ...new Set(groups.map(({ fiscalYear }) => fiscalYear)),
];

/** By year, newest first, and by counter: what holds for the whole area, then the own one, then the others. */
export function targetGroups(rows: readonly TargetRow[], own: string): readonly TargetGroup[] {
  const place = (site: string | undefined) =>
    site === undefined ? '0' : site === own ? '1' : `2 ${site}`;
  const keyOf = ({ fiscalYear, site }: TargetRow) => `${9999 - fiscalYear} ${place(site)}`;
  const keys = [...new Set(rows.map(keyOf))].toSorted();
  return keys.flatMap((key) => {
    const own = rows.filter((row) => keyOf(row) === key);
    const [first] = own;
    return first
      ? [{ fiscalYear: first.fiscalYear, site: first.site, rows: own, overall: overallWord(own) }]
      : [];
  });
}

/** A published plan: its rows are the facts themselves. */
export function planSources(rows: readonly (Values & { readonly id: string })[]): TargetSource[] {
  return rows.map((row) => ({ id: row.id, facts: { state: 'active', ...row } }));
}
