/**
 * The fast tier's own `Response` and `Headers`: what Hono and our routes use of them and nothing else. Node's are made for
 * streams from strangers and cost more than all that the server does for a request; the full tier keeps them. With them
 * go the light way to call work off (light-abort.ts) and the light streams (light-streams.ts).
 */
import { LightController, LightSignal } from './light-abort.ts';
import { LightReadableStream, LightTransformStream } from './light-streams.ts';

const { Response, Headers, AbortController, AbortSignal, ReadableStream, TransformStream } =
  globalThis;
const real = { Response, Headers, AbortController, AbortSignal, ReadableStream, TransformStream };
const encode = Object.getOwnPropertyDescriptor(TextEncoder.prototype, 'encode');

type Init = Readonly<Record<string, string>> | Iterable<readonly [string, string]>;

class LightHeaders {
  // A dozen at most: sooner looked through than hashed.
  readonly #names: string[] = [];
  readonly #values: string[] = [];
  constructor(init?: Init) {
    if (!init) return;
    if (init instanceof LightHeaders) {
      this.#names = [...init.#names];
      this.#values = [...init.#values];
      return;
    }
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs as Iterable<readonly [string, string]>) this.set(name, value);
  }
  #placeOf(name: string): number {
    return this.#names.indexOf(name.toLowerCase());
  }
  get(name: string): string | null {
    const at = this.#placeOf(name);
    return at < 0 ? null : (this.#values[at] ?? null);
  }
  has(name: string): boolean {
    return this.#placeOf(name) >= 0;
  }
  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    const at = this.#names.indexOf(lower);
    this.#values[at < 0 ? this.#names.push(lower) - 1 : at] = value;
  }
  delete(name: string): void {
    const at = this.#placeOf(name);
    if (at < 0) return;
    this.#names.splice(at, 1);
    this.#values.splice(at, 1);
  }
  append(name: string, value: string): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }
  getSetCookie(): string[] {
    return [];
  }
  entries() {
    return this.#names.map((name, at) => [name, this.#values[at] ?? ''] as const).values();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

class LightResponse {
  readonly bodyUsed = false;
  readonly body: unknown;
  readonly status: number;
  readonly headers: LightHeaders;
  constructor(body: unknown = null, init: { readonly status?: number; headers?: Init } = {}) {
    const { status = 200, headers } = init;
    this.body = body;
    this.status = status;
    this.headers = headers instanceof LightHeaders ? headers : new LightHeaders(headers);
  }
  async text(): Promise<string> {
    if (typeof this.body !== 'string') throw new Error('an answer that is no text');
    return this.body;
  }
}

export function useAnswers(tier: 'fast' | 'full'): void {
  // What is missing here is missing loudly.
  const light = {
    Response: LightResponse,
    Headers: LightHeaders,
    AbortController: LightController,
    AbortSignal: LightSignal,
    ReadableStream: LightReadableStream,
    TransformStream: LightTransformStream,
  };
  Object.assign(globalThis, tier === 'fast' ? light : real);
  const encoding = tier === 'fast' ? { ...encode, value: encoded } : encode;
  if (encoding) Object.defineProperty(TextEncoder.prototype, 'encode', encoding);
}

/** Out of Node's pool: an array of its own for every few bytes costs six times as much. */
function encoded(text = ''): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, length } = Buffer.from(text);
  return new Uint8Array(buffer, byteOffset, length);
}
