/**
 * What lasts longer than the counter's window of facts (two half-years) stays where its person is at hand: a consent that
 * cannot be seen cannot be withdrawn, a case without its facts cannot be moved.
 */
import { describe, expect, test } from 'vitest';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { scopesOfActor, scopesOfPart, type Person } from '../../src/sync/scopes.ts';

const begun = '2026-04-20';
const today = '2027-02-01';
const devices = {
  city: scopesOfActor({ org: 'o-city', site: 's-1' }, today),
  hw: scopesOfActor({ org: 'o-hw', site: 's-2' }, today),
  hwElsewhere: scopesOfActor({ org: 'o-hw', site: 's-3' }, today),
} as const;

const end = (org: string, site: string, other: string, isSender: boolean): Person => ({
  org,
  posts: [],
  days: [{ site, date: today }],
  openAt: [],
  links: [
    {
      id: 'l-1',
      other,
      items: ['name', 'teamPlan', 'consultations', 'referrals'],
      isSender,
      since: begun,
    },
  ],
});
const linked: Readonly<Record<string, Person>> = {
  'c-1': end('o-city', 's-1', 'h-1', true),
  'h-1': end('o-hw', 's-2', 'c-1', false),
};
const unlinked = Object.fromEntries(
  Object.entries(linked).map(([id, person]) => [id, { ...person, links: [] }]),
);

const facts = { org: 'o-city', site: 's-1', toOrg: 'o-hw', toSite: 's-2', date: begun };
const record = (kind: string, id: string, parts: Record<string, Values>): Rec => ({
  kind,
  id,
  parts: { ...parts, facts: { ...facts, ...parts['facts'] } },
});

function receivers(rec: Rec, people: Readonly<Record<string, Person>>): string[] {
  const kind = kindNamed(rec.kind);
  if (!kind) throw new Error(rec.kind);
  const scopes = scopesOfPart(kind, rec, 'facts', (id) => people[id]);
  return Object.entries(devices).flatMap(([name, own]) =>
    scopes.some((scope) => own.includes(scope)) ? [name] : [],
  );
}

const consent = record('consent', 'co-1', {
  facts: { state: 'live', link: 'l-1', expiresOn: '2027-04-19' },
  terms: { seeker: 'c-1', items: ['name'] },
});
const link = record('link', 'l-1', {
  facts: { state: 'live', consent: 'co-1' },
  ties: { fromSeeker: 'c-1', toSeeker: 'h-1', linkItems: ['name'] },
});
const team = record('teamCase', 'tc-1', {
  facts: { state: 'active' },
  plan: { seeker: 'c-1', goal: 'x' },
});
const step = record('teamStep', 'ts-1', {
  facts: { state: 'planned', teamCase: 'tc-1' },
  step: { seeker: 'c-1', what: 'x' },
});
const welfare = record('welfareCase', 'wc-1', {
  facts: { state: 'supporting', link: 'l-1', consent: 'co-1' },
  city: { citySeeker: 'c-1' },
  hw: { hwSeeker: 'h-1' },
});
const ofHers = (kind: string) => record(kind, 'r-1', { shared: { seeker: 'c-1' } });

describe('of last year, facts stay with the files that they are about', () => {
  test.each([
    ['a consent', consent],
    ['a link', link],
    ['a team plan', team],
    ['a step of it', step],
    ['a welfare case', welfare],
    ['a consultation', ofHers('consultation')],
    ['a referral', ofHers('referral')],
    ['a hire', ofHers('placement')],
  ])('%s, at both ends of the link', (_title, rec) => {
    expect(receivers(rec, linked)).toEqual(['city', 'hw']);
  });

  test.each([
    ['a consent', consent],
    ['a team plan', team],
    ['a step of it', step],
  ])('%s is at home alone when the link has ended', (_title, rec) => {
    expect(receivers(rec, unlinked)).toEqual(['city']);
  });

  test('a handoff stays with the file of each side', () => {
    const handoff = record('handoff', 'ho-1', {
      facts: { state: 'inProgress' },
      sender: { fromSeeker: 'c-1' },
      receiver: { toSeeker: 'h-1' },
    });
    expect(receivers(handoff, unlinked)).toEqual(['city', 'hw']);
  });

  test('a welfare case stays with the supporter who has to go on with it apart', () => {
    expect(receivers(welfare, unlinked)).toEqual(['city', 'hw']);
  });
});
