/**
 * A text as a sequence of QR pictures, shown in a loop and read in any order, with gaps and repeats. Each frame says which
 * text it belongs to (a digest), its number, how many there are, and its piece:  M1.<digest>.<index>.<total>.<piece>
 * Frames of another text are ignored; the whole is believed only when its digest is right.
 */
import { toBase64Url, utf8 } from './bytes.ts';
import type { Sha256 } from './entry.ts';

/** Modules stay large enough for the camera of a tablet held at arm's length. */
export const pieceLength = 500;
/** About a minute of looking; what is longer goes as a file. */
export const maxFrames = 160;
const digestLength = 16;
const pattern = /^M1\.([A-Za-z0-9_-]{16})\.(\d{1,4})\.(\d{1,4})\.(.+)$/s;

async function digestOf(text: string, sha256: Sha256): Promise<string> {
  return toBase64Url(await sha256(utf8(text))).slice(0, digestLength);
}

/** undefined for a text that would take too long to read. */
export async function framesOf(
  text: string,
  sha256: Sha256,
): Promise<readonly string[] | undefined> {
  const total = Math.ceil(text.length / pieceLength);
  if (total === 0 || total > maxFrames) return undefined;
  const digest = await digestOf(text, sha256);
  return Array.from({ length: total }, (_, index) => {
    const piece = text.slice(index * pieceLength, (index + 1) * pieceLength);
    return `M1.${digest}.${index}.${total}.${piece}`;
  });
}

export interface Collector {
  /** What a camera saw, whatever it was. */
  readonly add: (seen: string) => void;
  readonly have: () => number;
  /** 0 until the first frame. */
  readonly total: () => number;
  /** The whole text; undefined while pieces are missing or where it is not what was shown. */
  readonly text: (sha256: Sha256) => Promise<string | undefined>;
}

export function createCollector(): Collector {
  let digest = '';
  let total = 0;
  const pieces = new Map<number, string>();
  return {
    add: (seen) => {
      const [, of = '', index = '', count = '', piece = ''] = pattern.exec(seen) ?? [];
      const [at, all] = [Number(index), Number(count)];
      if (of === '' || all > maxFrames || at >= all) return;
      if (of !== digest || all !== total) {
        // Another sequence is shown now: what was collected of the one before is of no use.
        pieces.clear();
        [digest, total] = [of, all];
      }
      pieces.set(at, piece);
    },
    have: () => pieces.size,
    total: () => total,
    text: async (sha256) => {
      if (total === 0 || pieces.size < total) return undefined;
      const text = Array.from({ length: total }, (_, index) => pieces.get(index) ?? '').join('');
      if ((await digestOf(text, sha256)) === digest) return text;
      pieces.clear();
      return undefined;
    },
  };
}
