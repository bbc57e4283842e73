/** A fast hash of 256 bits for simulated days, from two mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  let a = 0x243f6a88;
  let b = 0x85a308d3;
  for (const part of parts) {
    const whole = part.length & ~3;
    for (let at = 0; at < part.length; at += 4) {
      const word =
        at < whole ? lowHalf(part, at) | (lowHalf(part, at + 2) << 16) : lastWord(part, at);
      // Either lane takes any other word to another state: one wrong bit is never lost.
      a = Math.imul(a ^ word, 0x85ebca6b);
      b = Math.imul((b ^ (b >>> 15)) + word, 0xc2b2ae35) ^ (a >>> 13);
    }
    a = Math.imul(a ^ part.length, 0x9e3779b1);
  }
  const out = new Uint8Array(32);
  for (let at = 0; at < out.length; at += 4) {
    a = Math.imul(a ^ (a >>> 16) ^ b, 0x85ebca6b);
    b = (Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35) + (at >> 2)) | 0;
    const word = a ^ b;
    for (let byte = 0; byte < 4; byte++) out[at + byte] = word >> (8 * byte);
  }
  return out;
}

/** By single bytes, for whose array no view has to be made. */
function lowHalf(part: Uint8Array, at: number): number {
  return (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8);
}

function lastWord(part: Uint8Array, at: number): number {
  return (part[at] ?? 0) | ((part[at + 1] ?? 0) << 8) | ((part[at + 2] ?? 0) << 16);
}

/** What lies in `from` at `at`, over the stream, to where `out` has its `start`. */
export function xorInto(
  out: Uint8Array,
  start: number,
  from: Uint8Array,
  at: number,
  length: number,
  stream: Uint8Array,
): void {
  for (let i = 0; i < length; i++) out[start + i] = (from[at + i] ?? 0) ^ (stream[i & 31] ?? 0);
}
