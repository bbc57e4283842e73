/** The naive re-execution lets a late look be in without effect, and nothing else. */
import { expect, test } from 'vitest';
import type { Values } from '../../src/domain/value.ts';
import type { Actor } from '../../src/domain/record.ts';
import { actors } from '../support/world.ts';
import type { Received } from './ledger.ts';
import { replay } from './replay.ts';

const id = 'ho-1';
const key = `handoff/${id}`;
const { cityCounsellor: city, hwCounsellor: hw } = actors;
const saw = (state: string, returnReason: string | null = null) => ({
  expected: { [key]: state },
  base: { [`${key}/facts`]: { state, consent: null, returnReason } },
});
const slip = {
  toOrg: hw.org,
  toSite: hw.site,
  reason: 'jobReferral',
  urgency: 'normal',
  slip: '123456',
};

type Row = [verb: string, by: Actor, args: Values, seen?: Partial<Received['body']>, code?: string];
const story = (rows: readonly Row[]): Received[] =>
  rows.map(([verb, actor, args, seen, code = 'applied'], index) => {
    const seq = index + 1;
    const header = {
      id: `e-${seq}`,
      verb: `handoff.${verb}@1`,
      actor: actor.user,
      store: 's',
      seq,
    };
    const body = { args: { id, ...args }, expected: {}, base: {}, salt: '', ...seen };
    const dated = { ...header, occurredAt: seq, businessDate: '2026-04-20' };
    return {
      header: dated,
      hash: '',
      body,
      verdict: { code },
      verdictSeq: seq,
      isMover: true,
      at: seq,
      actor,
    } as unknown as Received;
  });

const disputes = (rows: readonly Row[]) =>
  replay(
    story(rows),
    () => undefined,
    (s) => s,
  ).disputes;
const opened: readonly Row[] = [
  ['offerUnnamed', city, slip],
  ['receive', hw, {}, saw('sent')],
];
const again: readonly Row[] = [
  ['offerUnnamed', city, slip],
  ['return', hw, { returnReason: 'other' }, saw('sent')],
  ['redraft', city, {}, saw('returned', 'other')],
  ['sendUnnamed', city, {}, saw('draft', 'other')],
];

test.each([
  ['merged', 0],
  ['applied', 1],
  ['conflict', 1],
])('a look at what is open already is %s: disputed %i times', (code, times) => {
  expect(disputes([...opened, ['receive', hw, {}, saw('sent'), code]])).toHaveLength(times);
  expect(disputes([...again, ['receive', hw, {}, saw('sent'), code]])).toHaveLength(times);
});

test('what was done to the first round without a name does nothing to the next', () => {
  const late = (code: string): Row => ['cancel', city, { cancelNote: '前の回' }, saw('sent'), code];
  expect(disputes([...again, late('conflict')])).toEqual([]);
  expect(disputes([...again, late('applied')])).toHaveLength(1);
  expect(disputes([...opened, late('applied')])).toEqual([]);
});
