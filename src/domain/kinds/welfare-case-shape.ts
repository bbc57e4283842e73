/** 自立促進の支援: its parts and states. What happens to it is in welfare-case.ts, what its verbs check in welfare-case-rules.ts. */
import { stateFields, type Shape } from '../verbs.ts';
import { deskFields } from './desk-fields.ts';

export const welfareShape: Shape = {
  name: 'welfareCase',
  label: '自立促進の支援',
  persons: ['hw.hwSeeker'],
  states: {
    candidate: '支援候補者',
    consented: '同意あり',
    requested: '支援要請ずみ',
    screening: '支援するかを検討中',
    notSelected: '対象にならなかった',
    target: '支援対象者',
    planned: '計画ができた',
    supporting: '支援中',
    suspended: '支援を休んでいる',
    placed: '就職した',
    retention: '定着支援',
    closed: '終わり',
    withdrawn: '取りやめ',
    transferred: 'ほかへ引き継いだ',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '自立促進の支援',
      audience: 'sites',
      listed: true,
      person: 'city.citySeeker',
      fields: {
        ...stateFields,
        ...deskFields,
        toOrg: { type: 'ref', kind: 'organisation', label: '要請する先', fixed: true },
        toSite: { type: 'ref', kind: 'site', label: '要請する先の窓口', fixed: true },
        welfareCategory: {
          type: 'choices',
          list: 'welfareCategory',
          label: '福祉の区分',
          required: true,
        },
        stage: { type: 'choice', list: 'welfareStage', label: '受給の段階' },
        handoff: { type: 'id', label: '引継ぎ', fixed: true },
        consent: { type: 'id', label: '同意', fixed: true },
        link: { type: 'id', label: 'つながり', fixed: true },
        requestedOn: { type: 'date', label: '支援要請の日', fixed: true },
        targetOn: { type: 'date', label: '支援対象者になった日', fixed: true },
        placedOn: { type: 'date', label: '就職した日', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        declineReason: {
          type: 'choice',
          list: 'declineReason',
          label: '対象にならない理由',
          fixed: true,
        },
        endReason: { type: 'choice', list: 'caseEnd', label: '終わった理由', fixed: true },
        personKey: {
          type: 'personKey',
          label: '実人員の符号',
          // A pseudonym says whose it is to whoever has another record with it: none before the consent, none in what one
          // organisation goes on with alone.
          shownWhen: (values) => values['consent'] !== undefined && values['apart'] !== true,
        },
        apart: { type: 'flag', label: '自分の組織だけで続けている', fixed: true },
      },
    },
    city: {
      label: '要請する側の控え',
      audience: 'file',
      listed: true,
      person: 'city.citySeeker',
      fields: {
        citySeeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        cityNote: {
          type: 'text',
          label: '要請する側のメモ',
          max: 2000,
          lines: 3,
          sensitivity: 'special',
        },
        cityEndReason: {
          type: 'choice',
          list: 'caseEnd',
          label: '自分の組織で終えた理由',
          fixed: true,
        },
        cityEndedOn: { type: 'date', label: '自分の組織で終えた日', fixed: true },
      },
    },
    hw: {
      label: '支援する側の控え',
      audience: 'file',
      listed: true,
      person: 'hw.hwSeeker',
      fields: {
        hwSeeker: { type: 'ref', kind: 'seeker', label: '求職者（支援する側）', fixed: true },
        supportPlan: { type: 'text', label: '支援の計画', max: 2000, lines: 4 },
        hwNote: {
          type: 'text',
          label: '支援する側のメモ',
          max: 2000,
          lines: 3,
          sensitivity: 'special',
        },
        apartCase: { type: 'id', label: '自分の組織だけで続けた記録', fixed: true },
      },
    },
  },
};
