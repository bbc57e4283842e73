/**
 * The vault's work, the same in line and in the worker. Cold: Argon2id at 64 MiB opens the slot. Warm: a key held after a
 * lock is released for the PIN by a second, cheaper Argon2id verifier (19 MiB, t=2, OWASP's minimum), which exists only in
 * this memory beside the very key it guards: whoever can read the one has the other, so it need not be dearer. It is
 * never stored. Three wrong PINs, half an hour locked or eight hours in all make the next unlock cold.
 */
import { argon2id } from 'hash-wasm';
import { concat, utf8, type Bytes } from '../sync/bytes.ts';
import type { Clock, Timers } from './ports.ts';
import { cold } from './vault-kdf.ts';
import type { Kdf, KeySlot, Owner, Vault } from './vault.ts';

type Cost = Omit<Kdf, 'salt'>;

export const warmMs = 30 * 60_000;
const heldMs = 8 * 60 * 60_000;
const warmTries = 3;
const warm = { name: 'argon2id', m: 19_456, t: 2, p: 1 } as const;
const dataKeyUses: KeyUsage[] = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];

interface Held {
  readonly key: CryptoKey;
  readonly verifier: Kdf;
  readonly proof: Bytes;
  readonly until: number;
  lockedUntil: number;
  tries: number;
  cancel: (() => void) | undefined;
}

export interface VaultPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly crypto: SubtleCrypto;
  readonly random: (length: number) => Bytes;
  readonly newId: () => string;
  /** Absent: the real ones. Simulated days unlock thousands of times. */
  readonly costs?: { readonly cold: Cost; readonly warm: Cost };
}

export function createVault(ports: VaultPorts): Vault {
  const held = new Map<string, Held>();
  const forget = (store: string) => {
    held.get(store)?.cancel?.();
    held.delete(store);
  };
  const hold = async (store: string, key: CryptoKey, pin: string) => {
    forget(store);
    const verifier = { ...(ports.costs?.warm ?? warm), salt: ports.random(16) };
    const proof = await stretch(verifier, pin);
    const until = ports.clock.now() + heldMs;
    const fresh = { lockedUntil: until, tries: warmTries, cancel: undefined };
    held.set(store, { key, verifier, proof, until, ...fresh });
  };
  return {
    create: async (owner, pin) => {
      const made = await makeSlot(ports, owner, pin);
      await hold(owner.store, made.key, pin);
      return made;
    },
    unlock: async (owner, slot, pin) => {
      const found = held.get(owner.store);
      // A timer stands still while the tablet sleeps; the clock does not.
      if (found && Math.min(found.until, found.lockedUntil) > ports.clock.now()) {
        const isRight = isSame(await stretch(found.verifier, pin), found.proof);
        if (!isRight && --found.tries <= 0) forget(owner.store);
        if (isRight) {
          found.tries = warmTries;
          found.lockedUntil = found.until;
          found.cancel?.();
        }
        return isRight ? found.key : undefined;
      }
      const key = await openSlot(ports, owner, slot, pin);
      if (key) await hold(owner.store, key, pin);
      return key;
    },
    passphraseKey: async (kdf, passphrase) => {
      const bytes = await stretch(kdf, passphrase);
      return ports.crypto.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
    },
    lock: (store) => {
      const found = held.get(store);
      if (!found) return;
      found.cancel?.();
      found.lockedUntil = ports.clock.now() + warmMs;
      found.cancel = ports.timers.after(warmMs, () => forget(store));
    },
    forget,
  };
}

function stretch(kdf: Kdf, pin: string): Promise<Bytes> {
  return argon2id({
    password: pin,
    salt: kdf.salt,
    parallelism: kdf.p,
    iterations: kdf.t,
    memorySize: kdf.m,
    hashLength: 32,
    outputType: 'binary',
  }).then((bytes) => new Uint8Array(bytes));
}

async function makeSlot({ crypto, random, newId, costs }: VaultPorts, owner: Owner, pin: string) {
  const kdf: Kdf = { ...(costs?.cold ?? cold), salt: random(16) };
  const kek = await keyEncryptionKey(crypto, owner, kdf, pin);
  const fresh = await crypto.generateKey({ name: 'AES-GCM', length: 256 }, true, dataKeyUses);
  const wrapped = new Uint8Array(await crypto.wrapKey('raw', fresh, kek, 'AES-KW'));
  const slot: KeySlot = { v: 1, id: newId(), keyId: newId(), kdf, wrapped };
  return { slot, key: await unwrap(crypto, kek, wrapped) };
}

async function openSlot(
  { crypto }: VaultPorts,
  owner: Owner,
  slot: KeySlot,
  pin: string,
): Promise<CryptoKey | undefined> {
  const kek = await keyEncryptionKey(crypto, owner, slot.kdf, pin);
  // AES-KW authenticates: a wrong key encryption key is an OperationError, nothing else is expected here.
  return unwrap(crypto, kek, slot.wrapped).catch(() => undefined);
}

function unwrap(crypto: SubtleCrypto, kek: CryptoKey, wrapped: Bytes): Promise<CryptoKey> {
  return crypto.unwrapKey('raw', wrapped, kek, 'AES-KW', 'AES-GCM', false, dataKeyUses);
}

async function keyEncryptionKey(
  crypto: SubtleCrypto,
  owner: Owner,
  kdf: Kdf,
  pin: string,
): Promise<CryptoKey> {
  const secret = concat(owner.share, await stretch(kdf, pin));
  const base = await crypto.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = utf8(`kek/v1${owner.user}${owner.device}`);
  const params = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const wrapping = { name: 'AES-KW', length: 256 };
  return crypto.deriveKey(params, base, wrapping, false, ['wrapKey', 'unwrapKey']);
}

function isSame(a: Bytes, b: Bytes): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
