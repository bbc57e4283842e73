/** What is written anew for a visit that is gone: whether it is gone, what goes along from it, and what may be a double. */
import { describe, expect, test } from 'vitest';
import { anewOf } from '../../src/app/logic/anew.ts';
import { draftAbout } from '../../src/app/logic/draft-about.ts';
import type { Session } from '../../src/device/types.ts';
import type { Problem } from '../../src/domain/problem.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const date = '2026-11-13';
const rec = (kind: string, id: string, parts: Rec['parts']): Rec => ({ kind, id, parts });
const seeker = rec('seeker', 's-1', { facts: { org: 'o' } });
const gone = (facts: Values = {}) => rec('visit', 'v-1', { facts: { state: 'voided', ...facts } });
const event = (site: string) => rec('event', 'ev', { facts: { site } });

function session(...records: readonly Rec[]) {
  const here = [seeker, ...records];
  const actor = { user: 'u', role: 'supervisor', org: 'o', orgType: 'city', site: 'here' };
  const get = (kind: string, id: string) => here.find((one) => one.kind === kind && one.id === id);
  const all = (kind: string) => ({ peek: () => here.filter((one) => one.kind === kind) });
  return { actor, get, all } as unknown as Session;
}

const args = { id: 'c-1', visit: 'v-1', seeker: 's-1', services: ['careerCounselling'] };
const item = { id: 'e-1', verb: 'consultation.record', businessDate: date, args };
const cancelled: Problem = { code: 'illegalState', kind: 'visit', found: '取消ずみ' };
const missing: Problem = { code: 'notFound', kind: 'visit' };

describe('whether it is gone', () => {
  test('a visit that only this tablet does not find may stand elsewhere', () => {
    expect(anewOf(session(), item, undefined, missing)).toBeUndefined();
    expect(anewOf(session(gone()), item, undefined, cancelled)).toBeDefined();
  });

  test('that the entry to be put right is not hers says nothing of the visit', () => {
    const said = { ...item, problem: { code: 'notFound', kind: 'entry' } as const };
    expect(anewOf(session(), said, undefined, missing)).toBeUndefined();
  });
});

describe('what goes along from the cancelled visit', () => {
  const facts = { channel: 'phone', visitKind: 'return', purposes: ['jobCounselling'] };

  test('how and for what she came', () => {
    const found = anewOf(session(gone(facts)), item, undefined, cancelled);
    expect(found?.values).toMatchObject(facts);
    const none = anewOf(session(gone()), item, undefined, cancelled)?.values;
    expect(none).toEqual({ purposes: ['careerCounselling'], services: args.services });
  });

  test('where it was, as far as the counter holds it', () => {
    const at = (site: string) => {
      const here = session(gone({ outpost: 'ev' }), event(site));
      const { outpost, isOutpostLost } = anewOf(here, item, undefined, cancelled) ?? {};
      return [outpost, isOutpostLost];
    };
    expect([at('here'), at('there')]).toEqual([
      ['ev', false],
      [undefined, true],
    ]);
    expect(anewOf(session(gone()), item, undefined, cancelled)?.isOutpostLost).toBe(false);
  });
});

test('what was recorded of her that day may be the same: without a record of its own too', () => {
  const second = rec('visit', 'v-2', { facts: { state: 'done' }, city: { citySeeker: 's-1' } });
  const talk = (id: string, change: Values = {}) =>
    rec('consultation', id, {
      facts: { state: 'recorded', org: 'o', date, visit: 'v-2', ...change },
    });
  const others = (...talks: readonly Rec[]) =>
    anewOf(session(gone(), second, ...talks), item, undefined, cancelled)?.others.length;
  expect(others(talk('c-2'))).toBe(1);
  expect(
    others(
      talk('c-1'),
      talk('c-2', { state: 'voided' }),
      talk('c-3', { date: '2026-11-12' }),
      talk('c-4', { visit: 'v-3' }),
      talk('c-5', { org: 'p' }),
    ),
  ).toBe(0);
});

test('a draft is found by its entry alone, and knows everybody and everything it is about', () => {
  const talk = rec('consultation', 'c-1', { shared: { seeker: 's-9' } });
  const { draftKey, about } = draftAbout('repair', item, [talk, undefined]);
  expect(draftKey).toBe('repair-e-1');
  expect(about.toSorted()).toEqual(['c-1', 's-1', 's-9', 'v-1']);
});
