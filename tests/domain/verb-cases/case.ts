/** What a case of a verb is: who, with what, in which situation; and what then stands in which part, or why not. */
import type { Problem } from '../../../src/domain/problem.ts';
import type { Values } from '../../../src/domain/value.ts';
import type { ActorName, World } from '../../support/world.ts';

export interface Given {
  readonly as: ActorName;
  readonly args: Values;
  readonly given?: (world: World) => void;
}

export interface Allowed extends Given {
  /** 'kind/id/part' → values that stand there afterwards. Empty only where the verb has nothing to change. */
  readonly after: Readonly<Record<string, Values>>;
}

export interface Refused extends Given {
  readonly why: string;
  readonly code: Problem['code'];
}

export interface VerbCase {
  readonly allowed: Allowed;
  readonly refused: readonly [Refused, ...Refused[]];
}

export type VerbCases = Readonly<Record<string, VerbCase>>;

export const inState = (kind: string, id: string, state: string) => (world: World) =>
  world.set(kind, id, 'facts', { state });

export const voidArgs = (id: string) => ({ id, voidReason: 'mistake' });
