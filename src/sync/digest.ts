/**
 * A replica in 64 numbers, so that tablet and server can see whether they hold the same: each part falls by its name into a
 * bucket, and a bucket is the count of its parts and the exclusive or of their hashes, in whatever order they come. Bodies
 * are not in it: a part's revision and sequence stand for them. [final: both sides compute it from what they have.]
 */
import { canonical, toBase64Url, utf8, type Bytes } from './bytes.ts';
import type { Sha256 } from './entry.ts';

export const digestBuckets = 64;
const hashBytes = 32;
const batch = 512;
const ofNone = toBase64Url(new Uint8Array(hashBytes));

export interface DigestPart {
  readonly kind: string;
  readonly id: string;
  readonly part: string;
  readonly rev: number;
  readonly seq: number;
}

export interface Bucket {
  readonly count: number;
  readonly hash: string;
}

/** FNV-1a over the name's UTF-8, folded to six bits: cheap enough to sort every row without hashing it. */
export function bucketOf({ kind, id, part }: Pick<DigestPart, 'kind' | 'id' | 'part'>): number {
  let hash = 0x811c9dc5;
  for (const byte of utf8(`${kind}/${id}/${part}`)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % digestBuckets;
}

export async function digestOf(
  parts: readonly DigestPart[],
  sha256: Sha256,
): Promise<readonly Bucket[]> {
  const sums = new Uint8Array(digestBuckets * hashBytes);
  const counts = Array.from({ length: digestBuckets }, () => 0);
  for (let at = 0; at < parts.length; at += batch) {
    const some = parts.slice(at, at + batch);
    const hashes = await Promise.all(some.map((part) => sha256(partBytes(part))));
    some.forEach((part, index) => {
      const bucket = bucketOf(part);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      addTo(sums, bucket * hashBytes, hashes[index]);
    });
  }
  return counts.map((count, bucket) => {
    const at = bucket * hashBytes;
    return { count, hash: count === 0 ? ofNone : toBase64Url(sums.subarray(at, at + hashBytes)) };
  });
}

function partBytes({ kind, id, part, rev, seq }: DigestPart): Bytes {
  return utf8(`madoguchi/digest/v1\n${canonical([kind, id, part, rev, seq])}`);
}

function addTo(sums: Uint8Array, start: number, hash: Uint8Array | undefined): void {
  if (!hash) return;
  for (let at = 0; at < hashBytes; at++)
    sums[start + at] = (sums[start + at] ?? 0) ^ (hash[at] ?? 0);
}

export function differing(a: readonly Bucket[], b: readonly Bucket[]): number[] {
  return a.flatMap(({ count, hash }, index) => {
    const other = b[index];
    return other?.count === count && other.hash === hash ? [] : [index];
  });
}
