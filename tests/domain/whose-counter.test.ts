/** What a counter has closed or compared is taken back at that counter; another one of the organisation leaves it alone. */
import { expect, test } from 'vitest';
import { closingId, monthClosingId } from '../../src/domain/kinds/day-closing.ts';
import { reconciliationId } from '../../src/domain/kinds/reconciliation.ts';
import { daysOf } from '../../src/domain/month.ts';
import { createWorld, type World } from '../support/world.ts';
import { voidArgs } from './verb-cases/case.ts';

const site = 's-shiroishi';
const month = '2026-03';

const day = closingId(site, '2026-04-19');
const whole = monthClosingId(site, month);
const compared = reconciliationId(site, month, 'placements');
const missingDays = daysOf(month).map((one) => ({ day: one, why: 'closedDay' }));

const made: Readonly<Record<string, readonly [string, (world: World) => void]>> = {
  dayClosing: [
    day,
    (world) =>
      world.must('dayClosing.close', { id: day, date: '2026-04-19', missing: 0 }, 'citySupervisor'),
  ],
  monthClosing: [
    whole,
    (world) =>
      world.must('monthClosing.close', { id: whole, month, missingDays }, 'citySupervisor'),
  ],
  reconciliation: [
    compared,
    (world) => {
      const figures = { id: compared, month, metric: 'placements', own: 1, official: 1 };
      world.must('reconciliation.record', figures, 'citySupervisor');
    },
  ],
};

test.each(Object.entries(made))('%s', (kind, [id, make]) => {
  const world = createWorld();
  make(world);
  expect(world.judge(`${kind}.void`, voidArgs(id), 'citySupervisorElsewhere')).toMatchObject({
    problem: { code: 'notAllowed' },
  });
  expect(world.judge(`${kind}.void`, voidArgs(id), 'citySupervisor')).toMatchObject({
    outcome: 'applied',
  });
});
