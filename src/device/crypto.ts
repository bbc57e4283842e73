/**
 * The few cryptographic moves of a tablet, on WebCrypto alone: AES-256-GCM with additional data and padding to 256-byte
 * buckets, ECDSA P-256 signatures, SHA-256. Nothing here stores or logs; a failed opening is undefined, never an excuse.
 */
import { canonical, fromBase64Url, fromUtf8, utf8, type Bytes } from '../sync/bytes.ts';

export interface Box {
  readonly nonce: Bytes;
  readonly c: Bytes;
}

/** Opens an HPKE context to a public key and exports its secret. */
export type SendTo = (
  publicKey: string,
) => Promise<{ readonly enc: Bytes; readonly secret: Bytes }>;

export interface CryptoPorts {
  readonly crypto: SubtleCrypto;
  readonly random: (length: number) => Bytes;
  /** Absent: the library's, over WebCrypto. */
  readonly sendTo?: SendTo;
}

const bucket = 256;
export const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

export async function sha256(crypto: SubtleCrypto, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.digest('SHA-256', bytes));
}

export async function sign(crypto: SubtleCrypto, key: CryptoKey, bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.sign(signing, key, bytes));
}

/** False for any key, signature or text that is not what it should be. */
export async function isSigned(
  crypto: SubtleCrypto,
  publicKey: string,
  sig: string,
  bytes: Bytes,
): Promise<boolean> {
  const [raw, signature] = [fromBase64Url(publicKey), fromBase64Url(sig)];
  if (!raw || !signature) return false;
  const key = await crypto.importKey('raw', raw, ecdsa, false, ['verify']).catch(() => undefined);
  return key !== undefined && (await crypto.verify(signing, key, signature, bytes));
}

/** Length first, then the text, then zeros: sizes say no more than the number of buckets. */
export function pad(text: Bytes): Bytes {
  const size = Math.ceil((text.length + 4) / bucket) * bucket;
  const padded = new Uint8Array(size);
  for (let at = 0; at < 4; at++) padded[at] = text.length >>> (24 - 8 * at);
  padded.set(text, 4);
  return padded;
}

export function unpad(padded: Bytes): Bytes | undefined {
  if (padded.length < 4) return undefined;
  let length = 0;
  for (let at = 0; at < 4; at++) length = length * 256 + (padded[at] ?? 0);
  return length <= padded.length - 4 ? padded.subarray(4, 4 + length) : undefined;
}

export function sealJson(
  ports: CryptoPorts,
  key: CryptoKey,
  value: unknown,
  about: unknown,
): Promise<Box> {
  return sealUnder(ports, key, value, canonical(about));
}

/** `aad` is what `canonical` makes of what it is about. */
export async function sealUnder(
  { crypto, random }: CryptoPorts,
  key: CryptoKey,
  value: unknown,
  aad: string,
): Promise<Box> {
  const nonce = random(12);
  const text = pad(utf8(canonical(value)));
  return { nonce, c: await sealBytes(crypto, key, nonce, text, utf8(aad)) };
}

export async function sealBytes(
  crypto: SubtleCrypto,
  key: CryptoKey,
  iv: Bytes,
  text: Bytes,
  additionalData: Bytes,
): Promise<Bytes> {
  const sealed = await crypto.encrypt({ name: 'AES-GCM', iv, additionalData }, key, text);
  return new Uint8Array(sealed);
}

/** undefined where a bit, the key or what it is about differs. */
export function openJson(
  crypto: SubtleCrypto,
  key: CryptoKey,
  box: Box,
  about: unknown,
): Promise<unknown> {
  return openUnder(crypto, key, box, canonical(about));
}

export async function openUnder(
  crypto: SubtleCrypto,
  key: CryptoKey,
  box: Box,
  aad: string,
): Promise<unknown> {
  const params = { name: 'AES-GCM', iv: box.nonce, additionalData: utf8(aad) };
  const opened = await crypto.decrypt(params, key, box.c).catch(() => undefined);
  const text = opened && unpad(new Uint8Array(opened));
  return text && JSON.parse(fromUtf8(text));
}
