/** A real server process of this repository with its own data folder, for browsers and for kills. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RealServer {
  readonly origin: string;
  readonly data: string;
  readonly pid: () => number | undefined;
  /** SIGKILL, as a power cut of the process. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port and data. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilHealthy(origin: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`server ended with ${child.exitCode}`);
    const answer = await fetch(`${origin}/api/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('server did not answer /api/health within 60 s');
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()));

export async function startRealServer(): Promise<RealServer> {
  const data = mkdtempSync(join(tmpdir(), 'madoguchi-data-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  let child: ChildProcess | undefined;
  const start = async () => {
    const env = { ...process.env, PORT: String(port), MADOGUCHI_DATA: data };
    child = spawn(process.execPath, ['src/server/main.ts', '--demo'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await untilHealthy(origin, child);
  };
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal);
    if (child) await ended(child);
  };
  await start();
  const stop = () => end('SIGTERM');
  return {
    origin,
    data,
    pid: () => child?.pid,
    kill: () => end('SIGKILL'),
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
