/** The real process: starts on an empty folder, survives SIGKILL, stops on SIGTERM, refuses in words. */
import { protocolVersion } from '../../src/sync/protocol.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'madoguchi-process-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['src/server/main.ts', ...args], {
    env: { PATH: process.env['PATH'], PORT: '0', MADOGUCHI_DATA: folder, ...env },
  });
  children.push(child);
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return { child, exit, said: () => said };
}

async function ready(process: ReturnType<typeof run>): Promise<string> {
  for (;;) {
    const url = /"url":"([^"]+)"/.exec(process.said())?.[1];
    if (url) return url;
    if (process.child.exitCode !== null) throw new Error(process.said());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function healthOf(process: ReturnType<typeof run>): Promise<object> {
  const answer = await fetch(`${await ready(process)}/api/health`);
  return (await answer.json()) as object; // compared, never trusted
}

test('starts, is killed, starts again with the same keys, stops on SIGTERM', async () => {
  const first = run(['--demo']);
  const health = await healthOf(first);
  expect(health).toMatchObject({ ok: true, protocol: protocolVersion });
  first.child.kill('SIGKILL');
  await first.exit;
  const second = run(['--demo']);
  const again = await healthOf(second);
  expect({ ...again, now: 0 }).toEqual({ ...health, now: 0 });
  second.child.kill('SIGTERM');
  expect(await second.exit).toBe(0);
}, 30_000);

test('a demo folder is no real area, and clear http goes nowhere', async () => {
  const real = run([]);
  expect(await real.exit).toBe(1);
  expect(real.said()).toContain('holds the demo');
  const open = run(['--demo'], { HOST: '0.0.0.0' });
  expect(await open.exit).toBe(1);
  expect(open.said()).toContain('this machine alone');
}, 30_000);

test('init makes a real area once, with a code for the first tablet', async () => {
  const data = join(folder, 'real');
  const weak = run(['init'], { MADOGUCHI_DATA: data, MADOGUCHI_INIT_PASSWORD: 'short' });
  expect(await weak.exit).toBe(1);
  const env = { MADOGUCHI_DATA: data, MADOGUCHI_INIT_PASSWORD: 'long enough to be one' };
  const made = run(['init', '--area', '見本市'], env);
  expect(await made.exit).toBe(0);
  expect(made.said()).toMatch(/: \d{8}\n/);
  expect(await run(['init'], env).exit).toBe(1);
  const server = run([], env);
  const area = await (await fetch(`${await ready(server)}/api/area`)).json();
  expect(area).toEqual({ tenant: 'area', area: '見本市', demo: false });
  const demo = run(['--demo'], env);
  expect(await demo.exit).toBe(1);
  server.child.kill('SIGTERM');
  expect(await server.exit).toBe(0);
}, 30_000);
