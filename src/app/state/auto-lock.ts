/**
 * Locks this tab by itself: after three minutes without touch or key, after thirty seconds out of sight, after eight hours
 * in any case. The tablet itself closes a page that goes away. Times are compared with the clock, so that a tablet that
 * slept is locked when it wakes; a clock turned back makes no minute longer (security.md (b)).
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Tablet } from '../../device/types.ts';
import { flushDrafts, lockNow } from './leave.ts';

const idleLimit = 180_000;
const warnBefore = 30_000;
const hiddenLimit = 30_000;
const longestLimit = 8 * 3_600_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'input'] as const;

const left = signal<number | undefined>(undefined);
/** Seconds until the lock, from the warning on; undefined while there is no hurry. */
export const secondsLeft: ReadonlySignal<number | undefined> = left;

/** Watches while somebody is signed in; returns its stop. */
export function startAutoLock(tablet: Pick<Tablet, 'now' | 'lockHere'>): () => void {
  let last = tablet.now();
  let [idle, hidden, open] = [0, 0, 0];
  let isHidden = false;
  /** Time that has passed since the last look; none where the clock was turned back. */
  const count = () => {
    const passed = Math.max(0, tablet.now() - last);
    last = tablet.now();
    idle += passed;
    open += passed;
    hidden = isHidden ? hidden + passed : 0;
  };
  const look = () => {
    count();
    const rest = idleLimit - idle;
    left.value = rest <= warnBefore ? Math.max(0, Math.ceil(rest / 1000)) : undefined;
    const isOver = rest <= 0 || open >= longestLimit || hidden > hiddenLimit;
    if (isOver) void lockNow({ lock: tablet.lockHere });
    return isOver;
  };
  /** The touch that wakes a tablet is no sign that somebody was there. */
  const touch = () => {
    if (look()) return;
    idle = 0;
    left.value = undefined;
  };
  const onVisibility = () => {
    look();
    isHidden = document.visibilityState === 'hidden';
    if (isHidden) flushDrafts();
  };
  for (const sign of signs) addEventListener(sign, touch, { passive: true, capture: true });
  document.addEventListener('visibilitychange', onVisibility);
  const timer = setInterval(look, 1_000);
  return () => {
    clearInterval(timer);
    left.value = undefined;
    for (const sign of signs) removeEventListener(sign, touch, { capture: true });
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
