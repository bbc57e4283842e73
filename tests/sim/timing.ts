/** Time that stands until it is moved; timers fire in order when it passes them, never in a dead process, late in a frozen one. */
import type { Timers } from '../../src/device/ports.ts';
import type { Process } from './schedule.ts';

export interface Timing {
  readonly now: () => number;
  readonly timers: (process: Process) => Timers;
  /** Milliseconds until the next timer of somebody awake; Infinity where nobody waits. */
  readonly untilNext: () => number;
  /** Moves on and fires what was due, each once. */
  readonly pass: (ms: number) => void;
}

interface Timer {
  readonly at: number;
  readonly process: Process;
  readonly work: () => void;
}

export function createTiming(start: number): Timing {
  let now = start;
  const waiting = new Set<Timer>();
  return {
    now: () => now,
    timers: (process) => ({
      after: (ms, work) => {
        const timer = { at: now + ms, process, work };
        waiting.add(timer);
        return () => waiting.delete(timer);
      },
    }),
    untilNext: () => {
      const awake = [...waiting].filter(({ process }) => !process.isDead && !process.isFrozen);
      return Math.max(0, Math.min(Infinity, ...awake.map(({ at }) => at - now)));
    },
    pass: (ms) => {
      now += ms;
      const isDue = ({ at, process }: Timer) => at <= now && !process.isFrozen;
      const due = [...waiting].filter(isDue).sort((a, b) => a.at - b.at);
      for (const timer of due) if (waiting.delete(timer) && !timer.process.isDead) timer.work();
    },
  };
}
