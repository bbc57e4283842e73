/**
 * The server's own keys: the identity that devices pin (signs leases), the HPKE key that envelopes are sealed to, and one
 * secret for pseudonyms, codes and cursors. Private parts rest wrapped by the master key. HPKE keys are never deleted
 * while a device may hold envelopes for them.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
  type webcrypto,
} from 'node:crypto';
import { fromBase64Url, toBase64Url, utf8 } from '../sync/bytes.ts';
import { hpkeExportLabel, hpkeInfo } from '../sync/envelope.ts';
import { openBytes, sealBytes } from './box.ts';
import { isSignedBy, pointOf, signBytes } from './signatures.ts';
import type { Storage, Tx } from './storage.ts';

export interface ServerKeys {
  readonly master: KeyObject;
  /** Raw point, base64url. */
  readonly identity: string;
  readonly hpke: { readonly keyId: string; readonly publicKey: string };
  readonly sign: (bytes: Uint8Array) => string;
  readonly isOwn: (bytes: Uint8Array, signature: string) => Promise<boolean>;
  /** The AES key of one HPKE context; undefined where nothing of ours fits. */
  readonly entryKey: (keyId: string, enc: string) => Promise<KeyObject | undefined>;
  /** HMAC-SHA256 under the tenant's secret, for one named use. */
  readonly mac: (use: string, text: string) => string;
}

type CryptoKey = webcrypto.CryptoKey;

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const place = (tenant: string, id: string) => `server_key/${tenant}/${id}`;

export async function makeServerKeys(
  tx: Tx,
  tenant: string,
  master: Uint8Array,
  now: number,
): Promise<void> {
  const identity = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const hpke = await suite.kem.generateKeyPair();
  const point = new Uint8Array(await suite.kem.serializePublicKey(hpke.publicKey));
  const scalar = new Uint8Array(await suite.kem.serializePrivateKey(hpke.privateKey));
  const der = identity.privateKey.export({ type: 'pkcs8', format: 'der' });
  const row = (
    id: string,
    purpose: 'identity' | 'hpke' | 'secret',
    publicKey: string,
    key: Uint8Array,
  ) => {
    const wrapped = sealBytes(master, key, place(tenant, id));
    return { tenant, id, purpose, public_key: publicKey, wrapped, made_at: now };
  };
  const rows = [
    row('identity-1', 'identity', pointOf(identity.publicKey), der),
    row('hpke-1', 'hpke', toBase64Url(point), scalar),
    row('secret-1', 'secret', '', randomBytes(32)),
  ];
  await tx.insertInto('server_key').values(rows).execute();
}

export async function openServerKeys(
  storage: Storage,
  tenant: string,
  master: Uint8Array,
): Promise<ServerKeys> {
  const rows = await storage.read((tx) =>
    tx.selectFrom('server_key').selectAll().where('tenant', '=', tenant).orderBy('id').execute(),
  );
  const opened = rows.map((row) => ({
    ...row,
    key: openBytes(master, row.wrapped, place(tenant, row.id)),
  }));
  const [identity, secret] = [
    opened.find((row) => row.purpose === 'identity'),
    opened.find((row) => row.purpose === 'secret'),
  ];
  const hpke = opened.filter((row) => row.purpose === 'hpke');
  const newest = hpke.at(-1);
  if (!identity || !secret || !newest) throw new Error(`no keys for tenant ${tenant}`);
  const privateKeys = new Map(
    await Promise.all(hpke.map(async (row) => [row.id, await importScalar(row.key)] as const)),
  );
  const macKey = createSecretKey(secret.key);
  const signer = createPrivateKey({ key: identity.key, type: 'pkcs8', format: 'der' });
  return {
    master: createSecretKey(master),
    identity: pointOf(createPublicKey(signer)),
    hpke: { keyId: newest.id, publicKey: newest.public_key },
    ...signing(signer, identity.public_key),
    entryKey: entryKeys(privateKeys),
    mac: (use, text) => createHmac('sha256', macKey).update(`${use}\n${text}`).digest('base64url'),
  };
}

function importScalar(scalar: Uint8Array): Promise<CryptoKey> {
  return suite.kem.deserializePrivateKey(Uint8Array.from(scalar).buffer);
}

function signing(signer: KeyObject, point: string): Pick<ServerKeys, 'sign' | 'isOwn'> {
  return {
    sign: (bytes) => signBytes(signer, bytes),
    isOwn: (bytes, signature) => isSignedBy(point, bytes, signature),
  };
}

/** One context per unlock of a tablet: its key serves every entry sealed in it. */
function entryKeys(privateKeys: ReadonlyMap<string, CryptoKey>): ServerKeys['entryKey'] {
  const opened = new Map<string, Promise<KeyObject | undefined>>();
  return (keyId, enc) => {
    const name = `${keyId} ${enc}`;
    const known = opened.get(name);
    if (known) return known;
    if (opened.size > 5_000) opened.clear();
    const opening = openContext(privateKeys.get(keyId), enc);
    opened.set(name, opening);
    return opening;
  };
}

async function openContext(key: CryptoKey | undefined, enc: string) {
  const bytes = fromBase64Url(enc);
  if (!key || bytes?.length !== 65) return undefined;
  try {
    const context = await suite.createRecipientContext({
      recipientKey: key,
      enc: bytes.buffer,
      info: utf8(hpkeInfo).buffer,
    });
    return createSecretKey(new Uint8Array(await context.export(utf8(hpkeExportLabel).buffer, 32)));
  } catch {
    return undefined; // no point of the curve: the sender's fault, told as malformed
  }
}
