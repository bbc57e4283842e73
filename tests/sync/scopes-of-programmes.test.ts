/** Who receives what of firms, events, team plans and the welfare programme: the audiences that are not a person's own file. */
import { describe, expect, test } from 'vitest';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { scopesOfActor, scopesOfPart, type Person } from '../../src/sync/scopes.ts';

const today = '2026-04-20';
const devices = {
  city: scopesOfActor({ org: 'o-city', site: 's-1' }, today),
  cityElsewhere: scopesOfActor({ org: 'o-city', site: 's-2' }, today),
  hw: scopesOfActor({ org: 'o-hw', site: 's-1' }, today),
  hwElsewhere: scopesOfActor({ org: 'o-hw', site: 's-2' }, today),
  contractor: scopesOfActor({ org: 'o-contractor', site: 's-3' }, today),
} as const;
const all = Object.keys(devices);

const record = (kind: string, parts: Record<string, Values>): Rec => ({ kind, id: 'r-1', parts });
const person = (org: string, more: Partial<Person> = {}): Person => ({
  org,
  posts: [],
  days: [{ site: 's-1', date: today }],
  openAt: [],
  links: [],
  ...more,
});

function receivers(
  rec: Rec,
  part: string,
  people: Readonly<Record<string, Person>> = {},
): string[] {
  const kind = kindNamed(rec.kind);
  if (!kind) throw new Error(rec.kind);
  const scopes = scopesOfPart(kind, rec, part, (id) => people[id]);
  return Object.entries(devices).flatMap(([name, own]) =>
    scopes.some((scope) => own.includes(scope)) ? [name] : [],
  );
}

describe('a firm that wants people', () => {
  const lead = (facts: Values) =>
    record('employerLead', {
      facts: { state: 'open', org: 'o-city', site: 's-1', date: today, ...facts },
      firm: { firmName: '架空製菓', firmPhone: '011-000-0000' },
    });

  test.each<[string, Values, string[]]>([
    ['before it agrees, stays in the organisation', {}, ['city', 'cityElsewhere']],
    [
      'once it agrees, goes to the organisation it agreed to, and no further',
      { toOrg: 'o-hw', consentedOn: today },
      ['city', 'cityElsewhere', 'hw', 'hwElsewhere'],
    ],
    ['named without its consent, goes nowhere', { toOrg: 'o-hw' }, ['city', 'cityElsewhere']],
    [
      'taken back, leaves the other',
      { state: 'received', receivedOn: today, withdrawnOn: today },
      ['city', 'cityElsewhere'],
    ],
    [
      'voided, is shown at home alone',
      { state: 'voided', toOrg: 'o-hw', consentedOn: today },
      ['city', 'cityElsewhere'],
    ],
    ['of 24 months ago, is still there', { date: '2024-01-05' }, ['city', 'cityElsewhere']],
    ['of longer ago, is not', { date: '2023-12-31' }, []],
  ])('%s', (_title, facts, expected) => {
    expect(receivers(lead(facts), 'firm')).toEqual(expected);
  });

  test('its facts go with it, so that whoever is told can take it up wherever she sits', () => {
    const told = { toOrg: 'o-hw', consentedOn: today };
    expect(receivers(lead(told), 'facts')).toEqual(['city', 'cityElsewhere', 'hw', 'hwElsewhere']);
    expect(receivers(lead({ withdrawnOn: today }), 'facts')).not.toContain('hwElsewhere');
    expect(receivers(lead({ ...told, state: 'voided' }), 'facts')).not.toContain('hwElsewhere');
  });

  test('its facts name no firm and go to the counter, like any', () => {
    expect(receivers(lead({}), 'facts')).toEqual(['city', 'cityElsewhere', 'hw']);
    expect(Object.values(lead({}).parts['facts'] ?? {})).not.toContain('架空製菓');
  });
});

describe('an event', () => {
  const facts = { state: 'planned', org: 'o-city', site: 's-1', date: today, eventName: '面接会' };
  const event = record('event', { facts });

  test('is known to the whole area, and counted for its counter', () => {
    expect(receivers(event, 'facts')).toEqual(all);
    const kind = kindNamed('event');
    expect(kind && scopesOfPart(kind, event, 'facts', () => undefined)).toEqual([
      'area',
      'facts:s-1:2026H1',
    ]);
  });

  test('who came stays in its own file, and which firm in its own organisation', () => {
    const came = record('attendance', {
      facts: { state: 'recorded', org: 'o-city', site: 's-1', date: today, event: 'ev-1' },
      person: { seeker: 'c-1' },
      firm: { firmName: '架空製菓' },
    });
    expect(receivers(came, 'person', { 'c-1': person('o-city') })).toEqual(['city']);
    expect(receivers(came, 'firm')).toEqual(['city', 'cityElsewhere']);
    expect(receivers(came, 'facts')).toEqual(['city', 'hw']);
  });
});

test.each(['agreement', 'annualPlan', 'request', 'programme', 'serviceEntry'])(
  '%s is known to the whole area',
  (kind) => {
    const rec = record(kind, { facts: { state: 'live', org: 'o-city', site: 's-1', date: today } });
    expect(receivers(rec, 'facts')).toEqual(all);
  },
);

describe('a team plan', () => {
  const since = '2026-04-10';
  const link = (items: readonly string[]) => ({
    'c-1': person('o-city', {
      links: [{ id: 'l-1', other: 'h-1', items, isSender: true, since }],
    }),
    'h-1': person('o-hw', {
      links: [{ id: 'l-1', other: 'c-1', items, isSender: false, since }],
    }),
  });
  const plan = (date: string) =>
    record('teamCase', {
      facts: { state: 'active', org: 'o-city', site: 's-1', toSite: 's-1', date },
      plan: { seeker: 'c-1', goal: 'x' },
      private: { teamNote: 'y' },
    });
  const step = record('teamStep', {
    facts: { state: 'planned', org: 'o-hw', site: 's-1', date: today, teamCase: 'r-1' },
    step: { seeker: 'h-1', what: 'x' },
    private: { stepNote: 'y' },
  });

  test('crosses the link whose consent names it, and so does a step of the other side', () => {
    const people = link(['teamPlan', 'teamPlanBack']);
    expect(receivers(plan(today), 'plan', people)).toEqual(['city', 'hw']);
    expect(receivers(step, 'step', people)).toEqual(['city', 'hw']);
  });

  test.each([
    ['nothing', [], ['city'], ['hw']],
    ['the way there alone', ['teamPlan'], ['city', 'hw'], ['hw']],
    ['the way back alone', ['teamPlanBack'], ['city'], ['city', 'hw']],
  ])('with a consent to %s', (_title, items, planned, stepped) => {
    expect(receivers(plan(today), 'plan', link(items))).toEqual(planned);
    expect(receivers(step, 'step', link(items))).toEqual(stepped);
  });

  test('its facts are with the partner elsewhere as long as the consent lasts', () => {
    const far = (state: string) => ({
      ...plan(today),
      parts: {
        ...plan(today).parts,
        facts: { ...plan(today).parts['facts'], state, toOrg: 'o-hw', toSite: 's-2' },
      },
    });
    const at2 = (links: Person['links']) => ({
      'c-1': { ...link([])['c-1'], links },
      'h-1': person('o-hw', { days: [{ site: 's-2', date: today }] }),
    });
    const live = [{ id: 'l-1', other: 'h-1', items: ['teamPlan'], isSender: true, since }];
    expect(receivers(far('active'), 'facts', at2(live))).toContain('hwElsewhere');
    expect(receivers(far('ended'), 'facts', at2([]))).not.toContain('hwElsewhere');
  });

  test('of before the link does not cross', () => {
    expect(receivers(plan('2026-04-09'), 'plan', link(['teamPlan']))).toEqual(['city']);
  });

  test('private notes cross to nobody', () => {
    const people = link(['teamPlan', 'teamPlanBack']);
    expect(receivers(plan(today), 'private', people)).toEqual(['city']);
    expect(receivers(step, 'private', people)).toEqual(['hw']);
  });
});

describe('the welfare programme', () => {
  const items = ['name', 'welfareStatusBack'];
  const since = '2026-04-10';
  const people = {
    'c-1': person('o-city', {
      links: [{ id: 'l-1', other: 'h-1', items, isSender: true, since }],
    }),
    'h-1': person('o-hw', {
      links: [{ id: 'l-1', other: 'c-1', items, isSender: false, since }],
    }),
  };
  const joint = record('welfareCase', {
    facts: { state: 'supporting', org: 'o-city', site: 's-1', toSite: 's-2', date: today },
    city: { citySeeker: 'c-1', cityNote: 'x' },
    hw: { hwSeeker: 'h-1', supportPlan: 'y', apartCase: 'r-2' },
  });

  test("each side's own part stays at home, whatever was consented to", () => {
    expect(receivers(joint, 'city', people)).toEqual(['city']);
    expect(receivers(joint, 'hw', people)).toEqual(['hw']);
  });

  test('the case is at both counters', () => {
    expect(receivers(joint, 'facts')).toEqual(['city', 'cityElsewhere', 'hw', 'hwElsewhere']);
  });
});
