import { describe, expect, test } from 'vitest';
import {
  appendDigit,
  isPin,
  needsPassword,
  pinDigits,
  weakness,
} from '../../src/app/screens/lock/pin.ts';
import { syncWords } from '../../src/app/words/sync-words.ts';
import type { SyncState } from '../../src/device/types.ts';

describe('a PIN', () => {
  test.each([
    ['12345', false],
    ['135790', true],
    ['13579024', true],
    ['135790246', false],
    ['13579a', false],
  ])('%s: %s', (pin, isGood) => {
    expect(isPin(pin)).toBe(isGood);
  });

  test('full width digits count as digits, other signs are left out', () => {
    expect(pinDigits('１３５ー７９０')).toBe('135790');
  });

  test('a ninth digit is not taken', () => {
    expect(appendDigit('13579024', '6')).toBe('13579024');
  });

  test.each(['000000', '123456', '98765432', '12345'])('%s will not do as a new one', (pin) => {
    expect(weakness(pin)).toBeTypeOf('string');
  });

  test.each(['135790', '112233', '90210345'])('%s will do', (pin) => {
    expect(weakness(pin)).toBeUndefined();
  });

  test('only a blocked PIN or an ended lease asks for the password', () => {
    expect(needsPassword({ code: 'pinBlocked' })).toBe(true);
    expect(needsPassword({ code: 'leaseExpired' })).toBe(true);
    expect(needsPassword({ code: 'wrongPin', waitSeconds: 5, left: 2 })).toBe(false);
  });
});

describe('the sync state in words', () => {
  const calm: SyncState = {
    online: true,
    pending: 0,
    needsCare: 0,
    syncedAt: Date.parse('2026-11-20T05:05:00Z'),
    busy: false,
    persisted: true,
  };

  test.each<[Partial<SyncState>, string]>([
    [{}, '同期済み 14:05'],
    [{ pending: 3 }, '未送信3件'],
    [{ online: false, pending: 3 }, 'オフライン・この端末に保存済み3件'],
    [{ online: false }, 'オフライン・同期済み 14:05'],
    [{ needsCare: 2, pending: 1 }, '要確認2件・未送信1件'],
    [{ syncedAt: undefined }, 'サーバーを確かめています'],
    [{ problem: { code: 'serverTrouble' }, pending: 2 }, '同期が止まっています・未送信2件'],
    [{ problem: { code: 'serverTrouble' }, online: false }, 'オフライン・同期済み 14:05'],
    [{ problem: { code: 'storageLost' }, needsCare: 1 }, '記録が見つかりません'],
    [{ online: false, needsCare: 2, pending: 1 }, 'オフライン・要確認2件・未送信1件'],
    [{ needsCare: 2, waits: 1 }, '要確認1件・待っています1件'],
    [{ online: false, isPortal: true, needsCare: 1 }, 'Wi-Fiのログインが必要です・要確認1件'],
    [
      { problem: { code: 'serverTrouble' }, needsCare: 1, waits: 1, pending: 3, views: 1 },
      '同期が止まっています・待っています1件・未送信2件',
    ],
  ])('%o: %s', (change, words) => {
    expect(syncWords({ ...calm, ...change }).words).toBe(words);
  });

  test('what waits for a person is the most urgent tone', () => {
    expect(syncWords({ ...calm, needsCare: 1, online: false }).tone).toBe('danger');
    expect(syncWords(calm).tone).toBe('good');
  });

  test('what waits by itself is neither urgent nor done', () => {
    const waits = { ...calm, needsCare: 1, waits: 1 };
    expect(syncWords(waits)).toMatchObject({ tone: 'warning', icon: 'sync' });
    expect(syncWords({ ...waits, online: false })).toMatchObject({ icon: 'offline' });
  });
});
