/** A fast hash of 256 bits for simulated days: four mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (const part of parts) {
    const view = new DataView(part.buffer, part.byteOffset, part.length);
    const whole = part.length & ~3;
    for (let i = 0; i < part.length; i += 4) {
      const word = i < whole ? view.getInt32(i, true) : lastWord(part, i);
      a = Math.imul(a ^ word, 0x85ebca6b);
      b = Math.imul(b ^ (word + a), 0xc2b2ae35);
      c = Math.imul(c + word, 0x27d4eb2f) ^ (b >>> 15);
      d = (d ^ (a >>> 13)) + Math.imul(word ^ c, 0x165667b1);
    }
    a = Math.imul(a ^ part.length, 0x9e3779b1);
    d = (d + b) | 0;
  }
  const out = new Uint32Array(8);
  for (let i = 0; i < 8; i++) {
    a = Math.imul(a ^ (a >>> 16) ^ d, 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13) ^ a, 0xc2b2ae35);
    c = Math.imul(c ^ (c >>> 16) ^ b, 0x27d4eb2f);
    d = Math.imul(d ^ (d >>> 15) ^ c, 0x165667b1) + i;
    out[i] = a ^ b ^ c ^ d;
  }
  return new Uint8Array(out.buffer);
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
