/**
 * The order in which a restored server judges what it was offered anew: by the sequence of the old receipts, then what has
 * none. A stream keeps its own order, whatever its receipts say: an entry that waited has a later one than those after it.
 */
import type { Lane } from '../sync/entry.ts';
import type { VerdictCode } from '../sync/verdict.ts';

export interface Offered {
  readonly store: string;
  readonly lane: Lane;
  readonly seq: number;
  readonly hash: string;
  readonly old_seq: number | null;
  readonly old_code: VerdictCode | null;
  readonly put_away: number | null;
  readonly received_at: number;
}

const mostInPiece = 100;

/** Pieces of one stream each, to be judged one after another. */
export function inOldOrder(all: readonly Offered[]): Offered[][] {
  const streams = Map.groupBy(all, ({ store, lane }) => `${store} ${lane}`);
  const placed = [...streams.values()].flatMap(withPlaces);
  placed.sort(
    (a, b) =>
      a.place - b.place ||
      Number(isAccess(a.row)) - Number(isAccess(b.row)) ||
      a.row.received_at - b.row.received_at ||
      compare(a.row.store, b.row.store) ||
      compare(a.row.lane, b.row.lane) ||
      a.row.seq - b.row.seq,
  );
  const pieces: Offered[][] = [];
  for (const { row } of placed) {
    const piece = pieces.at(-1);
    const last = piece?.at(-1);
    const isNext = last?.store === row.store && last.lane === row.lane && row.seq === last.seq + 1;
    if (piece && isNext && piece.length < mostInPiece) piece.push(row);
    else pieces.push([row]);
  }
  return pieces;
}

/** Nothing of a stream comes after what follows it there. */
function withPlaces(stream: readonly Offered[]) {
  let least = Infinity;
  return stream
    .toSorted((a, b) => b.seq - a.seq)
    .map((row) => {
      least = Math.min(least, placeOf(row));
      return { row, place: least };
    });
}

/** What had no effect was given the sequence of the change before it: it stands behind that one, before the next. */
function placeOf({ old_seq, old_code }: Offered): number {
  return old_seq === null ? Infinity : old_seq + (old_code === null ? 0 : behind[old_code]);
}

/** A conflict may have had an effect in part. */
const behind: Readonly<Record<VerdictCode, number>> = {
  applied: 0,
  merged: 0,
  conflict: 0.25,
  blocked: 0.5,
  rejected: 0.5,
  quarantined: 0.5,
};

/** A refused entry and the event that withdrew it may share their place: first what is withdrawn. */
const isAccess = ({ lane }: Offered) => lane === 'access';

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
