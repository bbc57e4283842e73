/**
 * I11: a stream has no hole, each entry stands behind the one it was written after, and they were judged in that order. One
 * that waited is judged when what it waited for is there: behind an entry of another stream that made it, within one push.
 */
import type { Stored } from './ledger.ts';
import type { Town } from './town.ts';

interface Placed {
  readonly store: string;
  readonly lane: string;
  /** A branch goes on where its predecessor is. */
  readonly trunk: string;
  readonly seq: number;
  readonly hash: string;
  readonly prevHash: string;
  readonly verdictSeq: number;
  /** Which one it was to be stored. */
  readonly at: number;
}

export function checkOrder({ notes }: Town, entries: readonly Stored[]): void {
  const rows = entries.map(placed);
  const seqOf = new Map(rows.map(({ trunk, hash, seq }) => [`${trunk} ${hash}`, seq]));
  for (const [name, lane] of Map.groupBy(rows, (row) => `${row.store}/${row.lane}`)) {
    let last: Placed | undefined;
    for (const row of lane.sort((a, b) => a.seq - b.seq)) {
      const before = row.prevHash === '' ? 0 : seqOf.get(`${row.trunk} ${row.prevHash}`);
      const isNext = before === row.seq - 1 && (last === undefined || last.seq === before);
      const isInTurn = last === undefined || last.at < row.at || hasWaited(last, row, rows);
      if (!isNext || !isInTurn)
        notes.violation('I11', `${name} goes from ${last?.seq} to ${row.seq}`);
      last = row;
    }
  }
}

function placed({ row, header: { prevHash }, at }: Stored): Placed {
  const { store, lane, seq, hash, verdict_seq: verdictSeq } = row;
  const trunk = `${store}/${lane.split(':')[0] ?? ''}`;
  return { store, lane, trunk, seq, hash, prevHash, verdictSeq, at };
}

/** Of one push; and between the two an entry that had come before, of another stream, took effect. */
function hasWaited(late: Placed, next: Placed, rows: readonly Placed[]): boolean {
  const isOneRun = rows.slice(next.at, late.at).every(({ store }) => store === late.store);
  const isWoken = ({ store, at, verdictSeq }: Placed) =>
    store !== late.store &&
    at < next.at &&
    verdictSeq > next.verdictSeq &&
    verdictSeq < late.verdictSeq;
  return isOneRun && rows.some(isWoken);
}
