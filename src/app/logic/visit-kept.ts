/**
 * The visit of a half-written talk, among the values of its form: what was chosen by hand, and where the talk was begun. Both
 * lie in the draft and come back with it, and it goes with the visit (device/evicted.ts); neither is an argument.
 */
import { isSameValue, text, type Values } from '../../domain/value.ts';

/** Instead of a visit: she has none yet. */
export const notOnBoard = 'none';

const [chosenAt, begunAt] = ['visitChosen', 'visitBegun'];

export interface KeptVisit {
  readonly picked: string | undefined;
  readonly begun: string | undefined;
}

export const keptVisit = (values: Values): KeptVisit => ({
  picked: text(values[chosenAt]),
  begun: text(values[begunAt]),
});

export const asPicked = (id: string) => [chosenAt, id] as const;

/** A choice by default is kept with the words of a talk, and never without them; no visit at all is no choice. */
export function asBegun(start: Values, args: Values, chosen: string) {
  const isWritten = !isSameValue(without(start, begunAt), without(args, begunAt));
  return [begunAt, isWritten && chosen !== notOnBoard ? chosen : undefined] as const;
}

/** Ids of what the draft is about besides its key. */
export function visitsAbout(values: Values): readonly string[] {
  const { picked, begun } = keptVisit(values);
  return [picked, begun].flatMap((id) => (id === undefined || id === notOnBoard ? [] : [id]));
}

export const withoutVisit = (args: Values): Values => without(args, chosenAt, begunAt);

function without(values: Values, ...names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
