import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { secondsLeft, startAutoLock } from '../../src/app/state/auto-lock.ts';
import { beforeLeaving, hasDirtyForm, lockNow, markDirty } from '../../src/app/state/leave.ts';

let locks = 0;
let stop: () => void = () => undefined;
const lock = () => void (locks += 1);
const clock = { now: () => Date.now(), lock, lockHere: lock };

beforeEach(() => {
  vi.useFakeTimers();
  locks = 0;
  stop = startAutoLock(clock);
});

afterEach(() => {
  stop();
  setHidden(false);
  vi.useRealTimers();
});

function setHidden(isHidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    value: isHidden ? 'hidden' : 'visible',
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('without touch or key', () => {
  test('it warns from 30 s before and locks after three minutes', async () => {
    await vi.advanceTimersByTimeAsync(149_000);
    expect(secondsLeft.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(secondsLeft.value).toBe(29);
    expect(locks).toBe(0);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(locks).toBeGreaterThan(0);
  });

  test('a touch takes the warning back and begins anew', async () => {
    await vi.advanceTimersByTimeAsync(170_000);
    dispatchEvent(new Event('pointerdown'));
    expect(secondsLeft.value).toBeUndefined();
    await vi.advanceTimersByTimeAsync(170_000);
    expect(locks).toBe(0);
  });

  test('a tablet that slept is locked when it wakes', async () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(locks).toBeGreaterThan(0);
  });

  test('the touch that wakes it does not keep it open', () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    dispatchEvent(new Event('pointerdown'));
    expect(locks).toBe(0);
    return vi.advanceTimersByTimeAsync(1_000).then(() => expect(locks).toBeGreaterThan(0));
  });

  test('a clock turned back makes three minutes no longer', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    await vi.advanceTimersByTimeAsync(121_000);
    expect(locks).toBeGreaterThan(0);
  });

  test('eight hours are the most, touched or not', async () => {
    for (let minutes = 0; minutes < 8 * 60; minutes++) {
      expect(locks).toBe(0);
      dispatchEvent(new Event('pointerdown'));
      await vi.advanceTimersByTimeAsync(60_000);
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(locks).toBeGreaterThan(0);
  });
});

describe('out of sight', () => {
  test('for 30 s it stays, for longer it locks', async () => {
    setHidden(true);
    await vi.advanceTimersByTimeAsync(29_000);
    setHidden(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(locks).toBe(0);
    setHidden(true);
    await vi.advanceTimersByTimeAsync(32_000);
    expect(locks).toBeGreaterThan(0);
  });
});

describe('before the lock', () => {
  test('drafts are written first', async () => {
    const order: string[] = [];
    const end = beforeLeaving(async () => void order.push('draft'));
    await lockNow({ lock: () => void order.push('lock') });
    end();
    expect(order).toEqual(['draft', 'lock']);
  });

  test('a store that never answers does not keep the screen open', async () => {
    const end = beforeLeaving(() => new Promise(() => undefined));
    const locked = lockNow(clock);
    await vi.advanceTimersByTimeAsync(1_500);
    await locked;
    end();
    expect(locks).toBe(1);
  });

  test('a half-filled form is known as long as it is there', () => {
    markDirty('a', true);
    markDirty('b', true);
    markDirty('a', false);
    expect(hasDirtyForm.value).toBe(true);
    markDirty('b', false);
    expect(hasDirtyForm.value).toBe(false);
  });
});
