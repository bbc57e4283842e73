/** A few days on what tablets and servers really stand on, and one with the outbox of each release. */
import { expect, test } from 'vitest';
import { fullPlayer } from './full-run.ts';
import { releases } from './old-outbox.ts';

test('days on IndexedDB, WebCrypto and SQLite files break no rule; old outboxes are taken (I10)', async () => {
  const play = await fullPlayer();
  // Every tenth day is one of theirs (full-run.ts).
  const old = releases.map((_, at) => 10 * (at + 1));
  for (const seed of [11, 12, ...old]) {
    const { violations, writes } = await play(seed);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(writes).toBeGreaterThan(0);
  }
}, 300_000);
