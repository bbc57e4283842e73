/**
 * Rates: one count over another of the same period, never of a cohort. Worked out from whole numbers, one decimal, half up;
 * 「－」 without a denominator. A rate is no count: nothing is laid out or closed by it, it follows from its two counts.
 */
import { percent } from '../figures.ts';
import { retentionChecked, retentionWorking } from './follow-up.ts';
import { welfarePlaced, welfareSupported } from './cases.ts';
import { newOpenings } from './firms.ts';
import type { Fact, Metric, MetricGroup, Period } from './metric.ts';
import { placements } from './placements.ts';
import { guidedRegistrations, registrations } from './registrations.ts';
import { gladAnswers, gladYes, surveyAnswers, surveySatisfied } from './surveys.ts';

export interface Rate {
  readonly name: string;
  readonly version: number;
  readonly label: string;
  readonly group: MetricGroup;
  readonly basis: string;
  readonly note: string;
  readonly numerator: Metric;
  readonly denominator: Metric;
}

export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  /** One decimal, without the % sign. */
  readonly text: string;
}

export const placementRate: Rate = {
  name: 'placementRate',
  version: 1,
  label: '就職率',
  group: 'jobs',
  basis: '厚生労働省「一般職業紹介状況」（就職率＝就職件数÷新規求職申込件数×100）',
  note: '同じ期間の就職件数を新規求職申込件数で割ったものです。',
  numerator: placements,
  denominator: registrations,
};
export const fillRate: Rate = {
  name: 'fillRate',
  version: 1,
  label: '充足率',
  group: 'firms',
  basis: '厚生労働省「一般職業紹介状況」（充足率＝就職件数÷新規求人数×100）',
  note: 'この窓口の就職件数を、この窓口で受け付けた新規求人数で割ったものです。取りこんだ求人への就職も分子に入るため、100％をこえることがあります。',
  numerator: placements,
  denominator: newOpenings,
};
export const linkRate: Rate = {
  name: 'linkRate',
  version: 1,
  label: '連携指標（誘導された新規求職者の割合）',
  group: 'cooperation',
  basis: '厚生労働省「一体的実施事業」平成28年度からの連携指標',
  note: '新規求職申込のうち、引継ぎがきっかけになったものの割合です。',
  numerator: guidedRegistrations,
  denominator: registrations,
};
export const welfareRate: Rate = {
  name: 'welfareRate',
  version: 1,
  label: '生活保護等の事業の就職率',
  group: 'cooperation',
  basis: '生活保護受給者等就労自立促進事業（就職者数÷支援対象者数×100、この窓口の読み方）',
  note: '同じ期間に就職した人を、同じ期間に支援対象者に決まった人で割ったものです。',
  numerator: welfarePlaced,
  denominator: welfareSupported,
};
export const retentionRate: Rate = {
  name: 'retentionRate',
  version: 1,
  label: '定着率',
  group: 'support',
  basis: '定着支援（この窓口の読み方）',
  note: '確かめた件数のうち在職の割合です。分からなかったものは分母に入れません。',
  numerator: retentionWorking,
  denominator: retentionChecked,
};
export const satisfactionRate: Rate = {
  name: 'satisfactionRate',
  version: 1,
  label: '満足度',
  group: 'survey',
  basis: '厚生労働省「一体的実施事業」令和元年度まとめ（満足＋まあ満足）',
  note: '「満足」と「まあ満足」の、有効回答に対する割合です。',
  numerator: surveySatisfied,
  denominator: surveyAnswers,
};
export const gladRate: Rate = {
  name: 'gladRate',
  version: 1,
  label: 'できて良かったと思う割合',
  group: 'survey',
  basis: '厚生労働省「一体的実施事業」令和元年度まとめ（まあそう思う、を含む）',
  note: '「そう思う」と「まあそう思う」の、有効回答に対する割合です。',
  numerator: gladYes,
  denominator: gladAnswers,
};

export const rates: readonly Rate[] = [
  placementRate,
  linkRate,
  welfareRate,
  retentionRate,
  fillRate,
  satisfactionRate,
  gladRate,
];

/** `factsOf` = what each of the two counts is to count (closed days as they were closed). */
export function ratioOf(
  rate: Rate,
  factsOf: (metric: Metric) => readonly Fact[],
  period: Period,
): Ratio {
  return ratioFrom(rate, (metric) => metric.count(factsOf(metric), period).value);
}

/** Of counts that have been made already. */
export function ratioFrom(rate: Rate, valueOf: (metric: Metric) => number): Ratio {
  const [numerator, denominator] = [valueOf(rate.numerator), valueOf(rate.denominator)];
  return { numerator, denominator, text: percent(numerator, denominator) };
}
