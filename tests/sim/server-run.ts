/**
 * The real server in one process of the simulation: the Hono app over its storage, spoken to in process. It can be killed at
 * any point; requests under way then end as a connection that was cut, and what was not committed never was.
 */
import { pino, type Logger } from 'pino';
import { createApp } from '../../src/server/app.ts';
import { makeArea, openArea, type Ports } from '../../src/server/area.ts';
import { createExpiry } from '../../src/server/expiry.ts';
import type { Limits } from '../../src/server/limits.ts';
import type { Server } from '../../src/server/server.ts';
import type { Rng } from './rng.ts';
import type { Process, Schedule } from './schedule.ts';
import type { ServerFaults, SimBase } from './sim-sqlite.ts';
import { testCipher } from './test-cipher.ts';

export interface ServerRun {
  readonly process: Process;
  readonly server: Server;
  readonly ask: (path: string, init: RequestInit) => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const master = new Uint8Array(32).fill(7);
const free = () => Promise.resolve(0);
const guarded = { attempt: free, passed: () => Promise.resolve() };
/** Simulated days ask faster than any clock on the wall; limits have tests of their own. */
const noLimits: Limits = {
  address: free,
  push: free,
  container: free,
  pull: free,
  search: free,
  signIn: guarded,
  deviceCode: guarded,
};

export interface Surroundings {
  readonly schedule: Schedule;
  readonly base: SimBase;
  readonly clock: () => number;
  readonly rng: Rng;
  readonly faults: ServerFaults;
  /** A request or a run of the server's own that threw, for another reason than a full disk. */
  readonly onThrow: (error: Error) => void;
}

/** The server says what went wrong to its log alone. */
function logOver(onThrow: Surroundings['onThrow']): Logger {
  const logMethod = ([first]: readonly unknown[]) => {
    const { err } = (typeof first === 'object' && first !== null ? first : {}) as { err?: unknown };
    if (err instanceof Error && !('errcode' in err)) onThrow(err);
  };
  return pino({ level: 'warn', hooks: { logMethod } }, { write: () => undefined });
}

function portsOf(around: Surroundings, process: Process): Ports {
  const { schedule, base, clock, rng, faults } = around;
  return {
    storage: base.storage(schedule, process, faults),
    master,
    clock,
    random: rng.bytes,
    log: logOver(around.onThrow),
    cipher: testCipher(rng),
  };
}

const encoder = new TextEncoder();

/** What the server looks at of a request; a real one costs more than its answer. */
function lightRequest(path: string, { method = 'GET', headers, body }: RequestInit): Request {
  const bytes = typeof body === 'string' ? encoder.encode(body) : undefined;
  const given = new Map(Object.entries((headers ?? {}) as Record<string, string>));
  const light = {
    method,
    url: `http://town${path}`,
    headers: {
      get: (name: string) => given.get(name.toLowerCase()) ?? null,
      forEach: (look: (value: string, name: string) => void) => given.forEach(look),
    },
    body: bytes ? [bytes] : null,
  };
  return light as unknown as Request;
}

export async function makeServer(around: Surroundings): Promise<void> {
  const ports = portsOf(around, around.schedule.process('maker'));
  await makeArea(ports, { tenant: 'town', area: '試し市', isDemo: false });
}

export async function startServer(around: Surroundings, name: string): Promise<ServerRun> {
  const process = around.schedule.process(name);
  const opened = await openArea(portsOf(around, process));
  if (!opened) throw new Error('no area');
  // Not a copy: that would hold the epoch which was at the beginning.
  const server: Server = Object.assign(opened, { limits: { ...opened.limits, ...noLimits } });
  const app = createApp(server, {
    expiry: createExpiry(server),
    staticDir: '/nowhere',
    trustProxy: false,
  });
  const cut = new Set<(error: Error) => void>();
  process.atDeath.push(() => cut.forEach((end) => end(new TypeError('the server is gone'))));
  return {
    process,
    server,
    ask: (path, init) =>
      new Promise((resolve, reject) => {
        if (process.isDead) return reject(new TypeError('nobody listens'));
        cut.add(reject);
        const work = async () => {
          await around.schedule.point(process);
          const response = await app.fetch(lightRequest(path, init));
          const type = response.headers.get('content-type') ?? '';
          const text = await response.text();
          resolve({ status: response.status, type, text });
        };
        work()
          .catch(reject)
          .finally(() => cut.delete(reject));
      }),
  };
}
