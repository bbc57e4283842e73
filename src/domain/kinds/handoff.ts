/**
 * 引継ぎ: one organisation steers a person to another, with record, receiver and acknowledgement. What crosses is the
 * `offer`: values copied from the file for the ticked items and no others, consented to. Without a name only reason,
 * message and a slip number cross; typing the slip ties the receiver's registration to it (design.md §4).
 * Machine: domain.md §3. 送信待ち (queuedOffline) is what a tablet calls a `sent` that has not left it yet.
 */
import type { Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import type { Value } from '../value.ts';
import { amended, amends, creates, moves, voids } from '../verbs.ts';
import { consentTerms } from './consent.ts';
import {
  accepted,
  badConsent,
  canAccept,
  carriesName,
  checkOffer,
  composed,
  consentChanges,
  consentLive,
  copiedOnward,
  ended,
  endsConsent,
  facts,
  find,
  fromActor,
  isReceiver,
  newIds,
  newSeekerArgs,
  nothingTicked,
  offered,
  readsConsent,
  readsNew,
  registersSeeker,
  tie,
  undecided,
  unticked,
} from './handoff-rules.ts';
import { handoffShape, openStates } from './handoff-shape.ts';
import { seeker } from './seeker.ts';

export { offerFieldsByItem, openStates } from './handoff-shape.ts';

/** Where a look at it comes too late to change anything. Returned, it may be sent anew: its base tells (sync/seen.ts). */
const lookedAt = [
  'received',
  'accepted',
  'inProgress',
  'reported',
  'closed',
  'expired',
  'cancelled',
  'voided',
];

export const handoff: Kind = {
  ...handoffShape,
  number: 11,
  retention: 'case',
  siteFields: ['site', 'toSite'],
  moves: true,
  looked: { states: { sent: 'received' }, round: 'consent', back: 'returnReason' },
  atHand: {
    states: openStates,
    sites: { 'sender.fromSeeker': 'site', 'receiver.toSeeker': 'toSite' },
  },
  summary: (record) => codeLabel('handoffReason', text(facts(record)['reason']) ?? ''),
  verbs: {
    offer: creates(handoffShape, 'offer', {
      title: '同意を得て引き継ぐ',
      may: 'handoff.send',
      only: [...composed, ...offered],
      extra: { ...newIds, ...consentTerms },
      reads: readsNew,
      check: (args, view, actor, moment) =>
        nothingTicked(args) ?? checkOffer(args, view, actor, moment),
      fixed: (args, actor, moment) => ({
        ...fromActor(actor, moment),
        named: true,
        consent: args['newConsent'] as Value,
        link: args['newLink'] as Value,
        sentOn: moment.businessDate,
        state: 'sent',
      }),
      also: (args, _view, actor, moment) => consentChanges(args, actor, moment, args),
    }),
    offerUnnamed: creates(handoffShape, 'offerUnnamed', {
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
        sentOn: moment.businessDate,
        state: 'sent',
        ...(args['fromSeeker'] ? { fromSeeker: args['fromSeeker'] } : {}),
      }),
    }),
    draft: creates(handoffShape, 'draft', {
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
    amend: amends(handoffShape, {
      title: '引継ぎを訂正',
      may: 'handoff.send',
      only: ['reason', 'urgency', 'accompany', 'dueOn', 'senderNote', ...offered],
      check: (args, view) => {
        const record = find(args, view);
        const merged = amended(partOf(record, 'offer'), args);
        if (!['draft', 'awaitingConsent', 'returned'].includes(text(facts(record)['state']) ?? ''))
          return { code: 'refused', reason: '送ったあとの引継ぎは書き換えられません。' };
        return (facts(record)['named'] === true ? unticked(merged) : carriesName(merged))
          ? { code: 'noConsent' }
          : undefined;
      },
    }),
    askConsent: moves(handoffShape, 'askConsent', {
      title: '同意をお願いする',
      may: 'handoff.send',
      from: ['draft'],
      to: 'awaitingConsent',
    }),
    refuseConsent: moves(handoffShape, 'refuseConsent', {
      title: '同意されなかった',
      may: 'handoff.send',
      from: ['awaitingConsent'],
      to: 'refused',
      fixed: ended,
    }),
    recordConsent: moves(handoffShape, 'recordConsent', {
      title: '同意を記録する',
      may: 'handoff.send',
      from: ['draft', 'awaitingConsent'],
      to: 'ready',
      extra: { ...newIds, ...consentTerms },
      reads: (args, view) => [...readsNew(args), ...readsConsent(args, view)],
      check: (args, view, _actor, moment) =>
        nothingTicked(partOf(find(args, view), 'offer')) ?? badConsent(args, view, moment),
      fixed: (args) => ({ consent: args['newConsent'] as Value, link: args['newLink'] as Value }),
      also: (args, view, actor, moment) => {
        const record = find(args, view);
        return [
          ...endsConsent(args, view, moment),
          ...consentChanges(args, actor, moment, {
            ...facts(record),
            ...partOf(record, 'sender'),
            ...partOf(record, 'offer'),
          }),
        ];
      },
    }),
    send: moves(handoffShape, 'send', {
      title: '引継ぎを送る',
      may: 'handoff.send',
      from: ['ready'],
      to: 'sent',
      reads: readsConsent,
      check: (args, view, actor, moment) =>
        consentLive(args, view, actor, moment) ?? undecided(args, view, actor, moment),
      fixed: (_args, _actor, moment, record) => ({
        sentOn: facts(record)['sentOn'] ?? moment.businessDate,
      }),
    }),
    sendUnnamed: moves(handoffShape, 'sendUnnamed', {
      title: '差し戻された名前なしの引継ぎを送りなおす',
      may: 'handoff.send',
      from: ['draft'],
      to: 'sent',
      check: (args, view, actor, moment) =>
        facts(find(args, view))['named'] === true
          ? { code: 'refused', reason: '先にご本人の同意を記録してください。' }
          : undecided(args, view, actor, moment),
    }),
    receive: moves(handoffShape, 'receive', {
      title: '引継ぎを開いた',
      may: 'handoff.receive',
      anyOrg: true,
      witnesses: { past: lookedAt, check: isReceiver },
      people: () => [],
      from: ['sent'],
      to: 'received',
      check: isReceiver,
    }),
    accept: moves(handoffShape, 'accept', {
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
    acceptNew: {
      copies: copiedOnward,
      ...moves(handoffShape, 'acceptNew', {
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
    },
    start: moves(handoffShape, 'start', {
      title: '対応をはじめる',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['accepted'],
      to: 'inProgress',
      check: isReceiver,
    }),
    report: moves(handoffShape, 'report', {
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
    close: moves(handoffShape, 'close', {
      title: '引継ぎを終える',
      may: 'handoff.send',
      from: ['reported'],
      to: 'closed',
      fixed: ended,
    }),
    return: moves(handoffShape, 'return', {
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
    redraft: moves(handoffShape, 'redraft', {
      title: '下書きにもどす',
      may: 'handoff.send',
      from: ['returned'],
      to: 'draft',
    }),
    expire: moves(handoffShape, 'expire', {
      title: '期限が切れた',
      may: 'clock.expire',
      from: ['sent'],
      to: 'expired',
      fixed: ended,
      reads: readsConsent,
      also: (args, view, _actor, moment) => endsConsent(args, view, moment),
    }),
    cancel: moves(handoffShape, 'cancel', {
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
      reads: readsConsent,
      also: (args, view, _actor, moment) => endsConsent(args, view, moment),
    }),
    void: voids(handoffShape, {
      title: '引継ぎを取り消す',
      may: 'handoff.send',
      reads: readsConsent,
      also: (args, view, _actor, moment) => endsConsent(args, view, moment),
    }),
  },
};
