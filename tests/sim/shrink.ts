/**
 * Makes a failing history small: drops runs of steps, then single ones, as long as a rule of the same name is still broken,
 * and then lets each step come to an end before the next where the order does not matter.
 */
import { runHistory } from './history.ts';
import type { Step } from './steps.ts';
import type { Template } from './template.ts';

const usualRuns = 1_200;
const quiet = 10_000;

export interface Small {
  readonly seed: number;
  readonly steps: readonly Step[];
}

/** Fewer steps draw another order of events: a few other seeds are tried for each form. */
const otherSeeds = [0, 1_000_003, 2_000_003, 3_000_017];

export async function shrink(
  template: Template,
  given: number,
  steps: readonly Step[],
  rule: string,
  mostRuns = usualRuns,
): Promise<Small> {
  let runs = 0;
  let seed = given;
  const isFailing = async (some: readonly Step[]) => {
    for (const other of otherSeeds) {
      if (++runs > mostRuns) return false;
      const { violations } = await runHistory(template, seed + other, some);
      if (!violations.some((one) => one.rule === rule)) continue;
      seed += other;
      return true;
    }
    return false;
  };
  let left = steps;
  for (
    let size = Math.ceil(left.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  )
    for (let at = 0; at < left.length;) {
      const without = left.toSpliced(at, size);
      if (await isFailing(without)) left = without;
      else at += size;
    }
  for (const [at, step] of left.entries()) {
    const calm = left.with(at, { ...step, turns: quiet });
    if (step.turns !== quiet && (await isFailing(calm))) left = calm;
  }
  return { seed, steps: left };
}
