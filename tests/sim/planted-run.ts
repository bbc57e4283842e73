/** One line per planted bug: caught after how many histories, by which rule; at the end how many of how many. */
import { fork } from 'node:child_process';
import { planted } from './planted.ts';
import type { Sums } from './run.ts';

const mostHistories = 4_000;
const script = new URL('../../scripts/sim.ts', import.meta.url).pathname;
const hooks = new URL('planted-hooks.ts', import.meta.url).href;

export async function runPlanted(only = ''): Promise<number> {
  const left = planted.filter(({ name }) => name.includes(only));
  const count = left.length;
  let caught = 0;
  const turn = async () => {
    for (let one = left.shift(); one; one = left.shift()) {
      const found = await tryOne(one.name);
      if (found.isCaught) caught += 1;
      console.log(`${found.isCaught ? 'caught' : 'MISSED'} ${one.name}: ${found.words}`);
    }
  };
  await Promise.all([turn(), turn()]);
  console.log(`planted ${count} caught ${caught}`);
  return caught === count ? 0 : 1;
}

interface Found {
  readonly isCaught: boolean;
  readonly words: string;
}

function tryOne(name: string): Promise<Found> {
  const child = fork(script, ['--work'], {
    execArgv: ['--import', hooks],
    env: { ...process.env, SIM_FAULT: name },
    silent: true,
  });
  let errors = '';
  child.stderr?.on('data', (some: Buffer) => (errors += some.toString()));
  return new Promise((resolve) => {
    const end = (found: Found) => {
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      resolve(found);
    };
    child.on('exit', () => end({ isCaught: false, words: `did not run: ${errors.slice(0, 600)}` }));
    child.on('message', (message) => {
      const { histories, failed } = message as Sums; // sent by scripts/sim.ts
      const [first] = failed;
      const rule = first?.words.slice(0, 110).replaceAll('\n', ' ');
      end(
        first
          ? { isCaught: true, words: `after ${histories} histories, ${rule}` }
          : { isCaught: false, words: `not in ${histories} histories` },
      );
    });
    child.send({ from: 1, count: mostHistories, onFailure: 'stop' });
  });
}
