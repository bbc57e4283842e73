/** ECDSA P-256 with SHA-256 as tablets speak it: raw 65-byte points and raw r ‖ s signatures, both in base64url. */
import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { fromBase64Url, toBase64Url } from '../sync/bytes.ts';

const known = new Map<string, KeyObject | undefined>();

/** undefined where the text is no point of the curve. */
export function publicKeyOf(point: string): KeyObject | undefined {
  if (!known.has(point)) {
    if (known.size > 5_000) known.clear();
    known.set(point, importPoint(point));
  }
  return known.get(point);
}

function importPoint(point: string): KeyObject | undefined {
  const bytes = fromBase64Url(point);
  if (bytes?.length !== 65 || bytes[0] !== 4) return undefined;
  const [x, y] = [toBase64Url(bytes.subarray(1, 33)), toBase64Url(bytes.subarray(33))];
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch {
    return undefined; // not on the curve
  }
}

function pointOf(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const parts = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return toBase64Url(Buffer.concat(parts));
}

/** A fresh identity: its point, and the private key as pkcs8. */
export function makeIdentity() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { publicKey: pointOf(publicKey), secret };
}

/** With a callback the work is done in the thread pool: a batch uses every core, and nobody else's question waits for it. */
export function signBytes(key: KeyObject, bytes: Uint8Array): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  sign('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, (error, signature) =>
    error ? reject(error) : resolve(toBase64Url(signature)),
  );
  return promise;
}

export function isSignedBy(point: string, bytes: Uint8Array, signature: string): Promise<boolean> {
  const key = publicKeyOf(point);
  const raw = fromBase64Url(signature);
  if (!key || raw?.length !== 64) return Promise.resolve(false);
  return new Promise((resolve) => {
    verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, raw, (error, isValid) =>
      resolve(!error && isValid),
    );
  });
}
