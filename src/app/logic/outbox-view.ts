/** 未送信・要確認 in lists: what is unsent, what waits by itself, what a person must look at, and what she can do about it. */
import type { OutboxItem, OutboxState } from '../../device/types.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import { allFields } from '../../domain/kind.ts';
import {
  problemText,
  type FieldProblem,
  type Problem,
  type ProblemText,
} from '../../domain/problem.ts';
import type { Fields } from '../../domain/field.ts';
import { drawn } from '../form/form-values.ts';
import { valueWords, type RefWords } from './value-words.ts';
import { hasEffect, needsCare } from '../../sync/verdict.ts';

export interface OutboxLists {
  readonly refused: readonly OutboxItem[];
  readonly waiting: readonly OutboxItem[];
  readonly pending: readonly OutboxItem[];
}

export function outboxLists(items: readonly OutboxItem[]): OutboxLists {
  return {
    refused: items.filter(({ state }) => isRefused(state)),
    waiting: items.filter(({ state }) => state === 'blocked'),
    pending: items.filter(({ state }) => state === 'pending'),
  };
}

/** Somebody has to look at it; what is blocked goes on by itself when the rest arrives. */
export function isRefused(state: OutboxState): boolean {
  return state !== 'pending' && state !== 'blocked' && needsCare(state);
}

/** 'again': a step that was refused; there is nothing in it to put right. */
export type Remedy = 'decide' | 'repair' | 'again' | undefined;

type Refusal = Pick<OutboxItem, 'state' | 'problem' | 'args' | 'verb' | 'records'>;

/** What took effect is settled by a choice; what did not is sent again, where its form is still there. */
export function remedyOf(item: Refusal): Remedy {
  const { state, problem, records } = item;
  if (state === 'conflict' && problem && hasEffect({ code: state, problem }))
    return records.length > 0 ? 'decide' : undefined;
  if (!isRepairable(item)) return undefined;
  return Object.keys(repairFields(item.verb)).length > 0 ? 'repair' : 'again';
}

/** What the form of a repair asks. Names of fields to be emptied are no field of it: they go along. */
export function repairFields(verb: string): Fields {
  const { clear: _, ...fields } = drawn(verbNamed(verb)?.args ?? {});
  return fields;
}

export const remedyWords = {
  repair: '直して送りなおす',
  again: 'もう一度送る',
  decide: 'どちらかに決める',
} as const;

export function isRepairable({ args, verb, problem }: Refusal): boolean {
  return (
    args !== undefined && verbNamed(verb) !== undefined && problem?.code !== 'restrictedPerson'
  );
}

/** The problem as one of fields, where it names any: so that the form can lead to them. */
export function fieldsNamed(problem: Problem | undefined): readonly FieldProblem[] {
  if (problem?.code === 'invalidFields') return problem.fields;
  if (problem?.code !== 'baseChanged') return [];
  const reason = 'ほかの職員が先に書き換えています。';
  return problem.fields.map((field) => ({ field, reason }));
}

/** Why it is in the list, with what its own button does about it. */
export function whyOf(item: Refusal): ProblemText | undefined {
  const { problem } = item;
  if (!problem) return undefined;
  const remedy = remedyOf(item);
  if ((remedy === 'repair' || remedy === 'again') && problem.code === 'baseChanged')
    return {
      ...problemText(problem, kindLabel),
      press: `まだ要るときは「${remedyWords[remedy]}」、要らなければ「理由を書いて取り下げる」を押してください。`,
    };
  if (remedy !== 'decide' || problem.code !== 'baseChanged') return problemText(problem, kindLabel);
  const kind = kindNamed(problem.kind);
  const fields = kind ? allFields(kind) : {};
  const labels = problem.fields.map((field) => `「${fields[field]?.label ?? field}」`).join('');
  return {
    what: `${kindLabel(problem.kind)}の${labels}は、ほかの職員が先に書き換えています。`,
    safe: '二つの値は、どちらも残してあります。',
    press: '「どちらかに決める」を押して、正しいほうを選んでください。',
  };
}

/** What was entered, as a person reads it, in the order of the form; ids and references are no words. */
export function enteredRows(
  { verb, args }: Pick<Refusal, 'verb' | 'args'>,
  ref: RefWords,
): readonly { readonly label: string; readonly text: string }[] {
  const fields = verbNamed(verb)?.args ?? {};
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = args?.[name];
    const isWords = field.type !== 'id' && field.type !== 'ref' && name !== 'clear';
    if (!isWords || value === undefined) return [];
    return [{ label: field.label, text: valueWords(field, value, ref) }];
  });
}
