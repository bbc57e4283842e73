/**
 * 求職申込: an application received by Hello Work (or the city where it may). Counted as 新規求職申込件数 when newly received
 * in the period; one person may register again (JILPT's definition, domain.md §1). The tie to a handoff feeds 連携指標.
 */
import type { Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'registration',
  label: '求職申込',
  parts: {
    facts: {
      label: '求職申込',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '受理日', fixed: true },
        registrationKind: {
          type: 'choice',
          list: 'registrationKind',
          label: '新規・更新',
          required: true,
          default: 'new',
        },
        employmentType: { type: 'choice', list: 'employmentType', label: '希望する雇用形態' },
        guidedFrom: { type: 'ref', kind: 'handoff', label: 'きっかけになった引継ぎ' },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    detail: {
      label: '申込の内容',
      audience: 'file',
      listed: false,
      person: 'detail.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        hwSeekerNo: {
          type: 'code',
          format: 'hwSeekerNo',
          label: '求職番号',
          sensitivity: 'personal',
        },
        validTo: { type: 'date', label: '有効期限' },
        occupations: { type: 'choices', list: 'occupation', label: '希望する職種' },
      },
    },
  },
};

export const registration: Kind = {
  ...shape,
  number: 7,
  retention: 'placement',
  siteFields: ['site'],
  moves: false,
  summary: (record) =>
    `求職申込（${codeLabel('registrationKind', text(partOf(record, 'facts')['registrationKind']) ?? '')}）`,
  verbs: {
    record: creates(shape, 'record', {
      title: '求職申込を記録',
      may: 'referral.write',
      fixed: (_args, actor, moment) => ({
        org: actor.org,
        site: actor.site,
        date: moment.businessDate,
        state: 'active',
      }),
    }),
    amend: amends(shape, { title: '求職申込を訂正', may: 'case.correct' }),
    void: voids(shape, { title: '求職申込を取り消す', may: 'case.correct' }),
  },
};
