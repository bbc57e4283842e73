/**
 * What a simulated town stands on: the fast tier keeps tablets and server in memory behind a test cipher; the full tier
 * (full-tier.ts) has fake IndexedDB under Dexie, WebCrypto, Argon2id, the server's own cipher and SQLite files. Everything
 * else (steps, accidents, oracle) is the same for both and asks here.
 */
import type { SendTo } from '../../src/device/crypto.ts';
import type { StoragePort, Timers } from '../../src/device/ports.ts';
import type { Vault } from '../../src/device/vault.ts';
import type { Cipher } from '../../src/server/cipher.ts';
import { copyDisk, createDisk, type Disk } from './disk.ts';
import { memoryDatabase } from './memory-store.ts';
import type { Rng } from './rng.ts';
import type { Process, Schedule, Settle } from './schedule.ts';
import { openMemoryBase, type SimBase } from './sim-base.ts';
import { testCipher, testSendTo, testSubtle, testVault } from './test-cipher.ts';

export interface Keys {
  readonly crypto: SubtleCrypto;
  readonly sendTo?: SendTo;
  readonly vault: Vault;
}

export interface Tier {
  readonly name: 'fast' | 'full';
  /** How to wait until nothing goes on by itself; absent: microtasks are all there is. */
  readonly settle?: Settle;
  readonly openBase: () => Promise<SimBase>;
  readonly cipher: (rng: Rng) => Cipher;
  readonly keys: (rng: Rng, now: () => number, timers: Timers) => Keys;
  readonly passwordHash: (password: string) => Promise<string>;
  readonly createDisk: () => Disk;
  readonly copyDisk: (disk: Disk) => Disk;
  readonly storage: (schedule: Schedule, process: Process, disk: Disk) => StoragePort;
}

export const fastTier: Tier = {
  name: 'fast',
  openBase: openMemoryBase,
  cipher: testCipher,
  keys: (rng) => ({ crypto: testSubtle(rng), sendTo: testSendTo(rng), vault: testVault(rng) }),
  passwordHash: (password) => Promise.resolve(`plain:${password}`),
  createDisk,
  copyDisk,
  storage: (schedule, process, disk) => {
    const storage = { database: memoryDatabase(schedule, process, disk) };
    // The tier in memory opens no IndexedDB: `database` stands in for it.
    return storage as unknown as StoragePort;
  },
};
