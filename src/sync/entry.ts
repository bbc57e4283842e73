/**
 * The stream entry [final]. One stream per store (a user on a device) and one for the device itself; two lanes of one
 * format: `write` (with verdicts) and `access` (views, prints, searches; without). seq is gapless per lane.
 *
 *   bodyHash = SHA-256(salt ‖ canonical({args, base, expected}))
 *   hash     = SHA-256(canonical(header) ‖ bodyHash)
 *
 * so that a body can be redacted and the chain still checks. Each entry is signed (ECDSA P-256, SHA-256) over `hash` by
 * the author's key. The header holds no personal value; it is the envelope's additional data.
 */
import type { Change } from '../domain/record.ts';
import { canonical, concat, fromBase64Url, toBase64Url, utf8, type Bytes } from './bytes.ts';
import type { Values } from '../domain/value.ts';

export const entryVersion = 1;
export type Lane = 'write' | 'access';

export interface Header {
  readonly v: typeof entryVersion;
  readonly store: string;
  readonly lane: Lane;
  readonly seq: number;
  /** Hash of the entry before it in the lane; '' for the first. */
  readonly prevHash: string;
  /** UUIDv7. */
  readonly id: string;
  /** e.g. visit.log@1 */
  readonly verb: string;
  readonly actor: string;
  readonly lease: string;
  /** Device clock, epoch milliseconds. */
  readonly occurredAt: number;
  readonly tz: string;
  readonly businessDate: string;
  /** Device clock minus server clock as last measured, milliseconds. */
  readonly estSkew: number;
  /** Id of a refused, blocked or quarantined entry that this one puts right. The first to do so wins. */
  readonly supersedes?: string;
}

export interface Body {
  readonly args: Values;
  /** 'kind/id/part' → value of each changed field before the change; null where there was none. */
  readonly base: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** 'kind/id' → the state found when the entry was written. */
  readonly expected: Readonly<Record<string, string>>;
  /** 128 random bits, base64url. */
  readonly salt: string;
}

export interface Entry {
  readonly header: Header;
  readonly body: Body;
  readonly hash: string;
  /** base64url of the raw (r ‖ s) signature over the hash's bytes. */
  readonly sig: string;
}

export type Sha256 = (bytes: Bytes) => Promise<Bytes>;

/** As it is hashed, and bound to its envelope. */
export function headerBytes(header: Header): Bytes {
  return utf8(canonical(header));
}

export function entryHash(header: Header, body: Body, sha256: Sha256): Promise<string> {
  return hashUnder(headerBytes(header), body, sha256);
}

/** Of an entry whose header has been serialised. */
export async function hashUnder(header: Bytes, body: Body, sha256: Sha256): Promise<string> {
  const { args, base, expected } = body;
  const salt = fromBase64Url(body.salt) ?? new Uint8Array();
  const bodyHash = await sha256(concat(salt, utf8(canonical({ args, base, expected }))));
  return toBase64Url(await sha256(concat(header, bodyHash)));
}

export function verbRef(name: string, version: number): string {
  return `${name}@${version}`;
}

export function readVerbRef(ref: string): { readonly name: string; readonly version: number } {
  const [name = '', version = ''] = ref.split('@');
  return { name, version: Number(version) };
}

/** What the tablet keeps of its own entry until the verdict's sequence has been pulled: sealed under the data key. */
export interface LocalCopy {
  readonly body: Body;
  readonly changes: readonly Change[];
  /** Arguments that hold what another record told when it was written (kind.ts `copies`). */
  readonly told?: readonly string[];
}
