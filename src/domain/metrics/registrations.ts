/** 新規求職申込件数: applications newly received in the period; one person may apply again (JILPT's definition). */
import { countsEach, settings, within, type Metric } from './metric.ts';

export const registrations: Metric = countsEach({
  name: 'registrations',
  version: 1,
  label: '新規求職申込件数',
  unit: '件',
  basis: 'JILPT 統計用語解説「新規求職申込件数」',
  note: '期間中に新しく受け付けた申込です。更新と移管は数えません。',
  siteField: 'site',
  switches: {},
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'registration', period).filter(
      (fact) => fact.values['registrationKind'] === 'new',
    );
  },
});
