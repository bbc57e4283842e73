/** AES-256-GCM as the server rests things: 96-bit random nonce ‖ ciphertext ‖ tag, with words that bind the place. */
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

/** A KeyObject where a key is used often: with raw bytes each use costs five times as much. */
export type BoxKey = Uint8Array | KeyObject;

const nonceLength = 12;
const tagLength = 16;

export function sealBytes(key: BoxKey, plain: Uint8Array | string, place: string): Uint8Array {
  const nonce = freshNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

// Random bytes are asked for a page at a time; a slice is handed out once.
let pool = Buffer.alloc(0);

function freshNonce(): Buffer {
  if (pool.length < nonceLength) pool = randomBytes(nonceLength * 512);
  const nonce = pool.subarray(0, nonceLength);
  pool = pool.subarray(nonceLength);
  return nonce;
}

/** Throws where key, place or bytes are not those of the sealing. */
export function openBytes(key: BoxKey, sealed: Uint8Array, place: string): Buffer {
  return openGcm(
    key,
    sealed.subarray(0, nonceLength),
    sealed.subarray(nonceLength),
    Buffer.from(place),
  );
}

export function openGcm(
  key: BoxKey,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array,
): Buffer {
  if (sealed.length < tagLength || nonce.length !== nonceLength)
    throw new Error('sealed too short');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(aad);
  decipher.setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]);
}
