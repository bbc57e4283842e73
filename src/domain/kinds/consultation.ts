/**
 * One counselling session, of the city (キャリアカウンセリング) or of Hello Work (職業相談). Facts count it; the shared summary
 * crosses a link whose consent names it; the private note never leaves the organisation. Fields: domain.md §3.
 */
import type { Field } from '../field.ts';
import { peopleOf, type Kind } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { codeLabel } from '../codes.ts';
import {
  isAtHand,
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type View,
} from '../record.ts';
import { isObject, text, texts, type Patch, type Value, type Values } from '../value.ts';
import { amends, creates, idOf, stateFields, voids, type Shape } from '../verbs.ts';
import { bookNext, moveNext, nextBeside, nextOf, nextTaken, voidNext } from './appointment.ts';
import { attachChange, sideOf, visitFacts, wrongOutpost } from './visit.ts';

const next: Field = {
  type: 'group',
  label: '次回予約',
  fields: {
    date: { type: 'date', label: '日にち' },
    time: { type: 'time', label: '時刻' },
    purpose: { type: 'text', label: '用件', max: 60 },
  },
};

const shape: Shape = {
  name: 'consultation',
  label: '相談',
  states: { recorded: '記録ずみ', voided: '取消' },
  parts: {
    facts: {
      label: '相談',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        orgType: { type: 'choice', list: 'organisationType', label: '組織の種別', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '業務日', fixed: true },
        staff: { type: 'ref', kind: 'staff', label: '担当者', fixed: true },
        visit: { type: 'ref', kind: 'visit', label: '来所', required: true },
        services: { type: 'choices', list: 'serviceCode', label: 'したこと', required: true },
        startedAt: { type: 'instant', label: '開始時刻' },
        minutes: { type: 'integer', label: '時間', min: 1, max: 480, unit: '分' },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '共有のまとめ',
      audience: 'shared',
      listed: false,
      person: 'shared.seeker',
      item: 'consultations',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者' },
        summary: {
          type: 'text',
          label: '共有のまとめ',
          max: 2000,
          lines: 4,
          sensitivity: 'personal',
        },
        // Only consultations of old carry it themselves; since then it is an appointment (appointment.ts).
        next,
      },
    },
    private: {
      label: '自分の組織だけのメモ',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        notes: { type: 'text', label: '内部メモ', max: 4000, lines: 4, sensitivity: 'special' },
      },
    },
  },
};

const fixed = (_args: Values, actor: Actor, moment: Moment): Patch => ({
  org: actor.org,
  orgType: actor.orgType,
  site: actor.site,
  date: moment.businessDate,
  staff: actor.user,
  state: 'recorded',
});

/** The open visit learns who came, where nobody was attached on this organisation's side. */
function attachIfNobody(visitId: string, args: Values, view: View, actor: Actor): Change[] {
  const seeker = text(args['seeker']);
  const side = sideOf(actor);
  const known = partOf(view.get('visit', visitId), side)[`${side}Seeker`];
  return seeker && !known ? [attachChange(visitId, seeker, actor)] : [];
}

function notOnBoard(visit: string, view: View, actor: Actor): Problem | undefined {
  const facts = partOf(view.get('visit', visit), 'facts');
  if (!isAtHand(actor, facts['site'])) return { code: 'notFound', kind: 'visit' };
  return facts['state'] === 'voided'
    ? { code: 'illegalState', kind: 'visit', found: '取消ずみ' }
    : undefined;
}

const said = ['services', 'startedAt', 'minutes', 'seeker', 'summary', 'notes'];

const readsNext = (args: Values) => [{ kind: 'appointment', id: nextOf(idOf(args)) }];

/** Without its day it would be at hand on none. */
function undated(args: Values): Problem | undefined {
  const given = args['next'];
  return isObject(given) && Object.keys(given).length > 0 && given['date'] === undefined
    ? {
        code: 'invalidFields',
        fields: [{ field: 'next.date', reason: '「次回予約」は、日にちも入れてください。' }],
      }
    : undefined;
}

/** An amended one is the appointment's from now on; a consultation of old gives up its own. */
function movesNext(args: Values, view: View, actor: Actor, moment: Moment): Change[] {
  const record = view.get('consultation', idOf(args));
  const { seeker, next: old } = partOf(record, 'shared');
  const changes = bookNext({ ...args, ...(seeker ? { seeker } : {}) }, view, actor, moment);
  const given = changes.length > 0 && old !== undefined;
  return given
    ? [...changes, { kind: 'consultation', id: idOf(args), part: 'shared', set: { next: null } }]
    : changes;
}

const seekersOf = (record: Rec | undefined) => (record ? peopleOf(shape, record) : []);

export const consultation: Kind = {
  ...shape,
  number: 10,
  retention: 'case',
  siteFields: ['site'],
  moves: true,
  days: ['date'],
  summary: (record) =>
    texts(partOf(record, 'facts')['services'])
      .map((code) => codeLabel('serviceCode', code))
      .join('・'),
  verbs: {
    record: creates(shape, 'record', {
      title: '相談を記録',
      may: 'case.write',
      only: ['visit', ...said],
      extra: { next },
      reads: readsNext,
      check: (args, view, actor) =>
        notOnBoard(text(args['visit']) ?? '', view, actor) ??
        undated(args) ??
        nextTaken(args, view, actor, true),
      fixed,
      also: (args, view, actor, moment) => [
        ...attachIfNobody(text(args['visit']) ?? '', args, view, actor),
        ...bookNext(args, view, actor, moment),
      ],
    }),
    recordWalkIn: creates(shape, 'recordWalkIn', {
      title: '受付にない人の相談を記録',
      may: 'case.write',
      only: said,
      extra: {
        next,
        newVisit: { type: 'id', label: '来所', required: true },
        arrivedAt: { type: 'instant', label: '来所時刻', required: true },
        channel: {
          type: 'choice',
          list: 'channel',
          label: '方法',
          required: true,
          default: 'inPerson',
        },
        visitKind: { type: 'choice', list: 'visitKind', label: '新規・再来', required: true },
        purposes: { type: 'choices', list: 'purpose', label: '用件', required: true },
        outpost: { type: 'ref', kind: 'event', label: '臨時窓口' },
      },
      reads: (args) => [{ kind: 'visit', id: text(args['newVisit']) ?? '' }, ...readsNext(args)],
      check: (args, view, actor) =>
        view.get('visit', text(args['newVisit']) ?? '')
          ? { code: 'alreadyExists', kind: 'visit' }
          : (wrongOutpost(args, view, actor) ??
            undated(args) ??
            nextTaken(args, view, actor, true)),
      fixed: (args, actor, moment) => ({
        ...fixed(args, actor, moment),
        visit: args['newVisit'] as Value,
      }),
      also: (args, view, actor, moment) => [
        ...walkInVisit(args, view, actor, moment),
        ...bookNext(args, view, actor, moment),
      ],
    }),
    amend: amends(shape, {
      title: '相談を訂正',
      may: 'case.correct',
      only: said.filter((name) => name !== 'seeker'),
      extra: { next },
      reads: readsNext,
      beside: nextBeside,
      check: (args, view, actor) => undated(args) ?? nextTaken(args, view, actor, false),
      also: movesNext,
    }),
    moveToSeeker: amends(
      shape,
      {
        title: '別の求職者に付けかえる',
        may: 'case.correct',
        only: [],
        extra: { toSeeker: { type: 'ref', kind: 'seeker', label: '正しい求職者', required: true } },
        people: (args, view) => [
          text(args['toSeeker']) ?? '',
          ...seekersOf(view.get('consultation', idOf(args))),
        ],
        reads: readsNext,
        also: (args, view, actor) => [
          {
            kind: 'consultation',
            id: idOf(args),
            part: 'shared',
            set: { seeker: args['toSeeker'] as Value },
          },
          ...moveNext(idOf(args), text(args['toSeeker']) ?? '', view, actor),
        ],
      },
      'moveToSeeker',
    ),
    void: voids(shape, {
      title: '相談を取り消す',
      may: 'case.correct',
      reads: readsNext,
      also: (args, view, actor) =>
        voidNext(idOf(args), text(args['voidReason']) ?? '', view, actor),
    }),
  },
};

function walkInVisit(args: Values, view: View, actor: Actor, moment: Moment): Change[] {
  const id = text(args['newVisit']) ?? '';
  const { arrivedAt, startedAt, channel, visitKind, purposes } = args as Record<string, Value>;
  const state = sideOf(actor) === 'hw' ? 'withHW' : 'withCity';
  const { outpost } = args;
  const held = outpost === undefined ? {} : { outpost };
  // Written down late, or sent again on another day, the talk began when it began.
  const servedAt = startedAt ?? moment.occurredAt;
  const asked = { arrivedAt, channel, visitKind, purposes, ...held, servedAt };
  const facts = { ...visitFacts(actor, moment.businessDate, state), ...(asked as Values) };
  return [
    { kind: 'visit', id, part: 'facts', set: facts },
    ...attachIfNobody(id, args, view, actor),
  ];
}
