/**
 * Targets of 北九州市 and 北海道 for R6: each row is set by the app's own verb, read back, printed by its report code and
 * looked for in the document's line; last year's results are counted by the metric that the row names.
 */
import { codeLabel } from '../../src/domain/codes.ts';
import { applyChange, type Rec, type View } from '../../src/domain/record.ts';
import { target } from '../../src/domain/kinds/target.ts';
import { metricNamed } from '../../src/domain/metrics/index.ts';
import {
  amountText,
  besides,
  resultOf,
  targetOf,
  valueText,
  type Target,
} from '../../src/domain/metrics/targets.ts';
import { parseFields } from '../../src/domain/parse.ts';
import { partOf } from '../../src/domain/record.ts';
import { integer, text, type Values } from '../../src/domain/value.ts';
import { bare, differs, seed, table, type Check } from './common.ts';
import { counted } from './facts.ts';

interface Row extends Values {
  readonly id: string;
  readonly metric: string;
}

const actor = { user: 'u', role: 'supervisor', org: 'o', orgType: 'city', site: 's' } as const;
const moment = { occurredAt: 0, businessDate: '2024-04-01' };

/** As a supervisor would set them, one after the other. */
function asSet(rows: readonly Row[]): { records: Map<string, Rec>; breaches: string[] } {
  const records = new Map<string, Rec>();
  const view: View = { get: (_kind, id) => records.get(id) };
  const verb = target.verbs['set'];
  const breaches = rows.flatMap((row) => {
    const parsed = parseFields(verb?.args ?? {}, row, '');
    if (!parsed.ok) return [`${row.id}: ${JSON.stringify(parsed.problems)}`];
    const problem = verb?.check?.(parsed.value, view, actor, moment);
    if (problem) return [`${row.id}: ${JSON.stringify(problem)}`];
    for (const change of verb?.apply(parsed.value, view, actor, moment) ?? [])
      records.set(row.id, applyChange(records.get(row.id), change));
    return [];
  });
  return { records, breaches };
}

const otherYears = (rows: readonly Row[], year: number): string[] =>
  rows.flatMap((row) => differs(`${row.id} year`, year, row['fiscalYear']));

const factsOf = (records: Map<string, Rec>, id: string) => partOf(records.get(id), 'facts');

function printedAs(name: string, records: Map<string, Rec>): string[] {
  return table(name).flatMap(([id = '', line = '']) => {
    const one = targetOf(factsOf(records, id));
    const print = bare(line);
    const amounts = [one.value, one.baseline].flatMap((amount) =>
      amount === undefined ? [] : [amountText(one, amount)],
    );
    const before = one.previous === undefined ? '' : bare(amountText(one, one.previous));
    const isBefore = [`令和5年度実績:${before}`, `${before}令和5年度実績`].some((words) =>
      print.includes(words),
    );
    const isWhole = one.type !== 'atLeastPrevious' || amounts.length === 0;
    const wanted = isWhole ? [...amounts, valueText(one)] : amounts;
    return [
      ...wanted.filter((words) => !print.includes(bare(words))),
      ...(before && !isBefore ? [before] : []),
    ].map((words) => `${id}: ${words} is not in 「${line}」`);
  });
}

/** The year before, counted where the app has the count. */
function countedBefore(records: Map<string, Rec>): string[] {
  return [...records.values()].flatMap(({ id }) => {
    const facts = factsOf(records, id);
    const [metric = '', previous] = [text(facts['metric']), integer(facts['previous'])];
    if (previous === undefined || !metricNamed(metric)) return [];
    return differs(`${id} R5`, previous, counted(metric, previous, 2023));
  });
}

interface Sub {
  readonly id: string;
  readonly isInside: boolean;
  readonly rest: number;
  readonly total: number;
}

function subs(records: Map<string, Rec>): readonly Sub[] {
  return [...records.values()].flatMap(({ id }) => {
    const facts = factsOf(records, id);
    const mode = text(facts['subTarget']);
    if (mode !== 'included' && mode !== 'beside') return [];
    const whole = targetOf(factsOf(records, text(facts['parent']) ?? ''));
    const found = besides(mode, whole.value, targetOf(facts).value);
    return found ? [{ id, isInside: mode === 'included', ...found }] : [];
  });
}

const reachedBefore = (records: Map<string, Rec>): number =>
  [...records.values()].filter(({ id }) => {
    const one: Target = targetOf(factsOf(records, id));
    return resultOf(one, one.previous) === 'met';
  }).length;

export const kitakyushu: Check = () => {
  const { rows, source } = seed<Row>('kitakyushu-r6');
  const { records, breaches } = asSet(rows);
  const found = subs(records);
  return {
    said: `reproduced ${rows.length} targets as printed, R5 counted one by one, ${found.length} 内数・外数; R5 already at the level of ${reachedBefore(records)}; 「外数」 beside 「うち」 and 件数 in 人 as printed (note)`,
    breaches: [
      ...breaches,
      ...otherYears(rows, source.year),
      ...printedAs('kitakyushu-r6', records),
      ...differs('printed lines', table('kitakyushu-r6').length, records.size),
      ...countedBefore(records),
      ...found
        .filter((sub) => sub.isInside && sub.rest < 0)
        .map((sub) => `${sub.id} exceeds its 内数`),
      ...differs('外数 of the young', 5461, found.find((sub) => !sub.isInside)?.total),
    ],
  };
};

export const hokkaido: Check = () => {
  const { rows, source } = seed<Row>('hokkaido-r6');
  const { records, breaches } = asSet(rows);
  const types = new Set(rows.map((row) => codeLabel('targetType', text(row['targetType']) ?? '')));
  // 60社の「うち」が360社: kept as printed, so the rest is what it is.
  const odd = subs(records).map((sub) => sub.rest);
  return {
    said: `reproduced ${rows.length} targets of ${types.size} types as printed; 60社のうち360社 and 就職者数 in 件 as printed (note)`,
    breaches: [
      ...breaches,
      ...otherYears(rows, source.year),
      ...printedAs('hokkaido-r6', records),
      ...differs('printed lines', table('hokkaido-r6').length, records.size),
      ...differs('相互誘導の残り', '-300', odd.join()),
    ],
  };
};
