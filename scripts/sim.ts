/**
 * Simulated days (tests/sim): `--histories 20000` on two processes, `--seed 123` one history again with its smallest failing
 * form, `--planted` the deliberate faults that the bench has to catch; `--mixed` so many of each kind of evil days;
 * `--full` the same days on fake IndexedDB, WebCrypto and SQLite files. Ends with 1 where a rule was broken.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { runHistory, type Outcome } from '../tests/sim/history.ts';
import { add, explain, noSums, runRange, type Sums } from '../tests/sim/run.ts';
import { mixes } from '../tests/sim/mixes.ts';
import { makeTemplate } from '../tests/sim/template.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    planted: { type: 'boolean', default: false },
    mixed: { type: 'boolean', default: false },
    only: { type: 'string' },
    full: { type: 'boolean', default: false },
    work: { type: 'boolean', default: false },
  },
});

const processes = 2;
/** Days given out at once: few, so that both processes end together. */
const chunk = 20;

/**
 * A day goes once through nearly all the code there is: small machine code stays in the processor's caches, inlined does not.
 * And the dearest compiler, beside whose threads the days are played, is for what is called very often alone.
 */
const compileLess = [
  '--invocation-count-for-turbofan=15000',
  '--max-inlined-bytecode-size=150',
  '--max-inlined-bytecode-size-cumulative=300',
  '--max-maglev-inlined-bytecode-size=100',
  '--max-maglev-inlined-bytecode-size-cumulative=200',
];

/**
 * A day leaves twenty megabytes behind and keeps nothing of them: swept after several days at once there is little to copy,
 * and the threads that sweep do not stand in the other process's way. Takes up to a gigabyte each.
 */
const collectLess = [
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--heap-growing-percent=1000',
];

async function player(): Promise<(seed: number) => Promise<Outcome>> {
  if (values.full) return (await import('../tests/sim/full-run.ts')).fullPlayer();
  const template = await makeTemplate();
  return (seed) => runHistory(template, seed);
}

async function runAll(from: number, histories: number): Promise<number> {
  const began = performance.now();
  const sums = noSums();
  let next = from;
  const end = from + histories;
  const workers = Array.from({ length: processes }, () => worker());
  await Promise.all(
    workers.map(async (one) => {
      while (next < end && sums.failed.length < 10) {
        const [at, count] = [next, Math.min(chunk, end - next)];
        next += count;
        const done = await one.run(at, count);
        for (const { seed, words } of done.failed) console.log(`seed ${seed}: ${words}`);
        add(sums, done);
      }
      one.end();
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const [failed] = sums.failed;
  // Threads answer when they answer: of the full tier a seed is not a history to the last point.
  if (failed && !values.full) console.log(await explain(failed.seed));
  const rate = (sums.histories / seconds).toFixed(1);
  console.log(`steps ${sums.steps} writes ${sums.writes} faults injected ${sums.faults}`);
  console.log(`seconds ${seconds.toFixed(1)} histories/s ${rate}`);
  const stand = values.full ? ' tier full' : '';
  console.log(`histories ${sums.histories} violations ${sums.failed.length}${stand}`);
  return sums.failed.length === 0 ? 0 : 1;
}

/** Weights are read when a process starts: each mix has its own. */
async function runMixed(from: number, histories: number): Promise<number> {
  const ends: number[] = [];
  for (const [index, weights] of mixes.entries()) {
    console.log(`SIM_WEIGHTS='${weights}'`);
    const range = ['--histories', `${histories}`, '--from', `${from + index * histories}`];
    const env = { ...process.env, SIM_WEIGHTS: weights };
    const [code] = await once(fork(import.meta.filename, range, { env }), 'exit');
    ends.push(code === 0 ? 0 : 1);
  }
  return Math.max(...ends);
}

function worker() {
  const asked = ['--work', ...(values.full ? ['--full'] : [])];
  const execArgv = [...process.execArgv, ...compileLess, ...collectLess];
  const child = fork(import.meta.filename, asked, { execArgv });
  return {
    run: (from: number, count: number) =>
      new Promise<Sums>((resolve, reject) => {
        child.once('exit', () => reject(new Error('a worker ended')));
        child.once('message', (sums) => {
          child.removeAllListeners('exit');
          resolve(sums as Sums); // sent by work() below
        });
        child.send({ from, count });
      }),
    end: () => child.disconnect(),
  };
}

async function work(): Promise<void> {
  const play = await player();
  process.on('message', ({ from, count, onFailure }: Asked) => {
    void runRange(play, from, count, onFailure).then((sums) => process.send?.(sums));
  });
}

interface Asked {
  readonly from: number;
  readonly count: number;
  readonly onFailure?: 'stop';
}

if (values.work) await work();
else if (values.planted) {
  const { runPlanted } = await import('../tests/sim/planted-run.ts');
  process.exitCode = await runPlanted(values.only);
} else if (values.mixed)
  process.exitCode = await runMixed(Number(values.from), Number(values.histories));
else if (values.seed !== undefined)
  console.log(
    values.full
      ? JSON.stringify((await (await player())(Number(values.seed))).violations)
      : await explain(Number(values.seed)),
  );
else process.exitCode = await runAll(Number(values.from), Number(values.histories));
