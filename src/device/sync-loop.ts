/**
 * When to sync: at start, after every write, on focus, when a connection returns, and by a timer; first push, then pull.
 * One run at a time per tab; a wish during a run makes one more. No run holds up the next: without a sign of life it is
 * given up, a throw of one step leaves the others and the loop alive. All waits together stay under a minute: patience of
 * a request (net.ts) or of a run, then a pause, then the wait for the lock (locks.ts).
 */
import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { Problem } from '../domain/problem.ts';
import type { DevicePorts } from './ports.ts';

export interface SyncLoop {
  readonly busy: ReadonlySignal<boolean>;
  readonly problem: ReadonlySignal<Problem | undefined>;
  /** Soon, without waiting for the outcome; not while the server has asked for a wait. */
  readonly trigger: () => void;
  /** A whole run that begins after this call. */
  readonly runNow: () => Promise<void>;
  readonly stop: () => void;
}

export type SyncStep = () => Promise<Problem | undefined>;
type LoopPorts = Pick<DevicePorts, 'timers' | 'page' | 'chance' | 'clock'>;

const idleMs = 30_000;
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;
const longestAskedMs = 40_000;
const hungMs = 30_000;
const afterHungMs = 2_000;

interface Outcome {
  readonly problem: Problem | undefined;
  readonly thrown?: { readonly error: unknown };
  readonly isHung?: boolean;
}

/** `signs` changes with every answer or end of patience: a run that moves on is not hung, however long it takes. */
export function createSyncLoop(
  ports: LoopPorts,
  steps: readonly SyncStep[],
  signs: ReadonlySignal<number>,
): SyncLoop {
  const busy = signal(false);
  const problem = signal<Problem | undefined>(undefined);
  let failures = 0;
  let running: { readonly done: Promise<void>; readonly look: () => void } | undefined;
  let next: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let notBefore = -Infinity;
  let isStopped = false;

  const run = async (work: Promise<Outcome>): Promise<void> => {
    const outcome = await work;
    failures = isFailure(outcome) ? failures + 1 : 0;
    problem.value = told(outcome.problem);
    busy.value = false;
    running = undefined;
    const wait = pauseAfter(outcome, failures, ports.chance);
    if (outcome.problem?.code === 'tooManyRequests') notBefore = ports.clock.now() + wait;
    if (!isStopped) cancel = ports.timers.after(wait, () => void runNow());
    // A bug is the runtime's to report, as an unhandled rejection; the next run is arranged already.
    if (outcome.thrown) throw outcome.thrown.error;
  };
  const start = (): Promise<void> => {
    if (isStopped) return Promise.resolve();
    cancel?.();
    notBefore = -Infinity;
    busy.value = true;
    const { outcome, look } = watched(ports, signs, runSteps(steps));
    const done = run(outcome);
    running = { done, look };
    return done;
  };
  const runNow = (): Promise<void> => {
    if (!running) return start();
    next ??= running.done
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return running?.done ?? start();
      });
    return next;
  };
  const trigger = () => {
    running?.look();
    const wait = notBefore - ports.clock.now();
    if (wait <= 0 || wait > longestAskedMs) void runNow();
  };
  const stopWaking = ports.page.onWake(trigger);
  const stop = () => {
    isStopped = true;
    cancel?.();
    stopWaking();
  };
  return { busy, problem, trigger, runNow, stop };
}

/** Without a connection there is no next step; any other problem, or a throw, of one step leaves the others their turn. */
async function runSteps(steps: readonly SyncStep[]): Promise<Outcome> {
  let problem: Problem | undefined;
  let thrown: Outcome['thrown'];
  for (const step of steps) {
    try {
      const found = await step();
      problem ??= found;
      if (found?.code === 'offline') break;
    } catch (error) {
      thrown ??= { error };
      problem ??= { code: 'malformed', reason: 'sync' };
    }
  }
  return { problem, ...(thrown && { thrown }) };
}

/**
 * Ends with the work, or without it when no sign has come for half a minute. By the clock, not by counting timers: a tab
 * that was frozen knows it as soon as something wakes it.
 */
function watched(
  { timers, clock }: LoopPorts,
  signs: ReadonlySignal<number>,
  work: Promise<Outcome>,
): { readonly outcome: Promise<Outcome>; readonly look: () => void } {
  const { promise: hung, resolve } = Promise.withResolvers<Outcome>();
  let seen = signs.peek();
  let since = clock.now();
  let stop: () => void = () => undefined;
  const look = () => {
    stop();
    if (signs.peek() !== seen) [seen, since] = [signs.peek(), clock.now()];
    const passed = Math.abs(clock.now() - since);
    if (passed >= hungMs) resolve({ problem: { code: 'offline' }, isHung: true });
    else stop = timers.after(hungMs - passed, look);
  };
  const stopSigns = signs.subscribe((now) => {
    if (now === seen) return;
    [seen, since] = [now, clock.now()];
  });
  look();
  const outcome = Promise.race([work, hung]).finally(() => {
    stop();
    stopSigns();
  });
  return { outcome, look };
}

/** Being offline is no problem, and a locked screen is none. */
function told(problem: Problem | undefined): Problem | undefined {
  return problem?.code === 'offline' || problem?.code === 'locked' ? undefined : problem;
}

function isFailure({ problem, isHung }: Outcome): boolean {
  return isHung === true || (problem !== undefined && problem.code !== 'locked');
}

/** Jittered, so that the tablets of a counter do not come all at once when the line is back. */
function pauseAfter({ problem, isHung }: Outcome, failures: number, chance: () => number): number {
  const jitter = 0.5 + chance() / 2;
  if (isHung) return afterHungMs * jitter;
  if (failures === 0) return idleMs * jitter;
  const grown = Math.min(longestPauseMs, firstPauseMs * 2 ** failures) * jitter;
  if (problem?.code !== 'tooManyRequests') return grown;
  return Math.min(longestAskedMs, Math.max(problem.waitSeconds * 1_000, grown));
}
