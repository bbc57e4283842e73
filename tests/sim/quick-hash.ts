/** A fast hash of 256 bits for simulated days, from two mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

const words = 8;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  const hash = new QuickHash();
  for (const part of parts) hash.take(part);
  hash.tell(ownWords);
  const out = new Uint8Array(4 * words);
  out.set(ownBytes);
  return out;
}

/** Told in between, it goes on: a longer hash that begins as a shorter one takes nothing in twice. */
export class QuickHash {
  #a = 0x243f6a88;
  #b = 0x85a308d3 | 0;
  take(part: Uint8Array): this {
    const { length } = part;
    let a = this.#a;
    let b = this.#b;
    const whole = length & ~3;
    for (let at = 0; at < whole; at += 4) {
      const low = (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8);
      const word = low | ((part[at + 2] ?? 0) << 16) | ((part[at + 3] ?? 0) << 24);
      a = mixA(a, word);
      b = mixB(b, word, a);
    }
    if (whole < length) {
      const word = lastWord(part, whole);
      a = mixA(a, word);
      b = mixB(b, word, a);
    }
    this.#a = Math.imul(a ^ length, 0x9e3779b1);
    this.#b = b;
    return this;
  }
  /** What it is by now, in eight words. */
  tell(out: Int32Array): void {
    let [a, b] = [this.#a, this.#b];
    for (let at = 0; at < words; at++) {
      a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b);
      b = (Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35) + at) | 0;
      out[at] = a ^ b;
    }
  }
}

// Either lane takes any other word to another state: one wrong bit is never lost.
const mixA = (a: number, word: number) => Math.imul(a ^ word, 0x85ebca6b);
const mixB = (b: number, word: number, a: number) =>
  Math.imul((b ^ (b >>> 15)) + word, 0xc2b2ae35) ^ (a >>> 13);

/** By single bytes, for whose array no view has to be made. */
function lastWord(part: Uint8Array, at: number): number {
  return (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8) | ((part[at + 2] ?? 0) << 16);
}

/** One place for all: an array made for every hash costs as much as the hash. */
const ownBytes = new Uint8Array(4 * words);
const ownWords = new Int32Array(ownBytes.buffer);

/** What the hash is by now, over what lies from `start` on, in place: whole words, then what is left over. */
export function xorOver(bytes: Bytes, start: number, length: number, hash: QuickHash): void {
  hash.tell(ownWords);
  const whole = new Int32Array(bytes.buffer, bytes.byteOffset + start, length >> 2);
  for (let i = 0; i < whole.length; i++) whole[i] = (whole[i] ?? 0) ^ (ownWords[i & 7] ?? 0);
  for (let i = length & ~3; i < length; i++)
    bytes[start + i] = (bytes[start + i] ?? 0) ^ (ownBytes[i & 31] ?? 0);
}

/** Whether the first bytes of what the hash is by now stand from `start` on. */
export function isToldAt(
  bytes: Uint8Array,
  start: number,
  length: number,
  hash: QuickHash,
): boolean {
  hash.tell(ownWords);
  for (let i = 0; i < length; i++) if (ownBytes[i] !== bytes[start + i]) return false;
  return true;
}

/** The first bytes of what the hash is by now, written from `start` on. */
export function tellAt(bytes: Uint8Array, start: number, length: number, hash: QuickHash): void {
  hash.tell(ownWords);
  for (let i = 0; i < length; i++) bytes[start + i] = ownBytes[i] ?? 0;
}
