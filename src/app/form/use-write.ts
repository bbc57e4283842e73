/**
 * Saving from a screen: one call of session.write. What the domain refuses by field is put at the fields and the first
 * one is focused; anything else is for a ProblemNotice. 「この端末に保存しました」 is said only after the write is durable.
 */
import { useState } from 'preact/hooks';
import type { Session, WriteOptions } from '../../device/types.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import type { FieldProblem, Problem } from '../../domain/problem.ts';
import type { Values } from '../../domain/value.ts';
import { seenUnder, splitAtMyNumber } from '../logic/withheld.ts';
import { useSession } from '../state/context.ts';
import { holdBack } from '../state/withheld.ts';
import { showProblem } from '../ui/notice.tsx';
import { toast } from '../ui/toast.tsx';
import { sayWhenSlow } from './slow.ts';
import { isAt, type Form } from './use-form.ts';

export interface SaveOptions extends WriteOptions {
  /** Said instead of 「この端末に保存しました」; empty: nothing is said. */
  readonly message?: string;
  readonly undo?: () => unknown;
  /** More is to be saved from this form: it stands, with its draft, until the last is. */
  readonly isStep?: boolean;
}

export interface Write {
  /** The entry's id when it is durable; undefined when refused. */
  readonly save: (verb: string, args: Values, options?: SaveOptions) => Promise<string | undefined>;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  readonly setProblem: (problem: Problem | undefined) => void;
  /** What the screen itself finds in the way, said like what the domain refuses. */
  readonly refuse: (problem: Problem) => void;
}

export const savedMessage = 'この端末に保存しました';

export function useWrite(form?: Form): Write {
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const refuse = (found: Problem) => {
    const rest = form ? showAtFields(form, found) : found;
    setProblem(rest);
    if (rest) showProblem();
  };
  const save: Write['save'] = async (verb, args, options = {}) => {
    if (busy) return undefined;
    const { message = savedMessage, undo, isStep = false, ...write } = options;
    setBusy(true);
    setProblem(undefined);
    const isAmending = verbNamed(verb)?.shape?.does === 'amend';
    const seen = isAmending ? { seen: form?.seen } : {};
    const saving = writeWhatMay(session, verb, args, { ...seen, ...write }).finally(() =>
      setBusy(false),
    );
    const result = await sayWhenSlow(saving, () => refuse({ code: 'storageSlow' }));
    if (!result.ok) {
      refuse(result.problem);
      return undefined;
    }
    setProblem(undefined);
    if (!isStep) form?.saved();
    if (message) toast(message, { undo });
    return result.value.id;
  };
  return { save, busy, problem, setProblem, refuse };
}

/** All of it, or all but a field that holds what nobody may record; that one is asked for again by itself. */
async function writeWhatMay(session: Session, verb: string, args: Values, options: WriteOptions) {
  const whole = await session.write(verb, args, options);
  const split = whole.ok ? undefined : splitAtMyNumber(verb, args, whole.problem);
  if (!split) return whole;
  const rest = await session.write(verb, split.rest, options);
  if (rest.ok) holdBack(session, { ...split.held, seen: seenUnder(split, options.seen) });
  return rest;
}

/** Problems of fields that the form draws go to them, the first is focused; what is left is returned. */
export function showAtFields(form: Form, problem: Problem): Problem | undefined {
  if (problem.code !== 'invalidFields') return problem;
  const isOwn = (item: FieldProblem) =>
    Object.keys(form.fields).some((name) => isAt(item.field, name));
  const own = problem.fields.filter(isOwn);
  const others = problem.fields.filter((item) => !isOwn(item));
  form.setProblems(own);
  const [first] = own;
  if (first) setTimeout(() => showField(form, first.field), 0);
  return others.length > 0 ? { code: 'invalidFields', fields: others } : undefined;
}

export function fieldId(form: Pick<Form, 'id'>, path: string): string {
  return `${form.id}-${path.replaceAll('.', '-')}`;
}

/** Focused and in sight, with what is wrong there: below many choices the words would be under the edge. */
export function showField(form: Pick<Form, 'id'>, path: string): void {
  const id = fieldId(form, path);
  const place = document.getElementById(id);
  const input = place?.matches('input, textarea, select')
    ? place
    : place?.querySelector<HTMLElement>('input, textarea, select, button');
  input?.focus();
  input?.scrollIntoView({ block: 'center' });
  document.getElementById(`${id}-problem`)?.scrollIntoView({ block: 'nearest' });
}
