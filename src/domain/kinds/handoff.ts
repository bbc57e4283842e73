/**
 * 引継ぎ: one organisation steers a person to another, with record, receiver and acknowledgement. What crosses is the
 * `offer`: values copied from the file for the ticked items and no others, consented to. Without a name only reason,
 * message and a slip number cross; typing the slip ties the receiver's registration to it (design.md §4).
 * Machine: domain.md §3. 送信待ち (queuedOffline) is what a tablet calls a `sent` that has not left it yet.
 */
import type { Fields } from '../field.ts';
import type { Kind, Verb } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf, type Actor, type Change, type Moment, type Rec, type View } from '../record.ts';
import { text, texts, type Patch, type Value, type Values } from '../value.ts';
import { amends, creates, idOf, layOut, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { consentShape, consentTerms } from './consent.ts';
import { seeker } from './seeker.ts';

/** Each shared item with the offer's fields that it covers. */
export const offerFieldsByItem: Readonly<Record<string, readonly string[]>> = {
  name: ['familyName', 'givenName', 'familyKana', 'givenKana', 'birthDate'],
  contact: ['phone', 'safeContact'],
  wishes: ['wishesText'],
  careers: ['careersText'],
  considerations: ['considerationsText'],
  welfare: ['welfareText'],
  history: ['supportHistory'],
};

const copied: Fields = {
  familyName: { type: 'text', label: '姓', max: 40, sensitivity: 'personal' },
  givenName: { type: 'text', label: '名', max: 40, sensitivity: 'personal' },
  familyKana: { type: 'kana', label: 'セイ', max: 60, sensitivity: 'personal' },
  givenKana: { type: 'kana', label: 'メイ', max: 60, sensitivity: 'personal' },
  birthDate: { type: 'date', label: '生年月日', sensitivity: 'personal' },
  phone: { type: 'code', format: 'phone', label: '電話', sensitivity: 'personal' },
  safeContact: { type: 'text', label: '安全な連絡のとりかた', max: 200, sensitivity: 'personal' },
  wishesText: { type: 'text', label: '希望', max: 600, lines: 2 },
  careersText: { type: 'text', label: '職歴・資格', max: 1200, lines: 3 },
  considerationsText: {
    type: 'text',
    label: '配慮事項',
    max: 600,
    lines: 2,
    sensitivity: 'special',
  },
  welfareText: { type: 'text', label: '福祉のこと', max: 600, lines: 2, sensitivity: 'special' },
  supportHistory: {
    type: 'text',
    label: 'これまでの相談',
    max: 2000,
    lines: 4,
    sensitivity: 'personal',
  },
};

const shape: Shape = {
  name: 'handoff',
  label: '引継ぎ',
  persons: ['receiver.toSeeker'],
  states: {
    draft: '下書き',
    awaitingConsent: '同意待ち',
    refused: '同意なし',
    ready: '送る準備ができた',
    sent: '送った',
    received: '相手が見た',
    accepted: '受け入れた',
    inProgress: '対応中',
    reported: '結果の報告ずみ',
    closed: '完了',
    returned: '差し戻し',
    expired: '期限切れ',
    cancelled: '取りやめ',
    voided: '取消',
  },
  parts: {
    facts: {
      label: '引継ぎ',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '引き継ぐ組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '引き継ぐ窓口', fixed: true },
        date: { type: 'date', label: '引継ぎの日', fixed: true },
        toOrg: { type: 'ref', kind: 'organisation', label: '引き継ぐ先', required: true },
        toSite: { type: 'ref', kind: 'site', label: '引き継ぐ先の窓口', required: true },
        reason: { type: 'choice', list: 'handoffReason', label: '引き継ぐ理由', required: true },
        urgency: {
          type: 'choice',
          list: 'urgency',
          label: '急ぎ',
          required: true,
          default: 'normal',
        },
        accompany: { type: 'flag', label: '窓口まで付き添う' },
        dueOn: { type: 'date', label: '返事がほしい日' },
        named: { type: 'flag', label: '名前あり', fixed: true },
        slip: { type: 'code', format: 'slip', label: '引継ぎ票の番号' },
        consent: { type: 'id', label: '同意' },
        link: { type: 'id', label: 'つながり' },
        returnReason: {
          type: 'choice',
          list: 'returnReason',
          label: '差し戻しの理由',
          fixed: true,
        },
        acceptedOn: { type: 'date', label: '受け入れた日', fixed: true },
        endedOn: { type: 'date', label: '終わった日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    sender: {
      label: '送る側の控え',
      audience: 'file',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        fromSeeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        senderNote: { type: 'text', label: '送る側のメモ', max: 1000, lines: 2 },
      },
    },
    offer: {
      label: '相手に伝える内容',
      audience: 'inbox',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        items: { type: 'choices', list: 'sharedItem', label: '伝える項目' },
        message: { type: 'text', label: '伝えたいこと', max: 1000, lines: 3 },
        ...copied,
      },
    },
    receiver: {
      label: '受ける側の控え',
      audience: 'file',
      listed: true,
      person: 'receiver.toSeeker',
      fields: {
        toSeeker: { type: 'ref', kind: 'seeker', label: '求職者（受ける側）', fixed: true },
      },
    },
    answer: {
      label: '返事',
      audience: 'inbox',
      listed: true,
      person: 'sender.fromSeeker',
      fields: {
        result: { type: 'text', label: '結果', max: 1000, lines: 3, fixed: true },
        returnNote: { type: 'text', label: '差し戻しの補足', max: 600, lines: 2, fixed: true },
      },
    },
  },
};

export const openStates = ['sent', 'received', 'accepted', 'inProgress', 'reported'];
const facts = (record: Rec | undefined) => partOf(record, 'facts');
const find = (args: Values, view: View) => view.get('handoff', idOf(args));

/** Fields filled without their item ticked: nobody consented to them. */
function unticked(args: Values): boolean {
  const ticked = new Set(texts(args['items']).flatMap((item) => offerFieldsByItem[item] ?? []));
  return Object.keys(copied).some((name) => args[name] !== undefined && !ticked.has(name));
}

function carriesName(args: Values): boolean {
  return (
    Object.keys(copied).some((name) => args[name] !== undefined) || texts(args['items']).length > 0
  );
}

const isReceiver: NonNullable<Verb['check']> = (args, view, actor) =>
  facts(find(args, view))['toOrg'] === actor.org && facts(find(args, view))['toSite'] === actor.site
    ? undefined
    : { code: 'notAllowed', action: 'handoff.receive' };

const fromActor = (actor: Actor, moment: Moment): Patch => ({
  org: actor.org,
  site: actor.site,
  date: moment.businessDate,
});

function consentChanges(args: Values, actor: Actor, moment: Moment, of: Values): Change[] {
  const terms = Object.fromEntries(
    Object.keys(consentTerms).flatMap((name) =>
      args[name] === undefined ? [] : [[name, args[name]]],
    ),
  ) as Values;
  const tied: Values = {
    ...terms,
    toOrg: of['toOrg'] as Value,
    toSite: of['toSite'] as Value,
    handoff: idOf(args),
    link: args['newLink'] as Value,
    seeker: of['fromSeeker'] as Value,
    items: of['items'] as Value,
    ...(fromActor(actor, moment) as Values),
    state: 'live',
  };
  return layOut(consentShape, text(args['newConsent']) ?? '', tied);
}

const newIds: Fields = {
  newConsent: { type: 'id', label: '同意', required: true },
  newLink: { type: 'id', label: 'つながり', required: true },
};

const newIdTaken = (args: Values, view: View) =>
  view.get('consent', text(args['newConsent']) ?? '')
    ? ({ code: 'alreadyExists', kind: 'consent' } as const)
    : undefined;

const readsNew = (args: Values) => [{ kind: 'consent', id: text(args['newConsent']) ?? '' }];

const composed = [
  'toOrg',
  'toSite',
  'reason',
  'urgency',
  'accompany',
  'dueOn',
  'fromSeeker',
  'senderNote',
];
const offered = ['items', 'message', ...Object.keys(copied)];

const checkOffer: NonNullable<Verb['check']> = (args, view) =>
  (unticked(args) ? ({ code: 'noConsent' } as const) : undefined) ?? newIdTaken(args, view);

const consentLive = (args: Values, view: View, _actor: Actor, moment: Moment) => {
  const consent = facts(view.get('consent', text(facts(find(args, view))['consent']) ?? ''));
  const isLive =
    consent['state'] === 'live' && (text(consent['expiresOn']) ?? '') >= moment.businessDate;
  return isLive || facts(find(args, view))['named'] !== true
    ? undefined
    : ({
        code: 'refused',
        reason: 'ご本人の同意が終わっているため、受け入れられません。',
      } as const);
};

const canAccept: NonNullable<Verb['check']> = (args, view, actor, moment) =>
  isReceiver(args, view, actor, moment) ?? consentLive(args, view, actor, moment);

const readsConsent: Verb['reads'] = (args, view) => {
  const consent = text(facts(find(args, view))['consent']);
  return consent ? [{ kind: 'consent', id: consent }] : [];
};

/** The link joins the sender's file to the receiver's; without a consent there is none. */
function tie(args: Values, view: View, toSeeker: string, moment: Moment): Change[] {
  const handoff = find(args, view);
  const id = text(facts(handoff)['link']);
  const receiver = { kind: 'handoff', id: idOf(args), part: 'receiver', set: { toSeeker } };
  if (!id || facts(handoff)['named'] !== true) return [receiver];
  const { org, site, toOrg, toSite, consent } = facts(handoff) as Record<string, Value>;
  const linkFacts = { org, site, toOrg, toSite, consent, date: moment.businessDate, state: 'live' };
  const ties = {
    fromSeeker: partOf(handoff, 'sender')['fromSeeker'] as Value,
    toSeeker,
    linkItems: partOf(handoff, 'offer')['items'] ?? [],
  };
  return [
    receiver,
    { kind: 'link', id, part: 'facts', set: linkFacts as Patch },
    { kind: 'link', id, part: 'ties', set: ties },
  ];
}

const accepted = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  acceptedOn: moment.businessDate,
});
const ended = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  endedOn: moment.businessDate,
});

const newSeekerArgs: Fields = {
  newSeeker: { type: 'id', label: '求職者', required: true },
  ...seeker.verbs['register']?.args,
};

function registersSeeker(
  args: Values,
  view: View,
  actor: Actor,
  moment: Moment,
): readonly Change[] {
  const register = seeker.verbs['register'];
  const own = Object.fromEntries(
    Object.entries(args).filter(([name]) => name !== 'id' && name !== 'newSeeker'),
  );
  return register?.apply({ ...own, id: args['newSeeker'] as Value }, view, actor, moment) ?? [];
}

export const handoff: Kind = {
  ...shape,
  number: 11,
  retention: 'case',
  siteFields: ['site', 'toSite'],
  moves: true,
  summary: (record) => codeLabel('handoffReason', text(facts(record)['reason']) ?? ''),
  verbs: {
    offer: creates(shape, 'offer', {
      title: '同意を得て引き継ぐ',
      may: 'handoff.send',
      only: [...composed, ...offered],
      extra: { ...newIds, ...consentTerms },
      reads: readsNew,
      check: (args, view, actor, moment) =>
        texts(args['items']).length === 0 || !args['fromSeeker']
          ? { code: 'refused', reason: '伝える項目を一つ以上選んでください。' }
          : checkOffer(args, view, actor, moment),
      fixed: (args, actor, moment) => ({
        ...fromActor(actor, moment),
        named: true,
        consent: args['newConsent'] as Value,
        link: args['newLink'] as Value,
        state: 'sent',
      }),
      also: (args, _view, actor, moment) => consentChanges(args, actor, moment, args),
    }),
    offerUnnamed: creates(shape, 'offerUnnamed', {
      title: '名前を伝えずに引き継ぐ',
      may: 'handoff.send',
      only: [
        'toOrg',
        'toSite',
        'reason',
        'urgency',
        'accompany',
        'dueOn',
        'slip',
        'message',
        'senderNote',
      ],
      extra: {
        slip: { type: 'code', format: 'slip', label: '引継ぎ票の番号', required: true },
        fromSeeker: { type: 'ref', kind: 'seeker', label: '求職者' },
      },
      fixed: (args, actor, moment) => ({
        ...fromActor(actor, moment),
        named: false,
        state: 'sent',
        ...(args['fromSeeker'] ? { fromSeeker: args['fromSeeker'] } : {}),
      }),
    }),
    draft: creates(shape, 'draft', {
      title: '引継ぎの下書きを作る',
      may: 'handoff.send',
      only: [...composed, ...offered],
      check: (args) => (unticked(args) ? { code: 'noConsent' } : undefined),
      fixed: (_args, actor, moment) => ({
        ...fromActor(actor, moment),
        named: true,
        state: 'draft',
      }),
    }),
    amend: amends(shape, {
      title: '引継ぎを訂正',
      may: 'handoff.send',
      only: ['reason', 'urgency', 'accompany', 'dueOn', 'senderNote', ...offered],
      check: (args, view) => {
        const record = find(args, view);
        const merged = { ...partOf(record, 'offer'), ...args };
        if (!['draft', 'awaitingConsent', 'returned'].includes(text(facts(record)['state']) ?? ''))
          return { code: 'refused', reason: '送ったあとの引継ぎは書き換えられません。' };
        return (facts(record)['named'] === true ? unticked(merged) : carriesName(merged))
          ? { code: 'noConsent' }
          : undefined;
      },
    }),
    askConsent: moves(shape, 'askConsent', {
      title: '同意をお願いする',
      may: 'handoff.send',
      from: ['draft'],
      to: 'awaitingConsent',
    }),
    refuseConsent: moves(shape, 'refuseConsent', {
      title: '同意されなかった',
      may: 'handoff.send',
      from: ['awaitingConsent'],
      to: 'refused',
      fixed: ended,
    }),
    recordConsent: moves(shape, 'recordConsent', {
      title: '同意を記録する',
      may: 'handoff.send',
      from: ['draft', 'awaitingConsent'],
      to: 'ready',
      extra: { ...newIds, ...consentTerms },
      reads: readsNew,
      check: newIdTaken,
      fixed: (args) => ({ consent: args['newConsent'] as Value, link: args['newLink'] as Value }),
      also: (args, view, actor, moment) => {
        const record = find(args, view);
        return consentChanges(args, actor, moment, {
          ...facts(record),
          ...partOf(record, 'sender'),
          ...partOf(record, 'offer'),
        });
      },
    }),
    send: moves(shape, 'send', {
      title: '引継ぎを送る',
      may: 'handoff.send',
      from: ['ready'],
      to: 'sent',
      reads: readsConsent,
      check: consentLive,
    }),
    receive: moves(shape, 'receive', {
      title: '引継ぎを開いた',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['sent'],
      to: 'received',
      check: isReceiver,
    }),
    accept: moves(shape, 'accept', {
      title: '引継ぎを受け入れる',
      may: 'handoff.receive',
      anyOrg: true,
      from: ['sent', 'received'],
      to: 'accepted',
      extra: { seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true } },
      people: (args) => [text(args['seeker']) ?? ''],
      reads: readsConsent,
      check: canAccept,
      fixed: accepted,
      also: (args, view, _actor, moment) => tie(args, view, text(args['seeker']) ?? '', moment),
    }),
    acceptNew: moves(shape, 'acceptNew', {
      title: '引継ぎを受け入れ、求職者を登録する',
      may: 'handoff.receive',
      anyOrg: true,
      from: ['sent', 'received'],
      to: 'accepted',
      extra: newSeekerArgs,
      people: () => [],
      reads: (args, view) => [
        ...readsConsent(args, view),
        { kind: 'seeker', id: text(args['newSeeker']) ?? '' },
      ],
      check: (args, view, actor, moment) =>
        canAccept(args, view, actor, moment) ??
        (view.get('seeker', text(args['newSeeker']) ?? '')
          ? { code: 'alreadyExists', kind: 'seeker' }
          : seeker.verbs['register']?.check?.(
              { ...args, id: args['newSeeker'] as Value },
              view,
              actor,
              moment,
            )),
      fixed: accepted,
      also: (args, view, actor, moment) => [
        ...registersSeeker(args, view, actor, moment),
        ...tie(args, view, text(args['newSeeker']) ?? '', moment),
      ],
    }),
    start: moves(shape, 'start', {
      title: '対応をはじめる',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['accepted'],
      to: 'inProgress',
      check: isReceiver,
    }),
    report: moves(shape, 'report', {
      title: '結果を報告する',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['accepted', 'inProgress'],
      to: 'reported',
      takes: ['result'],
      needs: ['result'],
      check: isReceiver,
    }),
    close: moves(shape, 'close', {
      title: '引継ぎを終える',
      may: 'handoff.send',
      from: ['reported'],
      to: 'closed',
      fixed: ended,
    }),
    return: moves(shape, 'return', {
      title: '差し戻す',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['sent', 'received'],
      to: 'returned',
      takes: ['returnReason', 'returnNote'],
      needs: ['returnReason'],
      check: isReceiver,
    }),
    redraft: moves(shape, 'redraft', {
      title: '下書きにもどす',
      may: 'handoff.send',
      from: ['returned'],
      to: 'draft',
    }),
    expire: moves(shape, 'expire', {
      title: '期限が切れた',
      may: 'clock.expire',
      from: ['sent'],
      to: 'expired',
      fixed: ended,
    }),
    cancel: moves(shape, 'cancel', {
      title: '引継ぎを取りやめる',
      may: 'handoff.send',
      from: [
        'draft',
        'awaitingConsent',
        'ready',
        'sent',
        'received',
        'accepted',
        'inProgress',
        'returned',
      ],
      to: 'cancelled',
      extra: { cancelNote: { type: 'text', label: '取りやめる理由', max: 400, required: true } },
      fixed: ended,
    }),
    void: voids(shape, { title: '引継ぎを取り消す', may: 'handoff.send' }),
  },
};
