/**
 * The line between one tablet and the server, with everything that lines do: cut, lose the question, lose the answer after
 * the server has acted, deliver twice, deliver late, go silent for ever, tear an answer in the middle, and a Wi-Fi portal
 * that answers in the server's place. Each is drawn from the seed.
 */
import type { FetchPort } from '../../src/device/ports.ts';
import type { Rng } from './rng.ts';
import type { Process, Schedule } from './schedule.ts';
import type { Answer, Streamed } from './server-run.ts';

export type Weather = 'good' | 'cut' | 'bad' | 'silent' | 'portal';

export interface Line {
  weather: Weather;
  /** Answers that are held back until the line is good again or the question is given up. */
  readonly late: (() => void)[];
}

export interface Wire {
  readonly schedule: Schedule;
  readonly rng: Rng;
  readonly ask: (path: string, init: RequestInit) => Promise<Answer>;
  readonly stream: (path: string, init: RequestInit) => Promise<Streamed>;
  readonly onFault: (what: string) => void;
  /**
   * Run when the history is over. Node keeps a signal made of others (hints.ts) until it fires, with all that listens to it;
   * that of a dead tab never does, and each would hold its whole history in memory.
   */
  readonly atEnd: (() => void)[];
  /** What the server was really asked and what it answered, delivered or not. */
  readonly onAnswer: (path: string, init: RequestInit, answer: Answer) => void;
}

export function createLine(): Line {
  return { weather: 'good', late: [] };
}

export function heal(line: Line): void {
  line.weather = 'good';
  for (const go of line.late.splice(0)) go();
}

// One for all: where it came from says nothing, and a stack each time costs.
export const failure = new TypeError('the network failed');
const failed = () => failure;

export function fetchOver(wire: Wire, line: Line, process: Process): FetchPort {
  const { schedule, rng, onFault } = wire;
  const deliver = async (path: string, init: RequestInit) => {
    const answer = await wire.ask(path, init);
    wire.onAnswer(path, init, answer);
    return answer;
  };
  const over = async (path: string, init: RequestInit): Promise<Response> => {
    await schedule.point(process);
    if (line.weather === 'cut') throw failed();
    if (line.weather === 'portal') return portal(rng, path);
    if (line.weather === 'silent') return silence(onFault);
    if (line.weather === 'good') {
      const answer = await deliver(path, init);
      await schedule.point(process);
      return responseOf(answer);
    }
    return badly(path, init);
  };
  const badly = async (path: string, init: RequestInit): Promise<Response> => {
    const luck = rng.next();
    if (luck < 0.15) {
      onFault('question lost');
      throw failed();
    }
    if (luck < 0.3) {
      onFault('delivered twice');
      void deliver(path, init).catch(() => undefined);
    }
    const answer = await deliver(path, init);
    await schedule.point(process);
    if (luck > 0.85) {
      onFault('answer lost');
      throw failed();
    }
    if (luck > 0.75) {
      onFault('answer torn');
      return responseOf({ ...answer, text: answer.text.slice(0, -2) });
    }
    if (luck > 0.6) {
      onFault('answer late');
      await new Promise<void>((resolve) => line.late.push(resolve));
      await schedule.point(process);
    }
    return responseOf(answer);
  };
  return (path, init) =>
    new Promise((resolve, reject) => {
      const { signal } = init;
      signal?.addEventListener('abort', () => reject(failed()));
      over(path, init).then(resolve, reject);
    });
}

export function silence(onFault: Wire['onFault']): Promise<never> {
  onFault('no answer ever');
  return new Promise(() => undefined);
}

/** A sign-in page, a redirect, or JSON that is not ours. */
export function portal(rng: Rng, path: string): Response {
  const kind = rng.below(4);
  if (kind === 0) return responseOf({ status: 200, type: 'text/html', text: '<html>' });
  if (kind === 1) return responseOf({ status: 302, type: 'text/html', text: '' });
  if (kind === 2) return responseOf({ status: 511, type: 'application/json', text: '{}' });
  return responseOf({ status: 200, type: 'application/json', text: `{"login":"${path}"}` });
}

function responseOf({ status, type, text }: Answer): Response {
  const light = {
    ok: status >= 200 && status < 300,
    status,
    type: 'basic',
    redirected: false,
    headers: { get: (name: string) => (name === 'content-type' ? type : null) },
    json: async (): Promise<unknown> => JSON.parse(text),
    text: async () => text,
  };
  // What net.ts looks at; a real Response costs ten times as much.
  return light as unknown as Response;
}
