/** A few simulated days in every run of the tests, and every history that once broke a rule. The many run by `npm run sim`. */
import { beforeAll, expect, test } from 'vitest';
import { runHistory } from './history.ts';
import { regressions } from './regressions.ts';
import { stepsOf } from './steps.ts';
import { makeTemplate, type Template } from './template.ts';

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
}, 60_000);

test('thirty fresh days break no rule', async () => {
  for (let seed = 900_001; seed <= 900_030; seed++) {
    const { violations, steps } = await runHistory(template, seed);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    expect(steps).toBeGreaterThanOrEqual(60);
  }
}, 120_000);

test('a seed is a history: the same again, to the last point', async () => {
  const trace = async () => {
    const { town, violations } = await runHistory(template, 4711, stepsOf(4711));
    const { confirmed, faults, paths } = town.notes;
    return { points: town.schedule.steps(), confirmed, faults, paths, violations };
  };
  expect(await trace()).toEqual(await trace());
}, 60_000);

test.each(regressions)(
  '$what',
  async ({ seed, steps }) => {
    const { violations } = await runHistory(template, seed, steps);
    expect(violations).toEqual([]);
  },
  60_000,
);
