/**
 * チーム支援の取組: one step of a team's plan, written by whichever organisation takes it, about its own file of the person. It
 * crosses the same link as the plan does; a step of one's own takes nothing from another's. Numbered apart from the plan, so
 * that two desks that add a step at the same hour are never in each other's way.
 */
import { codeLabel } from '../codes.ts';
import { stateOf, type Kind, type Verb } from '../kind.ts';
import { partOf } from '../record.ts';
import { text } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';
import { endsOf, lets, linkAt, readsLink } from './link-ends.ts';
import { noTeamConsent } from './team-case.ts';

const shape: Shape = {
  name: 'teamStep',
  label: 'チーム支援の取組',
  states: { planned: '予定', done: '行った', dropped: '行わなかった', voided: '取消' },
  parts: {
    facts: {
      label: 'チーム支援の取組',
      audience: 'sites',
      listed: true,
      person: 'step.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        teamCase: { type: 'ref', kind: 'teamCase', label: 'チーム支援', required: true },
        stepKind: { type: 'choice', list: 'teamStepKind', label: '取組の種類', required: true },
        dueOn: { type: 'date', label: '予定の日', required: true },
        doneOn: { type: 'date', label: '行った日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    step: {
      label: '取組の内容',
      audience: 'shared',
      listed: true,
      person: 'step.seeker',
      item: 'teamPlan',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者', required: true },
        what: {
          type: 'text',
          label: 'すること',
          max: 600,
          lines: 2,
          required: true,
          sensitivity: 'personal',
        },
        result: {
          type: 'text',
          label: 'その結果',
          max: 1000,
          lines: 3,
          sensitivity: 'personal',
          fixed: true,
        },
      },
    },
    private: {
      label: '自分の組織だけのメモ',
      audience: 'file',
      listed: false,
      person: 'step.seeker',
      fields: {
        stepNote: { type: 'text', label: '内部メモ', max: 1000, lines: 2, sensitivity: 'special' },
      },
    },
  },
};

/** Of the team: whose person the plan is about, or who is joined to her by a link that lets steps across. */
const isOfTeam: NonNullable<Verb['check']> = (args, view) => {
  const team = view.get('teamCase', text(args['teamCase']) ?? '');
  const [seeker, planned] = [text(args['seeker']) ?? '', partOf(team, 'plan')['seeker']];
  const link = linkAt(view, text(args['link']));
  const ends = endsOf(link);
  const isLinked = ends.includes(seeker) && ends.some((end) => end === planned);
  if (seeker !== planned && !isLinked) return { code: 'notFound', kind: 'teamCase' };
  if (!['active', 'retention'].includes(stateOf(team) ?? ''))
    return { code: 'refused', reason: '支援中のチームにだけ、取組を加えられます。' };
  return seeker === planned || lets(link, 'teamPlan', seeker) ? undefined : noTeamConsent;
};

export const teamStep: Kind = {
  ...shape,
  number: 42,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  shelf: 'person',
  sort: 'dueOn',
  summary: (record) =>
    text(partOf(record, 'step')['what']) ??
    codeLabel('teamStepKind', text(partOf(record, 'facts')['stepKind']) ?? ''),
  due: (record) => {
    const { state, dueOn, stepKind } = partOf(record, 'facts');
    const date = text(dueOn);
    const word = `チームの取組（${codeLabel('teamStepKind', text(stepKind) ?? '')}）`;
    return state === 'planned' && date ? { date, word } : undefined;
  },
  verbs: {
    add: creates(shape, 'add', {
      title: '取組を加える',
      may: 'team.write',
      extra: { link: { type: 'ref', kind: 'link', label: 'つながり' } },
      reads: (args, view) => readsLink(view, text(args['link'])),
      check: isOfTeam,
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'planned' }),
    }),
    finish: moves(shape, 'finish', {
      title: '取組を行った',
      may: 'team.write',
      from: ['planned'],
      to: 'done',
      takes: ['result', 'doneOn'],
      fixed: (args, _actor, moment) => ({ doneOn: text(args['doneOn']) ?? moment.businessDate }),
    }),
    drop: moves(shape, 'drop', {
      title: '取組を行わなかった',
      may: 'team.write',
      from: ['planned'],
      to: 'dropped',
      takes: ['result'],
    }),
    amend: amends(shape, {
      title: '取組を訂正',
      may: 'team.write',
      only: ['stepKind', 'dueOn', 'what', 'stepNote'],
    }),
    void: voids(shape, { title: '取組を取り消す', may: 'team.write' }),
  },
};
