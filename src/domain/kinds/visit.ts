/**
 * One arrival at a counter, by a person, by telephone or online. Counted first (利用者数, 延べ), a person attached later
 * or never. Families are one visit with a head count. The desk that serves second joins the open visit.
 * Source: Sapporo's FY25 sheet counts users as visits; states: design.md §4.
 */
import type { Fields } from '../field.ts';
import type { Kind } from '../kind.ts';
import { codeLabel } from '../codes.ts';
import type { Problem } from '../problem.ts';
import { isAtHand, partOf, type Actor, type Moment, type View } from '../record.ts';
import { integer, text, texts, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { isOutpostOn } from './event.ts';

const shape: Shape = {
  name: 'visit',
  label: '来所',
  states: {
    waiting: '待っている',
    called: '呼び出し中',
    withCity: '市で相談中',
    withHW: 'HWで相談中',
    done: '終わり',
    left: '帰った',
    voided: '取消',
  },
  rules: [
    {
      level: 'error',
      fields: ['clientCategories'],
      breaks: (values) =>
        texts(values['clientCategories']).includes('dv')
          ? '配慮が必要な方（DV等）の区分は、受付では選べません。責任者に引き継いでください。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '来所',
      audience: 'sites',
      listed: true,
      fields: {
        ...stateFields,
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '業務日', fixed: true },
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
        heads: { type: 'integer', label: '人数', min: 1, max: 20, unit: '人', default: 1 },
        clientCategories: { type: 'choices', list: 'clientCategory', label: '対象者区分' },
        ticket: { type: 'code', format: 'ticket', label: '受付番号' },
        calledAt: { type: 'instant', label: '呼出時刻', fixed: true },
        servedAt: { type: 'instant', label: '対応開始', fixed: true },
        endedAt: { type: 'instant', label: '終了時刻', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    city: {
      label: '来所した人（市）',
      audience: 'file',
      person: 'city.citySeeker',
      listed: true,
      fields: { citySeeker: { type: 'ref', kind: 'seeker', label: '求職者（市の台帳）' } },
    },
    hw: {
      label: '来所した人（HW）',
      audience: 'file',
      person: 'hw.hwSeeker',
      listed: true,
      fields: { hwSeeker: { type: 'ref', kind: 'seeker', label: '求職者（HWの台帳）' } },
    },
  },
};

const open = ['waiting', 'called', 'withCity', 'withHW'];
const nobody = (): string[] => [];

/** The actor's organisation has its own reference to the person; the other's stays as it is. */
export function sideOf(actor: Actor): 'city' | 'hw' {
  return actor.orgType === 'hw' ? 'hw' : 'city';
}

export function attachChange(visitId: string, seeker: string, actor: Actor) {
  const side = sideOf(actor);
  return { kind: 'visit', id: visitId, part: side, set: { [`${side}Seeker`]: seeker } };
}

function attachedTo(args: Values, view: View, actor: Actor): [string] | undefined {
  const side = sideOf(actor);
  const seeker = text(partOf(view.get('visit', idOf(args)), side)[`${side}Seeker`]);
  return seeker === undefined ? undefined : [seeker];
}

const seekerArg: Fields = {
  seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
};

/** The lock screen's own stream may take back what was just counted, and nothing else. */
const undoOnly = (args: Values, view: View, actor: Actor, moment: Moment) => {
  const facts = partOf(view.get('visit', idOf(args)), 'facts');
  const age = moment.occurredAt - (integer(facts['arrivedAt']) ?? 0);
  const isFresh = Math.abs(age) < 10 * 60_000;
  return actor.role !== 'counter' || (facts['state'] === 'waiting' && isFresh)
    ? undefined
    : ({ code: 'notAllowed', action: 'board.write' } as const);
};

const attachesSeeker = (args: Values, _view: View, actor: Actor) => [
  attachChange(idOf(args), text(args['seeker']) ?? '', actor),
];

/** Facts of a visit as `visit.log` and a consultation for someone not on the board create them. */
export function visitFacts(actor: Actor, date: string, state: string): Values {
  return { site: actor.site, date, state };
}

const notHeld: Problem = {
  code: 'invalidFields',
  fields: [
    { field: 'outpost', reason: '「臨時窓口」は、この窓口がその日に開くものだけを選べます。' },
  ],
};

/**
 * A visit at a temporary counter is one of the counter that holds it. Whether it was cancelled, or its days put right, while
 * the arrival was on its way is not asked: people have come. Screens offer what is held that day.
 */
export function wrongOutpost(args: Values, view: View, actor: Actor): Problem | undefined {
  const id = text(args['outpost']);
  if (id === undefined) return undefined;
  return isAtHand(actor, partOf(view.get('event', id), 'facts')['site']) ? undefined : notHeld;
}

/** Said afterwards, it is one of the day of the visit. */
function wrongAfterwards(args: Values, view: View, actor: Actor): Problem | undefined {
  const id = text(args['outpost']);
  if (id === undefined) return undefined;
  const date = text(partOf(view.get('visit', idOf(args)), 'facts')['date']) ?? '';
  const isHeld = isOutpostOn(view.get('event', id), date);
  return isHeld ? wrongOutpost(args, view, actor) : notHeld;
}

/** One tap on the board: the state moves, its moment is kept, no person is touched. */
function tap(
  name: string,
  title: string,
  from: readonly string[],
  to: string,
  stamp?: 'calledAt' | 'servedAt' | 'endedAt',
) {
  return moves(shape, name, {
    title,
    may: 'board.write',
    people: nobody,
    from,
    to,
    fixed: (_args, _actor, moment) => (stamp ? { [stamp]: moment.occurredAt } : {}),
  });
}

export const visit: Kind = {
  ...shape,
  number: 5,
  retention: 'count',
  siteFields: ['site'],
  moves: true,
  days: ['date'],
  summary: (record) =>
    texts(partOf(record, 'facts')['purposes'])
      .map((code) => codeLabel('purpose', code))
      .join('・'),
  verbs: {
    log: creates(shape, 'log', {
      title: '来所を記録',
      may: 'counter.count',
      only: [
        'arrivedAt',
        'channel',
        'visitKind',
        'purposes',
        'heads',
        'clientCategories',
        'ticket',
        'outpost',
      ],
      extra: { seeker: { type: 'ref', kind: 'seeker', label: '求職者' } },
      check: (args, view, actor) =>
        actor.role === 'counter' && args['seeker']
          ? { code: 'notAllowed', action: 'board.write' }
          : wrongOutpost(args, view, actor),
      fixed: (_args, actor, moment) => visitFacts(actor, moment.businessDate, 'waiting'),
      also: (args, view, actor) => (args['seeker'] ? attachesSeeker(args, view, actor) : []),
    }),
    attach: amends(
      shape,
      {
        title: '来所に求職者を結びつける',
        may: 'board.write',
        only: [],
        extra: seekerArg,
        people: (args) => [text(args['seeker']) ?? ''],
        check: (args, view, actor) =>
          attachedTo(args, view, actor)
            ? { code: 'refused', reason: 'この来所には、すでに求職者が結びついています。' }
            : undefined,
        also: attachesSeeker,
      },
      'attach',
    ),
    call: tap('call', '呼び出す', ['waiting'], 'called', 'calledAt'),
    serveCity: tap(
      'serveCity',
      '市で相談をはじめる',
      ['waiting', 'called', 'withHW'],
      'withCity',
      'servedAt',
    ),
    serveHW: tap(
      'serveHW',
      'HWで相談をはじめる',
      ['waiting', 'called', 'withCity'],
      'withHW',
      'servedAt',
    ),
    wait: tap('wait', '待ちにもどす', ['called', 'withCity', 'withHW'], 'waiting'),
    finish: tap('finish', '終わりにする', open, 'done', 'endedAt'),
    leave: tap('leave', '相談せずに帰った', ['waiting', 'called'], 'left', 'endedAt'),
    // A mis-tap on the last button of a visit happens daily; voiding and logging again would count wrong.
    reopen: moves(shape, 'reopen', {
      title: '終わりを取り消す',
      may: 'board.write',
      people: nobody,
      from: ['done', 'left'],
      to: 'waiting',
      fixed: () => ({ endedAt: null }),
    }),
    amend: amends(shape, {
      title: '来所を訂正',
      may: 'board.write',
      people: nobody,
      only: [
        'channel',
        'visitKind',
        'purposes',
        'heads',
        'clientCategories',
        'ticket',
        'arrivedAt',
        'outpost',
      ],
      check: wrongAfterwards,
    }),
    moveToSeeker: amends(
      shape,
      {
        title: '別の求職者に付けかえる',
        may: 'board.write',
        only: [],
        extra: seekerArg,
        // Whom it was attached to before is touched as well: one side may serve several organisations.
        people: (args, view, actor) => [
          text(args['seeker']) ?? '',
          ...(attachedTo(args, view, actor) ?? []),
        ],
        also: attachesSeeker,
      },
      'moveToSeeker',
    ),
    void: voids(shape, {
      title: '来所を取り消す',
      may: 'counter.count',
      people: nobody,
      check: undoOnly,
    }),
  },
};
