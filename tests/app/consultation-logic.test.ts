/** Pure logic of the consultation screen: which visit it belongs to and what the desk may do with it afterwards. */
import { describe, expect, test } from 'vitest';
import { consultationWrite, minutesSince } from '../../src/app/logic/consultation-form.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { parseFields } from '../../src/domain/parse.ts';
import { templatesOf, withTemplate } from '../../src/app/logic/templates.ts';
import { unattachedVisits, visitEndings, visitsToday } from '../../src/app/logic/visit-of.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const actor: Actor = { user: 'u', role: 'counsellor', org: 'hw', orgType: 'hw', site: 's1' };
const today = '2025-11-20';
const visit = (id: string, facts: Values, sides: Record<string, Values> = {}): Rec => ({
  kind: 'visit',
  id,
  parts: { facts: { site: 's1', date: today, state: 'waiting', ...facts }, ...sides },
});
const hers = { hw: { hwSeeker: 'x' } };

describe('the open visit of a person', () => {
  test.each<[string, Rec, string | undefined]>([
    ['hers, today, here', visit('v', {}, hers), 'v'],
    ['being served by the other desk', visit('v', { state: 'withCity' }, hers), 'v'],
    ['known to the other desk only, by link', visit('v', {}, { city: { citySeeker: 'a' } }), 'v'],
    ['already over today', visit('v', { state: 'done' }, hers), 'v'],
    ['voided', visit('v', { state: 'voided' }, hers), undefined],
    ['yesterday', visit('v', { date: '2025-11-19' }, hers), undefined],
    ['elsewhere', visit('v', { site: 's2' }, hers), undefined],
    ['someone else’s', visit('v', {}, { hw: { hwSeeker: 'y' } }), undefined],
  ])('%s', (_title, record, id) => {
    expect(visitsToday([record], ['x', 'a'], actor, today)[0]?.id).toBe(id);
  });

  test('open ones first, the later arrival before the earlier', () => {
    const two = [visit('early', { arrivedAt: 1 }, hers), visit('late', { arrivedAt: 2 }, hers)];
    const over = visit('over', { arrivedAt: 3, state: 'done' }, hers);
    const ids = visitsToday([over, ...two], ['x'], actor, today).map(({ id }) => id);
    expect(ids).toEqual(['late', 'early', 'over']);
  });
});

test('visits with nobody on our side can be chosen, whoever the other desk knows', () => {
  const visits = [
    visit('a', {}),
    visit('b', {}, hers),
    visit('c', {}, { city: { citySeeker: 'q' } }),
  ];
  expect(unattachedVisits(visits, actor, today).map(({ id }) => id)).toEqual(['a', 'c']);
});

test.each<[string, string[]]>([
  ['withHW', ['finish', 'wait']],
  ['waiting', ['finish']],
  ['done', []],
  ['voided', []],
])('after the talk, %s leaves %o', (state, endings) => {
  expect(visitEndings(visit('v', { state }))).toEqual(endings);
});

describe('templates', () => {
  test('follow the chosen services', () => {
    expect(templatesOf(['documentReview', 'other'])).toEqual([
      '履歴書を添削した。',
      '職務経歴書を添削した。',
    ]);
  });

  test.each([
    ['', 'あ。', 'あ。'],
    ['い。\n', 'あ。', 'い。\nあ。'],
    ['あ。い。', 'あ。', 'あ。い。'],
  ])('%j and %j', (summary, template, expected) => {
    expect(withTemplate(summary, template)).toBe(expected);
  });
});

describe('one form over two verbs', () => {
  const form = {
    services: ['jobCounselling'],
    summary: 'まとめ',
    channel: 'inPerson',
    visitKind: 'new',
    purposes: ['other'],
  };
  const target = { id: 'c', seeker: 'a', newVisit: 'n', openedAt: 500 };

  test('on the board: the visit’s own start, and nothing of the walk-in', () => {
    const { verb, args } = consultationWrite(form, {
      ...target,
      visit: visit('v', { servedAt: 100 }),
    });
    expect(verb).toBe('consultation.record');
    expect(args).toEqual({
      id: 'c',
      seeker: 'a',
      visit: 'v',
      startedAt: 100,
      services: ['jobCounselling'],
      summary: 'まとめ',
    });
  });

  test('not on the board: the visit is logged in the same write', () => {
    const { verb, args } = consultationWrite(form, { ...target, visit: undefined });
    expect(verb).toBe('consultation.recordWalkIn');
    expect(args).toEqual({
      ...form,
      id: 'c',
      seeker: 'a',
      newVisit: 'n',
      startedAt: 500,
      arrivedAt: 500,
    });
  });

  test('both are arguments that the verbs take', () => {
    for (const one of [undefined, visit('v', {})]) {
      const { verb, args } = consultationWrite(form, { ...target, visit: one });
      const parsed = parseFields(verbNamed(verb)?.args ?? {}, args);
      expect([verb, parsed.ok ? [] : parsed.problems]).toEqual([verb, []]);
    }
  });

  test.each([
    [0, 60_000 * 12.4, 12],
    [0, 20_000, undefined],
    [0, 60_000 * 481, undefined],
  ])('minutes since %i at %i', (from, now, minutes) => {
    expect(minutesSince(from, now)).toBe(minutes);
  });
});
