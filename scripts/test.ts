/**
 * `npm test`: types, lint, format, unit tests, build with its size limits, the real-browser day and the short proofs, in
 * that order. Each step's output is shown; the last line is `N passed, N failed`, steps without a tally counting as one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-test-'));
const tally = join(folder, 'tally');

const steps: readonly (readonly [name: string, script: string, args?: readonly string[]])[] = [
  ['types', 'types'],
  ['lint', 'lint'],
  ['format', 'format:check'],
  ['unit', 'unit'],
  ['build', 'build'],
  ['size', 'size'],
  ['seeds', 'verify:seeds'],
  ['boundaries', 'verify:boundaries'],
  ['e2e', 'e2e'],
  ['kill', 'verify:kill', ['--rounds', '10']],
  ['plaintext', 'verify:plaintext'],
];

let passed = 0;
let failed = 0;

function run(script: string, args: readonly string[] = []): boolean {
  const command = ['run', '-s', script, ...(args.length > 0 ? ['--', ...args] : [])];
  const env = { ...process.env, MADOGUCHI_TALLY: tally };
  return spawnSync('npm', command, { stdio: 'inherit', env }).status === 0;
}

function tallied(): readonly [number, number] {
  try {
    const lines = readFileSync(tally, 'utf8').trim().split('\n');
    rmSync(tally);
    return lines
      .map((line) => line.split(' ').map(Number))
      .reduce<[number, number]>((sum, [p = 0, f = 0]) => [sum[0] + p, sum[1] + f], [0, 0]);
  } catch {
    return [0, 0];
  }
}

for (const [name, script, args] of steps) {
  console.log(`\n== ${name}`);
  const isGood = run(script, args);
  const [p, f] = tallied();
  passed += p + (p + f === 0 && isGood ? 1 : 0);
  failed += f + (f === 0 && !isGood ? 1 : 0);
  if (!isGood) console.log(`== ${name}: failed`);
}
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
