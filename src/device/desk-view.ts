/**
 * Keeps what an open desk shows in step with its store: pages pulled here or in another tab, entries written, records
 * opened, one after the other. Each page says from which cursor it leads; memory that stands elsewhere reads everything
 * again rather than miss a page that nobody told it of.
 */
import { ok, type Result } from '../domain/problem.ts';
import type { Ref } from '../domain/record.ts';
import type { PullResponse } from '../sync/protocol.ts';
import type { DeskEntries } from './desk-entries.ts';
import { missingParts, type DeskRows } from './desk-rows.ts';
import { durably } from './durable.ts';
import type { LedgerItem } from './ledger.ts';
import type { Memory } from './memory.ts';
import { createQueue } from './queue.ts';
import { readMeta, type StoreDb } from './store-db.ts';

/** Rows that brought a store from one cursor to the next. */
export interface Step {
  readonly from: string | undefined;
  readonly to: string;
}

type Page = Pick<PullResponse, 'parts' | 'evicted' | 'cursor'>;

export interface DeskView {
  readonly add: (item: LedgerItem) => Promise<void>;
  /** Reads the entries again; rows as they are. */
  readonly refreshEntries: () => Promise<Result<void>>;
  readonly takePage: (from: string | undefined, page: Page) => Promise<Result<void>>;
  /** Another tab pulled. */
  readonly reloadRows: (step: Step, refs: readonly Ref[]) => Promise<Result<void>>;
  /** From here on every part of these records that this tablet holds is shown. */
  readonly reveal: (refs: readonly Ref[]) => Promise<Result<void>>;
  /** Reads all rows, unless every one that is stored is here. */
  readonly catchUp: () => Promise<Result<void>>;
  /** Reads all rows, whatever the cursor says. */
  readonly readAnew: () => Promise<Result<void>>;
  /** How often parts had been taken away from the store when they went from memory. */
  readonly taken: () => number;
}

const maxReloads = 4;

export function createDeskView(
  db: StoreDb,
  entries: DeskEntries,
  rows: DeskRows,
  memory: Memory,
  isClosed: () => boolean,
): DeskView {
  const inTurn = createQueue();
  const settle = () => entries.settle({}, entries.cursor());
  // Rows without a cursor are a store that begins again, not an empty one.
  let hasRead = false;
  let taken = 0;
  const reload = async (): Promise<Result<void>> => {
    for (let times = 1; ; times++) {
      const all = await rows.readAll();
      if (!all.ok) return all;
      hasRead = true;
      const done = await entries.settle(
        { parts: all.value.parts, isWhole: true },
        all.value.cursor,
      );
      if (done.ok) taken = all.value.taken;
      // Pulled meanwhile: the entries read now may already lack what only the newer rows have.
      if (!done.ok || !entries.isBehind() || times === maxReloads) return done;
    }
  };
  const catchUp = async () => {
    if (!hasRead) return reload();
    const stored = await durably(db, () => readMeta(db, 'cursor'));
    if (!stored.ok) return stored;
    return stored.value === entries.cursor() ? settle() : reload();
  };
  const turn = async (from: string | undefined, { parts, evicted, cursor }: Page) => {
    const done = await entries.settle({ parts, evicted }, cursor);
    // Counted once with each page that took something (dropEvicted). What a comparison took may have been read already:
    // it moves no cursor.
    if (done.ok && evicted.length > 0 && from !== cursor) taken += 1;
    return done;
  };
  return {
    taken: () => taken,
    add: (item) => inTurn(async () => entries.add(item)),
    refreshEntries: () => inTurn(settle),
    catchUp: () => inTurn(catchUp),
    readAnew: () => inTurn(reload),
    takePage: (from, page) =>
      inTurn(() => (from === entries.cursor() ? turn(from, page) : reload())),
    reloadRows: ({ from, to }, refs) =>
      inTurn(async () => {
        if (from !== entries.cursor()) return catchUp();
        const read = await rows.readParts(refs);
        if (!read.ok) return read;
        const evicted = refs.flatMap((ref) => missingParts(ref, read.value));
        return entries.settle({ parts: read.value, evicted }, to);
      }),
    reveal: (refs) => inTurn(() => reveal(rows, memory, isClosed, refs)),
  };
}

async function reveal(
  rows: DeskRows,
  memory: Memory,
  isClosed: () => boolean,
  refs: readonly Ref[],
): Promise<Result<void>> {
  const read = await rows.readParts(refs);
  if (!read.ok) return read;
  if (isClosed()) return ok(undefined);
  memory.open(refs);
  memory.update({ parts: read.value });
  return ok(undefined);
}
