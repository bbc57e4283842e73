/**
 * People in support shared by organisations: チーム支援 (a plan of two organisations), the welfare programme
 * (生活保護受給者等就労自立促進事業) and 個別支援 (a counsellor of one's own). Each counts people, by the day of the decision.
 */
import { countsPersons, settings, within, type Metric } from './metric.ts';

const decidedOn =
  (kind: string, dateField: string): Metric['events'] =>
  (facts, period, given) => {
    settings({}, given);
    return within(facts, kind, period, dateField);
  };

const common = { version: 1, unit: '人', siteField: 'site', switches: {} } as const;
const again = '同じ人は期間中に1人です。まだ照合できていない人は「未照合」として別に示します。';

export const teamSupported = countsPersons({
  ...common,
  name: 'teamSupported',
  label: 'チーム支援対象者数',
  group: 'cooperation',
  kinds: ['teamCase'],
  basis: '厚生労働省「一体的実施事業」連携指標（チーム支援対象者数など）',
  note: `チーム支援を決めた日に、決めた窓口で数えます。${again}`,
  events: decidedOn('teamCase', 'decidedOn'),
});

const programme = '生活保護受給者等就労自立促進事業（北九州市 令和6年度計画）';

export const welfareRequested = countsPersons({
  ...common,
  name: 'welfareRequested',
  label: '支援要請者数（生活保護等）',
  group: 'cooperation',
  kinds: ['welfareCase'],
  basis: programme,
  note: `福祉事務所が支援を要請した日に、要請した窓口で数えます。${again}`,
  events: decidedOn('welfareCase', 'requestedOn'),
});

export const welfareSupported = countsPersons({
  ...common,
  name: 'welfareSupported',
  label: '支援対象者数（生活保護等）',
  group: 'cooperation',
  kinds: ['welfareCase'],
  siteField: 'toSite',
  basis: programme,
  note: `支援対象者に決まった日に、支援する窓口で数えます。${again}`,
  events: decidedOn('welfareCase', 'targetOn'),
});

export const welfarePlaced = countsPersons({
  ...common,
  name: 'welfarePlaced',
  label: '支援対象者の就職者数（生活保護等）',
  group: 'cooperation',
  kinds: ['welfareCase'],
  siteField: 'toSite',
  basis: '厚生労働省「一体的実施事業」令和元年度（生活保護受給者等の就職）',
  note: `就職した日に、支援する窓口で数えます。${again}`,
  events: decidedOn('welfareCase', 'placedOn'),
});

export const individuallySupported = countsPersons({
  ...common,
  name: 'individuallySupported',
  label: '個別支援対象者数',
  group: 'support',
  kinds: ['individualSupport'],
  basis: '厚生労働省「一体的実施事業」令和元年度事例（札幌市 支援対象者数 350人→558人）',
  note: `個別支援を決めた日に、決めた窓口で数えます。${again}`,
  events: decidedOn('individualSupport', 'decidedOn'),
});
