/** Runs histories one after the other in this process and tells what came of them. */
import { runHistory, type Outcome } from './history.ts';
import { describe, stepsOf } from './steps.ts';
import { shrink } from './shrink.ts';
import { makeTemplate } from './template.ts';

export interface Sums {
  histories: number;
  steps: number;
  writes: number;
  faults: number;
  failed: { readonly seed: number; readonly words: string }[];
}

export const noSums = (): Sums => ({ histories: 0, steps: 0, writes: 0, faults: 0, failed: [] });

export function add(a: Sums, b: Sums): void {
  a.histories += b.histories;
  a.steps += b.steps;
  a.writes += b.writes;
  a.faults += b.faults;
  a.failed.push(...b.failed);
}

const mostFailures = 5;

export async function runRange(
  play: (seed: number) => Promise<Outcome>,
  from: number,
  count: number,
  onFailure: 'go on' | 'stop' = 'go on',
): Promise<Sums> {
  const sums = noSums();
  for (let seed = from; seed < from + count; seed++) {
    const outcome = await play(seed);
    add(sums, {
      histories: 1,
      steps: outcome.steps,
      writes: outcome.writes,
      faults: outcome.faults,
      failed: [],
    });
    if (outcome.violations.length === 0) continue;
    const words = outcome.violations.map(({ rule, what }) => `${rule}: ${what}`).join('\n');
    sums.failed.push({ seed, words });
    if (onFailure === 'stop' || sums.failed.length >= mostFailures) break;
  }
  return sums;
}

/** One seed again, with the small history that still fails. */
export async function explain(seed: number): Promise<string> {
  const given = stepsOf(seed);
  const template = await makeTemplate();
  // What its first use loads comes over the real event loop: once loaded, a seed is a history.
  await runHistory(template, seed, given);
  const { violations, steps, faults, writes } = await runHistory(template, seed, given);
  const [first] = violations;
  if (!first)
    return `seed ${seed}: ${steps} steps, ${writes} writes, ${faults} faults, no violation`;
  const small = await shrink(template, seed, given, first.rule);
  const again = await runHistory(template, small.seed, small.steps);
  return [
    `seed ${seed}: ${again.violations.map(({ rule, what }) => `${rule}: ${what}`).join('\n')}`,
    `${small.steps.length} of ${given.length} steps still break ${first.rule}:`,
    ...small.steps.map(describe),
    `as a regression: ${JSON.stringify(small)}`,
  ].join('\n');
}
