/** A film of QR pictures for Chromium's fake camera: uncompressed YUV4MPEG2, one picture a few frames long, as a loop. */
import { writeFileSync } from 'node:fs';
import { encode } from 'uqr';

const side = 720;
const framesPerPicture = 3;

export function writeQrVideo(path: string, texts: readonly string[]): void {
  const head = Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`);
  const frame = Buffer.from('FRAME\n');
  const colour = Buffer.alloc(side * side * 0.5, 128);
  const pictures = texts.flatMap((text) => {
    const luma = picture(text);
    return Array.from({ length: framesPerPicture }, () => [frame, luma, colour]).flat();
  });
  writeFileSync(path, Buffer.concat([head, ...pictures]));
}

function picture(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const scale = Math.floor(side / size);
  const edge = Math.floor((side - size * scale) / 2);
  const luma = Buffer.alloc(side * side, 235);
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries())
      if (isDark)
        for (let line = 0; line < scale; line++) {
          const from = (edge + y * scale + line) * side + edge + x * scale;
          luma.fill(16, from, from + scale);
        }
  return luma;
}
