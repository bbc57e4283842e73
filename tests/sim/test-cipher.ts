/**
 * The test cipher of the fast tier: the calls of SubtleCrypto that the device makes, the server's cipher port, HPKE and the
 * vault, all over one quick hash. No secrecy, yet every wrong key, nonce, place, bit or PIN is refused as the real ones
 * refuse it, so that code which mixes them up fails here too.
 */
import type { Cipher } from '../../src/server/cipher.ts';
import type { SendTo } from '../../src/device/crypto.ts';
import type { KeySlot, Owner, Vault } from '../../src/device/vault.ts';
import { concat, fromBase64Url, toBase64Url, utf8 } from '../../src/sync/bytes.ts';
import { isToldAt, QuickHash, quickHash, tellAt, xorOver, type Bytes } from './quick-hash.ts';
import { createRng, type Rng } from './rng.ts';

type Use = 'sign' | 'verify' | 'secret';
interface TestKey {
  readonly use: Use;
  readonly bytes: Uint8Array;
  /** Of one that signs: found once, it signs all day. */
  readonly point: Uint8Array;
}

const empty = new Uint8Array();
const tagLength = 16;
const broken = () => Object.assign(new Error('OperationError'), { name: 'OperationError' });

function bytesOf(source: BufferSource): Uint8Array {
  if (source instanceof Uint8Array) return source;
  return source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer);
}

type Room = (length: number) => Bytes;
const ofItsOwn: Room = (length) => new Uint8Array(length);
/** Out of Node's pool, for what is written or read at once and let go: an array of its own costs more than its bytes. */
const ofThePool = (length: number) => Buffer.allocUnsafe(length);

/** Leaves `start` bytes free before the box: one array for all. */
function sealed(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
  room = ofItsOwn,
  start = 0,
): Bytes {
  const end = start + plain.length;
  const box = room(end + tagLength);
  box.set(plain, start);
  const hash = new QuickHash().take(key).take(nonce);
  xorOver(box, start, plain.length, hash);
  tellAt(box, end, tagLength, hash.take(aad).take(plain));
  return box;
}

/** What is sealed behind the first `start` bytes. Throws as the real one does. */
function opened<T extends Bytes>(
  key: Uint8Array,
  nonce: Uint8Array,
  aad: Uint8Array,
  box: Uint8Array,
  room: (length: number) => T,
  start = 0,
): T {
  const length = box.length - tagLength - start;
  if (length < 0) throw broken();
  const plain = room(length);
  plain.set(box.subarray(start, start + length));
  const hash = new QuickHash().take(key).take(nonce);
  xorOver(plain, 0, length, hash);
  if (!isToldAt(box, start + length, tagLength, hash.take(aad).take(plain))) throw broken();
  return plain;
}

const [x, y, r, s] = [utf8('x'), utf8('y'), utf8('r'), utf8('s')];
const uncompressed = Uint8Array.of(4);
const pointOf = (secret: Uint8Array): Bytes =>
  concat(uncompressed, quickHash(x, secret), quickHash(y, secret));
const signed = (point: Uint8Array, bytes: Uint8Array): Bytes => {
  const hash = quickHash(bytes);
  return concat(quickHash(r, point, hash), quickHash(s, point, hash));
};

function isSame(a: Uint8Array | undefined, b: Uint8Array): boolean {
  if (a?.length !== b.length) return false;
  for (let at = 0; at < b.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const key = (use: Use, bytes: Uint8Array): CryptoKey =>
  ({ use, bytes, point: use === 'sign' ? pointOf(bytes) : empty }) as unknown as CryptoKey;
const held = (given: CryptoKey): TestKey => given as unknown as TestKey;

interface Gcm {
  readonly iv: BufferSource;
  readonly additionalData?: BufferSource;
}
const aadOf = ({ additionalData }: Gcm) => (additionalData ? bytesOf(additionalData) : empty);

export function testSubtle(rng: Rng): SubtleCrypto {
  const subtle = {
    // The bytes themselves: whoever asks copies them, and to ask an array of so few for its buffer makes one outside the heap.
    digest: async (_name: string, data: BufferSource) => quickHash(bytesOf(data)),
    sign: async (_how: unknown, by: CryptoKey, data: BufferSource) =>
      signed(held(by).point, bytesOf(data)),
    verify: async (_how: unknown, by: CryptoKey, sig: BufferSource, data: BufferSource) =>
      isSame(bytesOf(sig), signed(held(by).bytes, bytesOf(data))),
    generateKey: async ({ name }: { readonly name: string }) => {
      const secret = rng.bytes(32);
      if (name !== 'ECDSA') return key('secret', secret);
      return { privateKey: key('sign', secret), publicKey: key('verify', pointOf(secret)) };
    },
    importKey: async (_format: string, raw: BufferSource, how: { name?: string } | string) => {
      const isPoint = typeof how === 'object' && how.name === 'ECDSA';
      if (isPoint && bytesOf(raw).length !== 65) throw broken();
      return key(isPoint ? 'verify' : 'secret', bytesOf(raw));
    },
    exportKey: async (_format: string, from: CryptoKey) => held(from).bytes,
    encrypt: async (how: Gcm, by: CryptoKey, data: BufferSource) =>
      sealed(held(by).bytes, bytesOf(how.iv), aadOf(how), bytesOf(data)).buffer,
    decrypt: async (how: Gcm, by: CryptoKey, data: BufferSource) =>
      opened(held(by).bytes, bytesOf(how.iv), aadOf(how), bytesOf(data), ofItsOwn).buffer,
    wrapKey: async (_format: string, what: CryptoKey, by: CryptoKey, how: Gcm) =>
      sealed(held(by).bytes, bytesOf(how.iv), aadOf(how), held(what).bytes).buffer,
    unwrapKey: async (
      _format: string,
      box: BufferSource,
      by: CryptoKey,
      how: Gcm,
      of: { readonly name?: string } | string,
    ) => {
      const bytes = opened(held(by).bytes, bytesOf(how.iv), aadOf(how), bytesOf(box), ofItsOwn);
      return key(typeof of === 'object' && of.name === 'ECDSA' ? 'sign' : 'secret', bytes);
    },
  };
  // The calls that the device makes; any other is missing here and throws.
  return subtle as unknown as SubtleCrypto;
}

export function testSendTo(rng: Rng): SendTo {
  return async (publicKey) => {
    const enc = rng.bytes(65);
    return { enc, secret: quickHash(fromBase64Url(publicKey) ?? empty, enc) };
  };
}

/** PIN and device share make the key that the slot is sealed with; no Argon2id, no warm key. */
export function testVault(rng: Rng): Vault {
  const place = utf8('slot');
  const kek = ({ share, user, device }: Owner, pin: string) =>
    quickHash(share, Buffer.from(`${user}/${device}/${pin}`));
  return {
    create: async (owner, pin) => {
      const [secret, salt] = [rng.bytes(32), rng.bytes(16)];
      const name = toBase64Url(rng.bytes(6)).toLowerCase();
      const slot: KeySlot = {
        v: 1,
        id: `slot-${name}`,
        keyId: `key-${name}`,
        kdf: { name: 'argon2id', m: 1, t: 1, p: 1, salt },
        wrapped: sealed(kek(owner, pin), salt, place, secret),
      };
      return { slot, key: key('secret', secret) };
    },
    unlock: async (owner, slot, pin) => {
      try {
        return key('secret', opened(kek(owner, pin), slot.kdf.salt, place, slot.wrapped, ofItsOwn));
      } catch {
        return undefined;
      }
    },
    passphraseKey: async ({ salt }, passphrase) => key('secret', quickHash(salt, utf8(passphrase))),
    lock: () => undefined,
    forget: () => undefined,
  };
}

/** A stream of their own: what is drawn for them moves nothing else of a day. */
const personKeys = createRng(1, 'person keys');

export function testCipher(rng: Rng): Cipher {
  const raw = (box: Parameters<Cipher['seal']>[0]) =>
    box instanceof Uint8Array ? box : new Uint8Array(box.export());
  const plain = (text: Uint8Array | string) =>
    typeof text === 'string' ? Buffer.from(text) : text;
  return {
    sha256: async (bytes) => quickHash(bytes),
    isPoint: (point) => fromBase64Url(point)?.length === 65,
    isSigned: async (point, bytes, signature) =>
      isSame(fromBase64Url(signature), signed(fromBase64Url(point) ?? empty, bytes)),
    makeIdentity: () => {
      const secret = rng.bytes(32);
      return { publicKey: toBase64Url(pointOf(secret)), secret };
    },
    signer: (secret) => {
      const point = pointOf(secret);
      return async (bytes) => toBase64Url(signed(point, bytes));
    },
    makeRecipient: async () => {
      const secret = rng.bytes(32);
      return { publicKey: toBase64Url(pointOf(secret)), secret };
    },
    recipient: async (secret) => {
      const point = pointOf(secret);
      return async (enc) => {
        const bytes = fromBase64Url(enc);
        return bytes?.length === 65 ? quickHash(point, bytes) : undefined;
      };
    },
    makeKey: () => personKeys.bytes(32),
    boxKey: (bytes) => bytes,
    seal: (by, text, place) => {
      const nonce = rng.bytes(12);
      const box = sealed(raw(by), nonce, Buffer.from(place), plain(text), ofThePool, nonce.length);
      box.set(nonce);
      return box;
    },
    open: (by, box, place) =>
      opened(raw(by), box.subarray(0, 12), Buffer.from(place), box, ofThePool, 12),
    openGcm: (by, nonce, box, aad) => opened(raw(by), nonce, aad, box, ofThePool),
    mac: (by, text) => toBase64Url(quickHash(raw(by), Buffer.from(text))),
    isPassword: async (password, hash) => hash === `plain:${password}`,
  };
}
