/**
 * 満足度: answers of the anonymous survey. An answer names a month, no day, so it counts in periods that hold the whole
 * month and in no other. (満足＋まあ満足) over valid answers, as in 厚生労働省's summary of 一体的実施事業 for R1.
 */
import { monthRange } from '../date.ts';
import { text } from '../value.ts';
import { countsEach, settings, type Fact, type Metric, type Period } from './metric.ts';

function answered(facts: readonly Fact[], period: Period, field: string): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter(
    (fact) =>
      fact.kind === 'survey' &&
      fact.values['state'] !== 'voided' &&
      isMonthIn(text(fact.values['month']) ?? '', period) &&
      fact.values[field] !== undefined &&
      !seen.has(fact.id) &&
      seen.add(fact.id),
  );
}

function isMonthIn(month: string, period: Period): boolean {
  if (!/^\d{4}-\d{2}$/.test(month)) return false;
  const { from, to } = monthRange(`${month}-01`);
  return period.from <= from && to <= period.to;
}

const events =
  (field: string, answers?: readonly string[]): Metric['events'] =>
  (facts, period, given) => {
    settings({}, given);
    const all = answered(facts, period, field);
    return answers ? all.filter(({ values }) => answers.includes(text(values[field]) ?? '')) : all;
  };

const common = {
  version: 1,
  group: 'survey',
  unit: '件',
  kinds: ['survey'],
  siteField: 'site',
  switches: {},
  basis: '厚生労働省「一体的実施事業」令和元年度まとめ（利用者アンケートの結果）',
} as const;
const monthly = '月ごとに集めるので、一日の数には出ません。';

export const surveyAnswers = countsEach({
  ...common,
  name: 'surveyAnswers',
  label: '満足度の有効回答数',
  note: `全体の満足度に答えた数です。${monthly}`,
  events: events('overall'),
});
export const surveySatisfied = countsEach({
  ...common,
  name: 'surveySatisfied',
  label: '満足・まあ満足',
  partOf: 'surveyAnswers',
  note: `「満足」と「まあ満足」の数です。${monthly}`,
  events: events('overall', ['1', '2']),
});
export const gladAnswers = countsEach({
  ...common,
  name: 'gladAnswers',
  label: '「できて良かった」の有効回答数',
  note: `施設ができて良かったかに答えた数です。${monthly}`,
  events: events('glad'),
});
export const gladYes = countsEach({
  ...common,
  name: 'gladYes',
  label: 'そう思う・まあそう思う',
  partOf: 'gladAnswers',
  note: `「そう思う」と「まあそう思う」の数です。${monthly}`,
  events: events('glad', ['1', '2']),
});
