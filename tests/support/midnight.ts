/** A day that is played ends at midnight: where too little is left of it, whoever plays one waits for the next. */
import { setTimeout as wait } from 'node:timers/promises';

const dayMs = 86_400_000;
const jstMs = 9 * 3_600_000;

export async function clearOfMidnight(neededMs: number): Promise<void> {
  const leftMs = dayMs - ((Date.now() + jstMs) % dayMs);
  if (leftMs < neededMs) await wait(leftMs + 1_000);
}
