/**
 * 開示・訂正・利用停止の請求. To be decided within thirty days of the request, once longer by up to thirty for a good reason that is
 * told to the person (個人情報保護法83・94・102条); the days she takes to complete it do not count (同83条1項ただし書). An ordinance may
 * shorten the days, never lengthen them. Supervisors of the organisation and whoever took it see it, nobody else.
 */
import { addDays, daysBetween } from '../date.ts';
import { codeLabel } from '../codes.ts';
import type { Kind } from '../kind.ts';
import { searchKey } from '../names.ts';
import { partOf, type Moment, type Rec } from '../record.ts';
import { text, type Patch, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

export const legalDays = 30;
export const extensionDays = 30;
/** Listed in 今日 so long before the legal day. */
const warnDays = 14;

const shape: Shape = {
  name: 'disclosureRequest',
  label: '開示などの請求',
  states: {
    received: '受けた',
    supplementing: '補正を待っている',
    extended: '期限を延ばした',
    decided: '決めた',
    done: '終わった',
    withdrawn: '取り下げ',
    transferred: '移送した',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '開示などの請求',
      audience: 'lead',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        takenBy: { type: 'ref', kind: 'staff', label: '受けた職員', fixed: true },
        requestKind: {
          type: 'choice',
          list: 'disclosureKind',
          label: '請求の種類',
          required: true,
        },
        receivedOn: { type: 'date', label: '請求があった日', required: true, today: 'usual' },
        dueOn: { type: 'date', label: '決める期限', fixed: true },
        supplementFrom: { type: 'date', label: '補正を求めた日', fixed: true },
        extensionReason: {
          type: 'choice',
          list: 'extensionReason',
          label: '期限を延ばす理由',
          fixed: true,
        },
        extendedOn: { type: 'date', label: '延長を知らせた日', fixed: true },
        decidedOn: { type: 'date', label: '決めた日', fixed: true },
        outcome: { type: 'choice', list: 'disclosureOutcome', label: '決めたこと', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    request: {
      label: '請求の内容',
      audience: 'lead',
      listed: true,
      person: 'request.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者（台帳があるとき）' },
        requester: {
          type: 'text',
          label: '請求した方',
          max: 60,
          required: true,
          sensitivity: 'personal',
        },
        requesterKind: {
          type: 'choice',
          list: 'requesterKind',
          label: '本人・代理人',
          required: true,
          default: 'self',
        },
        identity: {
          type: 'choice',
          list: 'identityProof',
          label: '本人確認のしかた',
          required: true,
        },
        subject: { type: 'text', label: '請求の内容', max: 1000, lines: 3, required: true },
      },
    },
    decision: {
      label: '決定',
      audience: 'lead',
      listed: true,
      person: 'request.seeker',
      fields: {
        grounds: { type: 'text', label: '決めた理由', max: 1000, lines: 3, fixed: true },
        handedOver: {
          type: 'text',
          label: '渡したもの・直したこと',
          max: 600,
          lines: 2,
          fixed: true,
        },
        transferredTo: { type: 'text', label: '移送した先', max: 100, fixed: true },
      },
    },
  },
};

/** The first day does not count (民法140条). */
const firstDue = (args: Values): Patch => ({
  dueOn: addDays(text(args['receivedOn']) ?? '', legalDays),
});

const notYet = (args: Values, moment: Moment) =>
  (text(args['receivedOn']) ?? '') > moment.businessDate
    ? ({
        code: 'invalidFields',
        fields: [
          { field: 'receivedOn', reason: '「請求があった日」は、今日までの日にしてください。' },
        ],
      } as const)
    : undefined;

const laterBy = (record: Rec, days: number): Patch => ({
  dueOn: addDays(text(partOf(record, 'facts')['dueOn']) ?? '', days),
});

/** The clock stood still while she completed it. */
function afterSupplement(record: Rec, moment: Moment): Patch {
  const from = text(partOf(record, 'facts')['supplementFrom']) ?? moment.businessDate;
  return {
    ...laterBy(record, Math.max(0, daysBetween(from, moment.businessDate))),
    supplementFrom: null,
  };
}

const undecided = ['received', 'supplementing', 'extended'];
const ended = (moment: Moment): Patch => ({ endedOn: moment.businessDate });

export const disclosureRequest: Kind = {
  ...shape,
  number: 40,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'rights',
  sort: 'receivedOn',
  summary: (record) => {
    const { requestKind, outcome } = partOf(record, 'facts');
    const said = text(outcome);
    return [
      codeLabel('disclosureKind', text(requestKind) ?? ''),
      said && codeLabel('disclosureOutcome', said),
    ]
      .filter(Boolean)
      .join(' ');
  },
  searchKeys: (record) => [searchKey(text(partOf(record, 'request')['requester']) ?? '')],
  due: (record) => {
    const { state, dueOn, decidedOn } = partOf(record, 'facts');
    const [due, decided] = [text(dueOn), text(decidedOn)];
    if ((state === 'received' || state === 'extended') && due)
      return { date: due, from: addDays(due, -warnDays), word: '開示などの請求を決める' };
    return state === 'decided' && decided ? { date: decided, word: '決めたことを行う' } : undefined;
  },
  verbs: {
    receive: creates(shape, 'receive', {
      title: '開示などの請求を受ける',
      may: 'rights.write',
      check: (args, _view, _actor, moment) => notYet(args, moment),
      fixed: (args, actor, moment) => ({
        ...atDesk(actor, moment),
        takenBy: actor.user,
        ...firstDue(args),
        state: 'received',
      }),
    }),
    decide: moves(shape, 'decide', {
      title: '決定を記録する',
      may: 'rights.decide',
      from: ['received', 'extended'],
      to: 'decided',
      takes: ['outcome', 'grounds'],
      needs: ['outcome'],
      fixed: (_args, _actor, moment) => ({ decidedOn: moment.businessDate }),
    }),
    askSupplement: moves(shape, 'askSupplement', {
      title: '補正を求める',
      may: 'rights.decide',
      from: ['received'],
      to: 'supplementing',
      fixed: (_args, _actor, moment) => ({ supplementFrom: moment.businessDate }),
    }),
    supplement: moves(shape, 'supplement', {
      title: '補正された',
      may: 'rights.write',
      from: ['supplementing'],
      to: 'received',
      fixed: (_args, _actor, moment, record) => afterSupplement(record, moment),
    }),
    extend: moves(shape, 'extend', {
      title: '期限を延ばす（30日）',
      may: 'rights.decide',
      from: ['received'],
      to: 'extended',
      takes: ['extensionReason'],
      needs: ['extensionReason'],
      check: (args, view) =>
        partOf(view.get('disclosureRequest', idOf(args)), 'facts')['extendedOn'] === undefined
          ? undefined
          : { code: 'refused', reason: '期限は、一度しか延ばせません。' },
      fixed: (_args, _actor, moment, record) => ({
        ...laterBy(record, extensionDays),
        extendedOn: moment.businessDate,
      }),
    }),
    carryOut: moves(shape, 'carryOut', {
      title: '開示・訂正などを終えた',
      may: 'rights.write',
      from: ['decided'],
      to: 'done',
      takes: ['handedOver'],
      fixed: (_args, _actor, moment) => ended(moment),
    }),
    transfer: moves(shape, 'transfer', {
      title: 'ほかの機関へ移送する',
      may: 'rights.decide',
      from: undecided,
      to: 'transferred',
      takes: ['transferredTo'],
      needs: ['transferredTo'],
      fixed: (_args, _actor, moment) => ended(moment),
    }),
    withdraw: moves(shape, 'withdraw', {
      title: '取り下げられた',
      may: 'rights.write',
      from: undecided,
      to: 'withdrawn',
      fixed: (_args, _actor, moment) => ended(moment),
    }),
    reopen: moves(shape, 'reopen', {
      title: '決める前にもどす',
      may: 'rights.decide',
      from: ['decided', 'done', 'withdrawn', 'transferred'],
      to: 'received',
      fixed: () => ({
        decidedOn: null,
        outcome: null,
        endedOn: null,
        grounds: null,
        handedOver: null,
        transferredTo: null,
      }),
    }),
    // The day of the request sets the legal day: a wrong one is voided and taken again, so that no due date moves unseen.
    amend: amends(shape, {
      title: '開示などの請求を訂正',
      may: 'rights.write',
      only: ['requestKind', 'requester', 'requesterKind', 'identity', 'subject'],
    }),
    void: voids(shape, { title: '開示などの請求を取り消す', may: 'rights.decide' }),
  },
};
