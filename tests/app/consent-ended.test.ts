/** Whose consent is over, and how that is said. */
import { describe, expect, test } from 'vitest';
import { consentEnd, hasWithdrawn } from '../../src/app/logic/consent-ended.ts';
import type { Rec } from '../../src/domain/record.ts';

const handoff: Rec = {
  kind: 'handoff',
  id: 'h',
  parts: {
    facts: { consent: 'c', state: 'cancelled' },
    sender: { fromSeeker: 'hers-in-the-city' },
    receiver: { toSeeker: 'hers-at-hw' },
  },
};
const getWith = (state: string) => (kind: string, id: string) =>
  kind === 'consent' && id === 'c' ? { kind, id, parts: { facts: { state } } } : undefined;

describe('a consent that is over', () => {
  test.each([
    ['withdrawn', 'ご本人が、情報を伝える同意を撤回しました。', true],
    ['expired', '情報を伝える同意の期限が切れました。', false],
    ['ended', undefined, false],
    ['live', undefined, false],
  ])('%s reads %s', (state, words, isWithdrawn) => {
    const get = getWith(state);
    expect(consentEnd(get, handoff)).toBe(words);
    expect(hasWithdrawn(get, [handoff], 'hers-at-hw')).toBe(isWithdrawn);
    expect(hasWithdrawn(get, [handoff], 'hers-in-the-city')).toBe(isWithdrawn);
    expect(hasWithdrawn(get, [handoff], 'another')).toBe(false);
  });

  test('one given since, or a handoff that was never hers, says nothing of it; one taken back does not count', () => {
    const states: Readonly<Record<string, string>> = { c: 'withdrawn', d: 'ended' };
    const get = (kind: string, id: string) => ({
      kind,
      id,
      parts: { facts: { state: states[id] } },
    });
    const with_ = (facts: object) => ({ ...handoff, parts: { ...handoff.parts, facts } }) as Rec;
    const later = with_({ consent: 'd', state: 'closed' });
    expect(hasWithdrawn(get as never, [later, handoff], 'hers-at-hw')).toBe(false);
    const mistaken = with_({ consent: 'e', state: 'cancelled' });
    const without = { ...states, e: 'voided' } as Readonly<Record<string, string>>;
    const got = (kind: string, id: string) => ({
      kind,
      id,
      parts: { facts: { state: without[id] } },
    });
    expect(hasWithdrawn(got as never, [mistaken, handoff], 'hers-at-hw')).toBe(true);
    const voided = with_({ consent: 'c', state: 'voided' });
    expect(hasWithdrawn(get as never, [voided], 'hers-at-hw')).toBe(false);
  });
});
