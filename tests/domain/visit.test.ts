/** The visit's machine (design.md §4) and who is attached to it. */
import { describe, expect, test } from 'vitest';
import { visit } from '../../src/domain/kinds/visit.ts';
import { arrival, createWorld, now } from '../support/world.ts';

const open = ['waiting', 'called', 'withCity', 'withHW'];
const machine: Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>> =
  {
    call: { from: ['waiting'], to: 'called' },
    serveCity: { from: ['waiting', 'called', 'withHW'], to: 'withCity' },
    serveHW: { from: ['waiting', 'called', 'withCity'], to: 'withHW' },
    wait: { from: ['called', 'withCity', 'withHW'], to: 'waiting' },
    finish: { from: open, to: 'done' },
    leave: { from: ['waiting', 'called'], to: 'left' },
    reopen: { from: ['done', 'left'], to: 'waiting' },
  };
const states = Object.keys(visit.states ?? {});
const pairs = Object.entries(machine).flatMap(([name, { from, to }]) =>
  states.map((state) => ({ name, state, to: from.includes(state) ? to : undefined })),
);

describe('the visit machine', () => {
  test.each(pairs)('visit.$name from $state → $to', ({ name, state, to }) => {
    const world = createWorld();
    world.set('visit', 'v-nobody', 'facts', { state });
    const judged = world.write(`visit.${name}`, { id: 'v-nobody' }, 'cityCounsellor');
    const found = state === 'voided' ? '取消ずみ' : visit.states?.[state];
    const refused = {
      outcome: 'rejected',
      problem: { code: 'illegalState', kind: 'visit', found },
    };
    if (to === undefined) expect(judged).toEqual(refused);
    expect(world.state('visit', 'v-nobody')).toBe(to ?? state);
  });

  test.each(states)('visit.void from %s', (state) => {
    const world = createWorld();
    world.set('visit', 'v-nobody', 'facts', { state });
    const args = { id: 'v-nobody', voidReason: 'mistake' };
    const judged = world.judge('visit.void', args, 'cityCounsellor');
    expect(judged.outcome).toBe(state === 'voided' ? 'rejected' : 'applied');
    if (state !== 'waiting' && state !== 'voided')
      expect(world.judge('visit.void', args, 'counter')).toMatchObject({
        problem: { code: 'notAllowed' },
      });
  });
});

test('each desk attaches its own person to the open visit; the sides stay apart', () => {
  const world = createWorld();
  world.must('visit.attach', { id: 'v-nobody', seeker: 'c-tanaka' }, 'cityCounsellor');
  world.must('visit.attach', { id: 'v-nobody', seeker: 'h-mori' }, 'hwCounsellor');
  expect(world.part('visit/v-nobody/city')).toEqual({ citySeeker: 'c-tanaka' });
  expect(world.part('visit/v-nobody/hw')).toEqual({ hwSeeker: 'h-mori' });
});

test('an attachment is not a way to clear other fields', () => {
  const args = { id: 'v-nobody', seeker: 'c-tanaka', clear: [{ name: 'ticket' }] };
  expect(createWorld().judge('visit.attach', args, 'cityCounsellor')).toMatchObject({
    problem: { code: 'invalidFields', fields: [{ field: 'ticket' }] },
  });
});

test('the second desk joins the open visit and does not replace who was attached', () => {
  const world = createWorld();
  const session = {
    id: 'k-1',
    visit: 'v-sato',
    services: ['careerCounselling'],
    seeker: 'c-tanaka',
  };
  world.must('consultation.record', session, 'cityCounsellor');
  expect(world.part('visit/v-sato/city')).toEqual({ citySeeker: 'c-sato' });
});

test('the lock screen counts without a person and knows no other verb of the desk', () => {
  const world = createWorld();
  world.must('visit.log', { id: 'v-1', ...arrival, heads: 2 }, 'counter');
  expect(world.part('visit/v-1/facts')).toMatchObject({ arrivedAt: now, heads: 2 });
  expect(world.view.get('visit', 'v-1')?.parts).not.toHaveProperty('city');
  const judged = world.judge('visit.log', { id: 'v-2', ...arrival, seeker: 'h-mori' }, 'counter');
  expect(judged).toMatchObject({ problem: { code: 'notFound', kind: 'seeker' } });
});

test('the lock screen takes back what it has just counted, and not an old arrival', () => {
  const world = createWorld();
  world.must('visit.log', { id: 'v-fresh', ...arrival, arrivedAt: now }, 'counter');
  world.must('visit.log', { id: 'v-old', ...arrival, arrivedAt: now - 11 * 60_000 }, 'counter');
  const undo = (id: string) =>
    world.judge('visit.void', { id, voidReason: 'cancelled' }, 'counter').outcome;
  expect([undo('v-fresh'), undo('v-old')]).toEqual(['applied', 'rejected']);
});
