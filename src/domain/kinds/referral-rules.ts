/** What must fit together in a referral: whose number the job has, and when a trial may be one (domain.md §3). */
import type { Rule } from '../kind.ts';
import { texts } from '../value.ts';

export const referralRules: readonly Rule[] = [
  {
    level: 'error',
    fields: ['hwJobNo'],
    breaks: (values) =>
      values['issuer'] === 'hw' && !values['hwJobNo']
        ? 'ハローワークの紹介では、求人番号を入れてください。'
        : undefined,
  },
  {
    level: 'error',
    fields: ['localJobId'],
    breaks: (values) =>
      values['issuer'] !== 'hw' && !values['hwJobNo'] && !values['localJobId']
        ? '独自求人の番号か、求人番号を入れてください。'
        : undefined,
  },
  {
    level: 'error',
    fields: ['referralType'],
    breaks: (values) =>
      values['referralType'] === 'trial' && values['jobMode'] === 'general'
        ? '一般の求人に、トライアルの紹介はできません。「求人の募集」を、トライアル専用か併用になおしてください。'
        : undefined,
  },
  {
    level: 'error',
    fields: ['trialBars'],
    breaks: (values) =>
      values['referralType'] === 'trial' && texts(values['trialBars']).length > 0
        ? 'この事情があると、トライアルの紹介はできません。一般の紹介として記録してください。'
        : undefined,
  },
];
