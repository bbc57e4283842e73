/**
 * The cipher port: every cryptographic move of the server, handed in so that simulated days run without the cost of real
 * keys. `nodeCipher` is the only one in production: ECDSA P-256, HPKE, AES-256-GCM, SHA-256, HMAC and Argon2id. Whoever
 * brings another must refuse a wrong key, place or bit all the same.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createSecretKey,
  randomBytes,
} from 'node:crypto';
import { toBase64Url } from '../sync/bytes.ts';
import type { Sha256 } from '../sync/entry.ts';
import { openBytes, openGcm, sealBytes, type BoxKey } from './box.ts';
import { isPassword } from './passwords.ts';
import { makeRecipient, recipient, type OpenContext } from './recipient.ts';
import { isSignedBy, makeIdentity, publicKeyOf, signBytes } from './signatures.ts';

export interface FreshKey {
  /** Raw point, base64url. */
  readonly publicKey: string;
  readonly secret: Uint8Array;
}

export interface Cipher {
  readonly sha256: Sha256;
  /** The text is a public key that signatures can be checked by. */
  readonly isPoint: (point: string) => boolean;
  readonly isSigned: (point: string, bytes: Uint8Array, signature: string) => Promise<boolean>;
  readonly makeIdentity: () => FreshKey;
  readonly signer: (secret: Uint8Array) => (bytes: Uint8Array) => Promise<string>;
  readonly makeRecipient: () => Promise<FreshKey>;
  readonly recipient: (secret: Uint8Array) => Promise<OpenContext>;
  /** 256 fresh bits. */
  readonly makeKey: () => Uint8Array;
  /** For a key that is used often. */
  readonly boxKey: (bytes: Uint8Array) => BoxKey;
  readonly seal: typeof sealBytes;
  /** Throws where key, place or bytes are not those of the sealing. */
  readonly open: typeof openBytes;
  readonly openGcm: typeof openGcm;
  readonly mac: (key: BoxKey, text: string) => string;
  readonly isPassword: typeof isPassword;
}

export const nodeCipher: Cipher = {
  sha256: (bytes) => Promise.resolve(Uint8Array.from(createHash('sha256').update(bytes).digest())),
  isPoint: (point) => publicKeyOf(point) !== undefined,
  isSigned: isSignedBy,
  makeIdentity,
  signer: (secret) => {
    const key = createPrivateKey({ key: Buffer.from(secret), type: 'pkcs8', format: 'der' });
    return (bytes) => signBytes(key, bytes);
  },
  makeRecipient,
  recipient,
  makeKey: () => randomBytes(32),
  boxKey: (bytes) => createSecretKey(bytes),
  seal: sealBytes,
  open: openBytes,
  openGcm,
  mac: (key, text) => toBase64Url(createHmac('sha256', key).update(text).digest()),
  isPassword,
};
