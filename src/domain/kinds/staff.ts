/**
 * A member of staff and the post she holds. Caseloads hang on posts, so a transfer rewrites no case (design.md §6.1).
 * Names of staff are known in the area: every record says who wrote it. Dates of service are days of the roster: nobody
 * signs in before the first or after the last.
 */
import { stateOf, type Kind } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type Actor, type Moment, type Rec, type View } from '../record.ts';
import { text, type Patch, type Values } from '../value.ts';
import { amends, creates, moves, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'staff',
  label: '職員',
  states: { active: '在職', ended: '退任' },
  parts: {
    facts: {
      label: '職員',
      audience: 'area',
      listed: true,
      fields: {
        ...stateFields,
        name: { type: 'text', label: '氏名', max: 40, required: true },
        kana: { type: 'kana', label: 'フリガナ', max: 60, required: true },
        org: { type: 'ref', kind: 'organisation', label: '所属', required: true },
        site: { type: 'ref', kind: 'site', label: '窓口', required: true },
        role: { type: 'choice', list: 'staffRole', label: '役割', required: true },
        post: { type: 'text', label: '担当席', max: 40 },
        validFrom: { type: 'date', label: '着任日' },
        validTo: { type: 'date', label: '退任日' },
      },
    },
  },
};

export const staff: Kind = {
  ...shape,
  number: 3,
  retention: 'area',
  siteFields: [],
  moves: false,
  summary: (record) => text(partOf(record, 'facts')['name']) ?? '',
  verbs: {
    register: creates(shape, 'register', {
      title: '職員を登録',
      may: 'area.write',
      fixed: () => ({ state: 'active' }),
    }),
    amend: amends(shape, {
      title: '職員を訂正',
      may: 'area.write',
      only: ['name', 'kana', 'site', 'role', 'post', 'validFrom', 'validTo'],
      check: (args, view) => noSuchSite(args, view),
    }),
    end: moves(shape, 'end', {
      title: '職員を退任にする',
      may: 'area.write',
      from: ['active'],
      to: 'ended',
      takes: ['validTo'],
      fixed: lastDay,
    }),
    rejoin: moves(shape, 'rejoin', {
      title: '職員を復職にする',
      may: 'area.write',
      from: ['ended'],
      to: 'active',
      takes: ['validFrom', 'validTo'],
      fixed: ({ validTo }) => ({ validTo: validTo ?? null }),
    }),
    void: voids(shape, { title: '職員を取り消す', may: 'area.write' }),
  },
};

/** What arrives later is judged by this day: there is always one. */
function lastDay({ validTo }: Values, _actor: Actor, moment: Moment, record: Rec): Patch {
  if (validTo !== undefined) return {};
  const known = text(partOf(record, 'facts')['validTo']) ?? moment.businessDate;
  return { validTo: known < moment.businessDate ? known : moment.businessDate };
}

function noSuchSite({ site }: Values, view: View): Problem | undefined {
  const id = text(site);
  if (id === undefined || stateOf(view.get('site', id)) === 'active') return undefined;
  return { code: 'notFound', kind: 'site' };
}

/** Whether she stands in the records on a day: from the day she comes until the evening of her last. */
export function isInService(facts: Values, date: string): boolean {
  const { state, validFrom, validTo } = facts;
  return state === 'active' && (text(validFrom) ?? date) <= date && date <= (text(validTo) ?? date);
}

/** Whether what she wrote on a day stands, however late it comes: her last day is known then, and counts. */
export function wasInService(facts: Values, date: string): boolean {
  const last = text(facts['validTo']);
  if (facts['state'] === 'active') return last === undefined || date <= last;
  return facts['state'] === 'ended' && last !== undefined && date <= last;
}
