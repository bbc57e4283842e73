/**
 * After and beside the referral: retention (定着の確認), training (受講あっせん), applications that the seeker made alone
 * (自主応募, no 紹介). A check whose answer was 「不明」 is neither at work nor left: it is unknown.
 */
import { countsEach, settings, tallied, within, type Fact, type Metric } from './metric.ts';

const common = {
  version: 1,
  group: 'support',
  unit: '件',
  siteField: 'site',
  switches: {},
} as const;

const checked: Metric['events'] = (facts, period, given) => {
  settings({}, given);
  return within(facts, 'retentionCheck', period, 'checkedOn').filter(
    ({ values }) => values['state'] === 'checked',
  );
};
const isKnown = ({ values }: Fact) => values['status'] === 'working' || values['status'] === 'left';

export const retentionChecked = tallied({
  ...common,
  name: 'retentionChecked',
  label: '定着を確かめた件数',
  kinds: ['retentionCheck'],
  counting: 'known',
  basis:
    '定着支援（北海道 令和6年度計画・厚生労働省「一体的実施事業」）をもとにした、この窓口の読み方',
  note: '確かめた日に数えます。在職か離職か分からなかったものは入れず「未照合」として別に示します。',
  events: checked,
  tally: (events) => {
    const known = events.filter(isKnown).length;
    return { value: known, unknown: events.length - known };
  },
});

export const retentionWorking = countsEach({
  ...common,
  name: 'retentionWorking',
  label: 'そのうち在職',
  kinds: ['retentionCheck'],
  partOf: 'retentionChecked',
  basis:
    '定着支援（北海道 令和6年度計画・厚生労働省「一体的実施事業」）をもとにした、この窓口の読み方',
  note: '確かめた日に、働いていた件数です。',
  events: (facts, period, given) =>
    checked(facts, period, given).filter(({ values }) => values['status'] === 'working'),
});

export const trainingReferrals = countsEach({
  ...common,
  name: 'trainingReferrals',
  label: '訓練の受講あっせん件数',
  kinds: ['trainingReferral'],
  basis: 'ハロートレーニングの受講あっせん（北海道 令和6年度計画）',
  note: 'あっせんした日に数えます。あっせんの種類は問いません。',
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'trainingReferral', period);
  },
});

export const selfApplications = countsEach({
  ...common,
  name: 'selfApplications',
  label: '自主応募の件数',
  kinds: ['selfApplication'],
  basis: '求職活動の証明に使う記録（オンライン自主応募など）',
  note: '応募した日に数えます。紹介ではないので、紹介件数にも就職件数にも入りません。',
  events: (facts, period, given) => {
    settings({}, given);
    return within(facts, 'selfApplication', period, 'appliedOn');
  },
});
