/**
 * `madoguchi-<store>` [final]: one database per user, device and enrolment (and one for the counter). Rows hold only what
 * the server said, sealed part by part; entries hold the own stream as envelopes, with a sealed copy while it is needed.
 * Indexes are opaque ids only: `care` and `held` are the entry's own id while it is refused or its copy is kept.
 */
import type Dexie from 'dexie';
import type { EntityTable, Table } from 'dexie';
import type { Problem } from '../domain/problem.ts';
import type { Bytes } from '../sync/bytes.ts';
import type { SealedContainer } from '../sync/container.ts';
import type { Envelope } from '../sync/envelope.ts';
import type { Lane, LocalCopy } from '../sync/entry.ts';
import type { SignedLease } from '../sync/lease.ts';
import type { EpochStatement } from '../sync/protocol.ts';
import type { Receipt, VerdictCode } from '../sync/verdict.ts';
import type { Box } from './crypto.ts';
import { dexieOf } from './durable.ts';
import type { PartRef } from './memory.ts';
import type { StoragePort } from './ports.ts';
import type { KeySlot } from './vault.ts';

/** [final] One part of one record. */
export interface SealedRow {
  /** Number of the kind. */
  readonly k: number;
  readonly i: string;
  readonly p: string;
  readonly rev: number;
  readonly seq: number;
  readonly keyId: string;
  readonly nonce: Bytes;
  readonly c: Bytes;
}
export type Unconfirmed = Pick<SealedRow, 'k' | 'i' | 'p'>;
export type RowKey = readonly [k: number, i: string, p: string];

export interface EntryRow {
  readonly lane: Lane;
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly state: 'pending' | VerdictCode;
  readonly envelope: Envelope;
  /** Sealed under the data key; gone once the cursor has passed the verdict, or with an eviction. */
  readonly copy?: Box;
  /** The counter's copies: facts without a name, in clear, for whoever unlocks next. */
  readonly plain?: LocalCopy;
  readonly receipt?: Receipt;
  readonly care?: string;
  readonly held?: string;
  /** Withdrawn with a reason (withdrawn.ts), and when, where that was on this tablet. */
  readonly withdrawn?: { readonly at?: number };
}

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Small facts of a store by name. Heads and acknowledged heads are per lane. */
export interface MetaValues {
  readonly 'head:write': Head;
  readonly 'head:access': Head;
  readonly 'acked:write': Head;
  readonly 'acked:access': Head;
  readonly cursor: string;
  /** Tenant sequence up to which every verdict is in the rows. */
  readonly seq: number;
  readonly syncedAt: number;
  readonly skew: number;
  readonly epoch: string;
  /** Its statement and those before it, as far as this store has known them. */
  readonly epochs: readonly EpochStatement[];
  /** Everything up to this tenant sequence is in a backup of the server. */
  readonly durable: number;
  /** When the rows were last compared with the server's, device clock; `isDue`: again as soon as an hour has passed. */
  readonly digest: { readonly at: number; readonly isDue: boolean };
  /** Parts that were taken away while nobody could tell which copies of own entries show them; until that was looked at. */
  readonly gone: readonly PartRef[];
  /** Up to which tenant sequence a locked tablet has asked what it may not hold any more. */
  readonly goneTo: number;
  /** How often parts were taken away. */
  readonly taken: number;
  /** Put away: nothing readable is written here any more, whatever was under way. */
  readonly wiped: true;
}
type MetaName = keyof MetaValues;
/** Name and value tied. */
type MetaRowOf = {
  readonly [N in MetaName]: { readonly name: N; readonly value: MetaValues[N] };
}[MetaName];
interface MetaRow {
  readonly name: MetaName;
  readonly value: MetaValues[MetaName];
}

/** The data key's slots, and the user's signing key (pkcs8) under the data key. */
export type KeyRow =
  | ({ readonly id: 'slot' } & { readonly slot: KeySlot })
  | { readonly id: 'signing'; readonly nonce: Bytes; readonly c: Bytes };

export interface DraftRow extends Box {
  /** Name of a form and opaque ids. */
  readonly key: string;
  /** Opaque ids of whatever else it is about, where the key does not name it (evicted.ts). */
  readonly about?: readonly string[];
}

export interface LeaseRow {
  readonly id: string;
  readonly signed: SignedLease;
}

/**
 * A handoff that a colleague gave by hand: what may be read of it, sealed under the data key, and the containers that this
 * tablet brings to the server besides. Everything in clear is opaque.
 */
export interface CarriedRow {
  readonly handoff: string;
  readonly madeAt: number;
  readonly takenAt: number;
  /** Entries that the handoff rests on. */
  readonly entries: readonly string[];
  /** Still to be brought; empty once the server has them. */
  readonly containers: readonly SealedContainer[];
  /** Gone with an eviction or a refusal. */
  readonly share?: Box;
  /** Tenant sequence at which the server has all of it. */
  readonly delivered?: number;
  /** The server has the entries, and they are without effect. */
  readonly isRefused?: boolean;
  /** Why the server did not take it when last asked, and when that was. */
  readonly heldUp?: { readonly problem: Problem; readonly at: number };
}

export type StoreDb = Dexie & {
  readonly rows: Table<SealedRow, RowKey>;
  readonly entries: Table<EntryRow, readonly [Lane, number]>;
  readonly meta: EntityTable<MetaRow, 'name'>;
  readonly keys: Table<KeyRow, string>;
  readonly drafts: EntityTable<DraftRow, 'key'>;
  readonly leases: EntityTable<LeaseRow, 'id'>;
  readonly carried: EntityTable<CarriedRow, 'handoff'>;
  /** Keys of rows that the server has not sent again since it began from the beginning (rebuild.ts). */
  readonly unconfirmed: Table<Unconfirmed, RowKey>;
};

export function storeDbName(store: string): string {
  return `madoguchi-${store}`;
}

export function openStoreDb(storage: StoragePort, store: string): StoreDb {
  const db = dexieOf(storage, storeDbName(store));
  db.version(1).stores({
    rows: '[k+i+p]',
    entries: '[lane+seq],id,care,held',
    meta: 'name',
    keys: 'id',
    drafts: 'key',
    leases: 'id',
  });
  db.version(2).stores({ carried: 'handoff' });
  db.version(3).stores({ unconfirmed: '[k+i+p]' });
  // The tables just declared are what the type says; Dexie adds them as properties at run time.
  return db as StoreDb;
}

export async function readMeta<N extends MetaName>(
  db: StoreDb,
  name: N,
): Promise<MetaValues[N] | undefined> {
  const row = await db.meta.get(name);
  // Only writeMeta writes here, and it ties name and value.
  return row?.value as MetaValues[N] | undefined;
}

export type ValuesOf<N extends readonly MetaName[]> = {
  readonly [At in keyof N]: MetaValues[N[At]] | undefined;
};

/** Several of one moment, in the order asked, for the price of one question. */
export async function readMetas<const N extends readonly MetaName[]>(
  db: StoreDb,
  ...names: N
): Promise<ValuesOf<N>> {
  const rows = await db.meta.bulkGet([...names]);
  // As above: name and value are tied.
  return rows.map((row) => row?.value) as unknown as ValuesOf<N>;
}

export async function writeMeta<N extends MetaName>(
  db: StoreDb,
  name: N,
  value: MetaValues[N],
): Promise<void> {
  await db.meta.put({ name, value });
}

/** Several at once, for the price of one. */
export async function writeMetas(db: StoreDb, ...rows: readonly MetaRowOf[]): Promise<void> {
  await db.meta.bulkPut(rows);
}

export const lanes: readonly Lane[] = ['write', 'access'];

export const headNameOf = { write: 'head:write', access: 'head:access' } as const;
export const ackedNameOf = { write: 'acked:write', access: 'acked:access' } as const;
export const headNames = ['head:write', 'acked:write', 'head:access', 'acked:access'] as const;
export type Heads = ValuesOf<typeof headNames>;

/** What an open epoch says of backups; of one that says nothing, that of an epoch before means nothing to its answers. */
export async function keepDurable(
  db: StoreDb,
  known: number | undefined,
  durable: number | undefined,
): Promise<void> {
  if (durable === known) return;
  if (durable === undefined) await db.meta.delete('durable');
  else await writeMeta(db, 'durable', durable);
}

/** How many entries the server has not answered for, without reading one of them. */
export function countPending([write, ackedWrite, access, ackedAccess]: Heads): number {
  const open = (head: Head | undefined, acked: Head | undefined) =>
    (head?.seq ?? 0) - (acked?.seq ?? 0);
  return open(write, ackedWrite) + open(access, ackedAccess);
}

/** Everything readable or openable goes; envelopes stay, they are the server's to open. */
export async function wipe(db: StoreDb): Promise<void> {
  const tables = [db.rows, db.drafts, db.keys, db.entries, db.carried, db.meta];
  await db.transaction('rw', tables, async () => {
    await writeMeta(db, 'wiped', true);
    await Promise.all([db.rows.clear(), db.drafts.clear(), db.keys.clear()]);
    await db.carried.toCollection().modify((row, ref) => {
      const { share: _, ...rest } = row;
      ref.value = rest;
    });
    await db.entries
      .where('held')
      .above('')
      .modify((row, ref) => {
        const { copy: _, held: __, ...rest } = row;
        ref.value = rest;
      });
  });
}

/** In the same transaction: whoever has read them meanwhile learns by it that they have gone. */
export async function noteTaken(db: StoreDb): Promise<void> {
  await writeMeta(db, 'taken', ((await readMeta(db, 'taken')) ?? 0) + 1);
}
