/**
 * One planted fault in a process of its own (its source text was changed by planted-hooks.ts): the histories that are known
 * to show it, then others one after the other, until a rule that fits the fault is broken. Without the hooks the same
 * histories must break nothing.
 */
import { runHistory } from './history.ts';
import { stepsOf, type Step } from './steps.ts';
import { makeTemplate } from './template.ts';

export interface Search {
  readonly rules: readonly string[];
  readonly seeds: readonly number[];
  readonly most: number;
  /** Absent: those of each seed. */
  readonly steps?: readonly Step[];
}

export interface Found {
  readonly histories: number;
  readonly seed?: number;
  readonly words: string;
}

async function search({ rules, seeds, most, steps }: Search): Promise<Found> {
  const template = await makeTemplate();
  const others = Array.from({ length: most }, (_, at) => at + 1);
  const isFitting = (rule: string) => rules.length === 0 || rules.includes(rule);
  let histories = 0;
  let misfit = '';
  for (const seed of [...seeds, ...others]) {
    const { violations } = await runHistory(template, seed, steps ?? stepsOf(seed));
    histories += 1;
    const fitting = violations.find(({ rule }) => isFitting(rule));
    if (fitting) return { histories, seed, words: `${fitting.rule}: ${fitting.what}` };
    const [other] = violations;
    if (other) misfit ||= `, only ${other.rule} in ${seed}: ${other.what}`;
  }
  return { histories, words: `not in ${histories} histories${misfit}` };
}

process.once('message', (asked) => {
  // Sent by planted-run.ts.
  void search(asked as Search).then((found) => process.send?.(found));
});
