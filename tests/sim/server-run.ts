/**
 * The real server in one process of the simulation: the Hono app over its storage, spoken to in process. It can be killed at
 * any point; requests under way then end as a connection that was cut, and what was not committed never was.
 */
import type { Logger } from 'pino';
import { createApp } from '../../src/server/app.ts';
import { makeArea, openArea, type Ports } from '../../src/server/area.ts';
import { createExpiry } from '../../src/server/expiry.ts';
import type { HintTimers } from '../../src/server/hints.ts';
import type { Limits } from '../../src/server/limits.ts';
import type { Server } from '../../src/server/server.ts';
import type { Place } from './place.ts';
import { useAnswers } from './light-answers.ts';
import type { Rng } from './rng.ts';
import type { Process, Schedule } from './schedule.ts';
import type { ServerFaults, SimBase } from './sim-base.ts';
import type { Tier } from './tier.ts';

export interface ServerRun {
  readonly process: Process;
  readonly server: Server;
  readonly ask: (path: string, init: RequestInit) => Promise<Answer>;
  /** An answer that is read while it comes; it breaks off when the server dies. */
  readonly stream: (path: string, init: RequestInit) => Promise<Streamed>;
}

export interface Streamed {
  readonly status: number;
  readonly type: string;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly onEnd: (end: () => void) => void;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const free = () => Promise.resolve(0);
const guarded = { attempt: free, passed: () => Promise.resolve() };
/** Simulated days ask faster than any clock on the wall; limits have tests of their own. */
const noLimits: Limits = {
  address: free,
  push: free,
  container: free,
  pull: free,
  search: free,
  survey: free,
  signIn: guarded,
  deviceCode: guarded,
};

export interface Surroundings {
  readonly schedule: Schedule;
  readonly base: SimBase;
  readonly clock: () => number;
  readonly timers: (process: Process) => HintTimers;
  readonly tier: Tier;
  readonly place: Place;
  readonly secrets: Rng;
  readonly faults: ServerFaults;
  /** A request or a run of the server's own that threw, for another reason than a full disk. */
  readonly onThrow: (error: Error) => void;
}

/** The server says what went wrong to its log alone; what a killed one still says, nobody hears. */
function logOver(process: Process, onThrow: Surroundings['onThrow']): Logger {
  const hear = (first: unknown) => {
    const { err } = (typeof first === 'object' && first !== null ? first : {}) as { err?: unknown };
    if (err instanceof Error && !('errcode' in err) && !process.isDead) onThrow(err);
  };
  const light = { fatal: hear, error: hear, warn: hear, info: () => undefined };
  // What the server calls of it; a real one costs as much as a request.
  return light as unknown as Logger;
}

function portsOf(around: Surroundings, process: Process): Ports {
  const { schedule, base, clock, tier, place, secrets, faults } = around;
  return {
    storage: base.storage(schedule, process, faults),
    master: place.master,
    clock,
    random: secrets.bytes,
    log: logOver(process, around.onThrow),
    cipher: tier.cipher(secrets),
    timers: around.timers(process),
  };
}

type Named = Readonly<Record<string, string>>;

/** A device names its headers in small letters. */
class LightRequestHeaders {
  readonly #given: Named;
  constructor(given: Named) {
    this.#given = given;
  }
  get(name: string): string | null {
    return this.#given[name.toLowerCase()] ?? null;
  }
  forEach(look: (value: string, name: string) => void): void {
    for (const [name, value] of Object.entries(this.#given)) look(value, name);
  }
}

/** What the server looks at of a request; a real one costs more than its answer. */
function lightRequest(path: string, { method = 'GET', headers, body }: RequestInit): Request {
  const light = {
    method,
    url: `http://town${path}`,
    headers: new LightRequestHeaders((headers ?? {}) as Named),
    body: typeof body === 'string' ? [Buffer.from(body)] : null,
  };
  return light as unknown as Request;
}

export async function makeServer(around: Surroundings): Promise<void> {
  const ports = portsOf(around, around.schedule.process('maker'));
  await makeArea(ports, { tenant: around.place.tenant, area: '試し市', isDemo: false });
}

export async function startServer(around: Surroundings, name: string): Promise<ServerRun> {
  const process = around.schedule.process(name);
  useAnswers(around.tier.name);
  const opened = await openArea(portsOf(around, process));
  if (!opened) throw new Error('no area');
  const server: Server = { ...opened, limits: { ...opened.limits, ...noLimits } };
  const app = createApp(server, {
    expiry: createExpiry(server),
    staticDir: '/nowhere',
    trustProxy: false,
  });
  const cut = new Set<(error: Error) => void>();
  process.atDeath.push(() => cut.forEach((end) => end(new TypeError('the server is gone'))));
  const fetched = async (path: string, init: RequestInit) => {
    await around.schedule.point(process);
    return app.fetch(lightRequest(path, init));
  };
  const whileAlive = <T>(work: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      if (process.isDead) return reject(new TypeError('nobody listens'));
      cut.add(reject);
      const over = () => cut.delete(reject);
      void work().then(resolve, reject).then(over);
    });
  return {
    process,
    server,
    ask: (path, init) =>
      whileAlive(async () => {
        const response = await fetched(path, init);
        const { status } = response;
        const type = response.headers.get('content-type') ?? '';
        return { status, type, text: await response.text() };
      }),
    stream: (path, init) =>
      whileAlive(async () => {
        const { status, headers, body } = await fetched(path, init);
        const type = headers.get('content-type') ?? '';
        return { status, type, body, onEnd: (end) => void process.atDeath.push(end) };
      }),
  };
}
