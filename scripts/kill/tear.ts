/**
 * As if Chromium had been killed between the two writes of one record of its database log: the head is there, what it
 * announces is not. The next start takes that for the end of the log, and goes on behind it in the same file; the one after
 * finds the file damaged in the middle, and the browser throws the whole database away and begins anew.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** LevelDB's log format: four bytes of checksum, two of length (here 500), one of type (whole record). */
const head = Buffer.from([1, 2, 3, 4, 0xf4, 0x01, 1]);

export function tear(profile: string): void {
  const folder = join(profile, 'Default', 'IndexedDB');
  for (const base of readdirSync(folder).filter((name) => name.endsWith('.leveldb')))
    for (const log of readdirSync(join(folder, base)).filter((name) => name.endsWith('.log')))
      appendFileSync(join(folder, base, log), head);
}
