/** An anonymous answer, checked and sealed to the server under an id of 128 random bits. Loaded with the first answer. */
import { businessDateJst } from '../domain/date.ts';
import { monthOf } from '../domain/month.ts';
import { fail, ok, type Result } from '../domain/problem.ts';
import { parseSurvey } from '../domain/survey.ts';
import { text, type Values } from '../domain/value.ts';
import { toBase64Url } from '../sync/bytes.ts';
import { surveyAad, surveyText, type SealedSurvey } from '../sync/survey.ts';
import { sealBytes, type CryptoPorts } from './crypto.ts';
import type { EnrolmentRow } from './device-db.ts';
import type { Clock } from './ports.ts';
import { openContext } from './sealer.ts';

/** No time, no counter of its own: the month alone, so that what is late is known. */
export interface SurveyRow {
  readonly id: string;
  readonly month: string;
  readonly sealed: SealedSurvey;
  /** Of the counter where it was given: the tablet may stand at another one when it leaves. */
  readonly pass?: string;
}

interface Ports extends CryptoPorts {
  readonly clock: Clock;
}

export async function sealAnswer(
  ports: Ports,
  { hpke, site }: EnrolmentRow,
  pass: string | undefined,
  values: Values,
): Promise<Result<SurveyRow>> {
  const month = monthOf(businessDateJst(ports.clock.now()));
  const parsed = parseSurvey({ month, ...values, site: site.id });
  if (!parsed.ok) return fail({ code: 'invalidFields', fields: parsed.problems });
  const [id, nonce] = [hex(ports.random(16)), ports.random(12)];
  const { enc, key } = await openContext(ports, hpke);
  const plain = surveyText(parsed.value);
  const ciphertext = toBase64Url(await sealBytes(ports.crypto, key, nonce, plain, surveyAad(id)));
  const sealed = { id, hpkeKeyId: hpke.keyId, enc, nonce: toBase64Url(nonce), ciphertext };
  const row = { id, month: text(parsed.value['month']) ?? '', sealed };
  return ok(pass === undefined ? row : { ...row, pass });
}

const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
