/** The sealed formats: what they bind, what they hide, and that nothing altered opens. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openJson, pad, sealJson, unpad } from '../../src/device/crypto.ts';
import { createIds } from '../../src/device/ids.ts';
import { openRow, sealRow, type RowKeys } from '../../src/device/rows.ts';
import type { SealedRow } from '../../src/device/store-db.ts';
import { createVault } from '../../src/device/vault-core.ts';
import type { WirePart } from '../../src/sync/protocol.ts';

const crypto = globalThis.crypto.subtle;
const random = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length));
const ports = { crypto, random };

const newKey = () =>
  crypto.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const part: WirePart = {
  kind: 'seeker',
  id: 'p-1',
  part: 'card',
  rev: 3,
  seq: 9,
  body: { familyName: '髙橋', givenName: '𠮷' },
};

let keys: RowKeys;
let row: SealedRow;
beforeAll(async () => {
  keys = { store: 's-1', keyId: 'k-1', dataKey: await newKey() };
  const sealed = await sealRow(ports, keys, part);
  if (!sealed) throw new Error('a known kind was not sealed');
  row = sealed;
});

describe('a sealed row', () => {
  test('opens to what was sealed, and only to that', async () => {
    const { kind, id, body } = part;
    expect(await openRow(crypto, keys, row)).toEqual({ kind, id, part: 'card', body });
  });

  test('is bound to its place by the canonical text, whatever the names in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (id) => {
        const sealed = await sealRow(ports, { ...keys, store: id, keyId: id }, { ...part, id });
        const { k, rev } = row;
        const about = { format: 1, store: id, kind: k, id, part: 'card', rev, keyId: id };
        expect(sealed && (await openJson(crypto, keys.dataKey, sealed, about))).toEqual(part.body);
      }),
      { numRuns: 50 },
    );
  });

  test('does not open with any bit of it flipped', async () => {
    const bits = fc.nat(row.c.length * 8 - 1);
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const c = row.c.slice();
        c[bit >> 3] = (c[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(await openRow(crypto, keys, { ...row, c })).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test.each<[string, Partial<SealedRow>]>([
    ['another record', { i: 'p-2' }],
    ['another part', { p: 'file' }],
    ['another kind', { k: 5 }],
    ['an older revision', { rev: 2 }],
    ['another key id', { keyId: 'k-2' }],
  ])('does not open as %s', async (_title, change) => {
    expect(await openRow(crypto, keys, { ...row, ...change })).toBeUndefined();
  });

  test('does not open in another store or with another data key', async () => {
    expect(await openRow(crypto, { ...keys, store: 's-2' }, row)).toBeUndefined();
    expect(await openRow(crypto, { ...keys, dataKey: await newKey() }, row)).toBeUndefined();
  });

  test('says no more about its length than its number of 256-byte buckets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 900 }), async (text) => {
        const box = await sealJson(ports, keys.dataKey, { text }, 'here');
        expect((box.c.length - 16) % 256).toBe(0);
        expect(await openJson(crypto, keys.dataKey, box, 'here')).toEqual({ text });
        expect(await openJson(crypto, keys.dataKey, box, 'there')).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});

test('padding comes off as it went on, and a false length is refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => {
      expect(unpad(pad(new Uint8Array(bytes)))).toEqual(new Uint8Array(bytes));
    }),
  );
  expect(unpad(new Uint8Array([0, 0, 0, 9, 1]))).toBeUndefined();
});

test('ids are UUIDv7 and rise, even when the clock stands or goes back', () => {
  let now = 1_700_000_000_000;
  const newId = createIds({ clock: { now: () => now }, random });
  const ids = Array.from({ length: 9_000 }, (_, index) => {
    if (index === 5_000) now -= 60_000;
    return newId();
  });
  expect(
    ids.every((id) =>
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
    ),
  ).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a key slot', () => {
  const clock = { now: () => 0 };
  const timers = { after: () => () => undefined };
  const newVault = () =>
    createVault({ clock, timers, crypto, random, newId: () => globalThis.crypto.randomUUID() });
  const owner = { store: 's', user: 'u', device: 'd', share: random(32) };

  test('needs the PIN and this device share, this user and this device', async () => {
    const { slot, key } = await newVault().create(owner, '135790');
    const opened = await newVault().unlock(owner, slot, '135790');
    const box = await sealJson(ports, key, { secret: 1 }, 'x');
    expect(opened && (await openJson(crypto, opened, box, 'x'))).toEqual({ secret: 1 });
    expect(await newVault().unlock(owner, slot, '135791')).toBeUndefined();
    const strangers = [{ share: random(32) }, { user: 'v' }, { device: 'e' }];
    for (const change of strangers)
      expect(await newVault().unlock({ ...owner, ...change }, slot, '135790')).toBeUndefined();
    await expect(crypto.exportKey('raw', key)).rejects.toThrow();
  }, 30_000);
});
