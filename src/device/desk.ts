/**
 * One unlocked store: its keys, its memory and its entries, until it is closed. Every part of a session works on this;
 * closing drops all that can be read, while a write under way still becomes durable.
 */
import { ok, type Result } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import type { SignedLease } from '../sync/lease.ts';
import { actorOf } from './actor.ts';
import type { Counter } from './counter.ts';
import { createDeskEntries, type DeskEntries } from './desk-entries.ts';
import { createDeskView, type DeskView } from './desk-view.ts';
import { createDeskRows, type DeskRows } from './desk-rows.ts';
import { dropGone } from './evicted.ts';
import { dropUntold } from './told.ts';
import type { Login } from './login.ts';
import { createMemory, type Memory } from './memory.ts';
import type { Net } from './net.ts';
import { createQueue, type InTurn } from './queue.ts';
import type { RowKeys } from './rows.ts';
import type { RowKey, SealedRow, StoreDb } from './store-db.ts';
import type { Stores } from './stores.ts';
import type { Stream, StreamPorts } from './stream.ts';
import type { Vault } from './vault.ts';

export interface DeskPorts extends StreamPorts {
  readonly vault: Vault;
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

export interface Desk extends DeskParts, DeskRows, DeskView {
  readonly actor: () => Actor;
  readonly memory: Memory;
  readonly items: DeskEntries['items'];
  readonly carried: DeskEntries['carried'];
  readonly syncedAt: DeskEntries['syncedAt'];
  /** Number of the last own entry that counts for what is shown. */
  readonly head: () => number;
  /** How far the rows in memory are. */
  readonly cursor: DeskEntries['cursor'];
  readonly inTurn: InTurn;
  readonly openPeople: Set<string>;
  /** Rows that did not open; the next comparison with the server brings them anew. */
  readonly broken: Map<string, RowKey>;
  readonly isClosed: () => boolean;
  readonly close: () => void;
}

/** Opens memory: listed parts, and the own entries over them. */
export async function openDesk(parts: DeskParts): Promise<Result<Desk>> {
  const desk = createDesk(parts);
  const counted = await parts.counter.refresh();
  const read = counted.ok ? await desk.catchUp() : counted;
  const dropped = read.ok ? await dropGone(desk) : read;
  const left = dropped.ok ? await dropUntold(desk) : dropped;
  if (left.ok) return ok(desk);
  desk.close();
  return left;
}

function createDesk(parts: DeskParts): Desk {
  const memory = createMemory();
  const { db, ports } = parts;
  const broken = new Map<string, RowKey>();
  const onBroken = ({ k, i, p }: SealedRow) => broken.set(String([k, i, p]), [k, i, p]);
  const keys = { ...parts.keys, onBroken };
  const rows = createDeskRows(ports.crypto, db, keys, memory);
  const entries = createDeskEntries(parts, memory);
  let isClosed = false;
  return {
    ...parts,
    keys,
    broken,
    ...rows,
    ...createDeskView(db, entries, rows, memory, () => isClosed),
    // A post or counter that moves while she works comes with the next lease.
    actor: () => actorOf(parts.lease().lease),
    memory,
    items: entries.items,
    carried: entries.carried,
    syncedAt: entries.syncedAt,
    head: entries.head,
    cursor: entries.cursor,
    inTurn: createQueue(),
    openPeople: new Set(),
    isClosed: () => isClosed,
    close: () => {
      isClosed = true;
      parts.login.drop();
      entries.close();
      memory.clear();
    },
  };
}
