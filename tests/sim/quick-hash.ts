/** A fast hash of 256 bits for simulated days: four mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (const part of parts) {
    const whole = part.length & ~3;
    for (let at = 0; at < part.length; at += 4) {
      const word =
        at < whole ? lowHalf(part, at) | (lowHalf(part, at + 2) << 16) : lastWord(part, at);
      a = Math.imul(a ^ word, 0x85ebca6b);
      b = Math.imul(b ^ (word + a), 0xc2b2ae35);
      c = Math.imul(c + word, 0x27d4eb2f) ^ (b >>> 15);
      d = ((d ^ (a >>> 13)) + Math.imul(word ^ c, 0x165667b1)) | 0;
    }
    a = Math.imul(a ^ part.length, 0x9e3779b1);
    d = (d + b) | 0;
  }
  const out = new Uint8Array(32);
  for (let at = 0; at < out.length; at += 4) {
    a = Math.imul(a ^ (a >>> 16) ^ d, 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35);
    c = Math.imul(c ^ (c >>> 16) ^ b, 0x27d4eb2f);
    d = (Math.imul(d ^ (d >>> 15) ^ c, 0x165667b1) + (at >> 2)) | 0;
    const word = a ^ b ^ c ^ d;
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

export function xored(bytes: Uint8Array, stream: Uint8Array): Bytes {
  const out = new Uint8Array(bytes);
  const whole = out.length & ~3;
  const [words, key] = [new Int32Array(out.buffer, 0, whole >> 2), new Int32Array(stream.buffer)];
  for (let i = 0; i < words.length; i++) words[i] = (words[i] ?? 0) ^ (key[i & 7] ?? 0);
  for (let i = whole; i < out.length; i++) out[i] = (out[i] ?? 0) ^ (stream[i & 31] ?? 0);
  return out;
}
