/** The container's format is settled: what was written once opens for ever, and every bit of its head counts. */
import { describe, expect, test } from 'vitest';
import { openShare } from '../../src/device/container-seal.ts';
import { createVault } from '../../src/device/vault-core.ts';
import { fromUtf8 } from '../../src/sync/bytes.ts';
import {
  containerAad,
  containerContent,
  contentText,
  fileText,
  readFile,
  shareAad,
  withoutShare,
  type Container,
} from '../../src/sync/container.ts';
import type { Sha256 } from '../../src/sync/entry.ts';
import {
  passphraseFrom,
  passphraseLength,
  readPassphrase,
  shownPassphrase,
} from '../../src/sync/passphrase.ts';
import * as v from 'valibot';

const sha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const timers = { after: () => () => undefined };
const clock = { now: () => 0 };
const newId = () => crypto.randomUUID();
const ports = {
  crypto: crypto.subtle,
  random,
  vault: createVault({ clock, timers, crypto: crypto.subtle, random, newId }),
};

/** Written by the first version that had containers. */
const passphrase = 'ABCD2345';
const golden: Container = {
  v: 1,
  purpose: 'handover',
  madeAt: 1795237500000,
  device: 'tablet-1',
  hpkeKeyId: 'hpke-1',
  enc: 'ZW5j',
  nonce: 'bm9uY2U',
  ciphertext: 'c2VhbGVk',
  share: {
    kdf: { name: 'argon2id', m: 65536, t: 3, p: 1, salt: 'AAECAwQFBgcICQoLDA0ODw' },
    nonce: 'AAECAwQFBgcICQoL',
    ciphertext:
      '315AqymwfI92oz5F5ArGdUqCezD21auop9QCSFrPc60xRzo8z04WNZTf1TUr-N41QVEfmeuFCP-_e8Fj41dWHHvjDtugLbyZ3WxDWi-guPXTQe8ESbZxoiuuWpTycbPGK5xi1w49kfQQmmV4mb5PbV-ThBxi6-XijnrZuH5OAEEirjYM6_EQ_oJkdnqKrC4Uq4Gu-e5d0OfZLAygIK33wCI2yFq-QgjntZJ5je7qgLwAY1D1aBWbbjNuBj4YJXXrx31yE2ORZ0ZlksT0N2v_U5qWUaIwh_OJq5rzxhKIyPioK1M5b1ycYpHaVpciKlmqbYf-ykojP614A6NXpA6PgsABmqJtlrGIqtKZLmSoAIE',
  },
};

describe('the format [final]', () => {
  test('additional data of the requests and of the share', async () => {
    expect(fromUtf8(containerAad(golden))).toBe(
      'madoguchi/container/v1\n{"device":"tablet-1","enc":"ZW5j","hpkeKeyId":"hpke-1","madeAt":1795237500000,"purpose":"handover","v":1}',
    );
    expect(fromUtf8(await shareAad(golden, sha256))).toBe(
      'madoguchi/share/v1\n{"device":"tablet-1","digest":"RzgNSTzQQkfPZnXIgQ2DZ_NQB3DuYrUAEZo3e6bwPqI","enc":"ZW5j","hpkeKeyId":"hpke-1","madeAt":1795237500000,"nonce":"bm9uY2U","purpose":"handover","v":1}',
    );
  });

  test('a share of the first version opens by its passphrase', async () => {
    const box = golden.share;
    expect(box && (await openShare(ports, withoutShare(golden), box, passphrase))).toEqual({
      v: 1,
      tenant: 'sapporo',
      handoff: 'handoff-1',
      entries: ['entry-1'],
      parts: [{ kind: 'handoff', id: 'handoff-1', part: 'offer', body: { message: '見本' } }],
    });
  });

  test.each(['purpose', 'madeAt', 'device', 'hpkeKeyId', 'enc', 'nonce', 'ciphertext'] as const)(
    'a share belongs to its container: with another %s it does not open',
    async (name) => {
      const other = { purpose: 'rescue', madeAt: 1, device: 'b', hpkeKeyId: 'b' } as const;
      const changed = {
        ...golden,
        [name]: { ...other, enc: 'B', nonce: 'B', ciphertext: 'B' }[name],
      };
      const box = golden.share;
      expect(
        box && (await openShare(ports, withoutShare(changed), box, passphrase)),
      ).toBeUndefined();
    },
  );

  test('a file is one container a line, and what is sent to the server has no share', () => {
    const text = fileText([golden, withoutShare(golden)]);
    expect(text.trimEnd().split('\n')).toHaveLength(2);
    expect(readFile(text)).toEqual({ ok: true, value: [golden, withoutShare(golden)] });
    expect(withoutShare(golden)).not.toHaveProperty('share');
  });

  test('the requests inside are push requests as they are', () => {
    const entry = { v: 1, hpkeKeyId: 'k', enc: 'A', nonce: 'A', ciphertext: 'A' } as const;
    const header = { v: 1, store: 's', lane: 'write', seq: 1, prevHash: '', id: 'e' } as const;
    const more = { verb: 'visit.log@1', actor: 'a', lease: 'l', occurredAt: 1, tz: 'Asia/Tokyo' };
    const envelope = {
      ...entry,
      header: { ...header, ...more, businessDate: '2026-11-21', estSkew: 0 },
    };
    const request = {
      protocol: 2,
      store: 's',
      lane: 'write',
      after: null,
      leases: [],
      entries: [envelope],
    } as const;
    const read: unknown = JSON.parse(fromUtf8(contentText([request as never])));
    expect(v.parse(containerContent, read)).toEqual({ requests: [request] });
  });
});

describe('a file that is none', () => {
  const text = fileText([golden]);
  test.each([
    ['empty', ''],
    ['words', 'こんにちは'],
    ['cut off', text.slice(0, -20)],
    ['one good line and one cut off', text + text.slice(0, 50)],
    ['another version', text.replace('"v":1', '"v":2')],
    ['something besides', text.replace('"v":1', '"v":1,"x":1')],
    ['a key that would take hours to stretch', text.replace('"m":65536', '"m":99999999')],
    ['a key that would take no time', text.replace('"m":65536', '"m":8')],
    ['ciphertext that is no text of ours', text.replace('c2VhbGVk', 'c2Vh bGVk')],
  ])('%s: wrongContainer', (_what, file) => {
    expect(readFile(file)).toMatchObject({ ok: false, problem: { code: 'wrongContainer' } });
  });
});

describe('the passphrase', () => {
  test('eight characters of thirty-two, all alike likely, none that look alike', () => {
    const all = Array.from(
      { length: 32 },
      (_, at) => passphraseFrom(new Uint8Array(8).fill(at))[0],
    );
    expect(new Set(all).size).toBe(32);
    expect(all.join('')).not.toMatch(/[IO01]/);
    expect(passphraseLength * Math.log2(new Set(all).size)).toBeGreaterThanOrEqual(40);
    expect(passphraseFrom(new Uint8Array(8).fill(31))).toBe(
      passphraseFrom(new Uint8Array(8).fill(255)),
    );
  });

  test('is read back as people type it', () => {
    const made = passphraseFrom(Uint8Array.from([3, 30, 12, 9, 31, 1, 22, 15]));
    const shown = shownPassphrase(made);
    expect(shown).toMatch(/^.{4}-.{4}$/);
    for (const typed of [made, shown, made.toLowerCase(), ` ${shown} `, shown.replace('-', 'ー')])
      expect(readPassphrase(typed)).toBe(made);
    const wide = made
      .split('')
      .map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
      .join('');
    expect(readPassphrase(wide)).toBe(made);
  });

  test.each(['', 'ABCD', 'ABCDEFGHJ', 'ABCD-EFGI', 'ABCD-EFG0', 'あいうえおかきく'])(
    '%s cannot be one',
    (typed) => expect(readPassphrase(typed)).toBeUndefined(),
  );
});
