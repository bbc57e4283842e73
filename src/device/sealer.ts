/**
 * Seals entries to the server: one HPKE context per unlock, whose exported secret seals every entry (src/sync/envelope.ts).
 * The library is loaded with the first unlock, not with the first screen.
 */
import { fromBase64Url, toBase64Url, type Bytes } from '../sync/bytes.ts';
import type { Entry } from '../sync/entry.ts';
import {
  envelopeVersion,
  hpkeExportLabel,
  hpkeInfo,
  sealedText,
  type Envelope,
} from '../sync/envelope.ts';
import { utf8 } from '../sync/bytes.ts';
import { sealBytes, type CryptoPorts } from './crypto.ts';

export interface ServerKey {
  readonly keyId: string;
  readonly publicKey: string;
}

export interface Sealer {
  /** `aad`: the entry's header, as it was serialised for its hash. */
  readonly seal: (entry: Entry, aad: Bytes) => Promise<Envelope>;
}

/** One HPKE context: `enc` for the server, the exported key for whatever is sealed in it. */
export async function openContext(
  ports: CryptoPorts,
  server: ServerKey,
): Promise<{ readonly enc: string; readonly key: CryptoKey }> {
  const { enc, secret } = await (ports.sendTo ?? sendTo)(server.publicKey);
  const key = await ports.crypto.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
  return { enc: toBase64Url(enc), key };
}

export async function createSealer(ports: CryptoPorts, server: ServerKey): Promise<Sealer> {
  const { enc, key } = await openContext(ports, server);
  return {
    seal: async (entry, aad) => {
      const nonce = ports.random(12);
      const sealed = await sealBytes(ports.crypto, key, nonce, sealedText(entry), aad);
      return {
        v: envelopeVersion,
        hpkeKeyId: server.keyId,
        enc,
        nonce: toBase64Url(nonce),
        header: entry.header,
        ciphertext: toBase64Url(sealed),
      };
    },
  };
}

export async function sendTo(publicKey: string): Promise<{ enc: Bytes; secret: Bytes }> {
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import('@hpke/core');
  const kem = new DhkemP256HkdfSha256();
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const raw = fromBase64Url(publicKey) ?? new Uint8Array();
  const recipientPublicKey = await kem.deserializePublicKey(raw);
  const sender = await suite.createSenderContext({ recipientPublicKey, info: utf8(hpkeInfo) });
  const secret = await sender.export(utf8(hpkeExportLabel), 32);
  return { enc: new Uint8Array(sender.enc), secret: new Uint8Array(secret) };
}
