/** Kinds and verbs by name, with what the mechanism gives to each of them. */
import type { Kind, Verb } from '../kind.ts';
import { nameKinds } from '../kind-labels.ts';
import { withSettle } from '../settle.ts';
import * as all from './all.ts';

const declared: readonly Kind[] = Object.values(all);

/** In the order of their numbers. */
export const kinds: readonly Kind[] = declared
  .toSorted((one, other) => one.number - other.number)
  .map(withSettle);
nameKinds(kinds);

const kindsByName = new Map(kinds.map((kind) => [kind.name, kind]));
const verbsByName = new Map(
  kinds.flatMap((kind) => Object.values(kind.verbs).map((verb) => [verb.name, verb] as const)),
);

export function kindNamed(name: string): Kind | undefined {
  return kindsByName.get(name);
}

export function verbNamed(name: string): Verb | undefined {
  return verbsByName.get(name);
}
