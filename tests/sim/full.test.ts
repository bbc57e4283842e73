/** A few days on what tablets and servers really stand on, two of them with the outbox of an earlier release. */
import { expect, test } from 'vitest';
import { fullPlayer } from './full-run.ts';

test('days on IndexedDB, WebCrypto and SQLite files break no rule; old outboxes are taken (I10)', async () => {
  const play = await fullPlayer();
  for (const seed of [10, 11, 12, 20]) {
    const { violations, writes } = await play(seed);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(writes).toBeGreaterThan(0);
  }
}, 300_000);
