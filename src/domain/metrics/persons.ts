/**
 * 実人員: different people among the counted arrivals, by the pseudonym that the server writes (one per person and fiscal
 * year; linked people have one).
 */
import { countsPersons, settings } from './metric.ts';
import { arrivals, arrivalSwitches } from './visits.ts';

export const persons = countsPersons({
  name: 'persons',
  version: 1,
  label: '実人員',
  group: 'use',
  unit: '人',
  kinds: ['visit'],
  basis: '利用者数と同じ来所のうち、異なる人の数（この窓口の読み方）',
  note: '求職者と結びついていない来所は、人数に入れず「未照合」として別に示します。連携の同意がある人は組織をまたいで一人と数えます。年度をまたぐ期間では、同じ人が年度ごとに一人と数えられます。',
  siteField: 'site',
  switches: arrivalSwitches,
  events: (facts, period, given) => arrivals(facts, period, settings(arrivalSwitches, given)),
});
