/** What a carried file may let its receiver read: by the scopes alone, for every kind there is and will be. */
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import type { SharedPart } from '../../src/sync/container.ts';
import { isFitting, partsFor } from '../../src/sync/share.ts';

const today = '2026-11-16';
const desk = { org: 'hw', site: 'shiroishi' };
const people = (id: string) =>
  id === 'seeker-1'
    ? { org: 'city', posts: ['p'], days: [], openAt: ['shiroishi'], links: [] }
    : undefined;

/** Every part of a kind there, about the sender's person, addressed to the desk and open. */
function whole(kind: (typeof kinds)[number]): Rec {
  const common = { org: 'city', site: 'shiroishi', date: today, toOrg: 'hw', toSite: 'shiroishi' };
  const parts = Object.entries(kind.parts).map(([name, part]): [string, Values] => {
    const [, field] = part.person?.split('.') ?? [];
    const who: Values = field ? { [field]: 'seeker-1' } : {};
    return [name, name === 'facts' ? { ...common, state: 'sent', ...who } : { mark: name, ...who }];
  });
  return {
    kind: kind.name,
    id: kind.name === 'seeker' ? 'seeker-1' : 'one',
    parts: Object.fromEntries(parts),
  };
}

describe('the receiver may read', () => {
  test.each(kinds.map((kind) => [kind.name, kind] as const))(
    'of %s no part that is for the sender’s own organisation',
    (_name, kind) => {
      const told = partsFor([whole(kind)], desk, today, people).map(({ part }) => part);
      for (const part of told)
        expect(['area', 'sites', 'inbox']).toContain(kind.parts[part]?.audience);
    },
  );

  test('of a handoff the offer and the facts, of a consent the facts, and of a person nothing personal', () => {
    const of = (name: string) => kinds.filter((kind) => kind.name === name).map(whole);
    const told = (name: string) => partsFor(of(name), desk, today, people).map(({ part }) => part);
    expect(told('handoff')).toEqual(['facts', 'offer', 'answer']);
    expect(told('consent')).toEqual(['facts']);
    for (const part of ['card', 'file', 'welfare']) expect(told('seeker')).not.toContain(part);
    for (const part of ['private', 'shared']) expect(told('consultation')).not.toContain(part);
  });

  test('no value that nobody has chosen, which would not be let in either', () => {
    const kept = [{ field: 'urgency', value: 'kept', entry: 'e-1', actor: 'st', at: 1 }];
    const facts = { org: 'city', site: 'shiroishi', date: today, toOrg: 'hw', toSite: 'shiroishi' };
    const parts = { facts: { ...facts, state: 'sent', conflicts: kept } };
    const told = partsFor([{ kind: 'handoff', id: 'one', parts }], desk, today, people);
    expect(JSON.stringify(told)).not.toContain('kept');
    expect(isFitting(told, 'one', desk, today)).toBe(true);
  });

  test('nothing at all at another desk, or once the handoff is no longer open', () => {
    const [handoff] = kinds.filter((kind) => kind.name === 'handoff').map(whole);
    if (!handoff) throw new Error('no handoff');
    expect(partsFor([handoff], { org: 'hw', site: 'toyohira' }, today, people)).toEqual([]);
    const over = {
      ...handoff,
      parts: { ...handoff.parts, facts: { ...handoff.parts['facts'], state: 'cancelled' } },
    };
    expect(partsFor([over], desk, today, people).map(({ part }) => part)).toEqual(['facts']);
  });
});

describe('on the way in', () => {
  const facts = {
    state: 'sent',
    org: 'city',
    site: 'shiroishi',
    date: today,
    toOrg: 'hw',
    toSite: 'shiroishi',
    consent: 'consent-1',
    named: true,
  };
  const offer = { items: ['name'], familyName: '見本', message: 'よろしく' };
  const good: readonly SharedPart[] = [
    { kind: 'handoff', id: 'h', part: 'facts', body: facts },
    { kind: 'handoff', id: 'h', part: 'offer', body: offer },
    {
      kind: 'consent',
      id: 'consent-1',
      part: 'facts',
      body: { ...facts, consent: undefined, named: undefined, state: 'live' } as never,
    },
  ].map((part) => JSON.parse(JSON.stringify(part)) as SharedPart);
  const fits = (parts: readonly SharedPart[], to = desk) => isFitting(parts, 'h', to, today);
  const withOne = (part: SharedPart) => [...good, part];

  test('what the server would send fits', () => {
    expect(fits(good)).toBe(true);
    expect(fits(good.slice(0, 2))).toBe(true);
  });

  test.each<[string, readonly SharedPart[]]>([
    ['no handoff at all', good.slice(2)],
    ['another handoff besides', withOne({ kind: 'handoff', id: 'x', part: 'facts', body: facts })],
    [
      'the sender’s own note',
      withOne({ kind: 'handoff', id: 'h', part: 'sender', body: { senderNote: 'x' } }),
    ],
    [
      'a person’s card',
      withOne({ kind: 'seeker', id: 's', part: 'card', body: { familyName: '見本' } }),
    ],
    ['a person’s facts', withOne({ kind: 'seeker', id: 's', part: 'facts', body: { org: 'hw' } })],
    [
      'a consent that is another’s',
      withOne({ kind: 'consent', id: 'c2', part: 'facts', body: facts }),
    ],
    ['a kind nobody knows', withOne({ kind: 'riddle', id: 'r', part: 'facts', body: {} })],
    [
      'a field nobody declared',
      [good[0], { ...good[1], body: { ...offer, welfareNote: 'x' } }] as never,
    ],
    [
      'a field of another shape',
      [good[0], { ...good[1], body: { ...offer, message: 7 } }] as never,
    ],
    [
      'inherited names',
      [good[0], { ...good[1], body: JSON.parse('{"__proto__":"x"}') as Values }] as never,
    ],
  ])('%s: refused', (_what, parts) => expect(fits(parts)).toBe(false));

  test('for another desk: refused', () => {
    expect(fits(good, { org: 'hw', site: 'toyohira' })).toBe(false);
    expect(fits(good, { org: 'pref', site: 'shiroishi' })).toBe(false);
  });
});
