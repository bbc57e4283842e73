/**
 * Live hints: one stream per browser, held by the tab that has the lock; the other tabs hear of it through the channel. A
 * hint says that the server has something newer; unless this desk has it already, the sync loop is asked for a run a moment
 * later, so that not all tablets come at once. Without a stream, broken or forbidden, the loop's own timer remains.
 */
import * as v from 'valibot';
import { hint } from '../sync/protocol.ts';
import type { Desk } from './desk.ts';
import { durably } from './durable.ts';
import type { DevicePorts } from './ports.ts';
import { readMeta } from './store-db.ts';

const silenceMs = 60_000;
const againMs = 20_000;
const spreadMs = 2_000;
const hintsLock = 'hints';
/** Why a stream ends. Nobody reads it, and an error made for it costs a stack each time. */
const left = 'left';
const hintText = v.pipe(v.string(), v.parseJson(), hint);

export interface HintStream {
  /** Somebody sat down or left. */
  readonly follow: (desk: Desk | undefined) => void;
  /** From another tab. */
  readonly hear: (seq: number) => void;
  readonly stop: () => void;
}

type HintPorts = Pick<DevicePorts, 'stream' | 'timers' | 'chance' | 'channel' | 'locks'>;

export function createHintStream(ports: HintPorts, wake: () => void): HintStream {
  let desk: Desk | undefined;
  let abort = new AbortController();
  let stopTimer = () => {};
  let isWaking = false;
  const hear = (seq: number) => {
    if (isWaking) return;
    isWaking = true;
    const delay = Math.ceil(ports.chance() * spreadMs);
    ports.timers.after(delay, () => {
      isWaking = false;
      void isNew(desk, seq).then((isNews) => isNews && wake());
    });
  };
  const tell = (seq: number) => {
    ports.channel.post({ type: 'hint', seq });
    hear(seq);
  };
  const run = async (own: Desk, signal: AbortSignal) => {
    const work = () => listen(ports, own, signal, tell);
    // Without such locks every tab listens for itself; the server bounds how many.
    await (ports.locks?.ifFree?.(hintsLock, work) ?? work()).catch(() => undefined);
    if (signal.aborted) return;
    const pause = againMs * (0.5 + ports.chance() / 2);
    stopTimer = ports.timers.after(pause, () => void run(own, signal));
  };
  const stop = () => {
    abort.abort(left);
    stopTimer();
  };
  return {
    hear,
    stop,
    follow: (next) => {
      stop();
      desk = next;
      abort = new AbortController();
      if (next && ports.stream) void run(next, abort.signal);
    },
  };
}

async function isNew(desk: Desk | undefined, seq: number): Promise<boolean> {
  if (!desk || desk.isClosed()) return false;
  const known = await durably(desk.db, () => readMeta(desk.db, 'seq'));
  return known.ok && (known.value ?? 0) < seq;
}

/** Until the stream ends, whoever ends it. */
async function listen(
  { stream, timers }: HintPorts,
  desk: Desk,
  signal: AbortSignal,
  tell: (seq: number) => void,
): Promise<void> {
  const token = await desk.login.withToken((found) => Promise.resolve({ ok: true, value: found }));
  if (!token.ok || !stream || signal.aborted) return;
  const silence = new AbortController();
  const ended = AbortSignal.any([signal, silence.signal]);
  let stopWatch = timers.after(silenceMs, () => silence.abort(left));
  try {
    const response = await stream('/api/hints', {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'manual',
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token.value}` },
      signal: ended,
    });
    const isOurs = (response.headers.get('content-type') ?? '').startsWith('text/event-stream');
    if (!response.ok || !isOurs || !response.body) return;
    for await (const line of linesOf(response.body, ended)) {
      stopWatch();
      stopWatch = timers.after(silenceMs, () => silence.abort(left));
      const seq = seqIn(line);
      if (seq !== undefined) tell(seq);
    }
  } finally {
    stopWatch();
    silence.abort(left);
  }
}

async function* linesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const stop = () => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop);
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function seqIn(line: string): number | undefined {
  if (!line.startsWith('data: ')) return undefined;
  const parsed = v.safeParse(hintText, line.slice('data: '.length));
  return parsed.success ? parsed.output.seq : undefined;
}
