/** 未送信・要確認 in lists: what is unsent, what waits by itself, what a person must look at, and what she can do about it. */
import type { OutboxItem, OutboxState } from '../../device/types.ts';
import { kindLabel } from '../../domain/kind-labels.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import { leadersOf } from '../../domain/follows.ts';
import { allFields } from '../../domain/kind.ts';
import {
  problemText,
  type FieldProblem,
  type Problem,
  type ProblemText,
} from '../../domain/problem.ts';
import { isDeadEnd } from './dead-end.ts';
import { isOvertaken, type Overtaken } from './overtaken.ts';
import { isStep } from './repair-fields.ts';
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

/**
 * 'again': a step that was refused; there is nothing in it to put right. 'look': what it is about is gone or past that step,
 * so that sending it again is no way out; what was written is shown, with what can become of it.
 */
export type Remedy = 'decide' | 'repair' | 'again' | 'look' | undefined;

type Refusal = Pick<OutboxItem, 'state' | 'problem' | 'args' | 'verb' | 'records'>;

/** Nothing in its form, or no choice, helps any more. */
export interface DeadEnd {
  readonly problem: Problem;
  /** What happened, what is safe and what to do, where it is not the same for all. */
  readonly what?: string;
  readonly safe?: string;
  readonly press?: string;
  /** Whose page leads on. */
  readonly page?: string;
  /** What it waits for does not come any more. */
  readonly neverComes?: true;
}

/** What the judgement has said by now (outlook.ts). */
interface Asked {
  readonly deadEnd: DeadEnd | undefined;
}

/**
 * What took effect is settled by a choice; what did not is sent again, where its form is still there. Until the judgement
 * has been asked the server's own word stands. What waits by itself may be put right in any case.
 */
export function remedyOf(item: Refusal, { deadEnd } = atFirst(item)): Remedy {
  if (isTwoValues(item)) return item.records.length > 0 && !deadEnd ? 'decide' : undefined;
  if (!isRepairable(item)) return undefined;
  if (deadEnd && (item.state !== 'blocked' || deadEnd.neverComes)) return 'look';
  return isStep(item.verb) ? 'again' : 'repair';
}

const atFirst = ({ problem, verb }: Refusal): Asked => ({
  deadEnd: isDeadEnd(problem, verb) ? { problem } : undefined,
});

export function isTwoValues({ state, problem }: Partial<Pick<Refusal, 'state' | 'problem'>>) {
  return state === 'conflict' && problem !== undefined && hasEffect({ code: state, problem });
}

export { repairFields } from './repair-fields.ts';

export const discardWords = '理由を書いて取り下げる';

export const remedyWords = {
  repair: '直して送りなおす',
  again: 'もう一度送る',
  decide: 'どちらかに決める',
  look: '内容を確かめる',
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
  const reason = '先に届いた別の値が入っています。';
  return problem.fields.map((field) => ({ field, reason }));
}

/** A value to be chosen, or a step that came too late: two things to do, in two words. */
export function conflictWords(item: Refusal): string | undefined {
  if (isOvertaken(item)) return '先に状態が変わりました';
  return remedyOf(item) === 'decide' ? '二つの値があります' : undefined;
}

interface Now {
  /** As the judgement of now leaves it. */
  readonly remedy?: Remedy;
  /** How the record stands, for a step. */
  readonly step?: Overtaken | undefined;
  /** Why neither of two values can be chosen any more. */
  readonly refused?: Problem | undefined;
  /** Why nothing in its form helps. */
  readonly deadEnd?: DeadEnd | undefined;
}

/** Why it is in the list, with what its own button does about it. */
export function whyOf(item: Refusal, now: Now = {}): ProblemText | undefined {
  const { problem } = item;
  const remedy = 'remedy' in now ? now.remedy : remedyOf(item);
  if (!problem) return undefined;
  const said = problemText(problem, kindLabel);
  if (item.args === undefined && problem.code !== 'restrictedPerson')
    return { what: said.what, ...unreadable };
  if (remedy === 'look' && now.deadEnd?.safe !== undefined) return whyOver(said, now.deadEnd);
  if (problem.code !== 'baseChanged') return remedy === 'look' ? { ...said, press: look } : said;
  if (isTwoValues(item))
    return whyTwo(item, problem, remedy === 'decide' ? undefined : noChoice(now.refused));
  return remedy && remedy !== 'decide' ? whyOvertaken(said, remedy, now.step) : said;
}

/** Its sealed copy cannot be opened here, or has gone (a tablet signed in to anew). */
const unreadable = {
  safe: 'サーバーには届いていますが、書いた内容は、この端末ではもう読めません。',
  press: `所属の責任者は「管理」の「職員の要確認」で内容を見て、引き取れます。要らないときは「${discardWords}」を押してください。`,
};

/** A press of its own is said where its buttons are. */
function whyOver(said: ProblemText, { problem, what, safe = said.safe }: DeadEnd): ProblemText {
  return { what: what ?? problemText(problem, kindLabel).what, safe, press: look };
}

const look = `「${remedyWords.look}」を押すと、書いた内容と、いまできることが出ます。`;
type Sending = 'repair' | 'again' | 'look';

function whyOvertaken(said: ProblemText, remedy: Sending, now?: Overtaken): ProblemText {
  const press = pressFor(remedy, now);
  if (!now) return { ...said, press };
  const what = `${kindLabel(now.kind)}は、いま「${now.state}」です。先に届いた別の操作で変わりました。`;
  return { ...said, what, press };
}

function pressFor(remedy: Sending, now: Overtaken | undefined): string {
  const discard = `「${discardWords}」を押してください。`;
  if (now?.step === 'done' && remedy !== 'repair')
    return `しようとしたことは、もう済んでいます。${discard}`;
  if (remedy === 'look') return look;
  if (now?.step === 'impossible')
    return `いまの状態のままでは、送りなおしても入りません。要らなければ${discard}`;
  return `まだ要るときは「${remedyWords[remedy]}」、要らなければ${discard}`;
}

function noChoice(refused: Problem | undefined): string {
  const why = refused ? problemText(refused, kindLabel).what : '';
  return `${why}ここでは、もう選べません。「${discardWords}」を押してください。`;
}

const metThere = 'には、あなたの値より先に、別の値がサーバーに届いていました。';
const decidedElsewhere =
  'は、あなたが選んだ値が届く前に、ほかの職員が別のほうに決めたか、書き換えていました。';

type Met = Extract<Problem, { code: 'baseChanged' }>;

/** 求職者の「電話」 */
export function labelsMet({ kind, fields }: Met): string {
  const found = kindNamed(kind);
  const declared = found ? allFields(found) : {};
  const names = found ? leadersOf(found, fields) : fields;
  const labels = names.map((name) => `「${declared[name]?.label ?? name}」`).join('');
  return `${kindLabel(kind)}の${labels}`;
}

function whyTwo({ verb }: Refusal, problem: Met, over: string | undefined): ProblemText {
  return {
    what: `${labelsMet(problem)}${verb.endsWith('.settle') ? decidedElsewhere : metThere}`,
    safe: '二つの値は、どちらも残してあります。',
    press: over ?? '「どちらかに決める」を押して、正しいほうを選んでください。',
  };
}
