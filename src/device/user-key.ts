/** A user's signing key: made here, kept only as pkcs8 sealed under the data key, used as a non-extractable key. */
import { toBase64Url, utf8, canonical, type Bytes } from '../sync/bytes.ts';
import { ecdsa, type Box, type CryptoPorts } from './crypto.ts';

export interface FreshKey {
  readonly sealed: Box;
  /** Raw point, base64url. */
  readonly publicKey: string;
  readonly signingKey: CryptoKey;
}

function sealing(store: string, nonce: Bytes) {
  const additionalData = utf8(canonical({ format: 1, key: 'signing', store }));
  return { name: 'AES-GCM', iv: nonce, additionalData };
}

export async function makeUserKey(
  ports: CryptoPorts,
  store: string,
  dataKey: CryptoKey,
): Promise<FreshKey> {
  const { crypto } = ports;
  const pair = await crypto.generateKey(ecdsa, true, ['sign', 'verify']);
  const nonce = ports.random(12);
  const wrapped = await crypto.wrapKey('pkcs8', pair.privateKey, dataKey, sealing(store, nonce));
  const sealed = { nonce, c: new Uint8Array(wrapped) };
  const signingKey = await openUserKey(crypto, store, dataKey, sealed);
  return { sealed, publicKey: await rawPoint(crypto, pair.publicKey), signingKey };
}

export function openUserKey(
  crypto: SubtleCrypto,
  store: string,
  dataKey: CryptoKey,
  { nonce, c }: Box,
): Promise<CryptoKey> {
  return crypto.unwrapKey('pkcs8', c, dataKey, sealing(store, nonce), ecdsa, false, ['sign']);
}

export async function rawPoint(crypto: SubtleCrypto, key: CryptoKey): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.exportKey('raw', key)));
}
