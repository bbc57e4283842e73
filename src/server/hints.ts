/**
 * Live hints (design.md §6.10): one server-sent event after a commit, carrying the tenant and its sequence, nothing of who
 * changed what. A stream ends with its session, with the server, or when the same store opens too many. Several commits in a
 * second are one event. Whoever misses one pulls by her timer: nothing depends on it.
 */
import type { Sessions } from './sessions.ts';

export const heartbeatMs = 25_000;
const pauseMs = 1_000;
export const mostPerStore = 4;

export interface Hints {
  /** After a commit. */
  readonly tell: (seq: number) => void;
  readonly open: (store: string, token: string) => ReadableStream<Uint8Array>;
  readonly end: (store: string) => void;
  /** The server stops: who listens is sent home. */
  readonly close: () => void;
  readonly count: () => number;
}

interface Stream {
  readonly store: string;
  readonly token: string;
  readonly send: (text: string) => void;
  readonly end: () => void;
}

/** What the server waits with; simulated days have time of their own. */
export interface HintTimers {
  readonly after: (ms: number, work: () => void) => () => void;
}

const realTimers: HintTimers = {
  after: (ms, work) => {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

export interface HintPorts {
  readonly tenant: string;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly clock: () => number;
  readonly timers?: HintTimers | undefined;
}

export function createHints(ports: HintPorts): Hints {
  const { tenant, sessions, clock, timers = realTimers } = ports;
  const streams = new Set<Stream>();
  let stopBeat: (() => void) | undefined;
  let stopPending: (() => void) | undefined;
  let latest = 0;
  let isClosed = false;

  const send = (text: string) => {
    const now = clock();
    for (const stream of streams)
      if (sessions.find(stream.token, now)) stream.send(text);
      else stream.end();
  };
  const flush = () => {
    stopPending = undefined;
    send(`data: ${JSON.stringify({ tenant, seq: latest })}\n\n`);
  };
  const beat = () => {
    stopBeat = timers.after(heartbeatMs, beat);
    send(': still here\n\n');
  };
  const drop = (stream: Stream) => {
    streams.delete(stream);
    if (streams.size > 0) return;
    stopBeat?.();
    stopPending?.();
    [stopBeat, stopPending] = [undefined, undefined];
  };
  const open = (store: string, token: string) => {
    const { body, stream } = openStream(store, token, drop);
    if (isClosed) stream.end();
    else streams.add(stream);
    stopBeat ??= timers.after(heartbeatMs, beat);
    stream.send(': here\n\n');
    const own = [...streams].filter((one) => one.store === store);
    for (const old of own.slice(0, -mostPerStore)) old.end();
    return body;
  };
  return {
    tell: (seq) => {
      latest = Math.max(latest, seq);
      if (streams.size > 0) stopPending ??= timers.after(pauseMs, flush);
    },
    open,
    end: (store) => {
      for (const stream of streams) if (stream.store === store) stream.end();
    },
    close: () => {
      isClosed = true;
      for (const stream of streams) stream.end();
    },
    count: () => streams.size,
  };
}

/** Whoever does not read what is sent to her is no longer there. */
const mostUnread = 100;

function openStream(store: string, token: string, onEnd: (stream: Stream) => void) {
  const encoder = new TextEncoder();
  const { readable: body, writable } = new TransformStream<Uint8Array, Uint8Array>(
    undefined,
    { highWaterMark: mostUnread },
    { highWaterMark: mostUnread },
  );
  const writer = writable.getWriter();
  const stream: Stream = {
    store,
    token,
    send: (text) => {
      if ((writer.desiredSize ?? 0) <= 0) return stream.end();
      writer.write(encoder.encode(text)).catch(() => onEnd(stream));
    },
    end: () => {
      onEnd(stream);
      writer.close().catch(() => undefined);
    },
  };
  writer.closed.catch(() => onEnd(stream));
  return { body, stream };
}
