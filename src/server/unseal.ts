/**
 * From an envelope to an entry that its author signed: opens it, recomputes the hash, checks the signature by the store's
 * key. Runs before any transaction. Says only that an envelope is malformed, never why.
 */
import * as v from 'valibot';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Values } from '../domain/value.ts';
import { fromBase64Url, fromUtf8, type Bytes } from '../sync/bytes.ts';
import { hashUnder, type Entry } from '../sync/entry.ts';
import { envelopeAad, type Envelope } from '../sync/envelope.ts';
import { parseJson } from './parse-json.ts';
import type { ServerKeys } from './server-keys.ts';

const base64 = v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9_-]*$/));
const sealedSchema = v.strictObject({
  args: v.custom<Values>((raw) => typeof raw === 'object' && raw !== null && !Array.isArray(raw)),
  base: v.record(v.string(), v.record(v.string(), v.unknown())),
  expected: v.record(v.string(), v.string()),
  salt: base64,
  sig: base64,
});

export async function openEnvelope(
  envelope: Envelope,
  publicKey: string,
  keys: ServerKeys,
): Promise<Result<Entry>> {
  const aad = envelopeAad(envelope.header);
  const text = await plaintext(envelope, aad, keys);
  if (text === undefined) return fail({ code: 'malformed', reason: 'envelope' });
  const sealed = parseJson(sealedSchema, text);
  if (!sealed.ok) return sealed;
  const { args, base, expected, salt, sig } = sealed.value;
  const body = { args, base, expected, salt };
  const hash = await hashUnder(aad, body, keys.cipher.sha256);
  const signed = fromBase64Url(hash) ?? new Uint8Array();
  return (await keys.cipher.isSigned(publicKey, signed, sig))
    ? ok({ header: envelope.header, body, hash, sig })
    : fail({ code: 'malformed', reason: 'signature' });
}

async function plaintext(
  envelope: Envelope,
  aad: Bytes,
  keys: ServerKeys,
): Promise<string | undefined> {
  const key = await keys.entryKey(envelope.hpkeKeyId, envelope.enc);
  const [nonce, sealed] = [fromBase64Url(envelope.nonce), fromBase64Url(envelope.ciphertext)];
  if (!key || !nonce || !sealed) return undefined;
  try {
    return fromUtf8(keys.cipher.openGcm(key, nonce, sealed, aad));
  } catch {
    return undefined; // not sealed to us, or altered on the way
  }
}
