import { describe, expect, test } from 'vitest';
import { stepsFor } from '../../src/app/screens/reception/visit-steps.tsx';
import {
  boardRow,
  deviceLetter,
  isAfterClosing,
  nextTicket,
  todaysVisits,
} from '../../src/app/screens/reception/visits-today.ts';
import { suggestedKind } from '../../src/app/screens/reception/suggested-kind.ts';
import { verbNamed } from '../../src/domain/kinds/index.ts';
import { visit as visitKind } from '../../src/domain/kinds/visit.ts';
import type { Actor, Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';

const now = Date.parse('2026-11-20T05:00:00Z');
const minute = 60_000;

const visit = (id: string, facts: Values = {}): Rec => ({
  kind: 'visit',
  id,
  parts: {
    facts: {
      state: 'waiting',
      site: 'shiroishi',
      date: '2026-11-20',
      arrivedAt: now - 10 * minute,
      visitKind: 'returning',
      channel: 'inPerson',
      purposes: ['jobCounselling'],
      ...facts,
    },
  },
});

describe('the board', () => {
  test('shows this counter and this day only, newest first, voided ones too', () => {
    const visits = [
      visit('old', { arrivedAt: now - 30 * minute }),
      visit('new', { arrivedAt: now, state: 'voided' }),
      visit('elsewhere', { site: 'toyohira' }),
      visit('yesterday', { date: '2026-11-19' }),
    ];
    expect(todaysVisits(visits, { site: 'shiroishi' }, '2026-11-20').map(({ id }) => id)).toEqual([
      'new',
      'old',
    ]);
  });

  test('counts minutes from arrival while waiting, from the talk while served, none afterwards', () => {
    expect(boardRow(visit('a'), now).minutes).toBe(10);
    const served = visit('b', { state: 'withCity', servedAt: now - 4 * minute });
    expect(boardRow(served, now).minutes).toBe(4);
    expect(boardRow(visit('c', { state: 'done' }), now).minutes).toBeUndefined();
  });

  test('marks what is dated after the last day of its counter', () => {
    const site = { kind: 'site', id: 'shiroishi', parts: { facts: { closedOn: '2026-11-19' } } };
    const view = { get: (_kind: string, id: string) => (id === site.id ? site : undefined) };
    expect(isAfterClosing(visit('a'), view)).toBe(true);
    expect(isAfterClosing(visit('b', { date: '2026-11-19' }), view)).toBe(false);
    expect(isAfterClosing(visit('c', { site: 'toyohira' }), view)).toBe(false);
  });

  test('never shows a negative wait when clocks differ', () => {
    expect(boardRow(visit('a', { arrivedAt: now + 5 * minute }), now).minutes).toBe(0);
  });
});

describe('新規 or 再来', () => {
  test('is suggested from the last hour only', () => {
    const fresh = [1, 2].map((n) => visit(`n${n}`, { visitKind: 'new' }));
    const before = [1, 2, 3].map((n) => visit(`o${n}`, { arrivedAt: now - 90 * minute }));
    expect(suggestedKind([...fresh, ...before], now)).toBe('new');
    expect(suggestedKind([...fresh, visit('a'), visit('b')], now)).toBe('returning');
    expect(suggestedKind([], now)).toBe('returning');
  });
});

describe('ticket numbers', () => {
  test('run on within the letter of the tablet, past gaps and other letters', () => {
    const visits = [
      visit('a', { ticket: 'K2' }),
      visit('b', { ticket: 'K9' }),
      visit('c', { ticket: 'A30' }),
    ];
    expect(nextTicket(visits, 'K')).toBe('K10');
    expect(nextTicket([], 'K')).toBe('K1');
  });

  test('the letter depends on the tablet alone', () => {
    expect(deviceLetter('device-1')).toMatch(/^[A-Y]$/);
    expect(deviceLetter('device-1')).toBe(deviceLetter('device-1'));
    const letters = new Set(Array.from({ length: 60 }, (_, n) => deviceLetter(`0193-${n}`)));
    expect(letters.size).toBeGreaterThan(10);
  });
});

describe.each(['city', 'hw'] as const)('steps offered to the %s side', (side) => {
  const actor: Actor = {
    user: 'u',
    role: 'counsellor',
    org: 'o',
    orgType: side,
    site: 'shiroishi',
  };
  const moment = { occurredAt: now, businessDate: '2026-11-20' };
  const own = [
    'call',
    side === 'hw' ? 'serveHW' : 'serveCity',
    'wait',
    'leave',
    'finish',
    'reopen',
  ];

  const isAllowed = (verb: string, state: string) => {
    const view = { get: () => visit('a', { state }) };
    return verbNamed(`visit.${verb}`)?.check?.({ id: 'a' }, view, actor, moment) === undefined;
  };

  test.each(Object.keys(visitKind.states ?? {}))(
    'in state %s are those the kind allows',
    (state) => {
      const offered = stepsFor(state, side).map(({ verb }) => verb);
      expect(offered.toSorted()).toEqual(own.filter((verb) => isAllowed(verb, state)).toSorted());
    },
  );
});
