/**
 * 同意: what a person allowed one organisation to tell another, for what, until when. It ends by withdrawal or by date,
 * and with it the link and every open handoff that rests on it. Five mandatory items after a town's 69条 form
 * (domain.md §3): recipient, holder, purpose, items, medium.
 */
import type { Field, Fields } from '../field.ts';
import type { Kind } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type Change, type Moment, type Rec, type Ref, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';

const witness: Field = {
  type: 'text',
  label: '立ち会った職員',
  max: 40,
  required: true,
  shownWhen: (values) => values['method'] === 'oral',
};

/** Asked wherever a consent is taken; `seeker`, recipient and items come from what it is taken for. */
export const consentTerms: Fields = {
  purpose: {
    type: 'choice',
    list: 'consentPurpose',
    label: '目的',
    required: true,
    default: 'employment',
  },
  medium: {
    type: 'choice',
    list: 'consentMedium',
    label: '伝える方法',
    required: true,
    default: 'app',
  },
  method: { type: 'choice', list: 'consentMethod', label: '同意のとりかた', required: true },
  witness,
  expiresOn: { type: 'date', label: '同意の期限', required: true },
};

export const consentShape: Shape = {
  name: 'consent',
  label: '同意',
  states: { live: '有効', withdrawn: '撤回', expired: '期限切れ', ended: '終わり', voided: '取消' },
  parts: {
    facts: {
      label: '同意',
      audience: 'sites',
      listed: true,
      // It is withdrawn long after the counter has ceased to count it.
      person: 'terms.seeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '伝える組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        toOrg: { type: 'ref', kind: 'organisation', label: '受け取る組織', required: true },
        toSite: { type: 'ref', kind: 'site', label: '受け取る窓口', required: true },
        date: { type: 'date', label: '同意した日', fixed: true },
        expiresOn: { type: 'date', label: '同意の期限', required: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        handoff: { type: 'id', label: '引継ぎ' },
        link: { type: 'id', label: 'つながり' },
      },
    },
    terms: {
      label: '同意の内容',
      audience: 'shared',
      listed: false,
      person: 'terms.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        items: { type: 'choices', list: 'sharedItem', label: '伝える項目', required: true },
        purpose: { type: 'choice', list: 'consentPurpose', label: '目的', required: true },
        medium: { type: 'choice', list: 'consentMedium', label: '伝える方法', required: true },
        method: { type: 'choice', list: 'consentMethod', label: '同意のとりかた', required: true },
        witness,
      },
    },
  },
};

const openHandoff = [
  'draft',
  'awaitingConsent',
  'ready',
  'sent',
  'received',
  'accepted',
  'inProgress',
  'returned',
];

function restingOn(args: Values, view: View): Ref[] {
  const facts = partOf(view.get('consent', idOf(args)), 'facts');
  const handoff = text(facts['handoff']);
  const link = text(facts['link']);
  return [
    ...(handoff ? [{ kind: 'handoff', id: handoff }] : []),
    ...(link ? [{ kind: 'link', id: link }] : []),
  ];
}

/**
 * The link ends and open handoffs are cancelled in the same write: their parts leave the receiver's tablets. Only what names
 * this consent itself: on the consent's own word alone anyone could end another's.
 */
function endsWhatRestsOnIt(args: Values, view: View, date: string): Change[] {
  return restingOn(args, view).flatMap((ref) => {
    const facts = partOf(view.get(ref.kind, ref.id), 'facts');
    const next = facts['consent'] === idOf(args) ? stateAfter(ref, facts) : undefined;
    return next ? [{ ...ref, part: 'facts', set: { state: next, endedOn: date } }] : [];
  });
}

/** A reported handoff has had its result: it is done, and what was told leaves like the rest. */
function stateAfter(ref: Ref, facts: Values): string | undefined {
  const state = text(facts['state']) ?? '';
  if (ref.kind === 'link') return state === 'live' ? 'ended' : undefined;
  if (state === 'reported') return 'closed';
  return openHandoff.includes(state) ? 'cancelled' : undefined;
}

/** Still live in the records though its date is past: the server's clock is to end it. */
export function isConsentOver(record: Rec, today: string): boolean {
  const { state, expiresOn } = partOf(record, 'facts');
  return record.kind === 'consent' && state === 'live' && (text(expiresOn) ?? today) < today;
}

/** Taken for days gone by, it would be none. */
export function isOverAlready(args: Values, moment: Moment): Problem | undefined {
  const until = text(args['expiresOn']);
  return until !== undefined && until < moment.businessDate
    ? {
        code: 'invalidFields',
        fields: [
          { field: 'expiresOn', reason: '「同意の期限」は、今日かそれより後の日にしてください。' },
        ],
      }
    : undefined;
}

export const consent: Kind = {
  ...consentShape,
  number: 8,
  retention: 'case',
  siteFields: ['site', 'toSite'],
  moves: true,
  summary: (record) => consentShape.states?.[text(partOf(record, 'facts')['state']) ?? ''] ?? '',
  verbs: {
    record: creates(consentShape, 'record', {
      title: '同意を記録',
      may: 'consent.write',
      check: (args, _view, _actor, moment) => isOverAlready(args, moment),
      fixed: (_args, actor, moment) => ({
        org: actor.org,
        site: actor.site,
        date: moment.businessDate,
        state: 'live',
      }),
    }),
    withdraw: moves(consentShape, 'withdraw', {
      title: '同意を撤回する',
      may: 'consent.write',
      from: ['live'],
      to: 'withdrawn',
      // That the other desk has gone on meanwhile keeps no withdrawal out.
      prevails: true,
      reads: restingOn,
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
      also: (args, view, _actor, moment) => endsWhatRestsOnIt(args, view, moment.businessDate),
    }),
    expire: moves(consentShape, 'expire', {
      title: '同意の期限が切れた',
      may: 'clock.expire',
      from: ['live'],
      to: 'expired',
      reads: restingOn,
      fixed: (_args, _actor, moment) => ({ endedOn: moment.businessDate }),
      also: (args, view, _actor, moment) => endsWhatRestsOnIt(args, view, moment.businessDate),
    }),
    amend: amends(consentShape, {
      title: '同意の記録を訂正',
      may: 'consent.write',
      only: ['purpose', 'medium', 'method', 'witness', 'expiresOn'],
      check: (args, _view, _actor, moment) => isOverAlready(args, moment),
    }),
    void: voids(consentShape, {
      title: '同意の記録を取り消す',
      may: 'consent.write',
      prevails: true,
      reads: restingOn,
      also: (args, view, _actor, moment) => endsWhatRestsOnIt(args, view, moment.businessDate),
    }),
  },
};
