/**
 * The seeded scheduler. Whatever runs belongs to a process (a tab, a run of the server) and stops at every port call in
 * `point`; the scheduler lets everything settle, then draws which of those that wait goes on. A killed process never goes
 * on: a crash may hit any point at which something durable or visible to others was about to happen, or just had.
 */
import type { Rng } from './rng.ts';

/** Something that can die. */
export interface Process {
  readonly name: string;
  isDead: boolean;
  /** Put to sleep by the browser: it lives, holds what it holds, and nothing of it goes on. */
  isFrozen: boolean;
  /** Run once at its death: locks and transactions fall. */
  readonly atDeath: (() => void)[];
}

export interface Schedule {
  readonly rng: Rng;
  readonly process: (name: string) => Process;
  readonly kill: (process: Process) => void;
  readonly thaw: (process: Process) => void;
  /** Waits to be drawn; never returns in a dead process. */
  readonly point: (process: Process) => Promise<void>;
  /** Lets up to so many waiting ones go on; answers how many did (fewer: nothing waits any more). */
  readonly run: (most: number) => Promise<number>;
  readonly steps: () => number;
}

/** Resolves when everything that could go on by itself has done so. */
export type Settle = () => Promise<void>;

/** Node empties the microtasks before the next tick: with no real input or output that is quiet. */
const afterMicrotasks: Settle = () => new Promise((resolve) => process.nextTick(resolve));

interface Waiting {
  readonly process: Process;
  readonly go: () => void;
}

const runaway = 200_000;

export function createSchedule(rng: Rng, settle: Settle = afterMicrotasks): Schedule {
  const waiting: Waiting[] = [];
  const asleep: Waiting[] = [];
  let steps = 0;
  return {
    rng,
    process: (name) => ({ name, isDead: false, isFrozen: false, atDeath: [] }),
    kill: (process) => {
      if (process.isDead) return;
      process.isDead = true;
      for (const end of process.atDeath) end();
    },
    thaw: (process) => {
      if (!process.isFrozen) return;
      process.isFrozen = false;
      waiting.push(...asleep.filter((one) => one.process === process));
      asleep.splice(0, Infinity, ...asleep.filter((one) => one.process !== process));
    },
    point: (process) =>
      new Promise<void>((resolve) => {
        if (!process.isDead) waiting.push({ process, go: resolve });
      }),
    run: async (most) => {
      let ran = 0;
      await settle();
      while (ran < most) {
        const next = draw(waiting, asleep, rng);
        if (!next) return ran;
        ran += 1;
        if (++steps > runaway) throw new Error('a history without end');
        next.go();
        await settle();
      }
      return ran;
    },
    steps: () => steps,
  };
}

function draw(waiting: Waiting[], asleep: Waiting[], rng: Rng): Waiting | undefined {
  while (waiting.length > 0) {
    const at = waiting.length === 1 ? 0 : rng.below(waiting.length);
    const found = waiting[at];
    const last = waiting.pop();
    if (last && at < waiting.length) waiting[at] = last;
    if (!found || found.process.isDead) continue;
    if (!found.process.isFrozen) return found;
    asleep.push(found);
  }
  return undefined;
}
