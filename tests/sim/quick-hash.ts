/** A fast hash of 256 bits for simulated days, from two mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (const part of parts) {
    const { length } = part;
    const whole = length & ~3;
    for (let at = 0; at < whole; at += 4) {
      const word = lowHalf(part, at) | (lowHalf(part, at + 2) << 16);
      a = mixA(a, word);
      b = mixB(b, word, a);
    }
    if (whole < length) {
      const word = lastWord(part, whole);
      a = mixA(a, word);
      b = mixB(b, word, a);
    }
    a = Math.imul(a ^ length, 0x9e3779b1);
  }
  const out = new Uint8Array(32);
  for (let at = 0; at < out.length; at += 4) {
    a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b);
    b = (Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35) + (at >> 2)) | 0;
    const word = a ^ b;
    out[at] = word;
    out[at + 1] = word >> 8;
    out[at + 2] = word >> 16;
    out[at + 3] = word >> 24;
  }
  return out;
}

// Either lane takes any other word to another state: one wrong bit is never lost.
const mixA = (a: number, word: number) => Math.imul(a ^ word, 0x85ebca6b);
const mixB = (b: number, word: number, a: number) =>
  Math.imul((b ^ (b >>> 15)) + word, 0xc2b2ae35) ^ (a >>> 13);

/** By single bytes, for whose array no view has to be made. */
function lowHalf(part: Uint8Array, at: number): number {
  return (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8);
}

function lastWord(part: Uint8Array, at: number): number {
  return (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8) | ((part[at + 2] ?? 0) << 16);
}

/** A stream's words are read here: to ask a small array for its buffer costs more than to copy it. */
const streamBytes = new Uint8Array(32);
const streamWords = new Int32Array(streamBytes.buffer);

/** The stream over what lies from `start` on, in place: whole words, then what is left over. */
export function xorOver(bytes: Bytes, start: number, length: number, stream: Uint8Array): void {
  streamBytes.set(stream);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + start, length >> 2);
  for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) ^ (streamWords[i & 7] ?? 0);
  for (let i = length & ~3; i < length; i++)
    bytes[start + i] = (bytes[start + i] ?? 0) ^ (streamBytes[i & 31] ?? 0);
}
