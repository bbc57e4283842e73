/**
 * The wire of the anonymous survey: one answer a request, sealed to the server by itself (its own HPKE context, so that no two
 * share a value), under an id that is random through and through. No session, no store, no device, no time. The pass
 * says that a tablet of the counter speaks; every tablet there has the same one.
 */
import * as v from 'valibot';
import { canonical, utf8, type Bytes } from './bytes.ts';

const base64 = (longest: number) =>
  v.pipe(v.string(), v.maxLength(longest), v.regex(/^[A-Za-z0-9_-]+$/));

/** 128 random bits in hex: nothing of a clock is in it, as there would be in the ids of records. */
export const surveyId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

export const surveyRequest = v.strictObject({
  pass: base64(64),
  id: surveyId,
  hpkeKeyId: v.pipe(v.string(), v.regex(/^[0-9a-z-]{1,64}$/)),
  enc: base64(120),
  nonce: base64(24),
  ciphertext: base64(4_000),
});

/** `taken`: it is there, now or before. */
export const surveyResponse = v.object({ taken: v.literal(true) });

/** Every answer is sealed at one length: a long comment is not told from none. */
export const sealedLength = 2_048;

export function surveyAad(id: string): Bytes {
  return utf8(canonical({ survey: 1, id }));
}

export type SurveyRequest = v.InferOutput<typeof surveyRequest>;
export type SealedSurvey = Omit<SurveyRequest, 'pass'>;

/** The answer as bytes of that one length: JSON allows spaces at its end. */
export function surveyText(values: object): Bytes {
  const plain = utf8(canonical(values));
  const padded = new Uint8Array(Math.max(sealedLength, plain.length)).fill(0x20);
  padded.set(plain);
  return padded;
}
