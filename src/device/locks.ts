/**
 * The browser's Web Locks with an end to the waiting: a tab that was put to sleep with the lock in its hand does not hold up
 * the others. Whoever has waited in vain goes on without, and hardly waits again until the lock was free once. What is
 * guarded here must therefore be harmless twice, only wasteful.
 */
import type { Locks, Timers } from './ports.ts';

export const lockPatienceMs = 15_000;
const onceBittenMs = 1_000;

/** The part of LockManager that is needed. */
export interface LockSource {
  readonly request: (
    name: string,
    options: { readonly signal: AbortSignal },
    work: () => Promise<void>,
  ) => Promise<unknown>;
}

export function patientLocks(source: LockSource, timers: Timers): Locks {
  const bitten = new Set<string>();
  return {
    request: async (name, work) => {
      let result: ReturnType<typeof work> | undefined;
      const abort = new AbortController();
      const patience = bitten.has(name) ? onceBittenMs : lockPatienceMs;
      const stop = timers.after(patience, () => abort.abort());
      const guarded = async () => {
        stop();
        bitten.delete(name);
        result = work();
        await result.catch(() => undefined);
      };
      try {
        await source.request(name, { signal: abort.signal }, guarded);
      } catch {
        // Waited in vain, or the browser refuses locks here: on without it.
        if (!result) bitten.add(name);
      } finally {
        stop();
      }
      return result ?? work();
    },
  };
}
