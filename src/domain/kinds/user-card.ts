/**
 * 利用者カード: issued at the reception of a counter of several organisations (ウーマンワークカフェ北九州), lost, replaced. One card is
 * valid at a time; the number is the card's and no one's of the state. Other counters see it only through the one link it
 * names, and only while that link's consent lives: whoever shows the card is then known there. Source: domain.md §2.
 */
import type { Kind } from '../kind.ts';
import { searchKey } from '../names.ts';
import { partOf, type Change, type Moment, type View } from '../record.ts';
import { text, texts, type Patch, type Values } from '../value.ts';
import { amends, creates, idOf, layOut, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';
import { endsOf, isLiveLink } from './link-ends.ts';

const shape: Shape = {
  name: 'userCard',
  label: '利用者カード',
  states: {
    active: '使える',
    lost: 'なくした',
    replaced: '作りなおした',
    returned: '返してもらった',
    voided: '取消',
  },
  parts: {
    card: {
      label: 'カード',
      audience: 'shared',
      listed: true,
      person: 'card.seeker',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        cardNo: {
          type: 'text',
          label: 'カード番号',
          hint: 'カードに書いてある番号',
          max: 20,
          required: true,
          sensitivity: 'personal',
        },
      },
    },
    facts: {
      label: '利用者カード',
      // Whether it is lost is told with it.
      audience: 'shared',
      listed: true,
      person: 'card.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        endedOn: { type: 'date', label: '使えなくなった日', fixed: true },
        replacedBy: { type: 'id', label: '新しいカード', fixed: true },
        link: { type: 'ref', kind: 'link', label: 'ほかの窓口でも使う（ご本人の同意）' },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
  },
};

const cardNo = shape.parts['card']?.fields['cardNo'];

/** A card is shared through a live link of this very person whose consent names her and is not over; else it is not. */
function notAgreed(args: Values, view: View, moment: Moment, seeker: string | undefined) {
  const id = text(args['link']);
  if (id === undefined) return undefined;
  const link = view.get('link', id);
  const consent = partOf(view.get('consent', consentOf(args, view)), 'facts');
  const isLive =
    isLiveLink(link) &&
    texts(partOf(link, 'ties')['linkItems']).includes('name') &&
    consent['state'] === 'live' &&
    (text(consent['expiresOn']) ?? '') >= moment.businessDate;
  return isLive && seeker !== undefined && endsOf(link).includes(seeker)
    ? undefined
    : ({
        code: 'refused',
        reason: 'カードの共有に、いま有効なご本人の同意がありません。先に同意を記録してください。',
      } as const);
}

const consentOf = (args: Values, view: View) =>
  text(partOf(view.get('link', text(args['link']) ?? ''), 'facts')['consent']) ?? '';

const readsConsent = (args: Values, view: View) =>
  consentOf(args, view) === '' ? [] : [{ kind: 'consent', id: consentOf(args, view) }];

const seekerOf = (args: Values, view: View) =>
  text(partOf(view.get('userCard', idOf(args)), 'card')['seeker']);

const ended = (date: string): Patch => ({ endedOn: date });

const newCardId = (args: Values) => text(args['newCard']) ?? '';

export const userCard: Kind = {
  ...shape,
  number: 38,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  oneIn: ['active'],
  shelf: 'person',
  summary: (record) => text(partOf(record, 'card')['cardNo']) ?? '',
  searchKeys: (record) => [searchKey(text(partOf(record, 'card')['cardNo']) ?? '')],
  verbs: {
    issue: creates(shape, 'issue', {
      title: '利用者カードを渡す',
      may: 'case.write',
      reads: readsConsent,
      check: (args, view, _actor, moment) => notAgreed(args, view, moment, text(args['seeker'])),
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'active' }),
    }),
    share: amends(
      shape,
      {
        title: 'ほかの窓口と共有する',
        may: 'case.write',
        only: ['link'],
        reads: readsConsent,
        check: (args, view, _actor, moment) => notAgreed(args, view, moment, seekerOf(args, view)),
      },
      'share',
    ),
    lose: moves(shape, 'lose', {
      title: 'カードをなくした',
      may: 'case.write',
      from: ['active'],
      to: 'lost',
      fixed: (_args, _actor, moment) => ended(moment.businessDate),
    }),
    find: moves(shape, 'find', {
      title: 'カードが見つかった',
      may: 'case.write',
      from: ['lost'],
      to: 'active',
      fixed: () => ({ endedOn: null }),
    }),
    replace: moves(shape, 'replace', {
      title: 'カードを作りなおす',
      may: 'case.write',
      from: ['active', 'lost'],
      to: 'replaced',
      extra: {
        newCard: { type: 'id', label: '新しいカード', required: true },
        ...(cardNo ? { newCardNo: { ...cardNo, label: '新しいカード番号' } } : {}),
      },
      reads: (args) => [{ kind: 'userCard', id: newCardId(args) }],
      check: (args, view) =>
        view.get('userCard', newCardId(args))
          ? { code: 'alreadyExists', kind: 'userCard' }
          : undefined,
      fixed: (args, _actor, moment, record) => ({
        endedOn: partOf(record, 'facts')['endedOn'] ?? moment.businessDate,
        replacedBy: newCardId(args),
      }),
      also: (args, view, actor, moment): Change[] => {
        const old = view.get('userCard', idOf(args));
        const { link } = partOf(old, 'facts');
        return layOut(shape, newCardId(args), {
          ...atDesk(actor, moment),
          state: 'active',
          ...(link === undefined ? {} : { link }),
          ...(seekerOf(args, view) === undefined ? {} : { seeker: seekerOf(args, view) ?? '' }),
          cardNo: args['newCardNo'] ?? '',
        });
      },
    }),
    takeBack: moves(shape, 'takeBack', {
      title: 'カードを返してもらった',
      may: 'case.write',
      from: ['active', 'lost'],
      to: 'returned',
      fixed: (_args, _actor, moment) => ended(moment.businessDate),
    }),
    amend: amends(shape, { title: 'カード番号を訂正', may: 'case.correct', only: ['cardNo'] }),
    void: voids(shape, { title: '利用者カードを取り消す', may: 'case.correct' }),
  },
};
