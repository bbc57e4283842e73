/**
 * 苦情・要望とその答え. Seen by the supervisors of the organisation that took it and by whoever wrote it down, nobody else: not
 * even that there was one. With a person or without. Answered by a supervisor; a complaint that comes back is reopened.
 */
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'complaint',
  label: '苦情・要望',
  states: { open: '受けた', answered: '答えた', closed: '終わった', voided: '取消' },
  parts: {
    facts: {
      label: '苦情・要望',
      audience: 'lead',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        takenBy: { type: 'ref', kind: 'staff', label: '受けた職員', fixed: true },
        receivedOn: { type: 'date', label: '受けた日', required: true, today: 'usual' },
        channel: {
          type: 'choice',
          list: 'channel',
          label: '方法',
          required: true,
          default: 'inPerson',
        },
        topic: { type: 'choice', list: 'complaintTopic', label: '何について', required: true },
        answerDueOn: { type: 'date', label: '答える期限' },
        answeredOn: { type: 'date', label: '答えた日', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    body: {
      label: '申し出の内容',
      audience: 'lead',
      listed: true,
      person: 'body.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者（分かるとき）' },
        complainant: { type: 'text', label: '申し出た方', max: 60, sensitivity: 'personal' },
        content: { type: 'text', label: '内容', max: 2000, lines: 4, required: true },
        wanted: { type: 'text', label: '望んでいること', max: 600, lines: 2 },
      },
    },
    reply: {
      label: '答え',
      audience: 'lead',
      listed: true,
      person: 'body.seeker',
      fields: {
        answer: { type: 'text', label: '答え', max: 2000, lines: 4, fixed: true },
        measures: { type: 'text', label: '直すこと', max: 1000, lines: 3, fixed: true },
      },
    },
  },
};

export const complaint: Kind = {
  ...shape,
  number: 39,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'rights',
  sort: 'receivedOn',
  summary: (record) => codeLabel('complaintTopic', text(partOf(record, 'facts')['topic']) ?? ''),
  due: (record) => {
    const { state, answerDueOn, receivedOn } = partOf(record, 'facts');
    const date = text(answerDueOn) ?? text(receivedOn);
    const from = text(receivedOn) ?? date;
    return state === 'open' && date && from
      ? { date, from, word: '苦情・要望に答える' }
      : undefined;
  },
  verbs: {
    receive: creates(shape, 'receive', {
      title: '苦情・要望を受ける',
      may: 'complaint.write',
      fixed: (_args, actor, moment) => ({
        ...atDesk(actor, moment),
        takenBy: actor.user,
        state: 'open',
      }),
    }),
    answer: moves(shape, 'answer', {
      title: '答えを記録する',
      may: 'complaint.answer',
      from: ['open'],
      to: 'answered',
      takes: ['answer', 'measures'],
      needs: ['answer'],
      fixed: (_args, _actor, moment) => ({ answeredOn: moment.businessDate }),
    }),
    close: moves(shape, 'close', {
      title: '終わりにする',
      may: 'complaint.answer',
      from: ['answered'],
      to: 'closed',
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
    }),
    reopen: moves(shape, 'reopen', {
      title: 'もう一度受ける',
      may: 'complaint.answer',
      from: ['answered', 'closed'],
      to: 'open',
      fixed: () => ({ answeredOn: null, endedOn: null }),
    }),
    amend: amends(shape, { title: '苦情・要望を訂正', may: 'complaint.write' }),
    void: voids(shape, { title: '苦情・要望を取り消す', may: 'complaint.write' }),
  },
};
