/**
 * What the browser promises and how much room is left. The promise not to clear (`persist`) is asked for at the start and at
 * admission unless it is given; an unanswered question (Firefox asks its user) holds up nobody. All is undefined where the
 * browser has no such question (WebKitGTK).
 */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { DevicePorts } from './ports.ts';
import type { StorageReport } from './types.ts';

export interface StorageWatch {
  readonly persisted: ReadonlySignal<boolean | undefined>;
  readonly isRoomLow: ReadonlySignal<boolean>;
  /** Asks for the promise, too. */
  readonly report: () => Promise<StorageReport>;
  /** How much room is left, and nothing else: often, and nobody is asked. */
  readonly lookAtRoom: () => Promise<StorageEstimate | undefined>;
}

/** A tablet's day is a few megabytes: below this a warning comes well before the first save that fails. */
const lowBytes = 50 * 1024 ** 2;
const lowShare = 0.9;
const answerMs = 2_000;

export function createStorageWatch({
  storageManager,
  timers,
}: Pick<DevicePorts, 'storageManager' | 'timers'>): StorageWatch {
  const persisted = signal<boolean | undefined>(undefined);
  const isRoomLow = signal(false);
  const askForPromise = async () => {
    if (!storageManager) return;
    const known = await storageManager.persisted().catch(() => false);
    // Whoever was not answered yet sees "no", which is the truth until then.
    persisted.value = known;
    if (!known) persisted.value = await storageManager.persist().catch(() => false);
  };
  const lookAtRoom = async () => {
    const found = await storageManager?.estimate().catch(() => undefined);
    isRoomLow.value = isLow(found?.usage, found?.quota);
    return found;
  };
  const report = async (): Promise<StorageReport> => {
    const late = new Promise<void>((resolve) => timers.after(answerMs, resolve));
    await Promise.race([askForPromise(), late]);
    const found = await lookAtRoom();
    return { persisted: persisted.peek(), usedBytes: found?.usage, quotaBytes: found?.quota };
  };
  return { persisted, isRoomLow, report, lookAtRoom };
}

function isLow(used: number | undefined, quota: number | undefined): boolean {
  if (used === undefined || quota === undefined || quota === 0) return false;
  return quota - used < lowBytes || used > quota * lowShare;
}
