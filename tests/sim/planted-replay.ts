/**
 * With a fault planted (planted-hooks.ts): the history that shows it twice, made small, and that twice. What it answers,
 * sim.test.ts compares: a failing seed must come again to the last point, and so must its small form.
 */
import { runHistory } from './history.ts';
import { shrink } from './shrink.ts';
import { stepsOf, type Step } from './steps.ts';
import { makeTemplate } from './template.ts';

export interface Trace {
  readonly points: number;
  readonly confirmed: number;
  readonly faults: readonly (readonly [string, number])[];
  readonly violations: readonly { readonly rule: string; readonly what: string }[];
}

export interface Replays {
  readonly whole: readonly Trace[];
  readonly small: readonly Trace[];
  readonly steps: { readonly whole: number; readonly small: number };
}

const enoughRuns = 120;

async function replays(seed: number): Promise<Replays> {
  const template = await makeTemplate();
  const play = async (from: number, steps: readonly Step[]): Promise<Trace> => {
    const { town, violations } = await runHistory(template, from, steps);
    const { confirmed, faults } = town.notes;
    const points = town.schedule.steps();
    return { points, confirmed: confirmed.length, faults: [...faults], violations };
  };
  const steps = stepsOf(seed);
  const whole = [await play(seed, steps), await play(seed, steps)];
  const rule = whole[0]?.violations[0]?.rule ?? '';
  const found = await shrink(template, seed, steps, rule, enoughRuns);
  const small = [await play(found.seed, found.steps), await play(found.seed, found.steps)];
  return { whole, small, steps: { whole: steps.length, small: found.steps.length } };
}

process.once('message', (seed) => {
  void replays(Number(seed)).then((said) => process.send?.(said));
});
