/** Refusals against which no other text in an entry's form helps: what it is about is gone or past that step, or a right is. */
import { verbNamed } from '../../domain/kinds/index.ts';
import type { Problem } from '../../domain/problem.ts';
import { isStep } from './repair-fields.ts';

/** What an entry names is no part of its form; what was put right elsewhere would count twice. */
const always: readonly Problem['code'][] = [
  'illegalState',
  'notFound',
  'notAllowed',
  'unknownVerb',
  'superseded',
];

/** Another record that is there already may be one that a field asks for; its own cannot be made twice. */
export function isDeadEnd(problem: Problem | undefined, verb: string): problem is Problem {
  if (problem?.code === 'alreadyExists') return problem.kind === verb.split('.')[0];
  // Where there is no field, nothing can be put right in one.
  if (problem?.code === 'refused') return isStep(verb);
  if (problem?.code === 'restrictedPerson') return !asksCategories(verb);
  return problem !== undefined && always.includes(problem.code);
}

/** A category that was ticked in the form is unticked there. */
const asksCategories = (verb: string) =>
  Object.hasOwn(verbNamed(verb)?.args ?? {}, 'clientCategories');
