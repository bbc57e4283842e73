/**
 * One way to ask the server: JSON both ways, no cookies, an end after thirty seconds, answers parsed by the wire's schemas.
 * `online` is what the last question found: a captive portal that answers 200 with a page of its own is not the server.
 */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import * as v from 'valibot';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { healthResponse } from '../sync/protocol.ts';
import type { FetchPort, Timers } from './ports.ts';

export interface Net {
  readonly online: ReadonlySignal<boolean | undefined>;
  readonly post: <T>(path: string, body: unknown, answer: Answer<T>, token?: string) => Asked<T>;
  readonly get: <T>(path: string, answer: Answer<T>, token?: string) => Asked<T>;
  /** The heartbeat. */
  readonly isThere: () => Promise<boolean>;
}
type Asked<T> = Promise<Result<T>>;
type Answer<T> = v.GenericSchema<unknown, T>;

const patienceMs = 30_000;
const refusal = v.object({
  problem: v.custom<Problem>(
    (value) => typeof value === 'object' && value !== null && 'code' in value,
  ),
});

export interface NetPorts {
  readonly fetch: FetchPort;
  readonly timers: Timers;
}

export function createNet(ports: NetPorts): Net {
  const online = signal<boolean | undefined>(undefined);
  const ask = async <T>(path: string, init: RequestInit, answer: Answer<T>): Asked<T> => {
    const said = await exchange(ports, path, init);
    online.value = said !== undefined;
    return said ? understand(said, answer) : fail({ code: 'offline' });
  };
  return {
    online,
    post: (path, body, answer, token) =>
      ask(path, { ...request(token), method: 'POST', body: JSON.stringify(body) }, answer),
    get: (path, answer, token) => ask(path, { ...request(token), method: 'GET' }, answer),
    isThere: async () => {
      const found = await ask('/api/health', { ...request(), method: 'GET' }, healthResponse);
      if (!found.ok && found.problem.code === 'malformed') online.value = false;
      return found.ok;
    },
  };
}

function request(token?: string): RequestInit {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    headers: { 'content-type': 'application/json', ...authorization },
  };
}

interface Said {
  readonly status: number;
  readonly body: unknown;
}

/** undefined where nobody of ours answered. */
async function exchange(
  { fetch, timers }: NetPorts,
  path: string,
  init: RequestInit,
): Promise<Said | undefined> {
  const abort = new AbortController();
  const stop = timers.after(patienceMs, () => abort.abort());
  try {
    const response = await fetch(path, { ...init, signal: abort.signal });
    if (!(response.headers.get('content-type') ?? '').includes('json')) return undefined;
    return { status: response.status, body: await response.json() };
  } catch {
    // Whatever the network does wrong means the same here: nobody answered, what was sent may or may not have arrived.
    return undefined;
  } finally {
    stop();
  }
}

function understand<T>({ status, body }: Said, answer: Answer<T>): Result<T> {
  if (status >= 200 && status < 300) {
    const parsed = v.safeParse(answer, body);
    if (parsed.success) return ok(parsed.output);
    return fail({ code: 'malformed', reason: 'answer' });
  }
  const refused = v.safeParse(refusal, body);
  return fail(refused.success ? refused.output.problem : { code: 'serverTrouble' });
}
