/**
 * The master key: 256 random bits in `master.key` beside, never inside, the database. It wraps the server's own keys and
 * the keys of persons. A database whose master key is gone is refused, not given a new one: it could never be read again.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const databaseName = 'madoguchi.sqlite';

export function readMasterKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'master.key');
  if (!existsSync(file)) {
    if (existsSync(join(folder, databaseName)))
      throw new Error(`${databaseName} is here but master.key is not: put master.key back.`);
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (key.length !== 32) throw new Error('master.key is damaged: it must hold 32 bytes.');
  return key;
}
