/**
 * Which buttons a record has now: the verbs that its state, the actor's role and organisation, and the permission table
 * allow. The same table and checks as the write path (src/sync/evaluate.ts), asked with the record's id alone: what only a
 * filled form can answer is offered, and refused in words.
 */
import { stateOf, type Kind, type Verb } from '../../domain/kind.ts';
import { isAllowed } from '../../domain/permission.ts';
import type { Problem } from '../../domain/problem.ts';
import { partOf, type Actor, type Moment, type Rec, type View } from '../../domain/record.ts';
import { notOwn } from '../../domain/verbs.ts';
import { isRegister, leads } from './record-kinds.ts';

export interface Desk {
  readonly actor: Actor;
  readonly view: View;
  readonly moment: Moment;
}

export interface Offered {
  /** At most two, in sight. */
  readonly first: readonly Verb[];
  /** 「ほかの操作」 */
  readonly rest: readonly Verb[];
}

const inSight = 2;

export function offered(kind: Kind, record: Rec, desk: Desk): Offered {
  const verbs = offeredVerbs(kind, record, desk);
  const state = stateOf(record) ?? '';
  const ahead = verbs.filter((verb) => leads(kind, verb, state));
  // A register is there to be read: what takes an entry out of it is not the next step.
  const inLine = isRegister(kind) ? [] : ahead.length > 0 ? ahead : verbs.filter(isChange);
  const first = inLine.slice(0, inSight);
  return { first, rest: verbs.filter((verb) => !first.includes(verb)) };
}

const isChange = ({ shape }: Verb) => shape?.does !== 'void';

const order = ['move', 'amend', 'void', 'create'];

export function offeredVerbs(kind: Kind, record: Rec, desk: Desk): readonly Verb[] {
  return Object.values(kind.verbs)
    .filter((verb) => isOffered(kind, verb, record, desk))
    .toSorted((a, b) => order.indexOf(a.shape?.does ?? '') - order.indexOf(b.shape?.does ?? ''));
}

function isOffered(kind: Kind, verb: Verb, record: Rec, desk: Desk): boolean {
  const { shape } = verb;
  const state = stateOf(record) ?? '';
  if (!shape || shape.does === 'create') return false;
  if (shape.does === 'move' ? !shape.from.includes(state) : state === 'voided') return false;
  const may = { may: verb.may, ...(shape.anyOrg ? { anyOrg: shape.anyOrg } : {}) };
  return (
    notOwn(record, desk.actor, may) === undefined &&
    isMine(kind, verb, record, desk) &&
    !isShut(verb, record, desk)
  );
}

/** The relation to the people concerned, as the write path finds it; in a record not opened yet she is not named. */
function isMine(kind: Kind, verb: Verb, record: Rec, { actor, view }: Desk): boolean {
  const people = verb.people?.({ id: record.id }, view, actor) ?? [];
  const isForeign = people.some(
    (id) => partOf(view.get('seeker', id), 'facts')['org'] !== actor.org,
  );
  const isUnopened = people.length === 0 && isSealed(kind, record);
  return !isForeign && isAllowed(verb.may, actor, people.length > 0 || isUnopened ? 'own' : 'none');
}

const isSealed = (kind: Kind, record: Rec) =>
  Object.entries(kind.parts).some(
    ([name, part]) => part.person !== undefined && !part.listed && record.parts[name] === undefined,
  );

function isShut(verb: Verb, record: Rec, { actor, view, moment }: Desk): boolean {
  const problem = verb.check?.({ id: record.id }, view, actor, moment);
  return problem !== undefined && isFinal(problem, record.kind);
}

function isFinal(problem: Problem, kind: string): boolean {
  if (problem.code === 'notFound') return problem.kind === kind;
  return problem.code === 'notAllowed' || problem.code === 'illegalState';
}
