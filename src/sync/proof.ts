/**
 * The end-of-day proof: what a tablet wrote on a day, as a count and one hash over its entries' hashes. Both sides reckon
 * it from what they hold, tablet from envelopes, server from its log; equal codes mean equal sets. A day is the JST date of
 * the device's clock when the entry was written: the one day that both sides can read without opening anything.
 * Owns no storage, no key; says nothing about verdicts: what was refused has been received too.
 */
import { businessDateJst } from '../domain/date.ts';
import { canonical, fromBase64Url, toBase64Url, utf8, type Bytes } from './bytes.ts';
import type { Sha256 } from './entry.ts';

export interface DayProof {
  readonly day: string;
  readonly count: number;
  /** base64url of SHA-256 over the sorted hashes. */
  readonly hash: string;
}

const lastTime = 8.64e15;

/** null where the clock said what is no date. */
export function dayOfEntry(occurredAt: number): string | null {
  return Math.abs(occurredAt) < lastTime - 1e9 ? businessDateJst(occurredAt) : null;
}

/** In any order, each once. */
export async function dayProof(
  day: string,
  hashes: readonly string[],
  sha256: Sha256,
): Promise<DayProof> {
  const each = [...new Set(hashes)].sort();
  const hash = await sha256(utf8(`madoguchi/day/v1\n${canonical({ day, hashes: each })}`));
  return { day, count: each.length, hash: toBase64Url(hash) };
}

/** What the counter's key signs; the nonce makes each claim good for one moment. */
export function claimBytes(store: string, nonce: string, claims: readonly DayProof[]): Bytes {
  const said = claims.map(({ day, count, hash }) => ({ count, day, hash }));
  return utf8(`madoguchi/day-claim/v1\n${canonical({ claims: said, nonce, store })}`);
}

/** No letter or figure that is read as another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Forty bits for two people to compare: AB23-CD45. */
export function proofCode(hash: string): string {
  const bytes = fromBase64Url(hash) ?? new Uint8Array();
  const bits = bytes.slice(0, 5).reduce((sum, byte) => sum * 256 + byte, 0);
  const code = Array.from({ length: 8 }, (_, at) => {
    const place = Math.floor(bits / 32 ** (7 - at)) % 32;
    return alphabet[place] ?? '';
  }).join('');
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
