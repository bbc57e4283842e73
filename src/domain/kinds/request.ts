/**
 * 要請: what a governor or mayor has asked of the labour bureau under the agreement, the answer, and what came of it. Each side
 * writes its own turn: whoever asked does not answer. Known to the whole area; written by supervisors. Source: plans 0, 3, 4.
 */
import type { Kind, Verb } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'request',
  label: '要請',
  states: {
    asked: '要請した',
    answered: '回答があった',
    done: '終わった',
    declined: '応じられなかった',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '要請',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        agreement: { type: 'ref', kind: 'agreement', label: '協定' },
        toOrg: { type: 'ref', kind: 'organisation', label: '要請する先', required: true },
        subject: { type: 'text', label: '要請の件名', max: 100, required: true },
        content: { type: 'text', label: '要請の内容', max: 2000, lines: 4, required: true },
        askedOn: { type: 'date', label: '要請した日', required: true, today: 'usual' },
        dueOn: { type: 'date', label: '回答がほしい日' },
        answeredOn: { type: 'date', label: '回答の日', fixed: true },
        answer: { type: 'text', label: '回答の内容', max: 2000, lines: 4, fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        outcome: { type: 'text', label: 'その結果', max: 2000, lines: 3, fixed: true },
      },
    },
  },
};

/** The other side's turn: it is not offered to whoever asked. */
const byAsked: NonNullable<Verb['check']> = (args, view, actor) =>
  partOf(view.get('request', idOf(args)), 'facts')['toOrg'] === actor.org
    ? undefined
    : { code: 'notAllowed', action: 'plan.write' };

/** Paper goes both ways and often arrives late: the day of the answer is the paper's, where it is given. */
const answeredOn = (args: Parameters<Verb['apply']>[0], today: string) =>
  text(args['answeredOn']) ?? today;

export const request: Kind = {
  ...shape,
  number: 35,
  retention: 'area',
  siteFields: [],
  moves: false,
  shelf: 'plans',
  sort: 'askedOn',
  summary: (record) => text(partOf(record, 'facts')['subject']) ?? '',
  due: (record) => {
    const { state, dueOn, askedOn } = partOf(record, 'facts');
    const from = text(askedOn);
    const date = text(dueOn) ?? from;
    return state === 'asked' && date && from ? { date, from, word: '要請に回答する' } : undefined;
  },
  verbs: {
    ask: creates(shape, 'ask', {
      title: '要請を記録',
      may: 'plan.write',
      check: (args, _view, actor) =>
        args['toOrg'] === actor.org
          ? { code: 'refused', reason: '要請する先は、ほかの組織を選んでください。' }
          : undefined,
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'asked' }),
    }),
    answer: moves(shape, 'answer', {
      title: '要請に回答する',
      may: 'plan.write',
      anyOrg: true,
      from: ['asked'],
      to: 'answered',
      takes: ['answer', 'answeredOn'],
      needs: ['answer'],
      check: byAsked,
      fixed: (args, _actor, moment) => ({ answeredOn: answeredOn(args, moment.businessDate) }),
    }),
    decline: moves(shape, 'decline', {
      title: '応じられないと回答する',
      may: 'plan.write',
      anyOrg: true,
      from: ['asked'],
      to: 'declined',
      takes: ['answer', 'answeredOn'],
      needs: ['answer'],
      check: byAsked,
      fixed: (args, _actor, moment) => ({
        answeredOn: answeredOn(args, moment.businessDate),
        endedOn: moment.businessDate,
      }),
    }),
    finish: moves(shape, 'finish', {
      title: '要請を終える',
      may: 'plan.write',
      from: ['answered'],
      to: 'done',
      takes: ['outcome'],
      needs: ['outcome'],
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
    }),
    amend: amends(shape, { title: '要請を訂正', may: 'plan.write' }),
    void: voids(shape, { title: '要請を取り消す', may: 'plan.write' }),
  },
};
