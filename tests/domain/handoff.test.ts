/** The whole handoff machine (domain.md §3) and what hangs on consent (design.md §4). */
import { describe, expect, test } from 'vitest';
import { handoff } from '../../src/domain/kinds/handoff.ts';
import type { Values } from '../../src/domain/value.ts';
import { consentTerms, createWorld, toHW, today, type ActorName } from '../support/world.ts';

interface Move {
  readonly as: ActorName;
  readonly from: readonly string[];
  readonly to: string;
  readonly args?: Values;
}

/** Written from domain.md §3, not from the code. */
const machine: Readonly<Record<string, Move>> = {
  askConsent: { as: 'cityCounsellor', from: ['draft'], to: 'awaitingConsent' },
  refuseConsent: { as: 'cityCounsellor', from: ['awaitingConsent'], to: 'refused' },
  recordConsent: {
    as: 'cityCounsellor',
    from: ['draft', 'awaitingConsent'],
    to: 'ready',
    args: { ...consentTerms, newConsent: 'co-new', newLink: 'li-new' },
  },
  send: { as: 'cityCounsellor', from: ['ready'], to: 'sent' },
  receive: { as: 'hwCounsellor', from: ['sent'], to: 'received' },
  accept: {
    as: 'hwCounsellor',
    from: ['sent', 'received'],
    to: 'accepted',
    args: { seeker: 'h-mori' },
  },
  acceptNew: {
    as: 'hwCounsellor',
    from: ['sent', 'received'],
    to: 'accepted',
    args: { newSeeker: 'h-new', familyName: '田中', familyKana: 'タナカ' },
  },
  start: { as: 'hwCounsellor', from: ['accepted'], to: 'inProgress' },
  report: {
    as: 'hwCounsellor',
    from: ['accepted', 'inProgress'],
    to: 'reported',
    args: { result: '紹介した' },
  },
  close: { as: 'cityCounsellor', from: ['reported'], to: 'closed' },
  return: {
    as: 'hwCounsellor',
    from: ['sent', 'received'],
    to: 'returned',
    args: { returnReason: 'notOurs' },
  },
  redraft: { as: 'cityCounsellor', from: ['returned'], to: 'draft' },
  expire: { as: 'system', from: ['sent'], to: 'expired' },
  cancel: {
    as: 'cityCounsellor',
    from: [
      'draft',
      'awaitingConsent',
      'ready',
      'sent',
      'received',
      'accepted',
      'inProgress',
      'returned',
    ],
    to: 'cancelled',
    args: { cancelNote: '本人の都合' },
  },
  void: {
    as: 'cityCounsellor',
    from: Object.keys(handoff.states ?? {}).filter((state) => state !== 'voided'),
    to: 'voided',
    args: { voidReason: 'mistake' },
  },
};

const creating = ['offer', 'offerUnnamed', 'draft'];
const states = Object.keys(handoff.states ?? {});

test('the machine names every verb that moves a handoff', () => {
  const moving = Object.keys(handoff.verbs).filter(
    // sendUnnamed moves only handoffs without a name; its own test is below.
    (name) => ![...creating, 'amend', 'sendUnnamed'].includes(name),
  );
  expect(Object.keys(machine).toSorted()).toEqual(moving.toSorted());
});

test('every state but the first ones is reached by some move', () => {
  const reached = new Set(Object.values(machine).map((move) => move.to));
  expect(states.filter((state) => !reached.has(state))).toEqual([]);
});

describe.each(Object.entries(machine))('handoff.%s', (name, move) => {
  const run = (state: string) => {
    const world = createWorld();
    world.set('handoff', 'ho-tanaka', 'facts', { state });
    const judged = world.write(`handoff.${name}`, { id: 'ho-tanaka', ...move.args }, move.as);
    return { world, judged };
  };

  test.each(move.from)('leads on from %s', (state) => {
    const { world, judged } = run(state);
    expect(judged).toMatchObject({ outcome: 'applied' });
    expect(world.state('handoff', 'ho-tanaka')).toBe(move.to);
  });

  test.each(states.filter((state) => !move.from.includes(state)))(
    'is refused from %s, naming it',
    (state) => {
      const { world, judged } = run(state);
      const found = state === 'voided' ? '取消ずみ' : handoff.states?.[state];
      expect(judged).toEqual({
        outcome: 'rejected',
        problem: { code: 'illegalState', kind: 'handoff', found },
      });
      expect(world.state('handoff', 'ho-tanaka')).toBe(state);
    },
  );
});

test('the long way: draft, consent, sent, returned, put right, accepted, reported, closed', () => {
  const world = createWorld();
  const id = 'ho-draft';
  world.must('handoff.askConsent', { id }, 'cityCounsellor');
  world.must(
    'handoff.recordConsent',
    { id, ...consentTerms, newConsent: 'co-1', newLink: 'li-1' },
    'cityCounsellor',
    { businessDate: '2026-04-20' },
  );
  world.must('handoff.send', { id }, 'cityCounsellor', { businessDate: '2026-04-21' });
  world.must('handoff.return', { id, returnReason: 'missingInfo' }, 'hwCounsellor');
  world.must('handoff.redraft', { id }, 'cityCounsellor');
  world.must('handoff.amend', { id, message: '午後を希望' }, 'cityCounsellor');
  world.must(
    'handoff.recordConsent',
    { id, ...consentTerms, newConsent: 'co-2', newLink: 'li-2' },
    'cityCounsellor',
  );
  world.must('handoff.send', { id }, 'cityCounsellor', { businessDate: '2026-05-07' });
  expect(world.part('handoff/ho-draft/facts')['sentOn']).toBe('2026-04-21');
  world.must('handoff.receive', { id }, 'hwCounsellor');
  world.must('handoff.accept', { id, seeker: 'h-mori' }, 'hwCounsellor');
  world.must('handoff.report', { id, result: '紹介した' }, 'hwCounsellor');
  world.must('handoff.close', { id }, 'cityCounsellor');
  expect(world.state('handoff', id)).toBe('closed');
  expect(world.part('link/li-2/facts')).toMatchObject({ state: 'live', consent: 'co-2' });
});

describe('withdrawing the consent', () => {
  test('ends the link and cancels the open handoff in one write', () => {
    const world = createWorld();
    const judged = world.write('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
    if (judged.outcome !== 'applied') throw new Error('refused');
    expect(judged.changes.map((change) => `${change.kind}/${change.id}`).toSorted()).toEqual([
      'consent/co-sato',
      'handoff/ho-sato',
      'link/li-sato',
    ]);
    expect(world.part('link/li-sato/facts')).toMatchObject({ state: 'ended', endedOn: today });
    expect(world.state('handoff', 'ho-sato')).toBe('cancelled');
  });

  test('closes a handoff whose result is known: what was told leaves', () => {
    const world = createWorld();
    world.set('handoff', 'ho-sato', 'facts', { state: 'reported' });
    world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
    expect(world.part('handoff/ho-sato/facts')).toMatchObject({ state: 'closed', endedOn: today });
  });

  test.each(['closed', 'expired', 'refused', 'cancelled', 'voided'])(
    'leaves a handoff that is %s as it is',
    (state) => {
      const world = createWorld();
      world.set('handoff', 'ho-sato', 'facts', { state });
      world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
      expect(world.state('handoff', 'ho-sato')).toBe(state);
      expect(world.state('link', 'li-sato')).toBe('ended');
    },
  );

  test('leaves nothing to accept', () => {
    const world = createWorld();
    world.must('consent.withdraw', { id: 'co-tanaka' }, 'cityCounsellor');
    const judged = world.write(
      'handoff.accept',
      { id: 'ho-tanaka', seeker: 'h-mori' },
      'hwCounsellor',
    );
    expect(judged).toMatchObject({ problem: { code: 'illegalState', found: '取りやめ' } });
    expect(world.view.get('link', 'li-tanaka')).toBeUndefined();
  });
});

test('an unnamed handoff is accepted without consent and makes no link', () => {
  const world = createWorld();
  world.must('handoff.accept', { id: 'ho-slip', seeker: 'h-mori' }, 'hwCounsellor');
  expect(world.part('handoff/ho-slip/receiver')).toEqual({ toSeeker: 'h-mori' });
  expect(world.part('handoff/ho-slip/facts')).not.toHaveProperty('link');
});

test.each([
  ['familyName', '佐藤'],
  ['phone', '011-000-0000'],
  ['birthDate', '1980-01-01'],
  ['wishesText', '清掃'],
  ['items', ['name']],
])('an unnamed handoff has no %s', (field, value) => {
  const args = { id: 'ho-new', ...toHW, slip: '654321', [field]: value };
  expect(createWorld().judge('handoff.offerUnnamed', args, 'cityCounsellor')).toMatchObject({
    problem: { code: 'invalidFields', fields: [{ field }] },
  });
});

test('an offer holds no field whose item is not ticked, whichever it is', () => {
  const filled: Values = {
    name: { birthDate: '1980-01-01' },
    contact: { safeContact: '昼のみ' },
    wishes: { wishesText: '清掃' },
    careers: { careersText: '介護' },
    considerations: { considerationsText: '通院' },
    welfare: { welfareText: '申請中' },
    history: { supportHistory: '3回' },
  };
  const base = { id: 'ho-new', newConsent: 'co-new', newLink: 'li-new', ...toHW, ...consentTerms };
  for (const [item, values] of Object.entries(filled)) {
    const others = Object.keys(filled).filter((name) => name !== item);
    const args = { ...base, fromSeeker: 'c-sato', ...(values as Values) };
    const world = createWorld();
    expect([
      item,
      world.judge('handoff.offer', { ...args, items: others }, 'cityCounsellor'),
    ]).toEqual([item, { outcome: 'rejected', problem: { code: 'noConsent' } }]);
    expect(world.judge('handoff.offer', { ...args, items: [item] }, 'cityCounsellor').outcome).toBe(
      'applied',
    );
  }
});

test('an unnamed handoff that came back is sent again without a consent', () => {
  const world = createWorld();
  world.set('handoff', 'ho-slip', 'facts', { state: 'returned' });
  world.must('handoff.redraft', { id: 'ho-slip' }, 'cityCounsellor');
  world.must('handoff.sendUnnamed', { id: 'ho-slip' }, 'cityCounsellor');
  expect(world.state('handoff', 'ho-slip')).toBe('sent');
});

test('a cancelled handoff ends its consent', () => {
  const world = createWorld();
  const consent = world.view.get('handoff', 'ho-tanaka')?.parts['facts']?.['consent'];
  world.must('handoff.cancel', { id: 'ho-tanaka', cancelNote: '本人の都合' }, 'cityCounsellor');
  expect(world.state('consent', consent as string)).toBe('ended');
});
