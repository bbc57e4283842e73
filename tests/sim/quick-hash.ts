/** A fast hash of 256 bits for simulated days: four mixed lanes. It tells accidents apart; it keeps no secret. */
export type Bytes = Uint8Array<ArrayBuffer>;

export function quickHash(...parts: readonly Uint8Array[]): Bytes {
  let [a, b, c, d] = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 4) {
      const word =
        (part[i] ?? 0) |
        ((part[i + 1] ?? 0) << 8) |
        ((part[i + 2] ?? 0) << 16) |
        ((part[i + 3] ?? 0) << 24);
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

export function xored(bytes: Uint8Array, stream: Uint8Array): Bytes {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = (bytes[i] ?? 0) ^ (stream[i & 31] ?? 0);
  return out;
}
