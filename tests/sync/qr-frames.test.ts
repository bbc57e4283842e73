/** A text in QR pictures: any order, repeats, missing frames, another sequence in between; and through real pictures. */
import fc from 'fast-check';
import jsQR from 'jsqr';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import type { Sha256 } from '../../src/sync/entry.ts';
import { createCollector, framesOf, maxFrames, pieceLength } from '../../src/sync/qr-frames.ts';

const sha256: Sha256 = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const framed = async (text: string) => (await framesOf(text, sha256)) ?? [];
const sample = (length: number) =>
  Array.from({ length }, (_, i) => String.fromCharCode(33 + ((i * 7) % 90))).join('');

test('read in any order, with repeats, it is the text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ minLength: 1, maxLength: 6 * pieceLength }),
      fc.infiniteStream(fc.nat()),
      async (text, picks) => {
        const frames = await framed(text);
        const seen = [...picks.take(40)].map((pick) => frames[pick % frames.length] ?? '');
        const collector = createCollector();
        for (const frame of [...seen, ...frames.toReversed(), ...seen]) collector.add(frame);
        expect(collector.total()).toBe(frames.length);
        expect(await collector.text(sha256)).toBe(text);
      },
    ),
    { numRuns: 60 },
  );
});

test('while a frame is missing there is no text, and it says how many are here', async () => {
  const frames = await framed(sample(2_000));
  const collector = createCollector();
  expect(await collector.text(sha256)).toBeUndefined();
  for (const frame of frames.slice(1)) collector.add(frame);
  expect(collector.have()).toBe(frames.length - 1);
  expect(await collector.text(sha256)).toBeUndefined();
  collector.add(frames[0] ?? '');
  expect(await collector.text(sha256)).toBe(sample(2_000));
});

test('other codes are ignored; another sequence begins anew', async () => {
  const [one, two] = [await framed(sample(1_500)), await framed(sample(1_600))];
  const collector = createCollector();
  for (const other of ['https://example.jp/', '', 'M1.short.0.2.x', 'M1.AAAAAAAAAAAAAAAA.5.2.x'])
    collector.add(other);
  expect(collector.total()).toBe(0);
  collector.add(one[0] ?? '');
  for (const frame of two) collector.add(frame);
  expect(await collector.text(sha256)).toBe(sample(1_600));
});

test('a piece that was read wrongly is never believed: it starts again', async () => {
  const frames = await framed(sample(1_500));
  const collector = createCollector();
  for (const frame of frames) collector.add(frame);
  collector.add(`${frames[1]?.slice(0, -1)}~`);
  expect(await collector.text(sha256)).toBeUndefined();
  expect(collector.have()).toBe(0);
  for (const frame of frames) collector.add(frame);
  expect(await collector.text(sha256)).toBe(sample(1_500));
});

test('what would take minutes to read is not offered', async () => {
  expect(await framesOf(sample(pieceLength * maxFrames), sha256)).toHaveLength(maxFrames);
  expect(await framesOf(sample(pieceLength * maxFrames + 1), sha256)).toBeUndefined();
  expect(await framesOf('', sha256)).toBeUndefined();
});

test('as pictures: drawn by one library, read by the other', async () => {
  const text = sample(1_200);
  const collector = createCollector();
  for (const frame of await framed(text)) {
    const { data, size } = encode(frame, { ecc: 'L', border: 4 });
    const scale = 4;
    const side = size * scale;
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (data[Math.floor(y / scale)]?.[Math.floor(x / scale)])
          pixels.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    collector.add(jsQR(pixels, side, side)?.data ?? '');
  }
  expect(await collector.text(sha256)).toBe(text);
});
