/** The full tier: the histories of the fast one on what a tablet and a server really stand on. */
import { createFullDisk, copyFullDisk, fullStorage } from './full-disk.ts';
import { cheapHash, realCipher, realKeys, settleReally } from './full-keys.ts';
import { openFileBase } from './full-sqlite.ts';
import type { Tier } from './tier.ts';

export const fullTier: Tier = {
  name: 'full',
  settle: settleReally,
  openBase: () => openFileBase(),
  cipher: realCipher,
  keys: realKeys,
  passwordHash: cheapHash,
  createDisk: createFullDisk,
  copyDisk: copyFullDisk,
  storage: fullStorage,
};
