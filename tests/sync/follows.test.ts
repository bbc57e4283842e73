/** A phone number and its last digits stand in two parts and merge apart: they are one choice all the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withNewTail } from '../../src/app/logic/registration-parts.ts';
import { amendArgs } from '../../src/app/logic/amend-args.ts';
import { choicesOf, conflictsOf, type Choice } from '../../src/domain/conflict.ts';
import { allFields } from '../../src/domain/kind.ts';
import { seeker, tailOf } from '../../src/domain/kinds/seeker.ts';
import { settleArgs, type Keep } from '../../src/domain/settle.ts';
import { flatten } from '../../src/domain/verbs.ts';
import type { Values } from '../../src/domain/value.ts';
import { baseOf } from '../../src/sync/evaluate.ts';
import { createWorld, type World } from '../support/world.ts';

const id = 'c-sato';
const [ours, theirs] = ['090-1111-2222', '090-7777-8888'];
const now = (world: World) => flatten(world.view.get('seeker', id));
const choices = (world: World) => choicesOf(seeker, world.view.get('seeker', id));
const beside = (world: World) =>
  ['card', 'file'].flatMap((part) => conflictsOf(world.part(`seeker/${id}/${part}`)));

/** As the form sends it: the last digits go along unless they were typed as well. */
const typed = (before: Values, values: Values) => ({
  id,
  ...amendArgs(allFields(seeker), before, withNewTail(before, { ...before, ...values })),
});

let entries = 0;

/** What the author of `args` saw is what stands now; it arrives when the answer is called. */
function written(world: World, verb: string, args: Values) {
  const seen = world.judge(verb, args, 'cityCounsellor');
  if (!('changes' in seen)) throw new Error(JSON.stringify(seen.problem));
  const base = baseOf(seen.changes, world.view);
  const entry = `e-${(entries += 1)}`;
  return () => {
    const judged = world.judge(verb, args, 'cityCounsellor', { entry, base });
    if (!('changes' in judged)) throw new Error(JSON.stringify(judged.problem));
    world.apply(judged.changes);
    return judged.outcome;
  };
}

/** Two who saw the same card and typed these; the second arrives after the first. */
function met(before: Values, first: Values, second: Values): World {
  const world = createWorld();
  const { phoneTail, ...file } = before;
  world.set('seeker', id, 'file', file);
  world.set('seeker', id, 'card', phoneTail === undefined ? {} : { phoneTail });
  const all = [first, second].map((one) => written(world, 'seeker.amend', typed(now(world), one)));
  for (const arrives of all) arrives();
  return world;
}

function choose(world: World, choice: Choice | undefined, keep: Keep): void {
  if (!choice) throw new Error('nothing to choose');
  written(world, 'seeker.settle', settleArgs(seeker, id, choice, keep))();
}

const before = { phone: '090-0000-1234', phoneTail: '1234' };

describe('two who change a phone number', () => {
  test.each([
    ['current', ours, '2222'],
    ['other', theirs, '8888'],
  ] as const)('leave one choice, and %s settles both at once', (keep, phone, phoneTail) => {
    const world = met(before, { phone: ours }, { phone: theirs });
    const [choice, ...more] = choices(world);
    expect(more).toEqual([]);
    expect(choice).toMatchObject({ part: 'file', field: 'phone' });
    choose(world, choice, keep);
    expect(now(world)).toMatchObject({ phone, phoneTail });
    expect(beside(world)).toEqual([]);
  });

  test.each([
    ['the first number ends as before', '080-3333-1234', theirs],
    ['the second number ends as before', ours, '080-3333-1234'],
    ['both numbers end alike', ours, '080-3333-2222'],
  ])('%s: only the number met another, and its last digits go with it', (_, first, second) => {
    for (const keep of ['current', 'other'] as const) {
      const world = met(before, { phone: first }, { phone: second });
      expect(beside(world).map(({ field }) => field)).toEqual(['phone']);
      choose(world, choices(world)[0], keep);
      const phone = keep === 'current' ? first : second;
      expect(now(world)).toMatchObject({ phone, phoneTail: phone.slice(-4) });
      expect(choices(world)).toEqual([]);
    }
  });

  test('last digits corrected by hand afterwards stay with the number that they were written for', () => {
    const world = met(before, { phone: ours }, { phone: '080-3333-2222' });
    written(world, 'seeker.amend', { id, phoneTail: '7777' })();
    choose(world, choices(world)[0], 'current');
    expect(now(world)).toMatchObject({ phone: ours, phoneTail: '7777' });
  });

  test('last digits that met others alone are a choice of their own', () => {
    const world = met(before, { phone: ours }, { phoneTail: '7777' });
    const [choice] = choices(world);
    expect(choice?.values).toEqual([{ field: 'phoneTail', current: '2222', other: '7777' }]);
    choose(world, choice, 'other');
    expect(now(world)).toMatchObject({ phone: ours, phoneTail: '7777' });
  });

  test('a number taken out leaves the digits that were there', () => {
    const world = met(before, { phone: ours }, { phone: '' });
    choose(world, choices(world)[0], 'other');
    expect(now(world)['phone']).toBeUndefined();
    expect(now(world)['phoneTail']).toBe('2222');
  });
});

describe('an entry that decides about one of the two alone', () => {
  const half = (field: string, part: string, keep: Keep, entry = '') => ({
    id,
    part,
    field,
    entry,
    keep,
  });

  test('means what it meant: the other waits as the same single choice, and is put right with it', () => {
    for (const keep of ['current', 'other'] as const)
      for (const last of ['current', 'other'] as const) {
        const world = met(before, { phone: ours }, { phone: theirs });
        const { entry } = choices(world)[0] ?? {};
        written(world, 'seeker.settle', half('phoneTail', 'card', keep, entry))();
        expect(beside(world).map(({ field }) => field)).toEqual(['phone']);
        choose(world, choices(world)[0], last);
        const phone = last === 'current' ? ours : theirs;
        expect(now(world)).toMatchObject({ phone, phoneTail: phone.slice(-4) });
        expect(beside(world)).toEqual([]);
      }
  });
});

test('whatever numbers meet, and however often one chooses, the digits are those of the number', () => {
  const phones = [ours, theirs, '080-3333-2222', '011-555-8888', '090-0000-1234'];
  const phone = fc.constantFrom(...phones);
  const keep = fc.constantFrom<Keep>('current', 'other');
  const some = { minLength: 2, maxLength: 4 } as const;
  fc.assert(
    fc.property(fc.array(phone, some), fc.array(keep, { minLength: 1 }), (typedAll, keeps) => {
      const world = createWorld();
      world.set('seeker', id, 'file', { phone: before.phone });
      world.set('seeker', id, 'card', { phoneTail: before.phoneTail });
      const changed = typedAll.filter((one) => one !== before.phone);
      const all = changed.map((one) =>
        written(world, 'seeker.amend', typed(now(world), { phone: one })),
      );
      for (const arrives of all) arrives();
      for (let turn = 0; choices(world).length > 0 && turn < 20; turn++) {
        // Two choose the same without hearing of each other.
        const [first] = choices(world);
        const pressed = [turn, turn + 1].map((at) =>
          written(
            world,
            'seeker.settle',
            settleArgs(seeker, id, first as Choice, keeps[at % keeps.length] ?? 'current'),
          ),
        );
        for (const arrives of turn === 0 ? pressed : pressed.slice(0, 1)) arrives();
      }
      expect(beside(world)).toEqual([]);
      expect(now(world)['phoneTail']).toBe(tailOf(now(world)['phone'] ?? ''));
    }),
    { numRuns: 200 },
  );
});
