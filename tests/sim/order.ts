/**
 * I11: a stream has no hole, each entry stands behind the one it was written after, and they were judged in that order. One
 * that waited is judged when what it waited for is there: behind an entry of another stream that made it, within one push.
 */
import type { Header } from '../../src/sync/entry.ts';
import type { Town } from './town.ts';

interface Stored {
  readonly store: string;
  readonly lane: string;
  readonly seq: number;
  readonly hash: string;
  readonly prevHash: string;
  readonly verdictSeq: number;
  /** Which one it was to be stored. */
  readonly at: number;
}

export function checkOrder({ notes, base }: Town): void {
  const rows = storedIn(base);
  const seqOf = new Map(
    rows.map(({ store, lane, seq, hash }) => [`${store}/${trunk(lane)} ${hash}`, seq]),
  );
  for (const [name, lane] of Map.groupBy(rows, (row) => `${row.store}/${row.lane}`)) {
    let last: Stored | undefined;
    for (const row of lane.toSorted((a, b) => a.seq - b.seq)) {
      const before =
        row.prevHash === '' ? 0 : seqOf.get(`${row.store}/${trunk(row.lane)} ${row.prevHash}`);
      const isNext = before === row.seq - 1 && (last === undefined || last.seq === before);
      const isInTurn = last === undefined || last.at < row.at || hasWaited(last, row, rows);
      if (!isNext || !isInTurn)
        notes.violation('I11', `${name} goes from ${last?.seq} to ${row.seq}`);
      last = row;
    }
  }
}

/** A branch goes on where its predecessor is. */
const trunk = (lane: string) => lane.split(':')[0] ?? '';

function storedIn(base: Town['base']): Stored[] {
  return base.rows('entry').map(({ store, lane, seq, hash, header, verdict_seq }, at) => {
    const { prevHash } = JSON.parse(header) as Header;
    return { store, lane, seq, hash, prevHash, verdictSeq: verdict_seq, at };
  });
}

/** Of one push; and between the two an entry that had come before, of another stream, took effect. */
function hasWaited(late: Stored, next: Stored, rows: readonly Stored[]): boolean {
  const isOneRun = rows.slice(next.at, late.at).every(({ store }) => store === late.store);
  const isWoken = ({ store, at, verdictSeq }: Stored) =>
    store !== late.store &&
    at < next.at &&
    verdictSeq > next.verdictSeq &&
    verdictSeq < late.verdictSeq;
  return isOneRun && rows.some(isWoken);
}
