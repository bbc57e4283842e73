/** Words, box and outbox of a handoff that was sent on this tablet and has not reached the server. */
import { describe, expect, test } from 'vitest';
import { boxes, stateWords } from '../../src/app/logic/handoff-boxes.ts';
import {
  hasUnsentStep,
  unsentHandoffs,
  waitingHandoffs,
} from '../../src/app/logic/handoff-leaving.ts';
import { nextSteps } from '../../src/app/logic/next-steps.ts';
import type { Rec } from '../../src/domain/record.ts';

const city = { org: 'city', site: 's1' };
const facts = { org: 'city', site: 's1', toOrg: 'hw', toSite: 's1', date: '2025-11-18' };
const sent: Rec = {
  kind: 'handoff',
  id: 'h',
  parts: { facts: { ...facts, named: true, state: 'sent' } },
};

describe('what has not left this tablet', () => {
  test.each([
    ['here', 'まだ送っていません（この端末に保存）', 'unsent'],
    ['byHand', '手渡しずみ（サーバーへはこれから）', 'waiting'],
    ['waits', 'サーバーで待っています', 'waiting'],
    [undefined, '送った', 'waiting'],
  ] as const)('%s reads %s in the box %s', (leaving, words, box) => {
    expect(stateWords(sent, city, leaving)).toBe(words);
    const found = boxes([sent], city, '2025-11-20', () => leaving);
    expect(found[box].map((row) => row.record.id)).toEqual(['h']);
  });

  test('is what the outbox still has of the sending itself', () => {
    const item = (verb: string, state: 'pending' | 'blocked' | 'applied', id: string) => ({
      verb,
      state,
      args: { id },
      records: [{ kind: 'handoff', id }],
    });
    const outbox = [
      item('handoff.offer', 'pending', 'offered'),
      item('handoff.sendUnnamed', 'blocked', 'again'),
      item('handoff.offer', 'applied', 'arrived'),
      item('handoff.cancel', 'pending', 'given up'),
    ];
    expect(unsentHandoffs(outbox)).toEqual(['offered']);
    expect(waitingHandoffs(outbox)).toEqual(['again']);
    expect(hasUnsentStep(outbox, 'given up')).toBe(true);
    expect(hasUnsentStep(outbox, 'arrived')).toBe(false);
    for (const verb of ['handoff.receive', 'handoff.draft', 'handoff.amend'])
      expect(hasUnsentStep([item(verb, 'pending', 'quiet')], 'quiet')).toBe(false);
    expect(hasUnsentStep([item('consent.withdraw', 'pending', 'over')], 'over')).toBe(true);
  });

  test('is not called 「送った」 on her page either', () => {
    const words = (record: Rec) => stateWords(record, city, 'here');
    const [step] = nextSteps(undefined, [sent], '2025-11-18', words);
    expect(step?.text).toBe('まだ送っていません（この端末に保存）・1日目');
  });
});
