/**
 * 自主応募: an application that the person made herself (オンライン自主応募 of HWIS, other sites, directly). No letter is issued
 * and it never counts as a referral or a placement of ours (domain.md §3); its outcome is asked so that nobody is lost.
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { searchKey } from '../names.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'selfApplication',
  label: '自主応募',
  states: { applied: '応募した', decided: '結果が出た', voided: '取消' },
  parts: {
    facts: {
      label: '自主応募',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        appliedOn: { type: 'date', label: '応募した日', required: true, today: 'usual' },
        route: {
          type: 'choice',
          list: 'applicationRoute',
          label: '応募のしかた',
          required: true,
          default: 'hwOnline',
        },
        employmentType: { type: 'choice', list: 'employmentType', label: '雇用形態' },
        occupation: { type: 'choice', list: 'occupation', label: '職業分類' },
        outcome: { type: 'choice', list: 'applicationOutcome', label: '結果', fixed: true },
        outcomeOn: { type: 'date', label: '結果が出た日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '応募先',
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
      label: '自主応募のくわしい内容',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        hwJobNo: { type: 'code', format: 'hwJobNo', label: '求人番号' },
        applicationNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
        startDate: { type: 'date', label: '働きはじめる日', fixed: true },
      },
    },
  },
};

export const selfApplication: Kind = {
  ...shape,
  number: 21,
  retention: 'placement',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  sort: 'appliedOn',
  summary: (record) => {
    const { route, outcome } = partOf(record, 'facts');
    const employer = text(partOf(record, 'shared')['employerName']);
    const result = text(outcome);
    return [
      employer ?? codeLabel('applicationRoute', text(route) ?? ''),
      result && codeLabel('applicationOutcome', result),
    ]
      .filter(Boolean)
      .join(' ');
  },
  searchKeys: (record) => [searchKey(text(partOf(record, 'shared')['employerName']) ?? '')],
  verbs: {
    record: creates(shape, 'record', {
      title: '自主応募を記録',
      may: 'case.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'applied' }),
    }),
    decide: moves(shape, 'decide', {
      title: '応募の結果を記録',
      may: 'case.write',
      from: ['applied'],
      to: 'decided',
      takes: ['outcome', 'outcomeOn', 'startDate'],
      needs: ['outcome'],
      fixed: (args, _actor, moment) => ({ outcomeOn: args['outcomeOn'] ?? moment.businessDate }),
    }),
    reopen: moves(shape, 'reopen', {
      title: '応募の結果を取り消す',
      may: 'case.correct',
      from: ['decided'],
      to: 'applied',
      fixed: () => ({ outcome: null, outcomeOn: null, startDate: null }),
    }),
    amend: amends(shape, { title: '自主応募を訂正', may: 'case.correct' }),
    void: voids(shape, { title: '自主応募を取り消す', may: 'case.correct' }),
  },
};
