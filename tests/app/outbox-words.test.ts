/** What 未送信・要確認 says besides its lists. */
import { describe, expect, test } from 'vitest';
import {
  allSentWords,
  discardPoints,
  elsewhereWords,
  offlineWords,
  wentInWords,
  withdrawnWords,
} from '../../src/app/logic/outbox-words.ts';
import { aboutWords } from '../../src/app/screens/outbox/entry.tsx';
import type { Rec } from '../../src/domain/record.ts';
import type { OutboxItem, SyncState, WithdrawnItem } from '../../src/device/types.ts';

const some = (n: number) => Array.from({ length: n }, () => ({}) as OutboxItem);
const lists = (refused: number, waiting: number) => ({
  refused: some(refused),
  waiting: some(waiting),
  pending: [],
});

test('nothing unsent: what still waits above is not called taken', () => {
  expect(allSentWords(lists(0, 0))).toMatch(/^あなたの記録は、すべてサーバーが受け取りました/);
  const left = allSentWords(lists(2, 1));
  expect(left).not.toContain('受け取りました');
  expect(left).toMatch(/すべて送りました.*2件は、上の「要確認」.*1件は、上の「待っています」/);
});

test('pressed without a line: where the records are, and that nothing has to be done', () => {
  const state = { online: false, pending: 2 } as SyncState;
  const words = 'つながっていません。記録はこの端末にあります。つながると自動で送ります。';
  expect(offlineWords(state)).toBe(words);
  expect(offlineWords({ ...state, pending: 0 })).toMatch(/送っていない記録はありません/);
  expect(offlineWords({ ...state, isPortal: true })).toMatch(/^Wi-Fiのログインが必要です/);
});

describe('what is not in her own list', () => {
  const state = { pending: 7, needsCare: 2, waits: 1, views: 2 };
  const mine = { care: 0, waits: 1, unsent: 4 };
  test('views are told apart from what colleagues entered, and that the top bar leaves them out', () => {
    expect(elsewhereWords(state, mine)).toEqual([
      'ほかに、ほかの職員・受付の記録や、取り下げの理由が2件あります（要確認1件・未送信1件）。',
      expect.stringMatching(
        /^台帳を開いたことなどの記録.*2件、送信を待っています。.*入りません。$/,
      ),
    ]);
    const all = { care: 1, waits: 1, unsent: 5 };
    expect(elsewhereWords(state, all)).toEqual([expect.stringContaining('2件')]);
    expect(elsewhereWords({ ...state, views: 0 }, { ...all, unsent: 7 })).toEqual([]);
  });

  test('of what waits or was refused there are no reasons of withdrawals', () => {
    const all = { care: 0, waits: 1, unsent: 7 };
    expect(elsewhereWords({ ...state, views: 0 }, all)).toEqual([
      'ほかに、ほかの職員・受付の記録が1件あります（要確認1件）。',
    ]);
  });

  test('a tablet that does not tell them apart says so in one sentence', () => {
    const { views: _, ...rest } = state;
    expect(elsewhereWords(rest, mine)).toEqual([
      'ほかに、台帳を開いた記録や、ほかの職員・受付の記録や、取り下げの理由が4件あります（要確認1件・未送信3件）。',
    ]);
  });
});

test('a line names the person and the firm that it is about', () => {
  const referral = { parts: { shared: { employerName: '例示商店' } } } as unknown as Rec;
  const get = (kind: string) => (kind === 'referral' ? referral : undefined);
  const item = { verb: 'referral.withdrawOffer', args: { id: 'r-1' }, personName: '佐藤 三郎' };
  expect(aboutWords({ get }, item as unknown as OutboxItem)).toBe('佐藤 三郎　例示商店');
  const nobody = { verb: 'seeker.amend', args: {}, personName: undefined };
  expect(aboutWords({ get }, nobody as unknown as OutboxItem)).toBe('（人の指定なし）');
});

describe('withdrawing', () => {
  const met = { code: 'baseChanged', kind: 'seeker', fields: ['phone'] } as const;
  test('says before that it was received and is in no record; of what is there in part, that this stays', () => {
    const refused = { state: 'rejected', problem: { code: 'superseded' } } as const;
    expect(discardPoints(refused)[0]).toContain('記録には入っていません');
    expect(discardPoints({ state: 'conflict', problem: met })[0]).toContain('入ったものはそのまま');
    expect(discardPoints(refused).join('')).toContain('「取り下げた記録」');
  });

  test('of what waits it does not promise that it stays out', () => {
    const problem = { code: 'waitsFor' } as OutboxItem['problem'];
    const said = discardPoints({ state: 'blocked', problem }).join('');
    expect(said).not.toContain('もう入りません');
    expect(said).toContain('もう入っていることもあります');
  });

  test('says after why, or who is to be asked', () => {
    const item = { reason: '二重', withdrawnAt: 1, hasEffect: false } as WithdrawnItem;
    expect(withdrawnWords(item)).toEqual({ why: '理由：二重', state: '記録には入っていません' });
    const others = { ...item, reason: undefined };
    expect(withdrawnWords(others).why).toContain('この画面では見られません');
    expect(withdrawnWords({ ...others, withdrawnAt: undefined }).why).toContain('責任者');
    expect(withdrawnWords({ ...item, hasEffect: true }).state).toContain('一部は');
    const wentIn = { ...item, hasEffect: true, wentIn: true };
    expect(withdrawnWords(wentIn).state).toBe('先に記録に入っていました');
    expect(withdrawnWords(wentIn).why).toContain('いまの記録を確かめ');
    const putRight = withdrawnWords({ ...others, withdrawnAt: undefined, isPutRight: true });
    expect(putRight.state).toBe('直して送られました');
    expect(putRight.why).not.toContain('取り下げ');
    expect(putRight.why).toContain('所属の責任者に聞いてください');
    expect(wentInWords([item])).toBe('');
    expect(wentInWords([item, wentIn])).toContain('うち1件は');
  });
});
