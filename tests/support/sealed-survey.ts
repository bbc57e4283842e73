/** An anonymous answer as a tablet would send it, sealed to this very server. */
import { sealBytes } from '../../src/device/crypto.ts';
import { sendTo } from '../../src/device/sealer.ts';
import { surveyPass } from '../../src/server/survey.ts';
import { toBase64Url } from '../../src/sync/bytes.ts';
import { surveyAad, surveyText, type SurveyRequest } from '../../src/sync/survey.ts';
import type { TestArea } from '../server/area.ts';

export const freshSurveyId = () =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');

export async function sealedSurvey(
  area: TestArea,
  site: string,
  values: object,
  id = freshSurveyId(),
): Promise<SurveyRequest> {
  const { keyId, publicKey } = area.server().keys.hpke;
  const { enc, secret } = await sendTo(publicKey);
  const key = await crypto.subtle.importKey('raw', secret, 'AES-GCM', false, ['encrypt']);
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const c = await sealBytes(crypto.subtle, key, nonce, surveyText(values), surveyAad(id));
  return {
    pass: surveyPass(area.server(), site),
    id,
    hpkeKeyId: keyId,
    enc: toBase64Url(enc),
    nonce: toBase64Url(nonce),
    ciphertext: toBase64Url(c),
  };
}

export const postSurvey = (area: TestArea, body: object) =>
  area.ask('/api/surveys', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
