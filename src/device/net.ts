/**
 * One way to ask the server: JSON both ways, no cookies, an end to every wait, answers parsed by the wire's schemas.
 * Whoever else answers is not the server: a Wi-Fi portal that redirects, sends a page, or JSON of its own counts as nobody,
 * so that nothing is ever taken for delivered. Its presence is told, for staff can do something about it.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import * as v from 'valibot';
import { fail, ok, type Problem, type Result } from '../domain/problem.ts';
import { healthResponse } from '../sync/protocol.ts';
import type { FetchPort, Timers } from './ports.ts';

export interface Net {
  readonly online: ReadonlySignal<boolean | undefined>;
  /** Somebody answers who is not the server. */
  readonly isPortal: ReadonlySignal<boolean>;
  /** The server's epoch as the last heartbeat said it; unproven. */
  readonly epoch: ReadonlySignal<string | undefined>;
  /** Counts questions that have come to an end, whatever the end. */
  readonly ended: ReadonlySignal<number>;
  readonly post: <T>(path: string, body: unknown, answer: Answer<T>, token?: string) => Asked<T>;
  readonly get: <T>(path: string, answer: Answer<T>, token?: string) => Asked<T>;
  /** The heartbeat. */
  readonly isThere: () => Promise<boolean>;
}
/** Who answered the last question. */
type Reach = 'server' | 'nobody' | 'stranger';
type Asked<T> = Promise<Result<T>>;
type Answer<T> = v.GenericSchema<unknown, T>;

const patienceMs = 25_000;
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
  const reach = signal<Reach | undefined>(undefined);
  const ended = signal(0);
  const epoch = signal<string | undefined>(undefined);
  const exchanged = async (path: string, init: RequestInit) => {
    const said = await exchange(ports, path, init);
    ended.value += 1;
    return said;
  };
  /** Only the server's own health says who it is; asked where an answer cannot be understood. */
  const whoIsThere = async (): Promise<Reach> => {
    const said = await exchanged('/api/health', { ...request(), method: 'GET' });
    if (typeof said === 'string') return said;
    const { result } = understand(said, healthResponse);
    if (result.ok) epoch.value = result.value.epoch;
    return result.ok ? 'server' : 'stranger';
  };
  const ask = async <T>(path: string, init: RequestInit, answer: Answer<T>): Asked<T> => {
    const said = await exchanged(path, init);
    if (typeof said === 'string') {
      reach.value = said;
      return fail({ code: 'offline' });
    }
    const { result, isOurs } = understand(said, answer);
    reach.value = isOurs ? 'server' : await whoIsThere();
    return reach.value === 'server' ? result : fail({ code: 'offline' });
  };
  return {
    online: computed(() => reach.value && reach.value === 'server'),
    isPortal: computed(() => reach.value === 'stranger'),
    ended,
    epoch,
    post: (path, body, answer, token) =>
      ask(path, { ...request(token), method: 'POST', body: JSON.stringify(body) }, answer),
    get: (path, answer, token) => ask(path, { ...request(token), method: 'GET' }, answer),
    isThere: async () => {
      reach.value = await whoIsThere();
      return reach.value === 'server';
    },
  };
}

function request(token?: string): RequestInit {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return {
    credentials: 'omit',
    cache: 'no-store',
    // Seen, not followed: where it leads is nobody's business of ours.
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...authorization },
  };
}

interface Said {
  readonly status: number;
  readonly body: unknown;
}

async function exchange(
  { fetch, timers }: NetPorts,
  path: string,
  init: RequestInit,
): Promise<Said | 'nobody' | 'stranger'> {
  const abort = new AbortController();
  const stop = timers.after(patienceMs, () => abort.abort());
  try {
    const response = await fetch(path, { ...init, signal: abort.signal });
    if (isElsewhere(response)) return 'stranger';
    if (!(response.headers.get('content-type') ?? '').includes('json'))
      return response.ok ? 'stranger' : 'nobody';
    return { status: response.status, body: await response.json() };
  } catch {
    // Whatever the network does wrong means the same here: nobody answered, what was sent may or may not have arrived.
    return 'nobody';
  } finally {
    stop();
  }
}

/** The server never redirects its own API; 511 is a portal by its name. */
function isElsewhere({ type, status, redirected }: Response): boolean {
  const isRedirect = status >= 300 && status < 400;
  return type === 'opaqueredirect' || redirected || isRedirect || status === 511;
}

function understand<T>(
  { status, body }: Said,
  answer: Answer<T>,
): { readonly result: Result<T>; readonly isOurs: boolean } {
  if (status >= 200 && status < 300) {
    const parsed = v.safeParse(answer, body);
    if (parsed.success) return { result: ok(parsed.output), isOurs: true };
    return { result: fail({ code: 'malformed', reason: 'answer' }), isOurs: false };
  }
  const refused = v.safeParse(refusal, body);
  const problem: Problem = refused.success ? refused.output.problem : { code: 'serverTrouble' };
  return { result: fail(problem), isOurs: refused.success };
}
