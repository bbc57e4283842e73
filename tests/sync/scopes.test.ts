/** Who receives which part: a table of situations. What is not in a device's scopes never reaches it. */
import { describe, expect, test } from 'vitest';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import {
  halfYear,
  maxScopes,
  scopesOfActor,
  scopesOfPart,
  type People,
  type Person,
} from '../../src/sync/scopes.ts';

const today = '2026-04-20';
const devices = {
  city: scopesOfActor({ org: 'o-city', site: 's-1', post: 'p-city' }, today),
  cityElsewhere: scopesOfActor({ org: 'o-city', site: 's-2' }, today),
  hw: scopesOfActor({ org: 'o-hw', site: 's-1' }, today),
  hwElsewhere: scopesOfActor({ org: 'o-hw', site: 's-2' }, today),
  hwPost: scopesOfActor({ org: 'o-hw', site: 's-9', post: 'p-hw' }, today),
} as const;

const person = (org: string, more: Partial<Person> = {}): Person => ({
  org,
  posts: [],
  days: [],
  openAt: [],
  links: [],
  ...more,
});
const hereToday = [{ site: 's-1', date: today }];
const peopleOf =
  (people: Readonly<Record<string, Person>>): People =>
  (id) =>
    people[id];

function receivers(rec: Rec, part: string, people: Readonly<Record<string, Person>>): string[] {
  const kind = kindNamed(rec.kind);
  if (!kind) throw new Error(rec.kind);
  const scopes = scopesOfPart(kind, rec, part, peopleOf(people));
  return Object.entries(devices).flatMap(([name, own]) =>
    scopes.some((scope) => own.includes(scope)) ? [name] : [],
  );
}
const record = (kind: string, parts: Record<string, Values>): Rec => ({ kind, id: 'r-1', parts });

describe('area and facts', () => {
  test('the area is known to all', () => {
    const site = record('site', { facts: { state: 'active', name: '窓口' } });
    expect(receivers(site, 'facts', {})).toEqual(Object.keys(devices));
  });

  test('nameless facts go to every organisation of the site, and only there', () => {
    const visit = record('visit', { facts: { site: 's-1', date: today } });
    expect(receivers(visit, 'facts', {})).toEqual(['city', 'hw']);
  });

  test.each([
    ['2026-01-01', ['city', 'hw']],
    ['2025-07-01', ['city', 'hw']],
    ['2025-06-30', []],
  ])('facts of %s', (date, expected) => {
    const visit = record('visit', { facts: { site: 's-1', date } });
    expect(receivers(visit, 'facts', {})).toEqual(expected);
  });

  test('facts with two sites go to both', () => {
    const handoff = record('handoff', { facts: { site: 's-1', toSite: 's-2', date: today } });
    expect(receivers(handoff, 'facts', {})).toEqual(['city', 'cityElsewhere', 'hw', 'hwElsewhere']);
  });
});

describe('who came', () => {
  const visit = record('visit', {
    facts: { site: 's-1', date: today },
    city: { citySeeker: 'c-1' },
    hw: { hwSeeker: 'h-1' },
  });
  const people = {
    'c-1': person('o-city', { days: hereToday }),
    'h-1': person('o-hw', { days: hereToday }),
  };

  test('each side goes to its own organisation at that counter', () => {
    expect(receivers(visit, 'city', people)).toEqual(['city']);
    expect(receivers(visit, 'hw', people)).toEqual(['hw']);
  });

  test('a part that is not there is in no scope', () => {
    expect(receivers(record('visit', { facts: {} }), 'city', people)).toEqual([]);
    expect(receivers(visit, 'no-such-part', people)).toEqual([]);
  });
});

describe('a file', () => {
  const seeker = (parts: Record<string, Values>): Rec => ({ kind: 'seeker', id: 'c-1', parts });
  const whole = seeker({
    card: { familyName: '佐藤' },
    file: { post: 'p' },
    welfare: { welfareNote: 'x' },
  });
  const cases: readonly (readonly [string, Partial<Person>, string[], string[]])[] = [
    ['of somebody here today', { days: hereToday }, ['city'], ['city']],
    [
      'of somebody expected tomorrow',
      { days: [{ site: 's-1', date: '2026-04-21' }] },
      ['city'],
      ['city'],
    ],
    ['of somebody of yesterday', { days: [{ site: 's-1', date: '2026-04-19' }] }, ['city'], []],
    [
      'of somebody of the day after tomorrow',
      { days: [{ site: 's-1', date: '2026-04-22' }] },
      ['city'],
      [],
    ],
    [
      'of somebody seen 24 months ago',
      { days: [{ site: 's-1', date: '2024-04-20' }] },
      ['city'],
      [],
    ],
    ['of somebody seen longer ago', { days: [{ site: 's-1', date: '2023-12-31' }] }, [], []],
    [
      'of somebody seen elsewhere',
      { days: [{ site: 's-2', date: today }] },
      ['cityElsewhere'],
      ['cityElsewhere'],
    ],
    ['with an open handoff', { openAt: ['s-1'] }, ['city'], ['city']],
    ['of the caseload of a post', { posts: ['p-city'] }, ['city'], ['city']],
    ['of the caseload of another post', { posts: ['p-else'] }, [], []],
    ['of nobody at hand', {}, [], []],
  ];
  test.each(cases)('%s', (_title, more, card, file) => {
    const people = { 'c-1': person('o-city', more) };
    expect(receivers(whole, 'card', people)).toEqual(card);
    expect(receivers(whole, 'file', people)).toEqual(file);
    expect(receivers(whole, 'welfare', people)).toEqual(file);
  });

  test('stays inside its organisation even where a link is live and everything is consented to', () => {
    const items = ['name', 'contact', 'welfare', 'considerations', 'consultations', 'referrals'];
    const people = {
      'c-1': person('o-city', {
        days: hereToday,
        links: [{ id: 'l-1', other: 'h-1', items, isSender: true, since: '2020-01-01' }],
      }),
      'h-1': person('o-hw', { days: hereToday }),
    };
    for (const part of ['card', 'file', 'welfare'])
      expect([part, receivers(whole, part, people)]).toEqual([part, ['city']]);
  });

  test('of somebody whom this place does not know is in no scope', () => {
    for (const part of ['card', 'file', 'welfare']) expect(receivers(whole, part, {})).toEqual([]);
  });
});

describe('shared parts through a link', () => {
  const since = '2026-04-10';
  const consultation = (seeker: string, date = today) =>
    record('consultation', {
      facts: { org: 'o-any', site: 's-1', date },
      shared: { seeker, summary: 'x' },
      private: { notes: 'y' },
    });
  const linked = (items: readonly string[], there: Partial<Person> = { days: hereToday }) => ({
    'c-1': person('o-city', {
      days: [{ site: 's-2', date: '2020-01-01' }],
      links: [{ id: 'l-1', other: 'h-1', items, isSender: true, since }],
    }),
    'h-1': person('o-hw', {
      ...there,
      links: [{ id: 'l-1', other: 'c-1', items, isSender: false, since }],
    }),
  });

  test.each([
    ['named', ['consultations'], ['hw']],
    ['not named', ['referrals', 'name'], []],
    ['named only for the way back', ['consultationsBack'], []],
  ])('with the item %s, the sender tells', (_title, items, expected) => {
    expect(receivers(consultation('c-1'), 'shared', linked(items))).toEqual(expected);
  });

  test('the way back needs its own item', () => {
    const back = (items: readonly string[]) => {
      const people = linked(items, {});
      const there = { ...people, 'c-1': { ...people['c-1'], days: hereToday } };
      return receivers(consultation('h-1'), 'shared', there);
    };
    expect(back(['consultations'])).toEqual([]);
    expect(back(['consultationsBack'])).toEqual(['city']);
  });

  test("goes where the receiver's own file is: her post, her open handoff", () => {
    expect(
      receivers(consultation('c-1'), 'shared', linked(['consultations'], { posts: ['p-hw'] })),
    ).toEqual(['hwPost']);
    expect(
      receivers(consultation('c-1'), 'shared', linked(['consultations'], { openAt: ['s-2'] })),
    ).toEqual(['hwElsewhere']);
    expect(receivers(consultation('c-1'), 'shared', linked(['consultations'], {}))).toEqual([]);
  });

  test.each([
    ['on its first day', '2026-04-10', ['hw']],
    ['the day before, which nobody consented to', '2026-04-09', []],
  ])('what was written %s', (_title, date, expected) => {
    const people = linked(['consultations']);
    expect(receivers(consultation('c-1', date), 'shared', people)).toEqual(expected);
  });

  test('after withdrawal there is no link, and nothing crosses', () => {
    const people = linked(['consultations']);
    const after = { ...people, 'c-1': { ...people['c-1'], links: [] } };
    expect(receivers(consultation('c-1'), 'shared', after)).toEqual([]);
  });

  test('the private note never crosses', () => {
    const items = ['consultations', 'consultationsBack'];
    expect(receivers(consultation('c-1'), 'private', linked(items))).toEqual([]);
  });

  test.each([
    ['l-1', ['hw']],
    ['l-2', []],
  ])('the ties of link %s and its consent cross through that link alone', (id, expected) => {
    const ties = { fromSeeker: 'c-1', toSeeker: 'h-1' };
    const link: Rec = { kind: 'link', id, parts: { ties } };
    const consent = record('consent', { facts: { link: id }, terms: { seeker: 'c-1' } });
    expect(receivers(link, 'ties', linked([]))).toEqual(expected);
    expect(receivers(consent, 'terms', linked([]))).toEqual(expected);
  });

  test('what was voided does not cross', () => {
    const shared = consultation('c-1');
    const voided = {
      ...shared,
      parts: { ...shared.parts, facts: { state: 'voided', date: today } },
    };
    expect(receivers(voided, 'shared', linked(['consultations']))).toEqual([]);
  });
});

describe('the inbox', () => {
  const handoff = (state: string) =>
    record('handoff', {
      facts: {
        state,
        org: 'o-city',
        site: 's-2',
        toOrg: 'o-hw',
        toSite: 's-1',
        date: '2026-03-01',
      },
      sender: { fromSeeker: 'c-1', senderNote: '内部' },
      offer: { items: ['name'], familyName: '佐藤' },
      answer: { result: 'x' },
    });
  const people = { 'c-1': person('o-city') };
  const open = ['sent', 'received', 'accepted', 'inProgress', 'reported'];
  const states = Object.keys(kindNamed('handoff')?.states ?? {});

  test.each(states)('a handoff that is %s', (state) => {
    const expected = open.includes(state) ? ['hw'] : [];
    expect(receivers(handoff(state), 'offer', people)).toEqual(expected);
    expect(receivers(handoff(state), 'answer', people)).toEqual(expected);
  });

  test("the sender's own note does not cross", () => {
    expect(receivers(handoff('sent'), 'sender', people)).toEqual([]);
  });

  test('about nobody known, it stays with the desk that wrote it while it is open', () => {
    const unnamed = record('handoff', {
      facts: {
        state: 'sent',
        org: 'o-city',
        site: 's-1',
        toOrg: 'o-hw',
        toSite: 's-1',
        date: '2026-03-01',
      },
      offer: { message: 'x' },
    });
    expect(receivers(unnamed, 'offer', {})).toEqual(['city', 'hw']);
    const closed = record('handoff', {
      ...unnamed.parts,
      facts: { ...unnamed.parts['facts'], state: 'closed' },
    });
    expect(receivers(closed, 'offer', {})).toEqual([]);
  });
});

test('windows are half-years', () => {
  expect([halfYear('2026-06-30'), halfYear('2026-07-01')]).toEqual(['2026H1', '2026H2']);
});

test("a device's scopes: few, sorted, each once, no other organisation's", () => {
  for (const own of Object.values(devices)) {
    expect(own.length).toBeLessThanOrEqual(maxScopes);
    expect(own).toEqual([...new Set(own)].toSorted());
  }
  expect(devices.city).toEqual([
    'area',
    'card:o-city:s-1:2024H1',
    'card:o-city:s-1:2024H2',
    'card:o-city:s-1:2025H1',
    'card:o-city:s-1:2025H2',
    'card:o-city:s-1:2026H1',
    'day:o-city:s-1:2026-04-20',
    'day:o-city:s-1:2026-04-21',
    'facts:s-1:2025H2',
    'facts:s-1:2026H1',
    'inbox:o-city:s-1',
    'open:o-city:s-1',
    'org:o-city:2024H1',
    'org:o-city:2024H2',
    'org:o-city:2025H1',
    'org:o-city:2025H2',
    'org:o-city:2026H1',
    'post:o-city:p-city',
  ]);
});

test.each([[undefined], [['s-0']], [['s-10', 's-2']]])('are in order, beside %j', (alsoSites) => {
  const who = { org: 'o-city', site: 's-1', post: 'p-1', role: 'supervisor', user: 'u-1' } as const;
  const own = scopesOfActor({ ...who, ...(alsoSites && { alsoSites }) }, '2026-12-31');
  expect(own).toEqual([...new Set(own)].sort());
});

test('the windows move with the date, over New Year too', () => {
  const own = scopesOfActor({ org: 'o-city', site: 's-1' }, '2026-12-31');
  expect(own).toContain('day:o-city:s-1:2027-01-01');
  expect(own.filter((scope) => scope.startsWith('card'))).toEqual([
    'card:o-city:s-1:2024H2',
    'card:o-city:s-1:2025H1',
    'card:o-city:s-1:2025H2',
    'card:o-city:s-1:2026H1',
    'card:o-city:s-1:2026H2',
  ]);
});
