/** The light streams do what Node's do, as far as hints go. */
import {
  ReadableStream,
  TransformStream,
  type ReadableStreamDefaultController,
} from 'node:stream/web';
import { expect, test } from 'vitest';
import { LightReadableStream, LightTransformStream } from './light-streams.ts';

const real = { ReadableStream, TransformStream };
const light = {
  ReadableStream: LightReadableStream as unknown as typeof ReadableStream,
  TransformStream: LightTransformStream as unknown as typeof TransformStream,
};
type Streams = typeof real;
type Out = ReadableStreamDefaultController<number>;

const quiet = () => new Promise((resolve) => setImmediate(resolve));
const said = (work: Promise<unknown>) =>
  work.then(
    (value) => value ?? 'done',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
const thrown = (work: () => unknown) => {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

function opened({ ReadableStream: Stream }: Streams) {
  let out: Out | undefined;
  const stream = new Stream<number>({ start: (given) => void (out = given) });
  if (!out) throw new Error('not started');
  return { out, stream, reader: stream.getReader() };
}

const readings: Record<string, (streams: Streams) => Promise<unknown>> = {
  'what was written is read, whoever comes first': async (streams) => {
    const { out, reader } = opened(streams);
    const first = said(reader.read());
    for (const piece of [1, 2, 3]) out.enqueue(piece);
    out.close();
    const rest = [reader.read(), reader.read(), reader.read(), reader.read()].map(said);
    return [await first, ...(await Promise.all(rest))];
  },
  'an error takes what lies unread': async (streams) => {
    const { out, reader } = opened(streams);
    out.enqueue(1);
    out.close();
    out.error('broken');
    return [await said(reader.read()), await said(reader.cancel())];
  },
  'an error ends whoever waits, once': async (streams) => {
    const { out, reader } = opened(streams);
    const waiting = said(reader.read());
    out.error('broken');
    out.error('again');
    return [await waiting, await said(reader.read()), thrown(() => out.enqueue(1))];
  },
  'nothing comes after the reader has left': async (streams) => {
    const { out, reader, stream } = opened(streams);
    const waiting = said(reader.read());
    const left = await said(reader.cancel());
    const after = [() => out.enqueue(1), () => out.close(), () => out.error('late')].map(thrown);
    return [
      await waiting,
      left,
      after,
      await said(reader.read()),
      thrown(() => stream.getReader()),
    ];
  },
};

function piped({ TransformStream: Stream }: Streams) {
  const room = { highWaterMark: 2 };
  const { readable, writable } = new Stream<number, number>(undefined, room, room);
  const writer = writable.getWriter();
  const closed = said(writer.closed);
  return { writer, closed, reader: readable.getReader() };
}

const pipes: Record<string, (streams: Streams) => Promise<unknown>> = {
  'there is room for so many unread': async (streams) => {
    const { writer, reader } = piped(streams);
    await quiet();
    const rooms: unknown[] = [];
    for (const piece of [1, 2, 3, 4]) {
      void writer.write(piece);
      await quiet();
      rooms.push(writer.desiredSize);
    }
    const read = await said(reader.read());
    await quiet();
    return [rooms, read, writer.desiredSize];
  },
  'closed, it is read to its end': async (streams) => {
    const { writer, closed, reader } = piped(streams);
    await quiet();
    void writer.write(1);
    await quiet();
    void writer.close();
    const reads = [await said(reader.read()), await said(reader.read())];
    const again = [await said(writer.write(2)), await said(writer.close())];
    return [await closed, reads, again, writer.desiredSize];
  },
  'the writer hears that the reader has left': async (streams) => {
    const { writer, closed, reader } = piped(streams);
    await quiet();
    await reader.cancel();
    const isOver = (await closed) !== 'done';
    const isRefused = (await said(writer.write(1))) !== 'done';
    return [isOver, isRefused, (writer.desiredSize ?? 0) <= 0];
  },
};

test.each(Object.entries({ ...readings, ...pipes }))('%s', async (_name, play) => {
  expect(await play(light)).toEqual(await play(real));
});
