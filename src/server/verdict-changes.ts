/**
 * Verdicts that have changed since they were given, or need nobody any more, for the author's next pull: page by page, as the
 * parts come. What stands above the head may still get neighbours at its sequence, so that the next pull begins there again:
 * more than once does no harm, not at all would.
 */
import { needsCare, type Receipt, type Verdict } from '../sync/verdict.ts';
import { prepared } from './prepared.ts';
import { atMost, type Tx } from './storage.ts';

/** Where the next one is looked for: behind the entry of this sequence. */
type Told = readonly [seq: number, entry: string];

/** How far a cursor has told; `again`: where the next pull begins, because a page ended above the head. */
export interface Telling {
  readonly told?: Told;
  readonly again?: number;
}

interface Changed {
  readonly receipts: readonly Receipt[];
  /** Absent where these are all. */
  readonly next?: Told;
}

export async function changedVerdicts(
  tx: Tx,
  tenant: string,
  stores: readonly string[],
  [seq, entry]: Told,
  most: number,
): Promise<Changed> {
  if (stores.length === 0) return { receipts: [] };
  const rows = await changesSince(tx, { tenant, stores, seq, entry, most });
  const receipts = rows.map(({ id, hash, verdict, verdict_seq: at, state }): Receipt => {
    const said = JSON.parse(verdict) as Verdict; // written by us alone
    return { id, hash, seq: at, verdict: said, ...(needsCare(said.code) && closingOf(state)) };
  });
  const all = [...new Map(receipts.map((receipt) => [receipt.id, receipt])).values()];
  const last = rows.length === most ? rows.at(-1) : undefined;
  return last ? { receipts: all, next: [Number(last.at), last.id] } : { receipts: all };
}

/** How its repair ended; nothing of one that is open. */
function closingOf(state: string | null): Pick<Receipt, 'closed' | 'withdrawn'> {
  if (state === null || state === 'open') return {};
  return { closed: true, ...(state === 'discarded' && { withdrawn: true }) };
}

/** What the next cursor says. */
export function toldUpTo({ again }: Telling, { next }: Changed, head: number): Telling {
  if (!next) return { told: [Math.min(again ?? Infinity, head + 1), ''] };
  const begin = again ?? (next[0] > head ? next[0] : undefined);
  return { told: next, ...(begin !== undefined && { again: begin }) };
}

const changesSince = prepared(
  (
    tx,
    given: { tenant: string; stores: readonly string[]; seq: number; entry: string; most: number },
  ) =>
    tx
      .selectFrom('verdict_change')
      .innerJoin('entry', (join) =>
        join
          .onRef('entry.tenant', '=', 'verdict_change.tenant')
          .onRef('entry.id', '=', 'verdict_change.entry'),
      )
      .leftJoin('repair', (join) =>
        join.onRef('repair.tenant', '=', 'entry.tenant').onRef('repair.entry', '=', 'entry.id'),
      )
      .select(['entry.id', 'entry.hash', 'entry.verdict', 'entry.verdict_seq', 'repair.state'])
      .select('verdict_change.seq as at')
      .where('verdict_change.tenant', '=', given.tenant)
      .where('verdict_change.store', 'in', given.stores)
      .where('verdict_change.seq', '>=', given.seq)
      .where((build) =>
        build.eb(
          build.refTuple('verdict_change.seq', 'verdict_change.entry'),
          '>',
          build.tuple(given.seq, given.entry),
        ),
      )
      .orderBy('verdict_change.seq')
      .orderBy('verdict_change.entry')
      .limit(atMost(given.most)),
);
