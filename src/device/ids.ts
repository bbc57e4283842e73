/** UUIDv7 from the ports' clock and random bytes; rising within one tablet object even inside a millisecond. */
import type { Bytes } from '../sync/bytes.ts';
import type { Clock } from './ports.ts';

export interface IdPorts {
  readonly clock: Clock;
  readonly random: (length: number) => Bytes;
}

export function createIds({ clock, random }: IdPorts): () => string {
  let last = 0;
  let step = 0;
  return () => {
    const now = clock.now();
    step = now > last ? 0 : step + 1;
    if (step > 0xfff) {
      last += 1;
      step = 0;
    }
    last = Math.max(now, last);
    return uuidV7(last, step, random(8));
  };
}

function uuidV7(time: number, step: number, tail: Bytes): string {
  const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
  const [first = 0, second = 0, ...rest] = tail;
  const variant = hex(((first & 0x3f) | 0x80) * 256 + second, 4);
  const stamp = hex(time, 12);
  const end = rest.map((byte) => hex(byte, 2)).join('');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(step, 3)}-${variant}-${end}`;
}
