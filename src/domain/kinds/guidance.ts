/**
 * 誘導: somebody was steered to another service, in any direction, and whether she arrived (or the firm). What travels without
 * consent is nameless: direction, destination, a slip number on paper. Who it was stays in the organisation, and crosses
 * only a link whose consent names consultations; who needs more than that makes a handoff. Source: plans 0 and 4
 * (相互誘導); domain.md §1.
 */
import { codeLabel } from '../codes.ts';
import type { Kind, Verb } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { isAtHand, partOf, type Actor, type Moment, type View } from '../record.ts';
import { text, type Patch, type Values } from '../value.ts';
import { amends, creates, idOf, moves, stateFields, voids, type Shape } from '../verbs.ts';
import { atDesk, deskFields } from './desk-fields.ts';

/** A direction between city and Hello Work begins at the actor's own side. */
const isOwnDirection = (direction: string, orgType: string) =>
  direction === 'hwToCity' ? orgType === 'hw' : direction !== 'cityToHw' || orgType !== 'hw';

const shape: Shape = {
  name: 'guidance',
  label: '誘導',
  states: {
    guided: '案内した',
    received: '着いた',
    notArrived: '来なかった',
    voided: '取消',
  },
  rules: [
    {
      level: 'error',
      fields: ['toSite'],
      breaks: ({ toOrg, toSite }) =>
        (toOrg === undefined) === (toSite === undefined)
          ? undefined
          : '誘導する窓口は、組織と窓口の両方を選んでください。',
    },
    {
      level: 'error',
      fields: ['firmName'],
      breaks: ({ party, firmName }) =>
        firmName !== undefined && party !== 'employer'
          ? '事業所名は、「だれを」が事業主のときだけ入れられます。'
          : undefined,
    },
  ],
  parts: {
    facts: {
      label: '誘導',
      audience: 'sites',
      listed: true,
      person: 'shared.seeker',
      fields: {
        ...stateFields,
        ...deskFields,
        direction: {
          type: 'choice',
          list: 'guidanceDirection',
          label: 'どこからどこへ',
          required: true,
          offers: isOwnDirection,
        },
        party: {
          type: 'choice',
          list: 'guidanceParty',
          label: 'だれを',
          required: true,
          default: 'seeker',
        },
        destination: {
          type: 'choice',
          list: 'guidanceDestination',
          label: '行き先（来た方は、どこから来たか）',
          required: true,
        },
        service: { type: 'ref', kind: 'serviceEntry', label: '案内先の名前' },
        toOrg: {
          type: 'ref',
          kind: 'organisation',
          label: '受け取る組織',
          hint: 'このシステムを使う窓口へ案内したときに、組織と窓口を選びます。着いたかどうかが、相手の窓口から返ります。',
        },
        toSite: { type: 'ref', kind: 'site', label: '受け取る窓口' },
        slip: {
          type: 'code',
          format: 'slip',
          label: '引継ぎ票の番号',
          hint: '紙の引継ぎ票を渡したとき',
        },
        accompany: { type: 'flag', label: '窓口まで付き添った' },
        receivedOn: { type: 'date', label: '着いた日', fixed: true },
        personKey: { type: 'personKey', label: '実人員の符号' },
      },
    },
    shared: {
      label: '誘導した人',
      audience: 'shared',
      listed: true,
      person: 'shared.seeker',
      item: 'consultations',
      fields: {
        seeker: { type: 'ref', kind: 'seeker', label: '求職者' },
        purpose: { type: 'text', label: '用件', max: 200 },
      },
    },
    memo: {
      label: '誘導のメモ',
      audience: 'file',
      listed: false,
      person: 'shared.seeker',
      fields: {
        firmName: {
          type: 'text',
          label: '事業所名',
          max: 100,
          shownWhen: (values) => values['party'] === 'employer',
        },
        guidanceNote: { type: 'text', label: 'メモ', max: 600, lines: 2 },
      },
    },
  },
};

const factsOf = (args: Values, view: View) => partOf(view.get('guidance', idOf(args)), 'facts');

const refused = (reason: string): Problem => ({ code: 'refused', reason });

/** It begins at the own side and ends at the other. */
function wrongDirection(args: Values, view: View, actor: Actor): Problem | undefined {
  const { direction, toOrg } = args;
  if (direction !== 'cityToHw' && direction !== 'hwToCity') return undefined;
  const fromHw = direction === 'hwToCity';
  if (!isOwnDirection(direction, actor.orgType))
    return refused('誘導の向きは、自分の組織から始まるものを選んでください。');
  const to = partOf(view.get('organisation', text(toOrg) ?? ''), 'facts')['orgType'];
  return to !== undefined && (to === 'hw') === fromHw
    ? refused('誘導の向きと、受け取る組織が合っていません。')
    : undefined;
}

/** The addressed desk says so; where none was addressed, whoever guided, when she has heard it. */
const mayReceive: NonNullable<Verb['check']> = (args, view, actor) => {
  const { org, toOrg, toSite } = factsOf(args, view);
  const isMine =
    toSite === undefined ? org === actor.org : toOrg === actor.org && isAtHand(actor, toSite);
  return isMine ? undefined : { code: 'notAllowed', action: 'handoff.receive' };
};

const received = (_args: Values, _actor: Actor, moment: Moment): Patch => ({
  receivedOn: moment.businessDate,
});

export const guidance: Kind = {
  ...shape,
  number: 31,
  retention: 'count',
  siteFields: ['site', 'toSite'],
  moves: false,
  // Keeps a firm or somebody unnamed with the desk until it is known whether they arrived; nobody's file.
  atHand: { states: ['guided'], sites: {} },
  shelf: 'person',
  summary: (record) => {
    const { direction, destination } = partOf(record, 'facts');
    return [
      codeLabel('guidanceDirection', text(direction) ?? ''),
      codeLabel('guidanceDestination', text(destination) ?? ''),
    ].join(' ');
  },
  verbs: {
    guide: creates(shape, 'guide', {
      title: 'ほかへ案内する（誘導）',
      may: 'handoff.send',
      check: wrongDirection,
      fixed: (_args, actor, moment) => ({ ...atDesk(actor, moment), state: 'guided' }),
    }),
    receive: moves(shape, 'receive', {
      title: '着いたことを記録',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['guided', 'notArrived'],
      to: 'received',
      check: mayReceive,
      fixed: received,
    }),
    notArrive: moves(shape, 'notArrive', {
      title: '来なかったことを記録',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['guided'],
      to: 'notArrived',
      check: mayReceive,
    }),
    reopen: moves(shape, 'reopen', {
      title: '受け取りの記録を取り消す',
      may: 'handoff.receive',
      anyOrg: true,
      people: () => [],
      from: ['received', 'notArrived'],
      to: 'guided',
      check: mayReceive,
      fixed: () => ({ receivedOn: null }),
    }),
    amend: amends(shape, {
      title: '誘導を訂正',
      may: 'handoff.send',
      only: ['destination', 'service', 'slip', 'accompany', 'purpose', 'firmName', 'guidanceNote'],
    }),
    void: voids(shape, { title: '誘導を取り消す', may: 'handoff.send' }),
  },
};
