/**
 * 就職: a confirmed hire. Counted on the day of confirmation for the referring site, in 件 (hires) and in 人 (people).
 * The app's figures are 速報: Hello Work's own statistics are reconciled monthly (domain.md §0.2, §4).
 */
import { stateOf, type Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf, type Change, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { checksOf, voidsChecks } from './retention-check.ts';
import { amends, idOf, stateFields, voids, type Shape } from '../verbs.ts';

export const placementShape: Shape = {
  name: 'placement',
  label: '就職',
  states: { confirmed: '確認ずみ', cancelled: '内定取消', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['trialEnd'],
      breaks: (values) =>
        values['trialUsed'] === true &&
        (text(values['trialEnd']) ?? '') <= (text(values['startDate']) ?? '')
          ? 'トライアルの終わりは、働きはじめる日より後にしてください。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '就職',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        orgType: { type: 'choice', list: 'organisationType', label: '組織の種別', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '確認した日', fixed: true },
        endedOn: { type: 'date', label: '取り消された日', fixed: true },
        referral: { type: 'ref', kind: 'referral', label: '紹介', required: true },
        issuer: { type: 'choice', list: 'issuer', label: '紹介した機関', fixed: true },
        occupation: { type: 'choice', list: 'occupation', label: '職業分類', fixed: true },
        startDate: { type: 'date', label: '働きはじめる日', required: true },
        employmentType: {
          type: 'choice',
          list: 'employmentType',
          label: '雇用形態',
          required: true,
        },
        term: { type: 'choice', list: 'employmentTerm', label: '雇用期間', required: true },
        regular: { type: 'flag', label: '正社員' },
        trialUsed: { type: 'flag', label: 'トライアル雇用を使う' },
        trialEnd: {
          type: 'date',
          label: 'トライアルの終わり',
          shownWhen: (values) => values['trialUsed'] === true,
        },
        retentionPlan: { type: 'id', label: '定着確認の予定', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '就職先',
      audience: 'shared',
      listed: true,
      person: 'shared.seeker',
      item: 'referrals',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        employerName: { type: 'text', label: '事業所名', max: 100, required: true },
        jobTitle: { type: 'text', label: '仕事の名前', max: 100 },
      },
    },
    detail: {
      label: '就職のくわしい内容',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        weeklyHours: { type: 'integer', label: '週の時間', min: 1, max: 80, unit: '時間' },
        wage: { type: 'integer', label: '賃金（月額）', min: 0, max: 10_000_000, unit: '円' },
        placementNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
      },
    },
  },
};

const referralOf = (args: Values, view: View) =>
  text(partOf(view.get('placement', idOf(args)), 'facts')['referral']) ?? '';

/** A hire that was none leaves its referral waiting for the result, so that it can be put right or voided. */
function reopensReferral(args: Values, view: View): Change[] {
  const id = referralOf(args, view);
  const state = stateOf(view.get('referral', id)) ?? '';
  if (!['hired', 'started', 'trial', 'converted', 'ended'].includes(state)) return [];
  return [
    {
      kind: 'referral',
      id,
      part: 'facts',
      set: { state: 'resultPending', outcomeOn: null },
    },
    { kind: 'referral', id, part: 'shared', set: { startDate: null } },
  ];
}

export const placement: Kind = {
  ...placementShape,
  number: 13,
  retention: 'placement',
  siteFields: ['site'],
  moves: false,
  summary: (record) =>
    text(partOf(record, 'shared')['employerName']) ??
    `就職（${codeLabel('employmentType', text(partOf(record, 'facts')['employmentType']) ?? '')}）`,
  verbs: {
    amend: amends(placementShape, { title: '就職を訂正', may: 'case.correct' }),
    void: voids(placementShape, {
      title: '就職を取り消す',
      may: 'case.correct',
      reads: (args, view) => [
        { kind: 'referral', id: referralOf(args, view) },
        ...checksOf(view.get('placement', idOf(args))),
      ],
      also: (args, view) => [
        ...reopensReferral(args, view),
        ...voidsChecks(view.get('placement', idOf(args)), view),
      ],
    }),
  },
};
