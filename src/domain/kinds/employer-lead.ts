/**
 * 事業所の相談: a firm wants people, subsidies or advice. Its name stays in the organisation that heard it until the firm has agreed
 * that the other one is told (plan 0: company's consent before sharing); taken back, it leaves the other's tablets. Facts
 * count leads and guidance both ways without naming anyone.
 */
import type { Kind, Verb } from '../kind.ts';
import type { Field, Fields } from '../field.ts';
import { partOf, type Change, type View } from '../record.ts';
import { text, type Patch, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const toOrg: Field = { type: 'ref', kind: 'organisation', label: '伝える組織' };
const direction: Field = { type: 'choice', list: 'guidanceDirection', label: '誘導の向き' };
const consentMethod: Field = {
  type: 'choice',
  list: 'consentMethod',
  label: '事業所の同意のとりかた',
};

const sharing: Fields = {
  toOrg: { ...toOrg, required: true },
  direction: { ...direction, required: true },
  consentMethod: { ...consentMethod, required: true },
};

const shape: Shape = {
  name: 'employerLead',
  label: '事業所の相談',
  states: {
    open: '相談中',
    received: '相手が引き受けた',
    closed: '終わり',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '事業所の相談',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        ...deskFields,
        wish: { type: 'choices', list: 'leadWish', label: '相談の内容', required: true },
        occupation: { type: 'choice', list: 'occupation', label: '職業分類' },
        openings: { type: 'integer', label: 'ほしい人数', min: 1, max: 10_000, unit: '人' },
        toOrg: { ...toOrg, fixed: true },
        direction: { ...direction, fixed: true },
        consentMethod: { ...consentMethod, fixed: true },
        consentedOn: { type: 'date', label: '事業所の同意の日', fixed: true },
        withdrawnOn: { type: 'date', label: '同意が取り下げられた日', fixed: true },
        receivedOn: { type: 'date', label: '相手が引き受けた日', fixed: true },
        outcome: { type: 'choice', list: 'leadOutcome', label: 'その結果', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
      },
    },
    firm: {
      label: '事業所',
      audience: 'org',
      listed: true,
      fields: {
        firmName: { type: 'text', label: '事業所名', max: 100, required: true },
        firmContact: { type: 'text', label: '担当の人', max: 60, sensitivity: 'personal' },
        firmPhone: { type: 'code', format: 'phone', label: '電話' },
        firmPlace: { type: 'text', label: '所在地', max: 120 },
        leadNote: { type: 'text', label: '聞いたこと', max: 2000, lines: 4 },
      },
    },
  },
};

const factsOf = (args: Values, view: View) => partOf(view.get('employerLead', idOf(args)), 'facts');

const told = (args: Values, set: Patch): Change => ({
  kind: 'employerLead',
  id: idOf(args),
  part: 'facts',
  set,
});

const pickArgs = (args: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(args).filter(([name]) => names.includes(name)));

/** Taken up by somebody who is told no longer, or by another one: whoever is told now takes it up anew. */
function isNewTo(args: Values, view: View): boolean {
  const { state, toOrg } = factsOf(args, view);
  return state === 'received' && toOrg !== args['toOrg'];
}

const isReceiver: NonNullable<Verb['check']> = (args, view, actor) =>
  factsOf(args, view)['toOrg'] === actor.org
    ? undefined
    : { code: 'notAllowed', action: 'lead.write' };

const isEither: NonNullable<Verb['check']> = (args, view, actor, moment) =>
  factsOf(args, view)['org'] === actor.org ? undefined : isReceiver(args, view, actor, moment);

export const employerLead: Kind = {
  ...shape,
  number: 32,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'firms',
  summary: (record) => text(partOf(record, 'firm')['firmName']) ?? '事業所の相談',
  searchKeys: (record) => [text(partOf(record, 'firm')['firmName']) ?? ''],
  verbs: {
    note: creates(shape, 'note', {
      title: '事業所の相談を記録',
      may: 'lead.write',
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'open' }),
    }),
    // Whether it is shared is no state: neither side's work on it may keep a withdrawal out.
    share: amends(
      shape,
      {
        title: '事業所の同意を得て、相手に伝える',
        may: 'lead.write',
        only: [],
        extra: sharing,
        check: (args, view, actor) => {
          if (args['toOrg'] === actor.org)
            return { code: 'refused', reason: '伝える先は、ほかの組織を選んでください。' };
          return view.get('organisation', text(args['toOrg']) ?? '')
            ? undefined
            : { code: 'notFound', kind: 'organisation' };
        },
        also: (args, view, _actor, moment) => [
          told(args, {
            ...pickArgs(args, Object.keys(sharing)),
            consentedOn: moment.businessDate,
            withdrawnOn: null,
            ...(isNewTo(args, view) ? { state: 'open', receivedOn: null } : {}),
          }),
        ],
      },
      'share',
    ),
    withdrawConsent: amends(
      shape,
      {
        title: '事業所が同意を取り下げた',
        may: 'lead.write',
        only: [],
        check: (args, view) =>
          factsOf(args, view)['consentedOn']
            ? undefined
            : { code: 'refused', reason: '事業所の同意の記録がありません。' },
        also: (args, _view, _actor, moment) => [
          told(args, {
            toOrg: null,
            direction: null,
            consentMethod: null,
            consentedOn: null,
            withdrawnOn: moment.businessDate,
          }),
        ],
      },
      'withdrawConsent',
    ),
    receive: moves(shape, 'receive', {
      title: '引き受ける',
      may: 'lead.write',
      anyOrg: true,
      from: ['open'],
      to: 'received',
      check: isReceiver,
      fixed: (_args, _actor, moment) => ({ receivedOn: moment.businessDate }),
    }),
    close: moves(shape, 'close', {
      title: '相談を終える',
      may: 'lead.write',
      anyOrg: true,
      from: ['open', 'received'],
      to: 'closed',
      takes: ['outcome'],
      needs: ['outcome'],
      check: isEither,
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
    }),
    amend: amends(shape, { title: '事業所の相談を訂正', may: 'lead.write' }),
    void: voids(shape, { title: '事業所の相談を取り消す', may: 'lead.write' }),
  },
};
