/** The legal days of a disclosure request (個人情報保護法83条): thirty, thirty more once, and none while she completes it. */
import { expect, test } from 'vitest';
import { disclosureRequest } from '../../src/domain/kinds/disclosure-request.ts';
import { createWorld, type World } from '../support/world.ts';

const asked = {
  id: 'dr-1',
  requestKind: 'disclose',
  receivedOn: '2026-04-20',
  requester: '架空 花子',
  requesterKind: 'self',
  identity: 'photo',
  subject: '相談の記録すべて',
};
const id = 'dr-1';
const on = (businessDate: string) => ({ businessDate });
const dueOf = (world: World) => world.part('disclosureRequest/dr-1/facts')['dueOn'];

function received(): World {
  const world = createWorld();
  world.must('disclosureRequest.receive', asked, 'cityCounsellor');
  return world;
}

test('thirty days, the first not counted', () => {
  expect(dueOf(received())).toBe('2026-05-20');
});

test('the days of completing it do not count', () => {
  const world = received();
  world.must('disclosureRequest.askSupplement', { id }, 'citySupervisor', on('2026-04-22'));
  world.must('disclosureRequest.supplement', { id }, 'cityCounsellor', on('2026-05-01'));
  expect(dueOf(world)).toBe('2026-05-29');
  expect(world.part('disclosureRequest/dr-1/facts')).not.toHaveProperty('supplementFrom');
});

test('thirty more with a reason, and never twice', () => {
  const world = received();
  const extend = { id, extensionReason: 'search' };
  world.must('disclosureRequest.extend', extend, 'citySupervisor');
  expect(dueOf(world)).toBe('2026-06-19');
  expect(world.judge('disclosureRequest.extend', extend, 'citySupervisor')).toMatchObject({
    problem: { code: 'illegalState', found: '期限を延ばした' },
  });
});

test('reopened after a decision, it cannot be extended a second time', () => {
  const world = received();
  const extend = { id, extensionReason: 'search' };
  world.must('disclosureRequest.extend', extend, 'citySupervisor');
  world.must('disclosureRequest.decide', { id, outcome: 'granted' }, 'citySupervisor');
  world.must('disclosureRequest.reopen', { id }, 'citySupervisor');
  expect(dueOf(world)).toBe('2026-06-19');
  expect(world.judge('disclosureRequest.extend', extend, 'citySupervisor')).toMatchObject({
    outcome: 'rejected',
    problem: { code: 'refused' },
  });
});

test('it is listed a fortnight before, until it is decided and done', () => {
  const world = received();
  const due = () => {
    const record = world.view.get('disclosureRequest', id);
    return record && disclosureRequest.due?.(record, '2026-05-01');
  };
  expect(due()).toMatchObject({ date: '2026-05-20', from: '2026-05-06' });
  world.must('disclosureRequest.decide', { id, outcome: 'granted' }, 'citySupervisor');
  expect(due()).toMatchObject({ word: '決めたことを行う' });
  world.must('disclosureRequest.carryOut', { id }, 'cityCounsellor');
  expect(due()).toBeUndefined();
});
