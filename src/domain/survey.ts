/**
 * 利用者アンケート: what a user thought of the counter. Anonymous (design.md §6.12), so it is no kind of the registry: no verb can
 * put it into a chain, beside an author, a store, a time or a person. An answer knows its counter and its month, no day.
 * Its number among the kinds, 29, stays free. Questions: plan 3 (five steps of satisfaction; whether it is good to have).
 */
import type { Fields } from './field.ts';
import type { Fact } from './metrics/metric.ts';
import { isMonth } from './month.ts';
import { parseFields, type Parsed } from './parse.ts';
import { text, type Values } from './value.ts';

export const surveyQuestions: Fields = {
  overall: {
    type: 'choice',
    list: 'satisfaction',
    label: '今日の窓口は、いかがでしたか',
    required: true,
  },
  glad: { type: 'choice', list: 'gladness', label: 'この窓口ができて、良かったと思いますか' },
  comment: {
    type: 'text',
    label: 'ご意見（書かなくてもかまいません）',
    hint: '名前や電話番号は書かないでください。',
    max: 300,
    lines: 3,
  },
};

const whole: Fields = {
  site: { type: 'ref', kind: 'site', label: '窓口', required: true },
  month: { type: 'text', label: '月', max: 7, required: true },
  ...surveyQuestions,
};

const { comment: _, ...counted } = whole;
/** What of an answer is counted; the metrics read it like the facts of a kind. */
export const surveyFactFields: Fields = counted;

/** An answer with its counter and month, and nothing else whatever came along. */
export function parseSurvey(raw: unknown): Parsed<Values> {
  const parsed = parseFields(whole, raw);
  if (!parsed.ok || isMonth(text(parsed.value['month']) ?? '')) return parsed;
  return { ok: false, problems: [{ field: 'month', reason: '「月」を確かめてください。' }] };
}

/** Of fewer answers a month one could be somebody's: they are not shown until there are more. */
export const fewestSurveys = 5;

const placeOf = ({ values }: Fact) =>
  `${text(values['site']) ?? ''} ${text(values['month']) ?? ''}`;

/** For counts: answers of months that have enough of them. */
export function shownSurveys(answers: readonly Fact[]): readonly Fact[] {
  const byMonth = Map.groupBy(answers, placeOf);
  return [...byMonth.values()].filter((some) => some.length >= fewestSurveys).flat();
}
