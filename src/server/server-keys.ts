/**
 * The server's own keys: the identity that devices pin (signs leases), the HPKE key that envelopes are sealed to, and one
 * secret for pseudonyms, codes and cursors. Private parts rest wrapped by the master key. HPKE keys are never deleted
 * while a device may hold envelopes for them.
 */
import { randomBytes } from 'node:crypto';
import type { BoxKey } from './box.ts';
import { nodeCipher, type Cipher } from './cipher.ts';
import { prepared } from './prepared.ts';
import type { OpenContext } from './recipient.ts';
import type { Storage, Tx } from './storage.ts';

export interface ServerKeys {
  readonly cipher: Cipher;
  readonly master: BoxKey;
  /** Raw point, base64url. */
  readonly identity: string;
  readonly hpke: { readonly keyId: string; readonly publicKey: string };
  readonly sign: (bytes: Uint8Array) => Promise<string>;
  readonly isOwn: (bytes: Uint8Array, signature: string) => Promise<boolean>;
  /** The AES key of one HPKE context; undefined where nothing of ours fits. */
  readonly entryKey: (keyId: string, enc: string) => Promise<BoxKey | undefined>;
  /** HMAC-SHA256 under the tenant's secret, for one named use. */
  readonly mac: (use: string, text: string) => string;
}

const place = (tenant: string, id: string) => `server_key/${tenant}/${id}`;

export async function makeServerKeys(
  tx: Tx,
  tenant: string,
  master: Uint8Array,
  now: number,
  cipher: Cipher = nodeCipher,
): Promise<void> {
  const identity = cipher.makeIdentity();
  const hpke = await cipher.makeRecipient();
  const row = (
    id: string,
    purpose: 'identity' | 'hpke' | 'secret',
    publicKey: string,
    key: Uint8Array,
  ) => {
    const wrapped = cipher.seal(master, key, place(tenant, id));
    return { tenant, id, purpose, public_key: publicKey, wrapped, made_at: now };
  };
  const rows = [
    row('identity-1', 'identity', identity.publicKey, identity.secret),
    row('hpke-1', 'hpke', hpke.publicKey, hpke.secret),
    row('secret-1', 'secret', '', randomBytes(32)),
  ];
  await tx.insertInto('server_key').values(rows).execute();
}

export async function openServerKeys(
  storage: Storage,
  tenant: string,
  master: Uint8Array,
  cipher: Cipher = nodeCipher,
): Promise<ServerKeys> {
  const rows = await storage.read((tx) => keysOf(tx, { tenant }));
  const opened = rows.map((row) => ({
    ...row,
    key: cipher.open(master, row.wrapped, place(tenant, row.id)),
  }));
  const [identity, secret] = [
    opened.find((row) => row.purpose === 'identity'),
    opened.find((row) => row.purpose === 'secret'),
  ];
  const hpke = opened.filter((row) => row.purpose === 'hpke');
  const newest = hpke.at(-1);
  if (!identity || !secret || !newest) throw new Error(`no keys for tenant ${tenant}`);
  const recipients = new Map(
    await Promise.all(hpke.map(async (row) => [row.id, await cipher.recipient(row.key)] as const)),
  );
  const macKey = cipher.boxKey(secret.key);
  return {
    cipher,
    master: cipher.boxKey(master),
    identity: identity.public_key,
    hpke: { keyId: newest.id, publicKey: newest.public_key },
    sign: cipher.signer(identity.key),
    isOwn: (bytes, signature) => cipher.isSigned(identity.public_key, bytes, signature),
    entryKey: entryKeys(recipients),
    mac: (use, text) => cipher.mac(macKey, `${use}\n${text}`),
  };
}

const keysOf = prepared((tx, { tenant }: { tenant: string }) =>
  tx.selectFrom('server_key').selectAll().where('tenant', '=', tenant).orderBy('id'),
);

const maxEncLength = 100;

/** One context per unlock of a tablet: its key serves every entry sealed in it. */
function entryKeys(recipients: ReadonlyMap<string, OpenContext>): ServerKeys['entryKey'] {
  const opened = new Map<string, Promise<BoxKey | undefined>>();
  return (keyId, enc) => {
    // A point of the curve, and no text of any length to be remembered here before anybody is known.
    if (enc.length > maxEncLength) return Promise.resolve(undefined);
    const name = `${keyId} ${enc}`;
    const known = opened.get(name);
    if (known) return known;
    if (opened.size > 5_000) opened.clear();
    const opening = recipients.get(keyId)?.(enc) ?? Promise.resolve(undefined);
    opened.set(name, opening);
    return opening;
  };
}
