/** Refusals against which no other text in an entry's form helps: what it is about is gone or past that step, or a right is. */
import type { Problem } from '../../domain/problem.ts';

/** What an entry names is no part of its form; what was put right elsewhere would count twice. */
const always: readonly Problem['code'][] = [
  'illegalState',
  'notFound',
  'notAllowed',
  'unknownVerb',
  'restrictedPerson',
  'superseded',
];

/** Another record that is there already may be one that a field asks for; its own cannot be made twice. */
export function isDeadEnd(problem: Problem | undefined, verb: string): problem is Problem {
  if (problem?.code === 'alreadyExists') return problem.kind === verb.split('.')[0];
  return problem !== undefined && always.includes(problem.code);
}
