/**
 * The vault keeps data keys away from the page's other code: in a dedicated worker in the browser, in line in tests. It
 * alone sees PINs and derives keys. A page gets a non-extractable CryptoKey for as long as it is unlocked.
 */
import type { Bytes } from '../sync/bytes.ts';

export interface Kdf {
  readonly name: 'argon2id';
  /** KiB */
  readonly m: number;
  readonly t: number;
  readonly p: number;
  readonly salt: Bytes;
}

/** A way to the data key [final]; versioned, so that passkeys can follow beside PINs. */
export interface KeySlot {
  readonly v: 1;
  readonly id: string;
  /** The data key's id, as sealed rows name it. */
  readonly keyId: string;
  readonly kdf: Kdf;
  /** AES-KW of the data key under HKDF(device share ‖ Argon2id(PIN)). */
  readonly wrapped: Bytes;
}

export interface Owner {
  readonly store: string;
  readonly user: string;
  readonly device: string;
  readonly share: Bytes;
}

export interface Vault {
  /** Makes a data key and its first slot. */
  readonly create: (
    owner: Owner,
    pin: string,
  ) => Promise<{ readonly slot: KeySlot; readonly key: CryptoKey }>;
  /** The data key, or undefined for a wrong PIN. Warm where the key is still held, else by the slot. */
  readonly unlock: (owner: Owner, slot: KeySlot, pin: string) => Promise<CryptoKey | undefined>;
  /** Stretches a passphrase into the key of a handed-over share; nothing of it is held. */
  readonly passphraseKey: (kdf: Kdf, passphrase: string) => Promise<CryptoKey>;
  /** Starts the half hour after which a held key is dropped. */
  readonly lock: (store: string) => void;
  /** Drops a held key now. */
  readonly forget: (store: string) => void;
}
