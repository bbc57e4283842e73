/**
 * The envelope [final]: an entry sealed to the server, so that a locked tablet or the service worker can upload without
 * any key. HPKE base mode, DHKEM(P-256, HKDF-SHA256) with HKDF-SHA256 and AES-256-GCM; one context per unlock, whose
 * exported secret (label below, 32 bytes) seals entries with AES-256-GCM under a random 96-bit nonce.
 * Plaintext: canonical({args, base, expected, salt, sig}). Additional data: canonical(header).
 */
import { canonical, utf8, type Bytes } from './bytes.ts';
import { headerBytes, type Body, type Entry, type Header } from './entry.ts';

export const envelopeVersion = 1;
export const hpkeInfo = 'madoguchi/envelope/v1';
export const hpkeExportLabel = 'madoguchi/entry-key/v1';

export interface Envelope {
  readonly v: typeof envelopeVersion;
  readonly hpkeKeyId: string;
  readonly enc: string;
  readonly nonce: string;
  readonly header: Header;
  readonly ciphertext: string;
}

export interface Sealed extends Body {
  readonly sig: string;
}

export function envelopeAad(header: Header): Bytes {
  return headerBytes(header);
}

export function sealedText(entry: Entry): Bytes {
  return utf8(canonical({ ...entry.body, sig: entry.sig }));
}
