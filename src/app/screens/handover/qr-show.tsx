/** The file as pictures in a loop, drawn on a canvas; four a second, as large as the sheet allows. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { framesOf } from '../../../sync/qr-frames.ts';
import { Notice } from '../../ui/notice.tsx';
import { sha256Here } from './sha256-here.ts';

const perFrameMs = 250;
const quietModules = 4;

export function QrShow({ text }: { readonly text: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [frames, setFrames] = useState<readonly string[] | 'tooMany'>();
  const [at, setAt] = useState(0);
  useEffect(() => {
    void framesOf(text, sha256Here).then((made) => setFrames(made ?? 'tooMany'));
  }, [text]);
  const count = Array.isArray(frames) ? frames.length : 0;
  useEffect(() => {
    if (count === 0) return undefined;
    const timer = setInterval(() => setAt((now) => (now + 1) % count), perFrameMs);
    return () => clearInterval(timer);
  }, [count]);
  const frame = Array.isArray(frames) ? frames[at] : undefined;
  useEffect(() => {
    if (frame !== undefined && canvas.current) void draw(canvas.current, frame);
  }, [frame]);
  if (frames === 'tooMany')
    return (
      <Notice tone="warning" title="未送信の記録が多く、QRでは渡せません。">
        <p>「ファイルを保存して渡す」を使ってください。</p>
      </Notice>
    );
  return (
    <figure class="qr">
      <canvas ref={canvas} aria-label="受け渡しのQR" role="img" />
      <figcaption>
        {count}枚がくり返し出ます（1周 約{Math.ceil((count * perFrameMs) / 1000)}
        秒）。読み終わるまで、このままに。
      </figcaption>
    </figure>
  );
}

async function draw(canvas: HTMLCanvasElement, frame: string): Promise<void> {
  const { encode } = await import('uqr');
  const { data, size } = encode(frame, { ecc: 'L', border: quietModules });
  const scale = Math.max(3, Math.floor(520 / size));
  canvas.width = size * scale;
  canvas.height = size * scale;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries())
      if (isDark) pen.fillRect(x * scale, y * scale, scale, scale);
}
