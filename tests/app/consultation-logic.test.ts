/** Pure logic of the consultation screen: which visit it belongs to and what the desk may do with it afterwards. */
import { describe, expect, test } from 'vitest';
import {
  consultationWrite,
  firstValues,
  minutesSince,
  walkInWords,
} from '../../src/app/logic/consultation-form.ts';
import { knownVisitKind } from '../../src/app/logic/known-visit-kind.ts';
import { visitLeft } from '../../src/app/logic/visit-left.ts';
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

/** An id made at that time. */
const idAt = (time: string, tail = '1') => {
  const stamp = Date.parse(`${time}+09:00`).toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7000-8000-00000000000${tail}`;
};

describe('新規 or 再来', () => {
  const seekerAt = (time: string, parts: Record<string, Values> = {}): Rec => ({
    kind: 'seeker',
    id: idAt(time),
    parts: { facts: { org: 'hw' }, ...parts },
  });
  const freshly = seekerAt('2025-11-20T09:00:00');
  const longAgo = seekerAt('2024-02-01T09:00:00');
  const opened = seekerAt('2024-02-01T09:00:00', { file: { phone: '011' } });
  const of = (seeker: Rec, facts: Values = {}) =>
    visit('v', facts, { hw: { hwSeeker: seeker.id } });
  const hersAt = (facts: Values) => of(freshly, facts);
  const nowhere = { ...of(opened), parts: { hw: { hwSeeker: opened.id } } };

  test.each<[string, Rec, Rec[], string | undefined]>([
    ['registered today, no visit', freshly, [], 'new'],
    ['registered today, somebody else’s visit', freshly, [visit('v', {}, hers)], 'new'],
    ['a visit of today', freshly, [hersAt({ state: 'done' })], 'returning'],
    ['a visit of before', longAgo, [of(longAgo, { date: '2025-11-03' })], 'returning'],
    ['one that was cancelled', freshly, [hersAt({ state: 'voided' })], 'new'],
    ['one at another counter', freshly, [hersAt({ site: 's2' })], 'new'],
    ['one of a later day, entered from paper', freshly, [hersAt({ date: '2025-11-21' })], 'new'],
    ['registered before, and her file is not here', longAgo, [], undefined],
    ['registered before, her file here without a visit', opened, [], 'new'],
    ['of a visit only whose it was is here', opened, [nowhere], undefined],
  ])('%s', (_title, seeker, visits, expected) => {
    const known = { visits, links: [], seekers: [seeker] };
    expect(knownVisitKind(seeker, known, actor, today)).toBe(expected);
  });

  test('a merged registration of before is asked too', () => {
    const old: Rec = {
      ...longAgo,
      parts: { facts: { org: 'hw', state: 'merged', mergedInto: freshly.id } },
    };
    const known = { visits: [], links: [], seekers: [freshly, old] };
    expect(knownVisitKind(freshly, known, actor, today)).toBeUndefined();
  });

  test('nothing that was done is proposed, and no kind that is not known', () => {
    expect(firstValues(actor)).toEqual({ purposes: ['jobCounselling'] });
    expect(firstValues(actor, 'new')).toEqual({ visitKind: 'new', purposes: ['jobCounselling'] });
  });

  test('what is counted along with the talk is said in words', () => {
    const values = { channel: 'inPerson', purposes: ['other'] };
    expect(walkInWords({ ...values, visitKind: 'new' })).toBe('新規・来所・その他');
    expect(walkInWords(values)).toBeUndefined();
  });
});

describe('the visit that a cancelled consultation leaves', () => {
  const made = (id: string, state: string, ofVisit: string): Rec => ({
    kind: 'consultation',
    id,
    parts: { facts: { state, visit: ofVisit } },
  });
  const first = idAt('2025-11-20T10:00:00');
  const second = idAt('2025-11-20T14:00:00');
  const visitId = idAt('2025-11-20T10:00:00', '2');
  const along = visit(visitId, {});

  test.each<[string, Rec, Rec[], boolean]>([
    ['made along with it', along, [], true],
    ['cancelled already', visit(visitId, { state: 'voided' }), [], false],
    ['counted at 受付', visit(visitId, { ticket: 'V1' }), [], false],
    ['made on another day', visit(idAt('2025-11-19T10:00:00'), {}), [], false],
    ['another talk is still written on it', along, [made(second, 'recorded', visitId)], false],
    ['the other talk is cancelled too', along, [made(second, 'voided', visitId)], true],
  ])('%s', (_title, record, others, isLeft) => {
    const cancelled = made(first, 'voided', record.id);
    const found = visitLeft(cancelled, [record], [cancelled, ...others]);
    expect(found?.id).toBe(isLeft ? record.id : undefined);
  });

  test('of two talks, cancelled one after the other, the last one is asked about it', () => {
    const [one, two] = [made(first, 'voided', visitId), made(second, 'voided', visitId)];
    expect(visitLeft(two, [along], [one, two])?.id).toBe(visitId);
  });
});
