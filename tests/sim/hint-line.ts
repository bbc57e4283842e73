/**
 * The stream of hints over a tablet's line. What is under way when the weather turns is lost, comes late or twice; a line that
 * is cut says nothing of it: the stream is mute until the tablet loses patience. Nothing may depend on a hint.
 */
import type { FetchPort } from '../../src/device/ports.ts';
import { failure, portal, silence, type Line, type Wire } from './network.ts';
import type { Process } from './schedule.ts';
import type { Streamed } from './server-run.ts';

const decoder = new TextDecoder();

export function streamOver(wire: Wire, line: Line, process: Process): FetchPort {
  const over = async (path: string, init: RequestInit): Promise<Response> => {
    await wire.schedule.point(process);
    if (line.weather === 'cut') throw failure;
    if (line.weather === 'portal') return portal(wire.rng, path);
    if (line.weather === 'silent') return silence(wire.onFault);
    const answer = await wire.stream(path, init);
    await wire.schedule.point(process);
    const { status, type } = answer;
    const head = { ok: status === 200, status, type: 'basic', redirected: false };
    const headers = { get: (name: string) => (name === 'content-type' ? type : null) };
    const body = answer.body && bodyOver(wire, line, process, answer, init.signal ?? undefined);
    // What hints.ts looks at.
    return { ...head, headers, body } as unknown as Response;
  };
  return (path, init) =>
    new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(failure));
      wire.atEnd.push(() => reject(failure));
      over(path, init).then(resolve, reject);
    });
}

function bodyOver(
  wire: Wire,
  line: Line,
  process: Process,
  { body, onEnd }: Streamed,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const reader = body?.getReader();
  let isOver = false;
  return new ReadableStream({
    start: (out) => {
      const end = (how: () => void) => {
        if (isOver) return;
        isOver = true;
        how();
        void reader?.cancel().catch(() => undefined);
      };
      onEnd(() => end(() => out.error(failure)));
      wire.atEnd.push(() => out.error(failure));
      process.atDeath.push(() => end(() => undefined));
      signal?.addEventListener('abort', () => end(() => out.error(failure)));
      const say = (some: Uint8Array) => {
        if (isOver) return;
        const text = decoder.decode(some);
        if (text.startsWith('data: '))
          wire.onAnswer('/api/hints', {}, { status: 200, type: '', text });
        out.enqueue(some);
      };
      const pump = async () => {
        for (;;) {
          const next = await reader?.read();
          if (!next || next.done || isOver) return end(() => out.close());
          await wire.schedule.point(process);
          await carry(wire, line, next.value, say);
        }
      };
      pump().catch(() => end(() => out.error(failure)));
    },
  });
}

async function carry(
  { rng, onFault }: Wire,
  line: Line,
  some: Uint8Array,
  say: (some: Uint8Array) => void,
): Promise<void> {
  if (line.weather === 'good') return say(some);
  const luck = line.weather === 'bad' ? rng.next() : 1;
  if (luck > 0.6) return onFault('hint lost');
  if (luck > 0.4) {
    onFault('hint late');
    line.late.push(() => say(some));
    return;
  }
  if (luck > 0.3) say(some);
  say(some);
}
