/**
 * When to sync: at start, after every write, on focus, when a connection returns, and by a timer; first push, then pull.
 * One run at a time per tab; a wish during a run makes one more. After a failure the pauses grow, jittered, to a minute.
 */
import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { Problem } from '../domain/problem.ts';
import type { DevicePorts } from './ports.ts';

export interface SyncLoop {
  readonly busy: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<Problem | undefined>;
  /** Soon, without waiting for the outcome. */
  readonly trigger: () => void;
  /** A whole run that begins after this call. */
  readonly runNow: () => Promise<void>;
  readonly stop: () => void;
}

export type SyncStep = () => Promise<Problem | undefined>;

const idleMs = 30_000;
const firstPauseMs = 2_000;
const longestMs = 60_000;

export function createSyncLoop(
  ports: Pick<DevicePorts, 'timers' | 'page' | 'chance'>,
  steps: readonly SyncStep[],
): SyncLoop {
  const busy = signal(false);
  const problem = signal<Problem | undefined>(undefined);
  let failures = 0;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let isStopped = false;

  const run = async (): Promise<void> => {
    cancel?.();
    busy.value = true;
    try {
      const found = await firstProblem(steps);
      failures = found ? failures + 1 : 0;
      problem.value = found?.code === 'offline' || found?.code === 'locked' ? undefined : found;
    } finally {
      busy.value = false;
      running = undefined;
      if (!isStopped) cancel = ports.timers.after(pause(failures, ports.chance), trigger);
    }
  };
  const start = () => (running = run());
  const runNow = (): Promise<void> => {
    if (isStopped) return Promise.resolve();
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return running ?? start();
      });
    return next;
  };
  const trigger = () => {
    // A throw is a bug; it is reported by the runtime as an unhandled rejection, not swallowed here.
    void runNow();
  };
  const stopWaking = ports.page.onWake(trigger);
  return {
    busy,
    problem,
    trigger,
    runNow,
    stop: () => {
      isStopped = true;
      cancel?.();
      stopWaking();
    },
  };
}

/** Without a connection there is no next step; any other problem of one step leaves the others their turn. */
async function firstProblem(steps: readonly SyncStep[]): Promise<Problem | undefined> {
  let first: Problem | undefined;
  for (const step of steps) {
    const found = await step();
    first ??= found;
    if (found?.code === 'offline') break;
  }
  return first;
}

function pause(failures: number, chance: () => number): number {
  const longest = failures === 0 ? idleMs : Math.min(longestMs, firstPauseMs * 2 ** failures);
  return longest * (0.5 + chance() / 2);
}
