/**
 * 定着確認: is she still working there? Due one week, one month, three and six months after the start (domain.md §3);
 * `plan` writes the four of a placement at once, and only once. Every tablet of the counter sees that one is due; whose it
 * is goes with her card, so that nobody is overlooked, and her file is at hand on the day. Status counts without a name.
 */
import { addDays, addMonths } from '../date.ts';
import { codeLabel } from '../codes.ts';
import type { Kind, Verb } from '../kind.ts';
import {
  partOf,
  type Actor,
  type Change,
  type Moment,
  type Rec,
  type Ref,
  type View,
} from '../record.ts';
import { text, type Patch, type Value, type Values } from '../value.ts';
import {
  amends,
  creates,
  idField,
  idOf,
  layOut,
  moves,
  notOwn,
  stateFields,
  voids,
  type Shape,
} from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

const shape: Shape = {
  name: 'retentionCheck',
  label: '定着確認',
  states: { due: '確認する', checked: '確認した', voided: '取消' },
  parts: {
    facts: {
      label: '定着確認',
      audience: 'sites',
      listed: true,
      person: 'who.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        placement: { type: 'ref', kind: 'placement', label: '就職', required: true },
        milestone: {
          type: 'choice',
          list: 'retentionMilestone',
          label: '時期',
          required: true,
        },
        dueOn: { type: 'date', label: '確認する日', required: true },
        checkedOn: {
          type: 'date',
          label: '確認した日',
          fixed: true,
          hint: '空けておくと、今日になります。',
        },
        status: { type: 'choice', list: 'retentionStatus', label: '在職のようす', fixed: true },
        leftOn: {
          type: 'date',
          label: '離職した日',
          fixed: true,
          shownWhen: (values) => values['status'] === 'left',
        },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    who: {
      label: '確認する人',
      audience: 'card',
      listed: true,
      person: 'who.seeker',
      fields: { seeker: { type: 'ref', kind: 'seeker', label: '求職者', fixed: true } },
    },
    talk: {
      label: '確認のくわしい内容',
      audience: 'file',
      listed: false,
      person: 'who.seeker',
      fields: {
        means: { type: 'choice', list: 'talkMeans', label: '方法', fixed: true },
        heardFrom: { type: 'choice', list: 'resultSource', label: 'だれから聞いたか', fixed: true },
        leftReason: {
          type: 'choice',
          list: 'leavingReason',
          label: '離職の理由',
          fixed: true,
          shownWhen: (values) => values['status'] === 'left',
        },
        reasonText: { type: 'text', label: '理由・ようす', max: 600, lines: 2, fixed: true },
        checkNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
      },
    },
  },
};

export const milestones = ['1w', '1m', '3m', '6m'] as const;
type Milestone = (typeof milestones)[number];

/** Months end where the month does (民法143条): three months from 30 November is 28 or 29 February. */
export function dueOf(startDate: string, milestone: Milestone): string {
  switch (milestone) {
    case '1w':
      return addDays(startDate, 7);
    case '1m':
      return addMonths(startDate, 1);
    case '3m':
      return addMonths(startDate, 3);
    case '6m':
      return addMonths(startDate, 6);
  }
}

const placementOf = (args: Values, view: View) =>
  view.get('placement', text(args['placement']) ?? '');

const seekerOf = (args: Values, view: View) =>
  text(partOf(placementOf(args, view), 'shared')['seeker']);

/** The four of one plan share the id that it was given; the first has it alone. */
const checkId = (id: string, milestone: Milestone) =>
  milestone === '1w' ? id : `${id}-${milestone}`;

const checksUnder = (plan: string): Ref[] =>
  milestones.map((milestone) => ({ kind: shape.name, id: checkId(plan, milestone) }));

const newChecks = (args: Values) => checksUnder(idOf(args));

/** The checks that were planned for a placement. */
export function checksOf(placement: Rec | undefined): Ref[] {
  const plan = text(partOf(placement, 'facts')['retentionPlan']);
  return plan === undefined ? [] : checksUnder(plan);
}

/** A hire that was none is followed no further; what was found out before stays. */
export function voidsChecks(placement: Rec | undefined, view: View): Change[] {
  return checksOf(placement).flatMap((ref) => {
    const facts = partOf(view.get(ref.kind, ref.id), 'facts');
    const isOpen = facts['state'] === 'due' && facts['placement'] === placement?.id;
    const set = { state: 'voided', voidReason: 'cancelled' };
    return isOpen ? [{ ...ref, part: 'facts', set }] : [];
  });
}

const readsPlacement: Verb['reads'] = (args, view) => {
  const seeker = seekerOf(args, view);
  return [
    { kind: 'placement', id: text(args['placement']) ?? '' },
    ...(seeker ? [{ kind: 'seeker', id: seeker }] : []),
  ];
};

const people: NonNullable<Verb['people']> = (args, view) => {
  const seeker = seekerOf(args, view);
  return seeker === undefined ? [] : [seeker];
};

function unfitPlacement(args: Values, view: View, actor: Actor) {
  const placement = placementOf(args, view);
  if (!placement || seekerOf(args, view) === undefined)
    return { code: 'notFound', kind: 'placement' } as const;
  const { state } = partOf(placement, 'facts');
  if (state !== 'confirmed')
    return {
      code: 'illegalState',
      kind: 'placement',
      found: state === 'voided' ? '取消ずみ' : '内定取消',
    } as const;
  return notOwn(placement, actor, { may: 'case.write' });
}

const check = (milestone: string, dueOn: string, args: Values, view: View): Values => ({
  placement: args['placement'] as Value,
  seeker: seekerOf(args, view) ?? '',
  milestone,
  dueOn,
});

const due = (actor: Actor, moment: Moment): Patch => ({ ...atDesk(actor, moment), state: 'due' });

function planned(args: Values, view: View, actor: Actor, moment: Moment): Change[] {
  const facts = partOf(placementOf(args, view), 'facts');
  const start = text(facts['startDate']) ?? moment.businessDate;
  const placement = text(args['placement']) ?? '';
  return [
    ...milestones.flatMap((milestone) =>
      layOut(shape, checkId(idOf(args), milestone), {
        ...check(milestone, dueOf(start, milestone), args, view),
        ...due(actor, moment),
      }),
    ),
    { kind: 'placement', id: placement, part: 'facts', set: { retentionPlan: idOf(args) } },
  ];
}

const plan: Verb = {
  name: 'retentionCheck.plan',
  version: 1,
  title: '定着確認の予定を立てる',
  may: 'case.write',
  shape: { does: 'create' },
  args: {
    id: idField,
    placement: { type: 'ref', kind: 'placement', label: '就職', required: true },
  },
  reads: (args, view) => [...newChecks(args), ...readsPlacement(args, view)],
  people,
  check: (args, view, actor) => {
    if (newChecks(args).some(({ kind, id }) => view.get(kind, id)))
      return { code: 'alreadyExists', kind: shape.name };
    return (
      unfitPlacement(args, view, actor) ??
      (partOf(placementOf(args, view), 'facts')['retentionPlan'] !== undefined
        ? { code: 'refused', reason: 'この就職の定着確認の予定は、もう立ててあります。' }
        : undefined)
    );
  },
  apply: planned,
};

const checkedBefore = (args: Values, moment: Moment) =>
  (text(args['checkedOn']) ?? '') > moment.businessDate
    ? ({
        code: 'invalidFields',
        fields: [{ field: 'checkedOn', reason: '「確認した日」は、今日までの日にしてください。' }],
      } as const)
    : undefined;

export const retentionCheck: Kind = {
  ...shape,
  number: 22,
  retention: 'placement',
  siteFields: ['site'],
  moves: true,
  days: ['dueOn'],
  shelf: 'person',
  sort: 'dueOn',
  summary: (record) => {
    const { milestone, status } = partOf(record, 'facts');
    const found = text(status);
    return [
      codeLabel('retentionMilestone', text(milestone) ?? ''),
      found && codeLabel('retentionStatus', found),
    ]
      .filter(Boolean)
      .join(' ');
  },
  due: (record) => {
    const { state, dueOn } = partOf(record, 'facts');
    const date = text(dueOn);
    return state === 'due' && date ? { date, word: '在職を確かめる' } : undefined;
  },
  verbs: {
    plan,
    add: creates(shape, 'add', {
      title: '定着確認の日を足す',
      may: 'case.write',
      reads: readsPlacement,
      people,
      check: (args, view, actor) => unfitPlacement(args, view, actor),
      fixed: (args, actor, moment, view) => ({
        ...due(actor, moment),
        seeker: seekerOf(args, view) ?? null,
      }),
    }),
    check: moves(shape, 'check', {
      title: '定着を確認した',
      may: 'case.write',
      from: ['due'],
      to: 'checked',
      takes: ['status', 'checkedOn', 'leftOn', 'leftReason', 'means', 'heardFrom', 'reasonText'],
      needs: ['status'],
      check: (args, _view, _actor, moment) => checkedBefore(args, moment),
      fixed: (args, _actor, moment) => ({ checkedOn: args['checkedOn'] ?? moment.businessDate }),
    }),
    reopen: moves(shape, 'reopen', {
      title: '確認を取り消す',
      may: 'case.correct',
      from: ['checked'],
      to: 'due',
      fixed: () => ({
        checkedOn: null,
        status: null,
        leftOn: null,
        leftReason: null,
        means: null,
        heardFrom: null,
        reasonText: null,
      }),
    }),
    amend: amends(shape, {
      title: '定着確認の予定を変える',
      may: 'case.write',
      only: ['dueOn', 'checkNote'],
    }),
    void: voids(shape, { title: '定着確認を取り消す', may: 'case.correct' }),
  },
};
