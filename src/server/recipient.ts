/**
 * The server's end of HPKE: base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. A context is opened for its
 * exported secret alone: that key serves every entry sealed in it (src/sync/envelope.ts).
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { createSecretKey } from 'node:crypto';
import { fromBase64Url, toBase64Url, utf8 } from '../sync/bytes.ts';
import { hpkeExportLabel, hpkeInfo } from '../sync/envelope.ts';
import type { BoxKey } from './box.ts';

/** The entry key of one context; undefined where the text is none that was sealed to us. */
export type OpenContext = (enc: string) => Promise<BoxKey | undefined>;

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

export async function makeRecipient() {
  const pair = await suite.kem.generateKeyPair();
  const point = new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey));
  const secret = new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey));
  return { publicKey: toBase64Url(point), secret };
}

export async function recipient(secret: Uint8Array): Promise<OpenContext> {
  const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(secret).buffer);
  return async (enc) => {
    const bytes = fromBase64Url(enc);
    if (bytes?.length !== 65) return undefined;
    try {
      const info = utf8(hpkeInfo).buffer;
      const context = await suite.createRecipientContext({ recipientKey, enc: bytes.buffer, info });
      const exported = await context.export(utf8(hpkeExportLabel).buffer, 32);
      return createSecretKey(new Uint8Array(exported));
    } catch {
      return undefined; // no point of the curve: the sender's fault, told as malformed
    }
  };
}
