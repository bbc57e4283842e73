/**
 * 新規求職申込件数: applications newly received in the period; one person may apply again (JILPT's definition). Those that a
 * handoff from the other side led to (the tie registration → handoff) are counted apart: they make 連携指標.
 */
import { countsEach, settings, within, type Metric } from './metric.ts';

const received: Metric['events'] = (facts, period, given) => {
  settings({}, given);
  return within(facts, 'registration', period).filter(
    (fact) => fact.values['registrationKind'] === 'new',
  );
};

const common = { version: 1, unit: '件', kinds: ['registration'], siteField: 'site' } as const;

export const registrations = countsEach({
  ...common,
  name: 'registrations',
  label: '新規求職申込件数',
  group: 'jobs',
  basis: 'JILPT 統計用語解説「新規求職申込件数」',
  note: '期間中に新しく受け付けた申込です。更新と移管は数えません。',
  switches: {},
  events: received,
});

export const guidedRegistrations = countsEach({
  ...common,
  name: 'guidedRegistrations',
  label: '誘導された新規求職申込件数',
  group: 'cooperation',
  partOf: 'registrations',
  basis:
    '厚生労働省「一体的実施事業」連携指標（新規求職者のうち地方公共団体側から誘導された求職者）',
  note: '新規求職申込のうち、きっかけになった引継ぎが記録されているものです。',
  switches: {},
  events: (facts, period, given) =>
    received(facts, period, given).filter((fact) => fact.values['guidedFrom'] !== undefined),
});
