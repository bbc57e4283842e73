/** 紹介件数: one seeker, one job, one issuance. What was only considered or voided is none; the result does not matter. */
import { text } from '../value.ts';
import { countsEach, settings, within } from './metric.ts';

const notIssued = ['considering', 'employerContacted'];

export const referrals = countsEach({
  name: 'referrals',
  version: 1,
  label: '紹介件数',
  group: 'jobs',
  unit: '件',
  kinds: ['referral'],
  basis: '職業安定業務統計の数え方（求職者1人×求人1件×紹介1回）',
  note: '紹介した日に、紹介した窓口で数えます。検討中と取り消したものは数えません。',
  siteField: 'site',
  switches: {},
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'referral', period).filter(
      (fact) => !notIssued.includes(text(fact.values['state']) ?? ''),
    );
  },
});
