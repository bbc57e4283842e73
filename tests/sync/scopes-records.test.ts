/** Who receives the parts of person-bound records: the city's compartment, what supervisors see, cards by consent, old facts. */
import { describe, expect, test } from 'vitest';
import { codesOf } from '../../src/domain/codes.ts';
import { kindNamed, kinds } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { scopesOfActor, scopesOfPart, type Person } from '../../src/sync/scopes.ts';

const today = '2026-04-20';
const desk = (org: string, site: string, more: object = {}) =>
  scopesOfActor({ org, site, ...more }, today);
const devices = {
  author: desk('o-city', 's-1', { user: 'st-a', role: 'counsellor' }),
  colleague: desk('o-city', 's-1', { user: 'st-b', role: 'counsellor' }),
  head: desk('o-city', 's-2', { user: 'st-h', role: 'supervisor' }),
  hw: desk('o-hw', 's-1', { user: 'st-w', role: 'counsellor' }),
  // The same name as the author's, in another organisation.
  hwHead: desk('o-hw', 's-1', { user: 'st-a', role: 'supervisor' }),
} as const;
const ofCity = ['author', 'colleague'];

/** Everything that anybody can consent to. */
const everything = codesOf('sharedItem').map((row) => row.code);
const here = [{ site: 's-1', date: today }];
const linked = (items: readonly string[], days = here): Readonly<Record<string, Person>> => ({
  'c-1': {
    org: 'o-city',
    posts: [],
    days,
    openAt: [],
    links: [{ id: 'l-1', other: 'h-1', items, isSender: true, since: '2020-01-01' }],
  },
  'h-1': {
    org: 'o-hw',
    posts: [],
    days: here,
    openAt: [],
    links: [{ id: 'l-1', other: 'c-1', items, isSender: false, since: '2020-01-01' }],
  },
});

function receivers(rec: Rec, part: string, people: Readonly<Record<string, Person>>): string[] {
  const kind = kindNamed(rec.kind);
  if (!kind) throw new Error(rec.kind);
  const scopes = scopesOfPart(kind, rec, part, (id) => people[id]);
  return Object.entries(devices).flatMap(([name, own]) =>
    scopes.some((scope) => own.includes(scope)) ? [name] : [],
  );
}

const facts = { org: 'o-city', site: 's-1', date: today, takenBy: 'st-a' };
const record = (kind: string, parts: Record<string, Values>, more: Values = {}): Rec => ({
  kind,
  id: 'r-1',
  parts: { facts: { ...facts, ...more }, ...parts },
});
const about = (part: string) => ({ [part]: { seeker: 'c-1' } });

describe('what the city alone sees', () => {
  test.each(['facts', 'issues'])(
    '%s of a checklist crosses nowhere, whatever was agreed',
    (part) => {
      const checklist = record('issueChecklist', about('issues'));
      expect(receivers(checklist, part, linked(everything))).toEqual(ofCity);
    },
  );

  test('no kind of the placement side takes a field of the checklist', () => {
    const items = codesOf('issueItem').map((row) => row.code);
    const holders = kinds.filter((kind) =>
      Object.values(kind.parts).some(({ fields }) =>
        Object.entries(fields).some(
          ([name, field]) =>
            (items.includes(name) && field.type === 'choice') ||
            ('list' in field && field.list === 'issueItem'),
        ),
      ),
    );
    expect(holders.map((kind) => kind.name)).toEqual(['issueChecklist']);
  });
});

describe('what stays inside an organisation', () => {
  test.each([
    ['preference', 'wished', ['facts', 'wished']],
    ['individualSupport', 'plan', ['plan']],
    ['trainingReferral', 'course', ['course']],
    ['retentionCheck', 'who', ['who', 'talk']],
    ['employerContact', 'shared', ['memo']],
    ['selfApplication', 'shared', ['detail']],
    ['guidance', 'shared', ['memo']],
  ])('%s, with everything agreed', (kind, holder, parts) => {
    for (const part of parts) {
      const whole = record(kind, { [part]: { x: 'x' }, ...about(holder) });
      expect([part, receivers(whole, part, linked(everything))]).toEqual([part, ofCity]);
    }
  });
});

describe('what crosses with its own item', () => {
  test.each([
    ['appointment', 'consultations'],
    ['guidance', 'consultations'],
    ['employerContact', 'referrals'],
    ['selfApplication', 'referrals'],
  ])('%s with %s, and not without', (kind, item) => {
    const told = record(kind, about('shared'));
    const others = everything.filter((one) => one !== item);
    expect(receivers(told, 'shared', linked([item]))).toEqual([...ofCity, 'hw', 'hwHead']);
    expect(receivers(told, 'shared', linked(others))).toEqual(ofCity);
    const gone = { ...linked([item]), 'c-1': { ...linked([item])['c-1'], links: [] } as Person };
    expect(receivers(told, 'shared', gone)).toEqual(ofCity);
  });
});

describe('a user card', () => {
  const card = (more: Values) => record('userCard', about('card'), more);

  test('is shared through the one link that it names', () => {
    const people = linked([]);
    for (const part of ['card', 'facts']) {
      expect(receivers(card({ link: 'l-1' }), part, people)).toEqual([...ofCity, 'hw', 'hwHead']);
      expect(receivers(card({ link: 'l-2' }), part, people)).toEqual(ofCity);
      expect(receivers(card({}), part, linked(everything))).toEqual(ofCity);
    }
  });

  test('leaves with the link', () => {
    const people = { ...linked([]), 'c-1': { ...linked([])['c-1'], links: [] } as Person };
    expect(receivers(card({ link: 'l-1' }), 'card', people)).toEqual(ofCity);
  });
});

describe('complaints and disclosure requests', () => {
  test.each([
    ['complaint', ['facts', 'body', 'reply'], 'body'],
    ['disclosureRequest', ['facts', 'request', 'decision'], 'request'],
  ])('%s: the author and her supervisors, wherever they sit', (kind, parts, holder) => {
    for (const seeker of [{}, about(holder)])
      for (const part of parts) {
        const whole = record(kind, { [part]: { x: 'x' }, ...seeker });
        if (part === 'facts') Object.assign(whole.parts, { facts });
        expect([part, receivers(whole, part, linked(everything))]).toEqual([
          part,
          ['author', 'head'],
        ]);
      }
  });

  test('without a role or a user there are no such scopes', () => {
    const bare = desk('o-city', 's-1');
    expect(bare.filter((scope) => /^(lead|own):/.test(scope))).toEqual([]);
    expect(devices.author).not.toContain('lead:o-city');
    expect(devices.head).toContain('lead:o-city');
  });
});

describe('facts of a person', () => {
  const support = record('individualSupport', about('plan'), { date: '2023-05-01' });

  test('stay with her file when the counter no longer counts them', () => {
    expect(receivers(support, 'facts', linked([]))).toEqual(ofCity);
    expect(receivers(support, 'facts', linked([], []))).toEqual([]);
  });

  test('of another counter go along with what crosses, which says little without its day', () => {
    const booked = record('appointment', about('shared'), { site: 's-9' });
    const agreed = linked(['consultations']);
    expect(receivers(booked, 'facts', agreed)).toEqual([...ofCity, 'hw', 'hwHead']);
    expect(receivers(booked, 'facts', linked(['referrals']))).toEqual(ofCity);
    const gone = record('appointment', about('shared'), { site: 's-9', state: 'voided' });
    expect(receivers(gone, 'facts', agreed)).toEqual(ofCity);
  });

  test('go to no other organisation with it, whatever was agreed', () => {
    expect(receivers(support, 'facts', linked(everything))).toEqual(ofCity);
  });
});

describe('a firm that was guided, about no person', () => {
  const memo = { memo: { firmName: '架空商店' } };
  const guided = (state: string) =>
    record('guidance', memo, { state, party: 'employer', date: '2026-03-01' });

  test('stays with the desk until it is known whether it arrived', () => {
    expect(receivers(guided('guided'), 'memo', {})).toEqual(ofCity);
    expect(receivers(guided('received'), 'memo', {})).toEqual([]);
  });
});
