/**
 * 就職件数 (hires) and 就職者数 (people) are two metrics over the same confirmed hires, each on its day of confirmation for
 * the referring counter (福岡労働局's definition). A withdrawn offer (内定取消) and a voided record count in neither.
 * These are 速報: Hello Work's own figures are reconciled monthly.
 */
import { countsEach, countsPersons, settings, within, type Metric } from './metric.ts';

const events: Metric['events'] = (facts, period, given) => {
  settings({}, given);
  return within(facts, 'placement', period).filter((fact) => fact.values['state'] === 'confirmed');
};

export const placements = countsEach({
  name: 'placements',
  version: 1,
  label: '就職件数',
  group: 'jobs',
  unit: '件',
  kinds: ['placement'],
  basis: '福岡労働局「用語の説明」（就職件数）',
  note: '就職を確認した日に、紹介した窓口で数えます。内定取消は数えません。速報値です。',
  siteField: 'site',
  switches: {},
  events,
});

export const placedPersons = countsPersons({
  name: 'placedPersons',
  version: 1,
  label: '就職者数',
  group: 'jobs',
  unit: '人',
  kinds: ['placement'],
  basis: '札幌市 平成25年度「あいワーク」実績と目標の表（就職者数）',
  note: '就職した人の数です。同じ人が期間中に二度就職しても1人です。まだ照合できていない就職は、人数に入れず「未照合」として別に示します。',
  siteField: 'site',
  switches: {},
  events,
});
