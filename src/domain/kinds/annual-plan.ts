/**
 * 年度の計画: the plan of one fiscal year under an agreement, decided by the council (運営協議会) and looked back on at its end.
 * Targets are records of their own (target.ts). Known to the whole area; written by supervisors. Source: plans 0, 1, 4.
 */
import type { Kind } from '../kind.ts';
import { partOf, type Moment } from '../record.ts';
import { integer, text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'annualPlan',
  label: '年度の計画',
  states: { draft: '案', decided: '決まった', reviewed: 'ふりかえった', voided: '取消' },
  parts: {
    facts: {
      label: '年度の計画',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        agreement: {
          type: 'ref',
          kind: 'agreement',
          label: '協定',
          hint: 'なければ、先に「協定」を記録します。',
          required: true,
        },
        fiscalYear: {
          type: 'integer',
          label: '年度（西暦）',
          hint: '令和8年度は 2026',
          min: 1989,
          max: 2100,
          unit: '年度',
          required: true,
        },
        planTitle: { type: 'text', label: '計画の名前', max: 100, required: true },
        measures: { type: 'text', label: 'おもな取組', max: 4000, lines: 4 },
        decidedOn: { type: 'date', label: '決まった日', fixed: true },
        reviewedOn: { type: 'date', label: 'ふりかえった日', fixed: true },
        review: { type: 'text', label: 'ふりかえり', max: 4000, lines: 4, fixed: true },
      },
    },
  },
};

const on = (field: 'decidedOn' | 'reviewedOn') => (_args: unknown, _actor: unknown, m: Moment) => ({
  [field]: m.businessDate,
});

export const annualPlan: Kind = {
  ...shape,
  number: 34,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'plans',
  summary: (record) => {
    const { fiscalYear, planTitle } = partOf(record, 'facts');
    return `${integer(fiscalYear) ?? ''}年度 ${text(planTitle) ?? ''}`;
  },
  verbs: {
    draft: creates(shape, 'draft', {
      title: '計画の案を作る',
      may: 'plan.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'draft' }),
    }),
    decide: moves(shape, 'decide', {
      title: '計画が決まった',
      may: 'plan.write',
      anyOrg: true,
      from: ['draft'],
      to: 'decided',
      fixed: on('decidedOn'),
    }),
    review: moves(shape, 'review', {
      title: '計画をふりかえる',
      may: 'plan.write',
      anyOrg: true,
      from: ['decided'],
      to: 'reviewed',
      takes: ['review'],
      needs: ['review'],
      fixed: on('reviewedOn'),
    }),
    amend: amends(shape, { title: '計画を訂正', may: 'plan.write', anyOrg: true }),
    void: voids(shape, { title: '計画を取り消す', may: 'plan.write' }),
  },
};
