/**
 * Whether a refused entry can still be sent at all: asked of the same judgement that the press would meet. Where what it is
 * about is gone or past that step, no other text in its form helps, and the screen says so instead of offering the press.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { isObject, text } from '../../domain/value.ts';
import { clearNames } from '../../domain/verbs.ts';
import { isDeadEnd } from './dead-end.ts';
import { isCorrection, openTarget } from './laid-over.ts';
import { enteredRows } from './outbox-view.ts';
import { emptyWords, type RefWords } from './value-words.ts';

type Said = Pick<OutboxItem, 'verb' | 'args'>;

export interface WayOut {
  /** What it corrects, as far as this tablet may show it. */
  readonly record: Rec | undefined;
  /** Why it cannot be sent now, whatever is changed in its form. */
  readonly deadEnd: Problem | undefined;
}

/** `target`: what it is about, where that has been opened already. */
export async function wayOut(
  session: Session,
  { verb, args }: Said,
  target?: Rec,
): Promise<WayOut> {
  if (!args) return { record: undefined, deadEnd: undefined };
  const record = isCorrection(verb)
    ? (target ?? (await openTarget(session, verb, args)))
    : undefined;
  const problem = await session.check(verb, args);
  return { record, deadEnd: isDeadEnd(problem, verb) ? problem : undefined };
}

/** Everything that was typed, to be read and copied; what was to be emptied as well. */
export function typedRows(said: Said, ref: RefWords) {
  const fields = verbNamed(said.verb)?.args ?? {};
  const emptied = clearNames(said.args ?? {}).map((name) => ({
    label: fields[name]?.label ?? name,
    text: emptyWords,
  }));
  return [...enteredRows(said, ref), ...emptied];
}

/** Some of it is somebody's own words, which would have to be thought of again. */
export function hasWords({ verb, args = {} }: Said): boolean {
  const fields = verbNamed(verb)?.args ?? {};
  return Object.entries(fields).some(
    ([name, { type }]) =>
      (type === 'text' && text(args[name])) || (type === 'group' && isObject(args[name])),
  );
}
