/** 定着確認 of a hire that comes to nothing: what is still due goes with it, what was found out stays. */
import { expect, test } from 'vitest';
import { createWorld, type World } from '../support/world.ts';

function planned(): World {
  const world = createWorld();
  world.must('retentionCheck.plan', { id: 're-1', placement: 'pl-sato' }, 'hwCounsellor');
  world.must('retentionCheck.check', { id: 're-1', status: 'working' }, 'hwCounsellor');
  return world;
}
const states = (world: World) =>
  ['re-1', 're-1-1m', 're-1-3m', 're-1-6m'].map((id) => world.state('retentionCheck', id));

test.each([
  ['placement.void', { id: 'pl-sato', voidReason: 'mistake' }],
  ['referral.cancelOffer', { id: 'rf-hired', placement: 'pl-sato' }],
])('%s', (verb, args) => {
  const world = planned();
  expect(states(world)).toEqual(['checked', 'due', 'due', 'due']);
  world.must(verb, args, 'hwCounsellor');
  expect(states(world)).toEqual(['checked', 'voided', 'voided', 'voided']);
});

test('a record that only has such an id is left alone', () => {
  const world = planned();
  world.set('retentionCheck', 're-1-3m', 'facts', { placement: 'pl-other' });
  world.must('placement.void', { id: 'pl-sato', voidReason: 'mistake' }, 'hwCounsellor');
  expect(states(world)).toEqual(['checked', 'voided', 'due', 'voided']);
});

test('planned once, whoever plans it again', () => {
  const again = { id: 're-2', placement: 'pl-sato' };
  expect(planned().judge('retentionCheck.plan', again, 'hwSupervisor')).toMatchObject({
    outcome: 'rejected',
    problem: { code: 'refused' },
  });
});
