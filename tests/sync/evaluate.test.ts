/** The one judgement of a write: refusals, conflicts that change nothing, and what the author saw. */
import { describe, expect, test } from 'vitest';
import { baseOf, expectedOf, judge } from '../../src/sync/evaluate.ts';
import {
  actors,
  consentTerms,
  createWorld,
  moment,
  now,
  today,
  type World,
} from '../support/world.ts';

const amend = { id: 'c-sato', post: 'p-new', glyphNote: 'はしごだか' };
const voided = { id: 'v-nobody', voidReason: 'mistake' };

/** Judges as the author saw it, lets `between` happen, and judges again as the server would. */
function meanwhile(
  verb: string,
  args: unknown,
  as: keyof typeof actors,
  between: (world: World) => void,
  first: (world: World) => unknown = () => undefined,
) {
  const world = createWorld();
  first(world);
  const seen = world.judge(verb, args, as);
  if ('problem' in seen) throw new Error(JSON.stringify(seen.problem));
  const base = baseOf(seen.changes, world.view);
  const expected = expectedOf(seen.changes, world.view);
  between(world);
  const said = { entry: 'e-1', base, expected };
  return { judged: world.judge(verb, args, as, said), base, expected };
}

describe('a base that moved', () => {
  test('is a conflict that names the fields and no others', () => {
    const world = createWorld();
    world.set('seeker', 'c-sato', 'file', { post: 'p-old', licences: '無し' });
    const seen = world.judge('seeker.amend', amend, 'cityCounsellor');
    if (seen.outcome !== 'applied') throw new Error('refused');
    const base = baseOf(seen.changes, world.view);
    world.set('seeker', 'c-sato', 'file', { post: 'p-other', licences: '普通免許' });
    expect(world.judge('seeker.amend', amend, 'cityCounsellor', { base })).toMatchObject({
      outcome: 'conflict',
      problem: { code: 'baseChanged', kind: 'seeker', fields: ['post'] },
    });
  });

  test('where both wrote the same, is merged', () => {
    const { judged } = meanwhile('seeker.amend', amend, 'cityCounsellor', (world) =>
      world.set('seeker', 'c-sato', 'card', { glyphNote: 'はしごだか' }),
    );
    expect(judged.outcome).toBe('merged');
  });

  test('where somebody filled what was empty, is a conflict', () => {
    const { judged, base } = meanwhile('seeker.amend', amend, 'cityCounsellor', (world) =>
      world.set('seeker', 'c-sato', 'card', { glyphNote: 'くちだか' }),
    );
    expect(base).toMatchObject({ 'seeker/c-sato/card': { glyphNote: null } });
    expect(judged).toMatchObject({ outcome: 'conflict', problem: { fields: ['glyphNote'] } });
  });

  test('where two fill a part that was not there yet, is a conflict too', () => {
    const { judged, base } = meanwhile('seeker.amend', amend, 'cityCounsellor', (world) =>
      world.set('seeker', 'c-sato', 'file', { post: 'p-other', licences: '普通免許' }),
    );
    expect(base).toMatchObject({ 'seeker/c-sato/file': { post: null } });
    expect(judged).toMatchObject({ outcome: 'conflict', problem: { fields: ['post'] } });
  });

  test('of a record that the author did not hold, is none: she knew no value to overwrite', () => {
    const world = createWorld();
    world.set('handoff', 'ho-sato', 'facts', { endedOn: '2026-04-19' });
    const seen = world.judge('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
    if (seen.outcome !== 'applied') throw new Error('refused');
    const own = seen.changes.filter((change) => change.kind === 'consent');
    const base = baseOf(own, world.view);
    const judged = world.judge('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor', { base });
    expect(judged.outcome).toBe('applied');
  });
});

describe('a state that moved', () => {
  test('is a conflict about the state', () => {
    const { judged, expected } = meanwhile(
      'visit.call',
      { id: 'v-nobody' },
      'hwCounsellor',
      (world) => world.must('visit.leave', { id: 'v-nobody' }, 'cityCounsellor'),
    );
    expect(expected).toEqual({ 'visit/v-nobody': 'waiting' });
    expect(judged).toEqual({
      outcome: 'conflict',
      problem: { code: 'baseChanged', kind: 'visit', fields: ['state'] },
      changes: [],
    });
  });

  test('also where the verb itself would still be legal', () => {
    const { judged } = meanwhile('visit.void', voided, 'counter', (world) =>
      world.must('visit.serveHW', { id: 'v-nobody' }, 'hwCounsellor'),
    );
    expect(judged).toMatchObject({ outcome: 'conflict' });
  });

  test('by a look alone is in nobody’s way: the handoff may still be cancelled, or sent back at another tablet', () => {
    const looked = (world: World) =>
      world.must('handoff.receive', { id: 'ho-sato' }, 'hwCounsellor');
    const sent = (world: World) => world.set('handoff', 'ho-sato', 'facts', { state: 'sent' });
    for (const [verb, args, as, state] of [
      ['handoff.cancel', { cancelNote: '本人の都合' }, 'cityCounsellor', 'cancelled'],
      ['handoff.return', { returnReason: 'notOurs' }, 'hwCounsellor', 'returned'],
    ] as const) {
      const { judged, expected } = meanwhile(verb, { id: 'ho-sato', ...args }, as, looked, sent);
      expect(expected).toMatchObject({ 'handoff/ho-sato': 'sent' });
      expect(judged).toMatchObject({ outcome: 'applied' });
      if ('problem' in judged) throw new Error('refused');
      const moved = judged.changes.find(({ kind, set }) => kind === 'handoff' && 'state' in set);
      expect(moved?.set['state']).toBe(state);
    }
  });

  test('before a look arrives, the look is in, changes nothing, and asks nobody to do anything', () => {
    const { judged } = meanwhile(
      'handoff.receive',
      { id: 'ho-sato' },
      'hwCounsellor',
      (world) =>
        world.must('handoff.cancel', { id: 'ho-sato', cancelNote: '都合' }, 'cityCounsellor'),
      (world) => world.set('handoff', 'ho-sato', 'facts', { state: 'sent' }),
    );
    expect(judged).toEqual({ outcome: 'merged', changes: [] });
  });

  test.each([false, true])(
    'what was returned and sent again on another consent is another round (opened: %s)',
    (isOpened) => {
      const id = 'ho-tanaka';
      const again = { id, newConsent: 'co-2', newLink: 'li-2', ...consentTerms };
      const { judged } = meanwhile(
        'handoff.return',
        { id, returnReason: 'notOurs' },
        'hwCounsellor',
        (world) => {
          world.must('handoff.return', { id, returnReason: 'notOurs' }, 'hwCounsellor');
          world.must('handoff.redraft', { id }, 'cityCounsellor');
          world.must('handoff.recordConsent', again, 'cityCounsellor');
          world.must('handoff.send', { id }, 'cityCounsellor');
          if (isOpened) world.must('handoff.receive', { id }, 'hwCounsellor');
        },
      );
      expect(judged).toMatchObject({ outcome: 'conflict', changes: [] });
    },
  );

  test.each([false, true])(
    'without a name, what came back and was sent again is another round (opened: %s)',
    (isOpened) => {
      const id = 'ho-slip';
      const resent = (world: World) => {
        world.must('handoff.return', { id, returnReason: 'notOurs' }, 'hwCounsellor');
        world.must('handoff.redraft', { id }, 'cityCounsellor');
        world.must('handoff.sendUnnamed', { id }, 'cityCounsellor');
        if (isOpened) world.must('handoff.receive', { id }, 'hwCounsellor');
      };
      const late = [
        meanwhile('handoff.return', { id, returnReason: 'notOurs' }, 'hwCounsellor', resent),
        meanwhile('handoff.cancel', { id, cancelNote: '前の回' }, 'cityCounsellor', resent),
      ];
      for (const { judged } of late)
        expect(judged).toMatchObject({ outcome: 'conflict', changes: [] });
    },
  );

  test('of later rounds without a name nothing tells which was seen: a look is in the way', () => {
    const id = 'ho-slip';
    const round = (world: World) => {
      world.must('handoff.return', { id, returnReason: 'notOurs' }, 'hwCounsellor');
      world.must('handoff.redraft', { id }, 'cityCounsellor');
      world.must('handoff.sendUnnamed', { id }, 'cityCounsellor');
    };
    const opened = (world: World) => world.must('handoff.receive', { id }, 'hwCounsellor');
    const { judged } = meanwhile(
      'handoff.cancel',
      { id, cancelNote: '二回目' },
      'cityCounsellor',
      opened,
      round,
    );
    expect(judged.outcome).toBe('conflict');
  });

  test.each(['returned', 'draft', 'ready', 'sent'])(
    'a look at what has come back since asks nobody anything (now %s)',
    (till) => {
      const id = 'ho-tanaka';
      const again = { id, newConsent: 'co-2', newLink: 'li-2', ...consentTerms };
      const steps: Readonly<Record<string, (world: World) => unknown>> = {
        returned: (world) =>
          world.must('handoff.return', { id, returnReason: 'notOurs' }, 'hwCounsellor'),
        draft: (world) => world.must('handoff.redraft', { id }, 'cityCounsellor'),
        ready: (world) => world.must('handoff.recordConsent', again, 'cityCounsellor'),
        sent: (world) => world.must('handoff.send', { id }, 'cityCounsellor'),
      };
      const names = Object.keys(steps);
      const { judged } = meanwhile('handoff.receive', { id }, 'hwCounsellor', (world) =>
        names.slice(0, names.indexOf(till) + 1).forEach((name) => steps[name]?.(world)),
      );
      expect(judged).toEqual({ outcome: 'merged', changes: [] });
    },
  );

  test('a look is no look where the handoff is not the author’s to open, or was never sent', () => {
    const look = (id: string, as: keyof typeof actors) =>
      createWorld().judge('handoff.receive', { id }, as, {
        entry: 'e-1',
        base: {},
        expected: { [`handoff/${id}`]: 'sent' },
      }).outcome;
    expect(look('ho-sato', 'hwCounsellor')).toBe('merged');
    expect(look('ho-sato', 'cityCounsellor')).toBe('rejected');
    expect(look('ho-draft', 'hwCounsellor')).not.toBe('merged');
  });

  test('of a record made in the same write is expected by nobody', () => {
    const world = createWorld();
    const args = {
      id: 'v-1',
      arrivedAt: now,
      channel: 'phone',
      visitKind: 'new',
      purposes: ['other'],
    };
    const seen = world.judge('visit.log', args, 'counter');
    if (seen.outcome !== 'applied') throw new Error('refused');
    expect(expectedOf(seen.changes, world.view)).toEqual({});
    expect(baseOf(seen.changes, world.view)).toEqual({});
  });
});

describe('what is refused before anything is looked at', () => {
  test.each([
    ['visit.fly', 1],
    ['visit.void', 2],
    ['visit.void', 0],
    ['toString', 1],
  ])('%s@%d is unknown', (verb, version) => {
    const judged = createWorld().judge(verb, voided, 'counter', { version });
    expect(judged).toEqual({ outcome: 'rejected', problem: { code: 'unknownVerb', verb } });
  });

  test('arguments that do not parse, each with its field', () => {
    const judged = createWorld().judge('visit.void', { id: 'V', voidReason: 'fun' }, 'counter');
    expect(judged).toMatchObject({
      problem: { code: 'invalidFields', fields: [{ field: 'id' }, { field: 'voidReason' }] },
    });
  });
});

describe('people of others', () => {
  test('a foreign person and one who does not exist get the same answer', () => {
    const world = createWorld();
    const answers = ['h-sato', 'c-no'].map((id) =>
      world.judge('seeker.amend', { id, post: 'p' }, 'cityCounsellor'),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual({
      outcome: 'rejected',
      problem: { code: 'notFound', kind: 'seeker' },
    });
  });

  test.each(['active', 'guessed'])(
    'nor does the expected state %s tell one from the other',
    (state) => {
      const answers = ['h-sato', 'c-no'].map((id) =>
        judge(
          {
            verb: 'seeker.amend',
            version: 1,
            args: { id, post: 'p' },
            expected: { [`seeker/${id}`]: state },
          },
          createWorld().view,
          actors.cityCounsellor,
          moment,
        ),
      );
      expect(answers[0]).toEqual(answers[1]);
    },
  );

  const ofHW = [
    ['registration.amend', 'rg-sato'],
    ['referral.amend', 'rf-open'],
    ['referral.apply', 'rf-open'],
    ['placement.amend', 'pl-sato'],
  ] as const;
  test.each(ofHW)(
    '%s: a record about a foreign person is like one that is not there',
    (verb, id) => {
      for (const as of ['cityCounsellor', 'counter', 'contractor'] as const) {
        const world = createWorld();
        const answer = world.judge(verb, { id }, as);
        expect(answer).toEqual(world.judge(verb, { id: 'no-such' }, as));
        expect(answer.outcome).toBe('rejected');
      }
    },
  );

  test('a live link shows the person and still lets nobody write', () => {
    const world = createWorld();
    expect(world.state('link', 'li-sato')).toBe('live');
    expect(world.judge('seeker.amend', { id: 'c-sato', post: 'p' }, 'hwCounsellor')).toMatchObject({
      problem: { code: 'notFound' },
    });
  });
});

test('a judgement changes nothing by itself', () => {
  const world = createWorld();
  const before = JSON.stringify(world.view.get('visit', 'v-nobody'));
  world.judge('visit.call', { id: 'v-nobody' }, 'hwCounsellor');
  expect(JSON.stringify(world.view.get('visit', 'v-nobody'))).toBe(before);
  expect(world.part('visit/v-nobody/facts')['date']).toBe(today);
});
