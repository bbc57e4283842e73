/** Reads the sequence with the camera: the browser's own reader where it has one, else jsQR. No picture is kept. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { createCollector } from '../../../sync/qr-frames.ts';
import { Notice } from '../../ui/notice.tsx';
import { openReader } from './qr-reader.ts';
import { sha256Here } from './sha256-here.ts';

const everyMs = 80;

export function QrRead({ onRead }: { readonly onRead: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [progress, setProgress] = useState({ have: 0, total: 0 });
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    if (video.current)
      watch(video.current, stop.signal, (have, total) => setProgress({ have, total })).then(
        (text) => text !== undefined && onRead(text),
        () => setRefused(true),
      );
    return () => stop.abort();
  }, []);
  if (isRefused)
    return (
      <Notice tone="warning" title="カメラを使えません。">
        <p>ブラウザーの設定でカメラを許可するか、ファイルで受け取ってください。</p>
      </Notice>
    );
  const { have, total } = progress;
  return (
    <div class="qr-read">
      <video ref={video} muted playsInline aria-label="カメラの画像" />
      <p role="status">
        {total === 0
          ? '相手の画面のQRを、枠いっぱいに映してください。'
          : `${total}枚のうち${have}枚を読みました。そのまま映していてください。`}
      </p>
      <progress max={Math.max(total, 1)} value={have} aria-label="読んだ枚数" />
    </div>
  );
}

/** Until the whole is read; undefined when it was stopped. Throws where there is no camera. */
async function watch(
  video: HTMLVideoElement,
  signal: AbortSignal,
  tell: (have: number, total: number) => void,
): Promise<string | undefined> {
  const [read, stream] = await Promise.all([
    openReader(),
    navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 } },
    }),
  ]);
  const end = () => stream.getTracks().forEach((track) => track.stop());
  signal.addEventListener('abort', end);
  try {
    if (signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    const collector = createCollector();
    while (!signal.aborted) {
      for (const seen of await read(video)) collector.add(seen);
      tell(collector.have(), collector.total());
      const text = await collector.text(sha256Here);
      if (text !== undefined) return text;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    return undefined;
  } finally {
    end();
  }
}
