/**
 * The own entries of an open desk, and through them the overlay: whatever changes, they are read again and laid over the
 * rows in one step, so that nobody sees an entry neither as pending nor in the rows.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import { ok, type Result } from '../domain/problem.ts';
import type { Change } from '../domain/record.ts';
import type { DeskParts } from './desk.ts';
import { durably } from './durable.ts';
import {
  interleave,
  overlayChanges,
  readLedger,
  type CopyCache,
  type LedgerItem,
  type Source,
} from './ledger.ts';
import type { Memory, Update } from './memory.ts';
import { createQueue } from './queue.ts';
import { readMeta } from './store-db.ts';

export interface DeskEntries {
  readonly items: ReadonlySignal<readonly LedgerItem[]>;
  readonly syncedAt: ReadonlySignal<number | undefined>;
  /** One that was just written. */
  readonly add: (item: LedgerItem) => Promise<void>;
  /** Reads the entries again and shows them together with what changed in the rows. */
  readonly settle: (rows: Omit<Update, 'overlay'>) => Promise<Result<void>>;
  readonly close: () => void;
}

export function createDeskEntries(parts: DeskParts, memory: Memory): DeskEntries {
  const { keys, db, counter, ports } = parts;
  const items = signal<readonly LedgerItem[]>([]);
  const syncedAt = signal<number | undefined>(undefined);
  const copies: CopyCache = new Map();
  const sources: readonly Source[] = [
    { store: keys.store, db, dataKey: keys.dataKey },
    ...parts.older.map((store) => ({ store, db: parts.stores.of(store) })),
  ];
  // What is read and what was just written must not overtake each other.
  const inTurn = createQueue();
  let isClosed = false;
  let seq = 0;
  const overlay = (): Change[] => {
    const mine = items.peek().filter(({ store }) => store === keys.store);
    return overlayChanges(interleave(counter.items.peek(), mine), seq);
  };
  const settle: DeskEntries['settle'] = async (rows) => {
    const read = await durably(db, async () => ({
      seq: (await readMeta(db, 'seq')) ?? 0,
      syncedAt: await readMeta(db, 'syncedAt'),
      items: await Promise.all(sources.map((one) => readLedger(ports.crypto, one, copies))),
    }));
    if (!read.ok) return read;
    if (isClosed) return ok(undefined);
    seq = read.value.seq;
    batch(() => {
      items.value = read.value.items.flat();
      syncedAt.value = read.value.syncedAt;
      memory.update({ ...rows, overlay: overlay() });
    });
    return ok(undefined);
  };
  const stopListening = counter.items.subscribe(() => memory.update({ overlay: overlay() }));
  return {
    items,
    syncedAt,
    add: (item) =>
      inTurn(async () => {
        if (isClosed) return;
        if (item.copy) copies.set(item.row.id, item.copy);
        const others = items.peek().filter(({ row }) => row.id !== item.row.id);
        batch(() => {
          items.value = [...others, item];
          memory.update({ overlay: overlay() });
        });
      }),
    settle: (rows) => inTurn(() => settle(rows)),
    close: () => {
      isClosed = true;
      stopListening();
      copies.clear();
      items.value = [];
    },
  };
}
