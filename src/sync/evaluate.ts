/**
 * The one judgement of a write, run by the tablet before saving and by the server before believing: verb known, arguments
 * parse, permission by relation, expected states as the author saw them, the verb's own check, changes, base values.
 * Loading records is the caller's affair: `missingReads` says what is still needed. A base mismatch is a conflict and
 * changes nothing (merging comes on top of this).
 */
import { verbNamed } from '../domain/kinds/index.ts';
import { stateOf, type Verb } from '../domain/kind.ts';
import { parseFields } from '../domain/parse.ts';
import { isAllowed, type Relation } from '../domain/permission.ts';
import type { Problem } from '../domain/problem.ts';
import {
  partOf,
  refKey,
  type Actor,
  type Change,
  type Moment,
  type Ref,
  type View,
} from '../domain/record.ts';
import { isSameValue, type Value, type Values } from '../domain/value.ts';
import type { Body } from './entry.ts';

export type Judged =
  | { readonly outcome: 'applied'; readonly changes: readonly Change[] }
  | { readonly outcome: 'rejected' | 'conflict'; readonly problem: Problem };

export interface Proposal {
  readonly verb: string;
  readonly version: number;
  readonly args: unknown;
  readonly base?: Body['base'];
  readonly expected?: Body['expected'];
}

export type Parsed = { readonly verb: Verb; readonly args: Values } | { readonly problem: Problem };

export function parseProposal(proposal: Proposal): Parsed {
  const verb = verbNamed(proposal.verb);
  if (!verb || verb.version !== proposal.version)
    return { problem: { code: 'unknownVerb', verb: proposal.verb } };
  const parsed = parseFields(verb.args, proposal.args);
  return parsed.ok
    ? { verb, args: parsed.value }
    : { problem: { code: 'invalidFields', fields: parsed.problems } };
}

/** People are read too, for the relation; each ref once. */
export function readsOf(verb: Verb, args: Values, view: View, actor: Actor): Ref[] {
  const people = verb.people?.(args, view, actor) ?? [];
  const refs = [...verb.reads(args, view), ...people.map((id) => ({ kind: 'seeker', id }))];
  return [...new Map(refs.filter((ref) => ref.id).map((ref) => [refKey(ref), ref])).values()];
}

/** `parsed` is for a caller that has parsed the same proposal already. */
export function judge(
  proposal: Proposal,
  view: View,
  actor: Actor,
  moment: Moment,
  parsed: Parsed = parseProposal(proposal),
): Judged {
  if ('problem' in parsed) return { outcome: 'rejected', problem: parsed.problem };
  const { verb, args } = parsed;
  const hidden = forbidden(verb, args, view, actor);
  if (hidden) return { outcome: 'rejected', problem: hidden };
  const stale = staleState(proposal.expected ?? {}, view);
  if (stale) return { outcome: 'conflict', problem: stale };
  const problem = verb.check?.(args, view, actor, moment);
  if (problem) return { outcome: 'rejected', problem };
  const changes = verb.apply(args, view, actor, moment);
  const moved = proposal.base && staleBase(proposal.base, changes, view);
  return moved ? { outcome: 'conflict', problem: moved } : { outcome: 'applied', changes };
}

function staleState(expected: Body['expected'], view: View): Problem | undefined {
  for (const [key, state] of Object.entries(expected)) {
    const [kind = '', id = ''] = key.split('/');
    const found = stateOf(view.get(kind, id));
    if (found !== state) return { code: 'baseChanged', kind, fields: ['state'] };
  }
  return undefined;
}

/**
 * Authorised before anything is looked up; then invisible and nonexistent records get one answer, so that nobody learns
 * from a refusal that another organisation knows a person.
 */
function forbidden(verb: Verb, args: Values, view: View, actor: Actor): Problem | undefined {
  const may = (item: Relation) => isAllowed(verb.may, actor, item);
  const denied = { code: 'notAllowed', action: verb.may } as const;
  if (!may('none') && !may('own')) return denied;
  const people = verb.people?.(args, view, actor) ?? [];
  const hidden = people.find((id) => relation(view, actor, id) === 'foreign');
  const isNamed = Object.values(args).some((value) => value === hidden);
  if (hidden !== undefined) return { code: 'notFound', kind: isNamed ? 'seeker' : kindOf(verb) };
  if (people.length > 0) return may('own') ? undefined : denied;
  return may('none') ? undefined : { code: 'notFound', kind: kindOf(verb) };
}

function kindOf(verb: Verb): string {
  return verb.name.split('.')[0] ?? '';
}

function relation(view: View, actor: Actor, person: string): Relation {
  const owner = partOf(view.get('seeker', person), 'facts')['org'];
  return owner !== undefined && (owner === actor.org || actor.role === 'system')
    ? 'own'
    : 'foreign';
}

function staleBase(
  base: Body['base'],
  changes: readonly Change[],
  view: View,
): Problem | undefined {
  for (const change of changes) {
    const before = view.get(change.kind, change.id)?.parts[change.part];
    const seen = base[`${refKey(change)}/${change.part}`];
    // A record the author did not hold carries no base; she cannot have meant to overwrite a value she knew.
    if (!before || !seen) continue;
    const fields = Object.entries(change.set).flatMap(([field, next]) => {
      const was = (seen[field] ?? undefined) as Value | undefined;
      const isMoved =
        !isSameValue(was, before[field]) && !isSameValue(next ?? undefined, before[field]);
      return isMoved ? [field] : [];
    });
    if (fields.length > 0) return { code: 'baseChanged', kind: change.kind, fields };
  }
  return undefined;
}

/** What the author saw, for the entry's body. */
export function baseOf(changes: readonly Change[], view: View): Body['base'] {
  const parts = changes.flatMap((change) => {
    const record = view.get(change.kind, change.id);
    if (!record) return [];
    // A part that was not there yet is seen as empty, so that two who fill it first do not overwrite each other.
    const before = partOf(record, change.part);
    const fields = Object.keys(change.set).map((field) => [field, before[field] ?? null]);
    return [[`${refKey(change)}/${change.part}`, Object.fromEntries(fields)]];
  });
  return Object.fromEntries(parts);
}

export function expectedOf(changes: readonly Change[], view: View): Body['expected'] {
  const states = changes
    .filter((change) => change.part === 'facts' && 'state' in change.set)
    .flatMap((change) => {
      const state = stateOf(view.get(change.kind, change.id));
      return state === undefined ? [] : [[refKey(change), state]];
    });
  return Object.fromEntries(states);
}
