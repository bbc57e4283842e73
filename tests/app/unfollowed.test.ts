/** Which hires wait for their retention checks to be planned, and what 記録を足す leaves out while there is no hire. */
import { describe, expect, test } from 'vitest';
import { addableFor } from '../../src/app/logic/record-kinds.ts';
import { byGroup, listed } from '../../src/app/logic/record-list.ts';
import { unfollowed } from '../../src/app/logic/record-unfollowed.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Rec } from '../../src/domain/record.ts';
import type { Values } from '../../src/domain/value.ts';
import { actors } from '../support/world.ts';

const rec = (kind: string, id: string, facts: Values): Rec => ({ kind, id, parts: { facts } });
const hw = actors.hwCounsellor;
const hire = (id: string, facts: Values = {}) =>
  rec('placement', id, { org: hw.org, state: 'confirmed', startDate: '2026-11-02', ...facts });
const found = (about: readonly Rec[], today = '2026-11-20') =>
  unfollowed(about, hw, today).map(({ id }) => id);

describe('a hire that nobody follows', () => {
  test('is one of the own organisation with no plan and no check', () => {
    expect(found([hire('p1')])).toEqual(['p1']);
    expect(found([hire('p1', { retentionPlan: 'c1' })])).toEqual([]);
    expect(found([hire('p1', { org: 'elsewhere' })])).toEqual([]);
    expect(found([hire('p1', { state: 'cancelled' })])).toEqual([]);
  });

  test('a single check counts as followed, one that was taken back does not', () => {
    const check = (state: string) => rec('retentionCheck', 'c1', { placement: 'p1', state });
    expect(found([hire('p1'), hire('p2'), check('due')])).toEqual(['p2']);
    expect(found([hire('p1'), check('voided')])).toEqual(['p1']);
  });

  test('half a year after the start it is over', () => {
    expect(found([hire('p1')], '2027-05-02')).toEqual(['p1']);
    expect(found([hire('p1')], '2027-05-03')).toEqual([]);
  });
});

describe('記録を足す', () => {
  const names = (hasOne: (kind: string) => boolean) => {
    const { usual, others } = addableFor(hw, hasOne);
    return [...usual, ...others.flatMap(({ verbs }) => verbs)].map(({ name }) => name);
  };

  test('offers what hangs on a hire only when there is one, and nothing is lost by the order', () => {
    const without = names((kind) => kind !== 'placement');
    expect(names(() => true)).toContain('retentionCheck.plan');
    expect(without).not.toContain('retentionCheck.plan');
    expect(without).not.toContain('retentionCheck.add');
    expect(new Set(without).size).toBe(without.length);
    expect(without).toEqual(expect.arrayContaining(['appointment.book', 'userCard.issue']));
  });

  test('begins with the appointment', () => {
    expect(addableFor(actors.cityCounsellor, () => false).usual[0]?.name).toBe('appointment.book');
  });
});

describe('the directory', () => {
  const services = kindNamed('serviceEntry');
  const entry = (id: string, serviceName: string, more: Values = {}) =>
    rec('serviceEntry', id, { state: 'listed', serviceName, ...more });

  test('stands by name, and is found by what the service is about', () => {
    if (!services) throw new Error('no directory');
    const all = [entry('a', 'あ', { about: '家賃の相談' }), entry('b', 'わ')];
    const rows = (words: string) =>
      listed(services, byGroup(services, all), { group: 'open', words }, { get: () => undefined });
    expect(rows('').map(({ id }) => id)).toEqual(['a', 'b']);
    expect(rows('家賃').map(({ id }) => id)).toEqual(['a']);
  });
});
