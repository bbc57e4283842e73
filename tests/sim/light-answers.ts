/**
 * The fast tier's own `Response` and `Headers`: what Hono and our routes use of them and nothing else. Node's are made for
 * streams from strangers and cost more than all that the server does for a request; the full tier keeps them. With them
 * goes the light way to call work off (light-abort.ts).
 */
import { LightController, LightSignal } from './light-abort.ts';

const { Response, Headers, AbortController, AbortSignal } = globalThis;
const real = { Response, Headers, AbortController, AbortSignal };
const encode = Object.getOwnPropertyDescriptor(TextEncoder.prototype, 'encode');

type Init = Readonly<Record<string, string>> | Iterable<readonly [string, string]>;

class LightHeaders {
  readonly #values = new Map<string, string>();
  constructor(init: Init = {}) {
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs as Iterable<readonly [string, string]>) this.set(name, value);
  }
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }
  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }
  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value);
  }
  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }
  append(name: string, value: string): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }
  getSetCookie(): string[] {
    return [];
  }
  entries() {
    return this.#values.entries();
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
