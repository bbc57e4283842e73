/** What a picture of a video shows: by BarcodeDetector where the browser has it for QR, else by jsQR on a canvas. */
export type Read = (video: HTMLVideoElement) => Promise<readonly string[]>;

interface Detector {
  readonly detect: (source: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  readonly getSupportedFormats: () => Promise<readonly string[]>;
}

export async function openReader(): Promise<Read> {
  // Not in the library's types; absent in Safari, Firefox and desktop Chromium on Linux.
  const { BarcodeDetector: Class } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = (await Class?.getSupportedFormats().catch(() => [])) ?? [];
  if (!Class || !formats.includes('qr_code')) return readByCanvas();
  const detector = new Class({ formats: ['qr_code'] });
  return async (video) => (await detector.detect(video)).map(({ rawValue }) => rawValue);
}

async function readByCanvas(): Promise<Read> {
  const { default: jsQR } = await import('jsqr');
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return async (video) => {
    const { videoWidth: width, videoHeight: height } = video;
    if (!pen || width === 0) return [];
    [canvas.width, canvas.height] = [width, height];
    pen.drawImage(video, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    const found = jsQR(data, width, height, { inversionAttempts: 'dontInvert' });
    return found ? [found.data] : [];
  };
}
