/** Seeded chance: everything that a simulated day draws comes from one number, so that a seed is a history. */
export interface Rng {
  /** 0 ≤ x < 1 */
  readonly next: () => number;
  /** 0 ≤ n < below */
  readonly below: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T | undefined;
  readonly bytes: (length: number) => Uint8Array<ArrayBuffer>;
}

/** sfc32, seeded by mixing; every name gives a stream of its own. */
export function createRng(seed: number, name = ''): Rng {
  let [a, b, c, d] = [mix(seed, 1), mix(seed, 2), mix(seed, hash(name)), 1];
  const bits = () => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();
  const next = () => bits() / 4_294_967_296;
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)],
    bytes: (length) => {
      const out = new Uint8Array(length);
      for (let i = 0; i < length; i++) out[i] = bits() & 255;
      return out;
    },
  };
}

function mix(seed: number, salt: number): number {
  let x = (seed ^ Math.imul(salt, 0x9e3779b1)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

function hash(text: string): number {
  let x = 2_166_136_261;
  for (let i = 0; i < text.length; i++) x = Math.imul(x ^ text.charCodeAt(i), 16_777_619);
  return x | 0;
}
