/**
 * The one judgement of a write, run by the tablet before saving and by the server before believing: verb known, arguments
 * parse, permission by relation, expected states as the author saw them, the verb's own check, changes, base values.
 * Loading records is the caller's affair: `readsOf` says what is still needed. Fields that moved meanwhile are merged
 * (merge.ts); a state that moved is a conflict without effect. What an entry names and its author cannot see is waited for.
 */
import { unitOf } from '../domain/conflict.ts';
import { kindNamed, verbNamed } from '../domain/kinds/index.ts';
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
import { text, type Values } from '../domain/value.ts';
import { refFields, refsIn } from '../domain/verbs.ts';
import type { Body } from './entry.ts';
import { hasComeBack, isSameRound, pastLooks, saidBy } from './seen.ts';
import { isCrowded, merge, withIdle, type Merged } from './merge.ts';

export type Judged =
  | Merged
  | { readonly outcome: 'rejected'; readonly problem: Problem }
  /** `by`: kind/id of what has to be there first. */
  | { readonly outcome: 'blocked'; readonly by: string; readonly problem: Problem };

export interface Proposal {
  /** Id of the entry that says so; absent before it is written, when nothing is kept beside or waited for. */
  readonly entry?: string;
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
  const refs = new Map<string, Ref>();
  for (const ref of verb.reads(args, view)) if (ref.id) refs.set(refKey(ref), ref);
  for (const id of people) if (id) refs.set(refKey({ kind: 'seeker', id }), { kind: 'seeker', id });
  return [...refs.values()];
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
  const { entry } = proposal;
  const { base, expected } = pastLooks(seenBy(proposal, verb, args), view);
  const refused = (problem: Problem): Judged => {
    const by = entry === undefined ? undefined : waitedFor(verb, args, view, actor, problem);
    if (!by) return { outcome: 'rejected', problem };
    return { outcome: 'blocked', by: refKey(by), problem: { code: 'waitsFor', kind: by.kind } };
  };
  const hidden = forbidden(verb, args, view, actor);
  if (hidden) return refused(hidden);
  const problem = verb.check?.(args, view, actor, moment);
  // Before any state is compared: of what she cannot see, a guessed state tells nothing either.
  if (problem?.code === 'notFound') return refused(problem);
  const stale = staleState(expected, base, view);
  if (stale?.code === 'notFound') return refused(stale);
  if (entry !== undefined && isPast(verb, args, base, view)) {
    const wrong = verb.witnesses?.check(args, view, actor, moment);
    return wrong ? refused(wrong) : { outcome: 'merged', changes: [] };
  }
  if (stale) return { outcome: 'conflict', problem: stale, changes: [] };
  if (problem) return refused(problem);
  const author = { entry: entry ?? '', actor: actor.user, at: moment.occurredAt };
  // What is only about to be written is what its author sees now.
  const isLate = entry !== undefined && verb.isLate?.(args, view) === true;
  const said = saidBy(verb, verb.apply(args, view, actor, moment), base);
  const merged = merge(said, base, view, author, isLate);
  if (merged.changes.some((change) => isCrowded(change, view)))
    return { outcome: 'rejected', problem: crowded };
  return { ...merged, changes: withIdle(merged.changes, view) };
}

/** In one of the states that are past it, or sent back since. */
function isPast({ witnesses, ...verb }: Verb, args: Values, base: Body['base'], view: View) {
  const record = view.get(kindOf(verb), text(args['id']) ?? '');
  const state = stateOf(record);
  if (!witnesses || state === undefined) return false;
  return witnesses.past.includes(state) || hasComeBack(base, record);
}

const crowded: Problem = {
  code: 'refused',
  reason:
    '決めていない内容が多く、これ以上は並べて残せません。先に「どちらかに決める」で選んでください。',
};

/** What the author saw, as far as the verb asks what she saw: of other records one that prevails does not. */
function seenBy({ base = {}, expected = {} }: Proposal, verb: Verb, args: Values) {
  if (!verb.prevails) return { base, expected };
  const own = refKey({ kind: kindOf(verb), id: text(args['id']) ?? '' });
  const ofOwn = <T>(seen: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(seen).filter(([key]) => `${key}/`.startsWith(`${own}/`)));
  return { base: ofOwn(base), expected: ofOwn(expected) };
}

/**
 * Which of the records that the author names is not there, or not for her: one answer for both. The server itself waits
 * for nothing, and a record that its verb should have made is not waited for.
 */
function waitedFor(
  verb: Verb,
  args: Values,
  view: View,
  actor: Actor,
  problem: Problem,
): Ref | undefined {
  if (problem.code !== 'notFound' || actor.role === 'system') return undefined;
  const own = { kind: kindOf(verb), id: text(args['id']) ?? '' };
  const refs = [own, ...refsIn(refFields(verb.args), args)].filter(
    ({ kind, id }) => kind === problem.kind && id !== '',
  );
  const isHidden = ({ kind, id }: Ref) =>
    kind === 'seeker' ? relation(view, actor, id) === 'foreign' : !view.get(kind, id);
  return refs.find(isHidden) ?? (refs.length === 1 ? refs[0] : undefined);
}

function staleState(
  expected: Body['expected'],
  base: Body['base'],
  view: View,
): Problem | undefined {
  for (const [key, state] of Object.entries(expected)) {
    const [kind = '', id = ''] = key.split('/');
    const record = view.get(kind, id);
    const found = stateOf(record);
    // A handoff that was accepted from a file may not have arrived yet.
    if (found === undefined) return { code: 'notFound', kind };
    const isOtherRound = isSameRound(base, record) === false;
    if (found !== state || isOtherRound) return { code: 'baseChanged', kind, fields: ['state'] };
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
  if (hidden !== undefined) {
    const isNamed = Object.values(args).includes(hidden);
    return { code: 'notFound', kind: isNamed ? 'seeker' : kindOf(verb) };
  }
  if (people.length > 0) return may('own') ? undefined : denied;
  return may('none') ? undefined : { code: 'notFound', kind: kindOf(verb) };
}

function kindOf(verb: Pick<Verb, 'name'>): string {
  return verb.name.split('.')[0] ?? '';
}

function relation(view: View, actor: Actor, person: string): Relation {
  const owner = partOf(view.get('seeker', person), 'facts')['org'];
  return owner !== undefined && (owner === actor.org || actor.role === 'system')
    ? 'own'
    : 'foreign';
}

/** What the author saw, for the entry's body. */
export function baseOf(changes: readonly Change[], view: View): Body['base'] {
  const base: Record<string, Record<string, unknown>> = {};
  for (const change of changes) {
    const record = view.get(change.kind, change.id);
    if (!record) continue;
    // A part that was not there yet is seen as empty, so that two who fill it first do not overwrite each other.
    const before = partOf(record, change.part);
    const kind = kindNamed(change.kind);
    const declared = kind?.parts[change.part];
    const seen: Record<string, unknown> = {};
    const { round, back } = kind?.looked ?? {};
    if (round && back && change.part === 'facts' && 'state' in change.set)
      Object.assign(seen, { [round]: before[round] ?? null, [back]: before[back] ?? null });
    for (const name in change.set)
      for (const field of unitOf(declared, name)) seen[field] = before[field] ?? null;
    base[`${refKey(change)}/${change.part}`] = seen;
  }
  return base;
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
