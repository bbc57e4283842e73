/** A few simulated days in every run of the tests, and every history that once broke a rule. The many run by `npm run sim`. */
import { fork } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { runHistory } from './history.ts';
import type { Replays } from './planted-replay.ts';
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
    const { violations } = await runHistory(template, seed, steps ?? stepsOf(seed));
    expect(violations).toEqual([]);
  },
  60_000,
);

test('a failing seed comes again to the last point, is made small, and so does the small one', async () => {
  const said = await replaysOf('overlay dropped at acknowledgement', 2);
  const [first, second] = said.whole;
  expect(first?.violations.map(({ rule }) => rule)).toContain('I1');
  expect(second).toEqual(first);
  const [small, again] = said.small;
  expect(small?.violations.map(({ rule }) => rule)).toContain('I1');
  expect(again).toEqual(small);
  expect(said.steps.small).toBeLessThan(said.steps.whole / 2);
  // Without the fault the same day is a day like any other.
  expect((await runHistory(template, 2)).violations).toEqual([]);
}, 240_000);

function replaysOf(fault: string, seed: number): Promise<Replays> {
  const file = (name: string) => new URL(name, import.meta.url);
  const child = fork(file('planted-replay.ts'), [], {
    execArgv: ['--import', file('planted-hooks.ts').href],
    env: { ...process.env, SIM_FAULT: fault },
  });
  const { promise, resolve, reject } = Promise.withResolvers<Replays>();
  child.once('exit', () => reject(new Error('it ended without a word')));
  child.once('message', (said) => {
    child.removeAllListeners();
    child.kill();
    resolve(said as Replays); // sent by planted-replay.ts
  });
  child.send(seed);
  return promise;
}

test('hints reach the tablets, and some are lost on the way', async () => {
  const told = { heard: 0, lost: 0 };
  for (let seed = 900_031; seed <= 900_050; seed++) {
    const { town, violations } = await runHistory(template, seed);
    expect({ seed, violations }).toEqual({ seed, violations: [] });
    told.heard += town.notes.paths.get('/api/hints') ?? 0;
    told.lost +=
      (town.notes.faults.get('hint lost') ?? 0) + (town.notes.faults.get('hint late') ?? 0);
  }
  expect(told.heard).toBeGreaterThan(10);
  expect(told.lost).toBeGreaterThan(0);
}, 120_000);
