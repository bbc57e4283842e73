/** The end-of-day proof: equal sets and nothing else give equal codes. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../src/sync/bytes.ts';
import { claimBytes, dayOfEntry, dayProof, proofCode } from '../../src/sync/proof.ts';

const sha256 = (bytes: Bytes) =>
  Promise.resolve(Uint8Array.from(createHash('sha256').update(bytes).digest()));
const day = '2026-11-20';

describe('a day’s proof', () => {
  test('is the same for the same entries in any order, and counts each once', async () => {
    const first = await dayProof(day, ['b', 'a', 'c'], sha256);
    expect(first).toMatchObject({ day, count: 3 });
    expect(await dayProof(day, ['c', 'a', 'b', 'a'], sha256)).toEqual(first);
  });

  test('differs when one entry is missing, replaced or of another day', async () => {
    const whole = await dayProof(day, ['a', 'b', 'c'], sha256);
    const others = [
      await dayProof(day, ['a', 'b'], sha256),
      await dayProof(day, ['a', 'b', 'd'], sha256),
      await dayProof('2026-11-21', ['a', 'b', 'c'], sha256),
      // Joined texts would be equal here.
      await dayProof(day, ['ab', 'c'], sha256),
    ];
    expect(new Set([whole, ...others].map(({ hash }) => hash)).size).toBe(5);
    expect(new Set([whole, ...others].map(({ hash }) => proofCode(hash))).size).toBe(5);
  });

  test('is read aloud as twice four letters and figures that nobody confuses', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string()), async (hashes) => {
        const { hash } = await dayProof(day, hashes, sha256);
        expect(proofCode(hash)).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
      }),
    );
  });

  test('takes its code from the first forty bits, highest first', () => {
    expect(proofCode('AAAAAAA')).toBe('AAAA-AAAA');
    expect(proofCode('AAAAAAE')).toBe('AAAA-AAAB');
    expect(proofCode('CAAAAAA')).toBe('BAAA-AAAA');
    expect(proofCode('_______')).toBe('9999-9999');
  });
});

test('the day is the JST date of the device’s clock; a clock gone mad has none', () => {
  expect(dayOfEntry(Date.parse('2026-11-20T14:59:59Z'))).toBe('2026-11-20');
  expect(dayOfEntry(Date.parse('2026-11-20T15:00:00Z'))).toBe('2026-11-21');
  expect(dayOfEntry(8.64e15)).toBeNull();
});

test('what is signed names store, moment and every claim', () => {
  const claim = { day, count: 1, hash: 'x' };
  const signed = [
    claimBytes('s', 'n', [claim]),
    claimBytes('s2', 'n', [claim]),
    claimBytes('s', 'n2', [claim]),
    claimBytes('s', 'n', [{ ...claim, count: 2 }]),
    claimBytes('s', 'n', [{ ...claim, hash: 'y' }]),
    claimBytes('s', 'n', [claim, claim]),
  ];
  expect(new Set(signed.map(String)).size).toBe(6);
});
