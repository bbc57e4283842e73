/**
 * Bytes and their texts. `canonical` is the one serialisation that is hashed, signed or authenticated: keys sorted by
 * UTF-16 code unit, no white space, undefined left out (RFC 8785 for the values we use: integers, strings, booleans).
 */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** Throws on malformed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  if (typeof value !== 'object' || isInOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const items = value as Readonly<Record<string, unknown>>; // an object that is no list
  let out = '';
  // Sorted as they are: by UTF-16 code unit.
  for (const key of Object.keys(items).sort()) {
    const item = items[key];
    if (item !== undefined) out += `${out && ','}${quoted(key)}:${canonical(item)}`;
  }
  return `{${out}}`;
}

/** JSON itself says it so, and in one go: no key of it stands before a lesser one, nothing has to be left out. */
function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if (Array.isArray(value)) return value.every(isInOrder);
  const items = value as Readonly<Record<string, unknown>>;
  let before = '';
  for (const key in items) {
    if (key < before || !isInOrder(items[key])) return false;
    before = key;
  }
  return true;
}

/** No quotation mark, backslash, control character or surrogate: JSON has such a text as it is. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const none = 255;
const valueOfCode = new Uint8Array(128).fill(none);
for (let value = 0; value < alphabet.length; value++)
  valueOfCode[alphabet.charCodeAt(value)] = value;

/** Two characters for each twelve bits: half as many texts to join. */
const pairs = Array.from({ length: 4096 }, (_, bits) =>
  [alphabet[bits >> 6], alphabet[bits & 63]].join(''),
);

export function toBase64Url(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const chunk = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    out += (pairs[chunk >> 12] ?? '') + (pairs[chunk & 4095] ?? '');
  }
  const spare = (3 - (bytes.length % 3)) % 3;
  return spare === 0 ? out : out.slice(0, -spare);
}

/** undefined where the text is not base64url. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (text.length % 4 === 1) return undefined;
  const out = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    const value = valueOfCode[text.charCodeAt(index)] ?? none;
    if (value === none) return undefined;
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out[at++] = (bits >> held) & 255;
    }
  }
  return out;
}
