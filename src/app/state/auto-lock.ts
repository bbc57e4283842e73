/**
 * Locks by itself: after three minutes without touch or key, after thirty seconds out of sight, and at once when the page
 * goes away. Times are compared with the clock, so that a tablet that slept is locked when it wakes (security.md (b)).
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Tablet } from '../../device/types.ts';
import { flushDrafts, lockNow } from './leave.ts';

const idleLimit = 180_000;
const warnBefore = 30_000;
const hiddenLimit = 30_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'] as const;

const left = signal<number | undefined>(undefined);
/** Seconds until the lock, from the warning on; undefined while there is no hurry. */
export const secondsLeft: ReadonlySignal<number | undefined> = left;

/** Watches while somebody is signed in; returns its stop. */
export function startAutoLock(tablet: Pick<Tablet, 'now' | 'lock'>): () => void {
  let touched = tablet.now();
  let hidden: number | undefined;
  const lock = () => void lockNow(tablet);
  const touch = () => {
    touched = tablet.now();
    left.value = undefined;
  };
  const look = () => {
    const rest = idleLimit - (tablet.now() - touched);
    const isGone = hidden !== undefined && tablet.now() - hidden > hiddenLimit;
    if (rest <= 0 || isGone) return lock();
    left.value = rest <= warnBefore ? Math.ceil(rest / 1000) : undefined;
    return undefined;
  };
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') {
      hidden = tablet.now();
      flushDrafts();
      return;
    }
    look();
    hidden = undefined;
  };
  const onGone = () => {
    flushDrafts();
    tablet.lock();
  };
  for (const sign of signs) addEventListener(sign, touch, { passive: true, capture: true });
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('pagehide', onGone);
  const timer = setInterval(look, 1_000);
  return () => {
    clearInterval(timer);
    left.value = undefined;
    for (const sign of signs) removeEventListener(sign, touch, { capture: true });
    document.removeEventListener('visibilitychange', onVisibility);
    removeEventListener('pagehide', onGone);
  };
}
