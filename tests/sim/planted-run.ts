/**
 * One line per planted bug: in which history it was caught, by which rule; at the end how many of how many. The history
 * that shows it must be without fault where the fault is not planted, or it has shown nothing.
 */
import { fork } from 'node:child_process';
import type { Planted } from './planted-fault.ts';
import { planted } from './planted.ts';
import { regressions } from './regressions.ts';
import type { Found, Search } from './planted-work.ts';

const mostHistories = 1_500;
const script = new URL('planted-work.ts', import.meta.url).pathname;
const hooks = new URL('planted-hooks.ts', import.meta.url).href;

export async function runPlanted(only = '', processes = 2): Promise<number> {
  const began = performance.now();
  const left = planted.filter(({ name }) => name.includes(only));
  const count = left.length;
  let caught = 0;
  const turn = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const { isCaught, words } = await tryOne(one);
      if (isCaught) caught += 1;
      console.log(`${isCaught ? 'caught' : 'MISSED'} ${one.name}: ${words}`);
    }
  };
  await Promise.all(Array.from({ length: processes }, turn));
  console.log(`seconds ${((performance.now() - began) / 1000).toFixed(1)}`);
  console.log(`planted ${count} caught ${caught}`);
  return caught === count ? 0 : 1;
}

async function tryOne(
  one: Planted,
): Promise<{ readonly isCaught: boolean; readonly words: string }> {
  const { rules, seeds = [], day } = one;
  const steps = regressions.find(({ what }) => what === day)?.steps;
  const played = steps ? { steps } : {};
  const found = await ask(one, true, { rules, seeds, most: mostHistories, ...played });
  const short = ({ words }: Found) => words.slice(0, 140).replaceAll('\n', ' ');
  if (found.seed === undefined) return { isCaught: false, words: short(found) };
  const { seed } = found;
  const without = await ask(one, false, { rules: [], seeds: [seed], most: 0, ...played });
  const isCaught = without.histories === 1 && without.seed === undefined;
  const odd = isCaught ? '' : `, and without the fault ${short(without)}`;
  return { isCaught, words: `seed ${seed} (${found.histories} histories) ${short(found)}${odd}` };
}

function ask({ name, weights }: Planted, isPlanted: boolean, search: Search): Promise<Found> {
  const child = fork(script, [], {
    execArgv: isPlanted ? ['--import', hooks] : [],
    env: { ...process.env, SIM_FAULT: name, ...(weights && { SIM_WEIGHTS: weights }) },
    silent: true,
  });
  let errors = '';
  child.stderr?.on('data', (some: Buffer) => (errors += some.toString()));
  const { promise, resolve } = Promise.withResolvers<Found>();
  child.once('exit', () =>
    resolve({ histories: 0, words: `did not run: ${errors.slice(0, 600)}` }),
  );
  child.once('message', (found) => {
    child.removeAllListeners();
    child.kill();
    resolve(found as Found); // sent by planted-work.ts
  });
  child.send(search);
  return promise;
}
