/**
 * The fast tier's own `ReadableStream` and `TransformStream`: pieces in the order they were written, for one reader, as the
 * hints use them and nothing else. One of Node's costs more than a request; the full tier keeps them.
 */
type Piece = Uint8Array;
interface Read {
  readonly done: boolean;
  readonly value: Piece | undefined;
}
interface Waiting {
  readonly resolve: (read: Read) => void;
  readonly reject: (reason: unknown) => void;
}

const over: Read = { done: true, value: undefined };
// One for all: where it came from says nothing.
const gone = new TypeError('the stream is over');

/** What both ends of a stream hold: whoever writes has `enqueue`, `close` and `error`, whoever reads `read` and `cancel`. */
class Queue {
  readonly #pieces: Piece[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #onCancel: (() => void) | undefined;
  #state: 'open' | 'closed' | 'failed' = 'open';
  #reason: unknown;
  constructor(onCancel?: () => void) {
    this.#onCancel = onCancel;
  }
  get isOpen(): boolean {
    return this.#state === 'open';
  }
  get length(): number {
    return this.#pieces.length;
  }
  enqueue(value: Piece): void {
    if (this.#state !== 'open') throw gone;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ done: false, value });
    else this.#pieces.push(value);
  }
  /** What was written before is still read. */
  close(): void {
    if (this.#state !== 'open') throw gone;
    this.#state = 'closed';
    for (const { resolve } of this.#waiting.splice(0)) resolve(over);
  }
  error(reason: unknown): void {
    if (this.#state === 'failed' || (this.#state === 'closed' && this.length === 0)) return;
    this.#state = 'failed';
    this.#reason = reason;
    this.#pieces.length = 0;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
  read(): Promise<Read> {
    const value = this.#pieces.shift();
    if (value) return Promise.resolve({ done: false, value });
    if (this.#state === 'closed') return Promise.resolve(over);
    return new Promise((resolve, reject) => {
      if (this.#state === 'failed') reject(this.#reason as Error);
      else this.#waiting.push({ resolve, reject });
    });
  }
  async cancel(): Promise<void> {
    if (this.#state === 'failed') throw this.#reason;
    this.#pieces.length = 0;
    if (this.#state === 'closed') return;
    this.close();
    this.#onCancel?.();
  }
}

/** Of one reader, and nobody else's any more. */
class Readable {
  readonly #queue: Queue;
  #isLocked = false;
  constructor(queue: Queue) {
    this.#queue = queue;
  }
  getReader(): Pick<Queue, 'read' | 'cancel'> {
    if (this.#isLocked) throw new TypeError('the stream has a reader');
    this.#isLocked = true;
    return this.#queue;
  }
}

type Out = Pick<Queue, 'enqueue' | 'close' | 'error'>;

export class LightReadableStream extends Readable {
  constructor({ start, ...more }: { readonly start: (out: Out) => void }) {
    if (Object.keys(more).length > 0) throw new Error('a stream that does more than start');
    const queue = new Queue();
    super(queue);
    start(queue);
  }
}

interface Room {
  readonly highWaterMark: number;
}

/** What is written comes out as it is. */
export class LightTransformStream {
  readonly readable: Readable;
  readonly writable: { readonly getWriter: () => Writer };
  constructor(transformer: undefined, before: Room, after: Room) {
    if (transformer) throw new Error('a stream that changes what is written');
    const writer = new Writer(before.highWaterMark, after.highWaterMark);
    this.readable = new Readable(writer.queue);
    this.writable = { getWriter: () => writer };
  }
}

class Writer {
  readonly queue = new Queue(() => this.#end.reject(gone));
  readonly #end = Promise.withResolvers<void>();
  readonly closed = this.#end.promise;
  readonly #before: number;
  readonly #room: number;
  constructor(before: number, after: number) {
    this.#before = before;
    this.#room = before + after;
  }
  /** Pieces lie behind the writer only when there is no room left before the reader. */
  get desiredSize(): number {
    return this.queue.isOpen ? Math.min(this.#before, this.#room - this.queue.length) : 0;
  }
  async write(piece: Piece): Promise<void> {
    this.queue.enqueue(piece);
  }
  async close(): Promise<void> {
    this.queue.close();
    this.#end.resolve();
  }
}
