/**
 * Wrong PINs. An attempt is counted before the PIN is tried, so that killing the app does not give it back; the right PIN
 * clears the count. Waits before the first to the fifth attempt: 0, 0, 5, 30, 60 seconds. After five the store is shut for
 * PINs. Deterrence only: what protects the key is the device share (security.md (b)).
 */
import { fail, ok, type Result } from '../domain/problem.ts';
import type { AttemptsRow, DeviceDb } from './device-db.ts';
import { durably } from './durable.ts';

export const maxAttempts = 5;
const waits = [0, 0, 5, 30, 60];

function waitSeconds({ failures, triedAt }: AttemptsRow, now: number): number {
  return Math.max(0, Math.ceil((waits[failures] ?? 0) - (now - triedAt) / 1000));
}

/** Where the clock was turned back since the last attempt, the wait begins now: neither shorter nor endless. */
async function readAttempts(
  db: DeviceDb,
  store: string,
  now: number,
): Promise<AttemptsRow | undefined> {
  const row = await db.attempts.get(store);
  if (!row || row.triedAt <= now) return row;
  const righted = { ...row, triedAt: now };
  await db.attempts.put(righted);
  return righted;
}

export async function pinWait(db: DeviceDb, store: string, now: number): Promise<number> {
  return db.transaction('rw', db.attempts, async () => {
    const row = await readAttempts(db, store, now);
    return row ? waitSeconds(row, now) : 0;
  });
}

/** Counts the attempt about to be made; answers how many wrong ones there are if it fails. */
export async function beginAttempt(
  db: DeviceDb,
  store: string,
  now: number,
): Promise<Result<number>> {
  const begun = await durably(db, () =>
    db.transaction('rw', db.attempts, async (): Promise<Result<number>> => {
      const row = await readAttempts(db, store, now);
      const failures = row?.failures ?? 0;
      if (failures >= maxAttempts) return fail({ code: 'pinBlocked' });
      const wait = row ? waitSeconds(row, now) : 0;
      const left = maxAttempts - failures;
      if (wait > 0) return fail({ code: 'wrongPin', waitSeconds: wait, left });
      await db.attempts.put({ store, failures: failures + 1, triedAt: now });
      return ok(failures + 1);
    }),
  );
  return begun.ok ? begun.value : begun;
}

export function clearAttempts(db: DeviceDb, store: string): Promise<Result<void>> {
  return durably(db, () => db.attempts.delete(store));
}

export function wrongPin(failures: number): Result<never> {
  return failures >= maxAttempts
    ? fail({ code: 'pinBlocked' })
    : fail({
        code: 'wrongPin',
        waitSeconds: waits[failures] ?? 0,
        left: maxAttempts - failures,
      });
}
