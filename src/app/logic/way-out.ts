/**
 * Whether a refused entry can still be sent at all: asked of the same judgement that the press would meet. Where what it is
 * about is gone or past that step, no other text in its form helps, and the screen says so instead of offering the press.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { ok, type Problem, type Result } from '../../domain/problem.ts';
import type { Rec } from '../../domain/record.ts';
import { isObject, text } from '../../domain/value.ts';
import { clearNames } from '../../domain/verbs.ts';
import { isDeadEnd } from './dead-end.ts';
import { isCorrection } from './laid-over.ts';
import { openTarget } from './open-target.ts';
import { enteredRows } from './outbox-view.ts';
import { emptyWords, type RefWords } from './value-words.ts';

type Said = Pick<OutboxItem, 'verb' | 'args'>;

interface Refused extends Said {
  /** The server's own word. */
  readonly problem?: Problem | undefined;
}

export interface WayOut {
  /** What it corrects, as far as this tablet may show it. */
  readonly record: Rec | undefined;
  /** Why that could not be opened: nothing may be written over it unseen. */
  readonly unread: Problem | undefined;
  /** Why it cannot be sent now, whatever is changed in its form. */
  readonly deadEnd: Problem | undefined;
}

/** `target`: what it is about, where that has been opened already. */
export async function wayOut(
  session: Session,
  { verb, args, problem }: Refused,
  target?: Result<Rec | undefined>,
): Promise<WayOut> {
  if (!args) return { record: undefined, unread: undefined, deadEnd: undefined };
  const opened = isCorrection(verb)
    ? (target ?? (await openTarget(session, verb, args)))
    : ok(undefined);
  // That another entry took its place no judgement of its own tells.
  const found = problem?.code === 'superseded' ? problem : await session.check(verb, args);
  return {
    record: opened.ok ? opened.value : undefined,
    unread: isCorrection(verb) ? unreadOf(opened, verb) : undefined,
    deadEnd: isDeadEnd(found, verb) ? found : undefined,
  };
}

/** What is not shown here (a merged registration leads to another) is not written over either. */
function unreadOf(opened: Result<Rec | undefined>, verb: string): Problem | undefined {
  if (!opened.ok) return opened.problem;
  return opened.value ? undefined : { code: 'notFound', kind: verb.split('.')[0] ?? '' };
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
