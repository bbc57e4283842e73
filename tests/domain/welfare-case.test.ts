/** What the one that asked can learn of a welfare case: its moves by consent; without it, nothing that ties to the person. */
import { describe, expect, test } from 'vitest';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Values } from '../../src/domain/value.ts';
import { createWorld, type World } from '../support/world.ts';

const id = { id: 'wc-1' };
const secretIds = ['wc-1', 'ho-sato', 'co-sato', 'li-sato', 'c-sato', 'h-sato'];

function target(items: readonly string[]): World {
  const world = createWorld();
  world.set('link', 'li-sato', 'ties', { linkItems: items });
  const nominated = { ...id, citySeeker: 'c-sato', welfareCategory: ['livelihood'] };
  world.must('welfareCase.nominate', nominated, 'cityCounsellor');
  world.must('welfareCase.consent', { ...id, handoff: 'ho-sato' }, 'cityCounsellor');
  world.must('welfareCase.request', id, 'cityCounsellor');
  world.must('welfareCase.screen', id, 'hwCounsellor');
  world.must('welfareCase.accept', id, 'hwCounsellor');
  return world;
}
const later = { businessDate: '2026-05-11' };

describe('without a consent for the way back', () => {
  test('Hello Work goes on alone, to the end; the case that the city sees stands where it was answered', () => {
    const world = target(['name']);
    const seen = JSON.stringify(world.part('welfareCase/wc-1/facts'));
    world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor', later);
    const apart = { id: 'wc-2' };
    const steps: readonly (readonly [string, Values])[] = [
      ['plan', { ...apart, supportPlan: '週に一度' }],
      ['support', apart],
      ['place', apart],
      ['retain', apart],
      ['close', { ...apart, endReason: 'settled' }],
    ];
    for (const [verb, args] of steps)
      world.must(`welfareCase.${verb}`, args, 'hwCounsellor', later);
    expect(JSON.stringify(world.part('welfareCase/wc-1/facts'))).toBe(seen);
    expect(world.part('welfareCase/wc-2/facts')).toMatchObject({
      state: 'closed',
      placedOn: '2026-05-11',
    });
  });

  test('nothing in the facts of its record leads to the case, the consent or the person', () => {
    const world = target(['name']);
    world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor', later);
    const facts = world.part('welfareCase/wc-2/facts');
    for (const secret of secretIds) expect(JSON.stringify(facts)).not.toContain(secret);
    expect(Object.keys(facts)).not.toEqual(
      expect.arrayContaining(['requestedOn', 'targetOn', 'toOrg']),
    );
    const key = kindNamed('welfareCase')?.parts['facts']?.fields['personKey'];
    expect(key?.shownWhen?.(facts)).toBe(false);
    expect(key?.shownWhen?.(world.part('welfareCase/wc-1/facts'))).toBe(true);
  });

  test('a supported person is counted once: the record apart has no day of acceptance', () => {
    const world = target(['name']);
    world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor');
    const counted = ['wc-1', 'wc-2'].filter(
      (one) => world.part(`welfareCase/${one}/facts`)['targetOn'] !== undefined,
    );
    expect(counted).toEqual(['wc-1']);
  });

  test('the city makes no move in the record apart', () => {
    const world = target(['name']);
    world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor');
    const args = { id: 'wc-2', endReason: 'wish' };
    expect(world.judge('welfareCase.close', args, 'cityCounsellor')).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'notFound' },
    });
  });
});

test('with it, both sides move the one record, until the consent is withdrawn', () => {
  const world = target(['name', 'welfareStatusBack']);
  world.must('welfareCase.plan', { ...id, supportPlan: '週に一度' }, 'hwCounsellor');
  world.must('welfareCase.support', id, 'hwCounsellor');
  world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
  expect(world.judge('welfareCase.place', id, 'hwCounsellor')).toMatchObject({
    problem: { code: 'refused' },
  });
  world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor');
  world.must('welfareCase.place', { id: 'wc-2' }, 'hwCounsellor');
  expect(world.state('welfareCase', 'wc-1')).toBe('supporting');
  expect(world.state('welfareCase', 'wc-2')).toBe('placed');
});

test('a consent past its date lets nothing back, though its end has not been written yet', () => {
  const world = target(['name', 'welfareStatusBack']);
  const after = { businessDate: '2027-04-01' };
  const args = { ...id, supportPlan: '週に一度' };
  expect(world.judge('welfareCase.plan', args, 'hwCounsellor', after)).toMatchObject({
    problem: { code: 'refused' },
  });
});

describe('after the consent has ended', () => {
  const amend = (world: World, args: Values) =>
    world.judge('welfareCase.amend', { ...id, ...args }, 'cityCounsellor');

  test('what the city learns of her welfare is not told in the case that the supporter still sees', () => {
    const world = target(['name', 'welfareStatusBack']);
    expect(amend(world, { welfareCategory: ['housing'] })).toMatchObject({ outcome: 'applied' });
    world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
    for (const told of [
      { welfareCategory: ['housing'] },
      { stage: 'applying' },
      { clear: [{ name: 'stage' }] },
    ])
      expect(amend(world, told)).toMatchObject({ problem: { code: 'refused' } });
    expect(amend(world, { cityNote: '次は5月' })).toMatchObject({ outcome: 'applied' });
  });

  test('the one that asked ends it where the supporter sees nothing of it, and she is no longer at hand there', () => {
    const world = target(['name', 'welfareStatusBack']);
    const apart = { ...id, cityEndReason: 'wish' };
    expect(world.judge('welfareCase.endApart', apart, 'cityCounsellor')).toMatchObject({
      problem: { code: 'refused' },
    });
    world.must('consent.withdraw', { id: 'co-sato' }, 'cityCounsellor');
    const seen = JSON.stringify(world.part('welfareCase/wc-1/facts'));
    for (const verb of ['close', 'withdraw', 'transfer'])
      expect(
        world.judge(`welfareCase.${verb}`, { ...id, endReason: 'wish' }, 'cityCounsellor').outcome,
      ).toBe('rejected');
    world.must('welfareCase.endApart', apart, 'cityCounsellor', later);
    expect(JSON.stringify(world.part('welfareCase/wc-1/facts'))).toBe(seen);
    expect(world.part('welfareCase/wc-1/city')).toMatchObject({
      cityEndReason: 'wish',
      cityEndedOn: '2026-05-11',
    });
    expect(world.judge('welfareCase.endApart', apart, 'cityCounsellor')).toMatchObject({
      problem: { code: 'illegalState' },
    });
    // Hello Work still goes on alone.
    world.must('welfareCase.continueApart', { ...id, newCase: 'wc-2' }, 'hwCounsellor', later);
  });

  test('a candidate whom nobody else sees is corrected without one', () => {
    const world = createWorld();
    const nominated = { ...id, citySeeker: 'c-sato', welfareCategory: ['livelihood'] };
    world.must('welfareCase.nominate', nominated, 'cityCounsellor');
    expect(amend(world, { welfareCategory: ['housing'] })).toMatchObject({ outcome: 'applied' });
  });
});
