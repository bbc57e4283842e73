/**
 * 協定: what a governor or mayor and the labour bureau have agreed (雇用対策協定・労働政策協定, 一体的実施の協定), from when to when.
 * Known to the whole area; written by supervisors. Yearly plans and requests (要請) name it. Source: plans 0, 3, 4.
 */
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'agreement',
  label: '協定',
  states: { live: '有効', ended: '終わり', voided: '取消' },
  rules: [
    {
      level: 'error',
      fields: ['to'],
      breaks: ({ from, to }) =>
        (text(to) ?? '9999') < (text(from) ?? '')
          ? '「終わる日」は「はじまる日」より後にしてください。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '協定',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        agreementKind: {
          type: 'choice',
          list: 'agreementKind',
          label: '協定の種類',
          required: true,
        },
        agreementTitle: { type: 'text', label: '協定の名前', max: 100, required: true },
        parties: { type: 'text', label: '結んだところ', max: 200, lines: 2, required: true },
        from: { type: 'date', label: 'はじまる日', required: true },
        to: { type: 'date', label: '終わる日' },
        content: { type: 'text', label: 'おもな内容', max: 2000, lines: 4 },
      },
    },
  },
};

export const agreement: Kind = {
  ...shape,
  number: 33,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'plans',
  sort: 'from',
  summary: (record) => text(partOf(record, 'facts')['agreementTitle']) ?? '',
  verbs: {
    record: creates(shape, 'record', {
      title: '協定を記録',
      may: 'plan.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'live' }),
    }),
    amend: amends(shape, { title: '協定を訂正', may: 'plan.write', anyOrg: true }),
    end: moves(shape, 'end', {
      title: '協定が終わった',
      may: 'plan.write',
      anyOrg: true,
      from: ['live'],
      to: 'ended',
      takes: ['to'],
      needs: ['to'],
    }),
    void: voids(shape, { title: '協定の記録を取り消す', may: 'plan.write' }),
  },
};
