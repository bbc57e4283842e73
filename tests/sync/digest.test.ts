/** The digest's numbers are the wire's: fixed values, any order, and every field counts. */
import { expect, test } from 'vitest';
import { bucketOf, differing, digestBuckets, digestOf } from '../../src/sync/digest.ts';

const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const parts = [
  { kind: 'visit', id: '0199-a', part: 'facts', rev: 1, seq: 7 },
  { kind: 'seeker', id: '0199-b', part: 'card', rev: 3, seq: 12 },
  { kind: 'seeker', id: '0199-b', part: 'file', rev: 1, seq: 12 },
];

test('of a fixed replica it is what it was', async () => {
  const buckets = await digestOf(parts, sha256);
  const told = buckets.flatMap(({ count, hash }, bucket) =>
    count > 0 ? [{ bucket, count, hash }] : [],
  );
  // Each is the SHA-256 of e.g. `madoguchi/digest/v1\n["visit","0199-a","facts",1,7]`, reckoned by another program.
  expect(told).toEqual([
    { bucket: 23, count: 1, hash: 'CU9cdgzc3xoZ49nAikXqCJne9mONXH_jz2ueLyU3rCY' },
    { bucket: 46, count: 1, hash: 'S2tLjiHXPiRolDQ-gKvDhN_ScHICc24NwZUHYNy37XU' },
    { bucket: 63, count: 1, hash: '0t2bK75t_JJjr9jRnXE23B9Sz3Fsuo8d4Tadj_1_A6Q' },
  ]);
  expect(buckets).toHaveLength(digestBuckets);
  expect(await digestOf(parts.toReversed(), sha256)).toEqual(buckets);
});

test.each([['rev'], ['seq']] as const)('another %s is seen, in its bucket alone', async (field) => {
  const [first, ...rest] = parts;
  if (!first) throw new Error('no part');
  const changed = [{ ...first, [field]: first[field] + 1 }, ...rest];
  const [a, b] = [await digestOf(parts, sha256), await digestOf(changed, sha256)];
  expect(differing(a, b)).toEqual([bucketOf(first)]);
});

test('parts spread over all buckets, nearly evenly', () => {
  const counts = Array.from({ length: digestBuckets }, () => 0);
  for (let index = 0; index < 6_400; index++) {
    const bucket = bucketOf({ kind: 'visit', id: `0199${index.toString(36)}`, part: 'facts' });
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(40);
  expect(Math.max(...counts)).toBeLessThan(200);
});
