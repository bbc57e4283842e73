/** What a tablet's disk holds, opened as a thief with PIN and share would: every row, and every readable copy of an entry. */
import type { EnrolmentRow, StoreRow } from '../../src/device/device-db.ts';
import { openJson, type Box } from '../../src/device/crypto.ts';
import { openRow, type RowKeys } from '../../src/device/rows.ts';
import type { CarriedRow, EntryRow, KeyRow, SealedRow } from '../../src/device/store-db.ts';
import { copyAbout } from '../../src/device/stream.ts';
import type { KeySlot, Owner, Vault } from '../../src/device/vault.ts';
import type { LocalCopy } from '../../src/sync/entry.ts';
import { kindNamed } from '../../src/domain/kinds/index.ts';
import type { Values } from '../../src/domain/value.ts';
import { cursorOn, type Cursor } from './cursors.ts';
import { rowsIn, storedIn, type Disk } from './disk.ts';
import type { Creation } from './notes.ts';
import { pin } from './place.ts';
import type { Keys } from './tier.ts';

export interface Holding {
  readonly store: StoreRow;
  readonly entries: readonly EntryRow[];
  /** undefined where the keys are gone. */
  readonly opened:
    | {
        /** By key. */
        readonly parts: ReadonlyMap<string, HeldPart>;
        readonly copies: readonly { readonly row: EntryRow; readonly copy: LocalCopy }[];
      }
    | undefined;
  readonly rows: readonly SealedRow[];
  readonly carried: readonly CarriedRow[];
  /** A part was evicted from this store after the entry had been written. */
  readonly isEvictedSince: (
    entry: EntryRow,
    part: { kind: string; id: string; part: string },
  ) => boolean;
  readonly meta: ReadonlyMap<string, unknown>;
  readonly cursor: Cursor | undefined;
}

export interface HeldPart {
  readonly key: string;
  readonly rev: number;
  readonly seq: number;
  readonly body: Values;
}

const baseName = (store: string) => `madoguchi-${store}`;

export function enrolmentOn(disk: Disk): EnrolmentRow | undefined {
  const rows = rowsIn(disk, 'madoguchi-device', 'one') as { readonly key: string }[];
  return rows.find(({ key }) => key === 'enrolment') as EnrolmentRow | undefined;
}

/** How far the rows of a member's live store are. */
export function seqOf(disk: Disk, staff: string | undefined): unknown {
  const live = liveOf(disk, staff);
  return live && metaOf(disk, live.store, 'seq');
}

/** The server's epochs that the stores know. */
export function epochsOn(disk: Disk): unknown[] {
  const epochs = storesOn(disk).map(({ store }) => metaOf(disk, store, 'epoch'));
  return epochs.filter((epoch) => epoch !== undefined);
}

/**
 * A locked tablet has been told that its member may see a part of this record no more: her own copy of it went as well, until
 * the next pull has told all there is.
 */
export function isToldGone(
  disk: Disk,
  staff: string,
  { kind, id }: Pick<Creation, 'kind' | 'id'>,
  toldGone: ReadonlyMap<string, number>,
): boolean {
  const live = liveOf(disk, staff);
  const upTo = live && toldGone.get(`${live.store}/${kind}/${id}`);
  if (!live || upTo === undefined) return false;
  const [goneTo, seq] = ['goneTo', 'seq'].map((name) =>
    Number(metaOf(disk, live.store, name) ?? -1),
  );
  // Of another telling, after a pull, this one is no excuse.
  return (goneTo ?? -1) >= upTo && (seq ?? -1) < upTo;
}

/** Entries that wait to be sent, whether a tab knows of them or not: whoever wrote them may have died before saying so. */
export function unsentOn(disk: Disk): number {
  let unsent = 0;
  for (const { store } of storesOn(disk))
    for (const { row } of disk.bases.get(baseName(store))?.tables.get('entries')?.values() ?? [])
      if ((row as EntryRow).state === 'pending') unsent += 1;
  return unsent;
}

const storesOn = (disk: Disk) => rowsIn(disk, 'madoguchi-device', 'stores') as StoreRow[];

const liveOf = (disk: Disk, staff: string | undefined) =>
  storesOn(disk).find((one) => one.staff === staff && one.state === 'live');

function metaOf(disk: Disk, store: string, wanted: string): unknown {
  const found = disk.bases.get(baseName(store))?.tables.get('meta')?.get(wanted);
  return (found?.row as { readonly value: unknown } | undefined)?.value;
}

export function holdingsOf(disk: Disk, keys: Keys): Promise<Holding[]> {
  return Promise.all(storesOn(disk).map((store) => holdingOf(disk, store, keys)));
}

async function holdingOf(disk: Disk, store: StoreRow, keys: Keys): Promise<Holding> {
  const base = baseName(store.store);
  const stored = storedIn(disk, base, 'entries');
  const entries = stored.map(({ row }) => row as EntryRow);
  const rows = rowsIn(disk, base, 'rows') as SealedRow[];
  const metaRows = rowsIn(disk, base, 'meta') as {
    readonly name: string;
    readonly value: unknown;
  }[];
  const meta = new Map(metaRows.map(({ name, value }) => [name, value]));
  const cursor = cursorOn(disk, base);
  const key = await keyOf(disk, store, keys);
  const isEvictedSince: Holding['isEvictedSince'] = (entry, { kind, id, part }) => {
    const key = JSON.stringify([kindNamed(kind)?.number, id, part]);
    const gone = disk.bases.get(base)?.drops.get(`rows ${key}`);
    return gone !== undefined && gone > (stored.find(({ row }) => row === entry)?.since ?? 0);
  };
  return {
    store,
    entries,
    rows,
    carried: rowsIn(disk, base, 'carried') as CarriedRow[],
    meta,
    cursor,
    isEvictedSince,
    opened: key && (await open(store, { ...key, subtle: keys.crypto }, rows, entries)),
  };
}

async function keyOf(disk: Disk, { store, staff }: StoreRow, { vault }: Keys) {
  const enrolment = enrolmentOn(disk);
  const rows = rowsIn(disk, baseName(store), 'keys') as KeyRow[];
  const slot = rows.find((row) => row.id === 'slot');
  if (slot?.id !== 'slot' || !enrolment) return undefined;
  const owner = { store, user: staff, device: enrolment.device, share: enrolment.share };
  const dataKey = await unlock(vault, owner, slot.slot);
  return dataKey && { dataKey, keyId: slot.slot.keyId };
}

/**
 * What is on a disk is never mutated in place (disk.ts): what a slot or a row has once opened to, it opens to again, and
 * what was there in the morning is so every day.
 */
const unlocked = new WeakMap<KeySlot, { readonly owner: Owner; readonly dataKey: CryptoKey }>();
const openedRows = new WeakMap<SealedRow, { readonly by: RowKeys; readonly part: HeldPart }>();
const openedCopies = new WeakMap<EntryRow, { readonly by: RowKeys; readonly copy: LocalCopy }>();

async function unlock(vault: Vault, owner: Owner, slot: KeySlot): Promise<CryptoKey | undefined> {
  const known = unlocked.get(slot);
  if (known && isSame(known.owner, owner)) return known.dataKey;
  const dataKey = await vault.unlock(owner, slot, pin);
  if (dataKey) unlocked.set(slot, { owner, dataKey });
  return dataKey;
}

function isSame(a: Owner, b: Owner): boolean {
  return a.store === b.store && a.user === b.user && a.device === b.device && a.share === b.share;
}

async function open(
  { store }: StoreRow,
  given: { readonly dataKey: CryptoKey; readonly keyId: string; readonly subtle: SubtleCrypto },
  rows: readonly SealedRow[],
  entries: readonly EntryRow[],
) {
  const { dataKey, keyId, subtle } = given;
  const by = { store, keyId, dataKey };
  const parts = new Map<string, HeldPart>();
  for (const row of rows) {
    const part = heldAgain(by, row) ?? (await openPart(subtle, by, row));
    parts.set(part.key, part);
  }
  const copies: { row: EntryRow; copy: LocalCopy }[] = [];
  for (const row of entries) {
    if (!row.copy) continue;
    const copy = copyAgain(by, row) ?? (await openCopy(subtle, by, row.copy, row));
    if (copy) copies.push({ row, copy });
  }
  return { parts, copies };
}

function heldAgain({ store, dataKey }: RowKeys, row: SealedRow): HeldPart | undefined {
  const known = openedRows.get(row);
  return known?.by.dataKey === dataKey && known.by.store === store ? known.part : undefined;
}

function copyAgain({ store, dataKey }: RowKeys, row: EntryRow): LocalCopy | undefined {
  const known = openedCopies.get(row);
  return known?.by.dataKey === dataKey && known.by.store === store ? known.copy : undefined;
}

async function openCopy(
  subtle: SubtleCrypto,
  by: RowKeys,
  box: Box,
  row: EntryRow,
): Promise<LocalCopy | undefined> {
  const { lane, seq, id } = row;
  const about = copyAbout({ store: by.store, lane, seq, id });
  const copy = (await openJson(subtle, by.dataKey, box, about)) as LocalCopy | undefined;
  if (copy) openedCopies.set(row, { by, copy });
  return copy;
}

async function openPart(subtle: SubtleCrypto, by: RowKeys, row: SealedRow): Promise<HeldPart> {
  const part = await openRow(subtle, by, row);
  if (!part) throw new Error(`a row does not open: ${row.k}/${row.i}/${row.p}`);
  const key = `${part.kind}/${part.id}/${part.part}`;
  const held = { key, rev: row.rev, seq: row.seq, body: part.body };
  openedRows.set(row, { by, part: held });
  return held;
}

/** An entry of a member's live store. */
export function ownEntry(disk: Disk, staff: string, id: string): EntryRow | undefined {
  const live = liveOf(disk, staff);
  const entries = live ? (rowsIn(disk, baseName(live.store), 'entries') as EntryRow[]) : [];
  return entries.find((row) => row.id === id);
}
