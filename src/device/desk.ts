/**
 * One unlocked store: its keys, its memory and its entries, until it is closed. Every part of a session works on this;
 * closing drops all that can be read, while a write under way still becomes durable.
 */
import type { ReadonlySignal } from '@preact/signals-core';
import { ok, type Result } from '../domain/problem.ts';
import type { Actor, Ref } from '../domain/record.ts';
import type { SignedLease } from '../sync/lease.ts';
import type { PullResponse } from '../sync/protocol.ts';
import { actorOf } from './actor.ts';
import type { Counter } from './counter.ts';
import { createDeskEntries } from './desk-entries.ts';
import { createDeskRows, missingParts, type DeskRows } from './desk-rows.ts';
import { durably } from './durable.ts';
import type { LedgerItem } from './ledger.ts';
import type { Login } from './login.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Net } from './net.ts';
import { createQueue, type InTurn } from './queue.ts';
import { isListed, openRows, type RowKeys } from './rows.ts';
import type { StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { Stream, StreamPorts } from './stream.ts';

export interface DeskPorts extends StreamPorts {
  /** Something of a store became durable here: other tabs and the sync loop want to know. */
  readonly wrote: (store: string) => void;
}

export interface DeskParts {
  readonly ports: DeskPorts;
  readonly net: Net;
  readonly stores: Stores;
  readonly counter: Counter;
  readonly db: StoreDb;
  readonly keys: RowKeys;
  readonly stream: Stream;
  readonly login: Login;
  readonly lease: () => SignedLease;
  /** Stores of the same member that this one replaced. */
  readonly older: readonly string[];
}

export interface Desk extends DeskParts, DeskRows {
  readonly actor: Actor;
  readonly memory: Memory;
  readonly items: ReadonlySignal<readonly LedgerItem[]>;
  readonly syncedAt: ReadonlySignal<number | undefined>;
  readonly inTurn: InTurn;
  readonly openPeople: Set<string>;
  readonly add: (item: LedgerItem) => Promise<void>;
  /** Reads entries again after somebody else changed them. */
  readonly refreshEntries: () => Promise<Result<void>>;
  readonly takePage: (page: PullResponse) => Promise<Result<void>>;
  /** Another tab pulled. */
  readonly reloadRows: (refs: readonly Ref[]) => Promise<Result<void>>;
  readonly isClosed: () => boolean;
  readonly close: () => void;
}

/** Opens memory: listed parts first, then the own entries over them. */
export async function openDesk(parts: DeskParts): Promise<Result<Desk>> {
  const desk = createDesk(parts);
  const rows = await durably(parts.db, () => parts.db.rows.toArray());
  if (!rows.ok) return rows;
  const opened = await openRows(parts.ports.crypto, parts.keys, rows.value);
  const listed = opened.filter(({ kind, part }) => isListed(kind, part));
  desk.memory.update({ parts: listed });
  const counted = await parts.counter.refresh();
  if (!counted.ok) return counted;
  const entries = await desk.refreshEntries();
  return entries.ok ? ok(desk) : entries;
}

function createDesk(parts: DeskParts): Desk {
  const memory = createMemory();
  const { keys, db, ports } = parts;
  const rows = createDeskRows(ports.crypto, db, keys, memory);
  const entries = createDeskEntries(parts, memory);
  let isClosed = false;
  return {
    ...parts,
    ...rows,
    actor: actorOf(parts.lease().lease),
    memory,
    items: entries.items,
    syncedAt: entries.syncedAt,
    inTurn: createQueue(),
    openPeople: new Set(),
    add: entries.add,
    refreshEntries: () => entries.settle({}),
    takePage: (page) => entries.settle({ parts: page.parts, evicted: page.evicted }),
    reloadRows: async (refs) => {
      const read = await rows.readParts(refs);
      if (!read.ok) return read;
      const evicted = refs.flatMap((ref) => missingParts(ref, read.value));
      return entries.settle({ parts: read.value, evicted });
    },
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      parts.login.drop();
      entries.close();
      memory.clear();
    },
  };
}
