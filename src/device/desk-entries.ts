/**
 * The own entries of an open desk, and through them the overlay: they are read and laid over the rows in one step, so that
 * nobody sees an entry neither as pending nor in the rows. The store may be ahead of this memory (a page just kept, another
 * tab's pull): until its rows are here too, entries that it has dropped for them stay laid.
 */
import { batch, signal, type ReadonlySignal } from '@preact/signals-core';
import { ok, type Result } from '../domain/problem.ts';
import { readCarried, recordsIn, type Carried } from './carried.ts';
import type { DeskParts } from './desk.ts';
import { durably } from './durable.ts';
import {
  interleave,
  overlayChanges,
  readLedger,
  sealedAs,
  withThoseLeft,
  type CopyCache,
  type LedgerItem,
  type Source,
} from './ledger.ts';
import type { Memory, Update } from './memory.ts';

export interface DeskEntries {
  readonly items: ReadonlySignal<readonly LedgerItem[]>;
  /** Handoffs taken over by hand that the server has not told of. */
  readonly carried: ReadonlySignal<readonly Carried[]>;
  readonly syncedAt: ReadonlySignal<number | undefined>;
  /** Number of the last own entry that counts for what is shown. */
  readonly head: () => number;
  /** How far the rows in memory are. */
  readonly cursor: () => string | undefined;
  /** The store has rows that memory has not. */
  readonly isBehind: () => boolean;
  /** One that was just written. */
  readonly add: (item: LedgerItem) => void;
  /** Reads the entries again and shows them together with rows that bring memory to a cursor. */
  readonly settle: (
    rows: Omit<Update, 'overlay'>,
    cursor: string | undefined,
  ) => Promise<Result<void>>;
  readonly close: () => void;
}

export function createDeskEntries(parts: DeskParts, memory: Memory): DeskEntries {
  const { counter } = parts;
  const items = signal<readonly LedgerItem[]>([]);
  const carried = signal<readonly Carried[]>([]);
  const syncedAt = signal<number | undefined>(undefined);
  const copies: CopyCache = new Map();
  let [head, seq, isBehind, isClosed] = [0, 0, false, false];
  let at: string | undefined;
  let laid: readonly LedgerItem[] = [];
  let counted = counter.items.peek();
  const overlay = () => overlayChanges(interleave(counted, laid), seq);
  const stopListening = counter.items.subscribe((now) => {
    counted = withThoseLeft(now, counted, seq);
    memory.update({ overlay: overlay() });
  });
  return {
    items,
    carried,
    syncedAt,
    head: () => head,
    cursor: () => at,
    isBehind: () => isBehind,
    add: (item) => {
      if (isClosed) return;
      if (item.copy) copies.set(item.row.id, { sealed: sealedAs(item.row), copy: item.copy });
      laid = [...without(laid, item), item];
      head = Math.max(head, item.row.seq);
      batch(() => {
        items.value = [...without(items.peek(), item), item];
        memory.update({ overlay: overlay() });
      });
    },
    settle: async (rows, cursor) => {
      const read = await readAll(parts, copies);
      if (!read.ok) return read;
      if (isClosed) return ok(undefined);
      const { own, older, carried: taken } = read.value;
      at = cursor;
      head = own.head;
      isBehind = own.cursor !== at;
      // Without a cursor the store begins again: its sequences say nothing of the rows that are still here.
      if (!isBehind || own.cursor === undefined) seq = own.seq;
      laid = isBehind ? withThoseLeft(own.items, laid, seq) : own.items;
      const now = counter.items.peek();
      counted = isBehind ? withThoseLeft(now, counted, seq) : now;
      batch(() => {
        items.value = [...own.items, ...older.flatMap((one) => one.items)];
        syncedAt.value = own.syncedAt;
        carried.value = taken;
        memory.update({ ...rows, carried: recordsIn(taken), overlay: overlay() });
      });
      return ok(undefined);
    },
    close: () => {
      isClosed = true;
      stopListening();
      copies.clear();
      [laid, counted, items.value, carried.value] = [[], [], [], []];
    },
  };
}

/** Copies in stores that this one replaced cannot be opened any more; what is to be cleared there is listed all the same. */
function readAll({ keys, db, stores, older, ports }: DeskParts, copies: CopyCache) {
  const own: Source = { store: keys.store, db, dataKey: keys.dataKey };
  const read = (source: Source) => readLedger(ports.crypto, source, copies);
  return durably(db, async () => ({
    own: await read(own),
    older: await Promise.all(older.map((store) => read({ store, db: stores.of(store) }))),
    carried: await readCarried(ports.crypto, keys, db),
  }));
}

function without(list: readonly LedgerItem[], { row }: LedgerItem): readonly LedgerItem[] {
  return list.filter((other) => other.row.id !== row.id);
}
