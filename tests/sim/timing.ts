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
  isOver: boolean;
}

export function createTiming(start: number): Timing {
  let now = start;
  let waiting: Timer[] = [];
  return {
    now: () => now,
    timers: (process) => ({
      after: (ms, work) => {
        const timer = { at: now + ms, process, work, isOver: false };
        waiting.push(timer);
        return () => {
          timer.isOver = true;
        };
      },
    }),
    untilNext: () => {
      let next = Infinity;
      for (const { at, process, isOver } of waiting)
        if (at < next && !isOver && !process.isDead && !process.isFrozen) next = at;
      return Math.max(0, next - now);
    },
    pass: (ms) => {
      now += ms;
      const isDue = ({ at, process }: Timer) => at <= now && !process.isFrozen;
      const due = waiting.filter(isDue).sort((a, b) => a.at - b.at);
      waiting = waiting.filter((timer) => !isDue(timer));
      for (const timer of due) if (!timer.isOver && !timer.process.isDead) timer.work();
    },
  };
}
