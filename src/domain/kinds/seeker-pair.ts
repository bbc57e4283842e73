/**
 * 別人の確認: two registrations that look alike were looked at and are two people. Nobody is asked about the pair again. One
 * record a pair, its id made of theirs, so that two tablets that say the same meet in it. Voiding it asks anew.
 */
import { stateOf, type Kind } from '../kind.ts';
import type { Problem } from '../problem.ts';
import { partOf, type View } from '../record.ts';
import { text, type Values } from '../value.ts';
import { amends, idField, idOf, layOut, stateFields, voids, type Shape } from '../verbs.ts';

const shape: Shape = {
  name: 'seekerPair',
  label: '別人の確認',
  states: { different: '別の人', voided: '取消' },
  persons: ['ties.second'],
  parts: {
    facts: {
      label: '確認',
      audience: 'card',
      person: 'ties.first',
      listed: true,
      fields: {
        ...stateFields,
        org: { type: 'ref', kind: 'organisation', label: '組織', fixed: true },
        site: { type: 'ref', kind: 'site', label: '窓口', fixed: true },
        date: { type: 'date', label: '確かめた日', fixed: true },
      },
    },
    ties: {
      label: '二つの台帳',
      audience: 'card',
      person: 'ties.first',
      listed: true,
      fields: {
        first: { type: 'ref', kind: 'seeker', label: '一人め', required: true },
        second: { type: 'ref', kind: 'seeker', label: '二人め', required: true },
      },
    },
  },
};

/** The two in order, and the id of what is known of them: 64 characters for two UUIDs. */
export function pairOf(one: string, other: string): Values & { readonly id: string } {
  const [first = '', second = ''] = [one, other].sort();
  return { id: `${first}${second}`.replaceAll('-', '').slice(0, 64), first, second };
}

const named = (args: Values) => [text(args['first']) ?? '', text(args['second']) ?? ''] as const;

function unfit(args: Values, view: View): Problem | undefined {
  const [first, second] = named(args);
  const missing = [first, second].some((id) => !view.get('seeker', id));
  if (missing) return { code: 'notFound', kind: 'seeker' };
  const pair = pairOf(first, second);
  return first === second || pair.id !== idOf(args) || pair['first'] !== first
    ? { code: 'malformed', reason: 'pair' }
    : undefined;
}

export const seekerPair: Kind = {
  ...shape,
  number: 15,
  retention: 'case',
  siteFields: ['site'],
  moves: false,
  summary: (record) => shape.states?.[text(partOf(record, 'facts')['state']) ?? ''] ?? '',
  verbs: {
    differ: {
      name: 'seekerPair.differ',
      version: 1,
      title: '別の人と確かめる',
      may: 'file.merge',
      args: { id: idField, ...shape.parts['ties']?.fields },
      reads: (args) => [
        { kind: 'seekerPair', id: idOf(args) },
        ...named(args).map((id) => ({ kind: 'seeker', id })),
      ],
      people: (args) => named(args),
      check: unfit,
      // Said already, it stays as it was said.
      apply: (args, view, actor, moment) => {
        const known = view.get('seekerPair', idOf(args));
        if (stateOf(known) === 'different') return [];
        const [first, second] = named(args);
        const { org, site } = actor;
        const said = { org, site, date: moment.businessDate, state: 'different' };
        return layOut(shape, idOf(args), {
          ...said,
          ...(known ? { voidReason: null } : { first, second }),
        });
      },
    },
    amend: amends(shape, { title: '別人の確認を訂正', may: 'file.merge', only: [] }),
    void: voids(shape, { title: '別人の確認を取り消す', may: 'file.merge' }),
  },
};
