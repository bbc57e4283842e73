/** A history as data: what happens to whom, each step with a seed of its own, so that steps can be dropped one by one. */
import { createRng, type Rng } from './rng.ts';
import { weightOf } from './weights.ts';

/** How often each is drawn. */
const usual = {
  write: 50,
  unlock: 3,
  count: 6,
  repair: 3,
  undo: 2,
  open: 3,
  sync: 5,
  worker: 2,
  lock: 2,
  tab: 1.5,
  crash: 3.5,
  weather: 10,
  pass: 4,
  night: 0.6,
  skew: 1,
  diskFull: 1.5,
  diskCut: 2,
  serverCrash: 2.5,
  serverFull: 1,
  staff: 1,
  revoke: 0.3,
  backup: 0.8,
  restore: 0.4,
  clone: 0.5,
  // Only on days of their own (mixes.ts): the usual days are those of the seeds that are written down.
  file: 0,
  bring: 0,
  freeze: 0,
  lose: 0,
  check: 3,
};

export type StepKind = keyof typeof usual;

export interface Step {
  readonly kind: StepKind;
  readonly tablet: number;
  readonly seed: number;
  /** How many waiting ones go on before the next step begins. */
  readonly turns: number;
}

const length = 60;

export function stepsOf(seed: number): Step[] {
  const rng = createRng(seed, 'steps');
  // Counts for nothing any more; without it the days of all seeds that are written down would be others.
  rng.below(8);
  const hurry = rng.pick([4, 12, 40]) ?? 12;
  return Array.from({ length }, () => ({
    kind: drawKind(rng),
    tablet: rng.below(60),
    seed: rng.below(2 ** 31),
    turns: rng.chance(0.25) ? 10_000 : rng.below(hurry),
  }));
}

const names = Object.keys(usual) as StepKind[];
const weights = names.map((name) => [name, weightOf(name, usual[name])] as const);
const total = weights.reduce((sum, [, weight]) => sum + weight, 0);

function drawKind(rng: Rng): StepKind {
  let at = rng.next() * total;
  return weights.find(([, weight]) => (at -= weight) < 0)?.[0] ?? 'write';
}

export function describe({ kind, tablet, seed, turns }: Step): string {
  return `${kind} tablet=${tablet} seed=${seed} turns=${turns}`;
}
