/**
 * 個別支援: the decision to support one person individually, under which programme, by which post, until when and why it ended.
 * 個別支援対象者数 counts the decisions (Sapporo R1: 350→558). Deciding for a post puts her on its caseload (担当者制, plans 3, 4);
 * the programme is one of the area's, the aim stays in the organisation.
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf, type Change } from '../record.ts';
import { text, type Value, type Values } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'individualSupport',
  label: '個別支援',
  states: { active: '支援中', ended: '終わった', voided: '取消' },
  parts: {
    facts: {
      label: '個別支援',
      audience: 'sites',
      listed: true,
      person: 'plan.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        decidedOn: { type: 'date', label: '決めた日', required: true, today: 'usual' },
        programme: { type: 'ref', kind: 'programme', label: '事業' },
        counsellor: { type: 'ref', kind: 'staff', label: '担当者' },
        reviewOn: { type: 'date', label: '見直す日' },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        endReason: {
          type: 'choice',
          list: 'supportEndReason',
          label: '終わった理由',
          fixed: true,
        },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    plan: {
      label: '支援の内容',
      audience: 'file',
      listed: true,
      person: 'plan.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        assignedPost: {
          type: 'text',
          label: '担当席',
          max: 40,
          hint: '入れると、求職者の台帳の担当席も変わります。',
        },
        aim: { type: 'text', label: '目標と支援の内容', max: 1000, lines: 3 },
        endNote: { type: 'text', label: '終わったときのようす', max: 600, lines: 2, fixed: true },
      },
    },
  },
};

const ontoCaseload = (args: Values): Change[] =>
  args['assignedPost'] === undefined
    ? []
    : [
        {
          kind: 'seeker',
          id: text(args['seeker']) ?? '',
          part: 'file',
          set: { post: args['assignedPost'] as Value },
        },
      ];

export const individualSupport: Kind = {
  ...shape,
  number: 23,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  sort: 'decidedOn',
  summary: (record) => {
    const { state, endReason } = partOf(record, 'facts');
    const why = text(endReason);
    const words = shape.states?.[text(state) ?? ''] ?? '';
    return why ? `${words}（${codeLabel('supportEndReason', why)}）` : words;
  },
  due: (record) => {
    const { state, reviewOn } = partOf(record, 'facts');
    const date = text(reviewOn);
    return state === 'active' && date ? { date, word: '支援を見直す' } : undefined;
  },
  verbs: {
    decide: creates(shape, 'decide', {
      title: '個別支援を決める',
      may: 'case.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'active' }),
      also: ontoCaseload,
    }),
    end: moves(shape, 'end', {
      title: '個別支援を終える',
      may: 'case.write',
      from: ['active'],
      to: 'ended',
      takes: ['endReason', 'endedOn', 'endNote'],
      needs: ['endReason'],
      check: (args, view, _actor, moment) => {
        const facts = partOf(view.get('individualSupport', text(args['id']) ?? ''), 'facts');
        return (text(args['endedOn']) ?? moment.businessDate) < (text(facts['decidedOn']) ?? '')
          ? {
              code: 'invalidFields',
              fields: [
                { field: 'endedOn', reason: '「終わった日」は、決めた日かその後にしてください。' },
              ],
            }
          : undefined;
      },
      fixed: (args, _actor, moment) => ({ endedOn: args['endedOn'] ?? moment.businessDate }),
    }),
    reopen: moves(shape, 'reopen', {
      title: '支援中にもどす',
      may: 'case.correct',
      from: ['ended'],
      to: 'active',
      fixed: () => ({ endedOn: null, endReason: null, endNote: null }),
    }),
    amend: amends(shape, {
      title: '個別支援を訂正',
      may: 'case.correct',
      only: ['decidedOn', 'programme', 'counsellor', 'reviewOn', 'aim'],
    }),
    void: voids(shape, { title: '個別支援を取り消す', may: 'case.correct' }),
  },
};
