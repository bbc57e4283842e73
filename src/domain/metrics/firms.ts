/**
 * The employers' side: openings newly received (新規求人数), firms' consultations, and firms passed on to the other side with
 * their consent (相互誘導). Facts name no firm: a firm that comes twice is counted twice, and the note says so.
 */
import { countsEach, countsSum, settings, within } from './metric.ts';

const common = { version: 1, group: 'firms', siteField: 'site', switches: {} } as const;

export const newOpenings = countsSum({
  ...common,
  name: 'newOpenings',
  label: '新規求人数',
  unit: '人',
  kinds: ['jobPosting'],
  sums: 'openings',
  basis: '厚生労働省「一般職業紹介状況」（新規求人数）',
  note: '期間中に受け付けた求人の募集人数の合計です。この窓口で受け付けた求人だけを数えます。',
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'jobPosting', period, 'receivedOn');
  },
});

export const employerLeads = countsEach({
  ...common,
  name: 'employerLeads',
  label: '事業所の相談件数',
  unit: '件',
  kinds: ['employerLead'],
  basis: '北海道 令和6年度計画（相談事業所数）をもとにした、この窓口の読み方',
  note: '相談を受けた日に数えます。同じ事業所が二度相談すると2件です。',
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'employerLead', period);
  },
});

export const guidedEmployers = countsEach({
  ...common,
  name: 'guidedEmployers',
  label: '相互誘導事業者数',
  unit: '社',
  kinds: ['employerLead'],
  basis: '北海道 令和6年度計画（相互に誘導した事業者数）',
  note: '事業所の同意を得て相手の機関に伝えた日に数えます。同じ事業所を二度伝えると2社です。',
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'employerLead', period, 'consentedOn');
  },
});
