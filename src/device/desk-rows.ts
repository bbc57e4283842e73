/** Reading a desk's sealed rows: by record, opened under its data key. What is shown of them is the memory's affair. */
import { kindNamed } from '../domain/kinds/index.ts';
import { ok, type Result } from '../domain/problem.ts';
import { applyChange, refKey, type Rec, type Ref } from '../domain/record.ts';
import { durably } from './durable.ts';
import { withPart, type Memory, type PartRef } from './memory.ts';
import { isListed, kindOfRow, openRows, type OpenPart, type RowKeys } from './rows.ts';
import { readMetas, type SealedRow, type StoreDb } from './store-db.ts';

export interface AllRows {
  readonly parts: OpenPart[];
  /** Where they stand. */
  readonly cursor: string | undefined;
  /** How often parts had been taken away by then. */
  readonly taken: number;
}

export interface DeskRows {
  /** Every part that may be shown now. */
  readonly readAll: () => Promise<Result<AllRows>>;
  /** Every part that this tablet holds of these records, as the server said them. */
  readonly readParts: (refs: readonly Ref[]) => Promise<Result<OpenPart[]>>;
  /** A record whole, own entries laid over it. */
  readonly readWhole: (ref: Ref) => Promise<Result<Rec | undefined>>;
}

export function createDeskRows(
  crypto: SubtleCrypto,
  db: StoreDb,
  keys: RowKeys,
  memory: Memory,
): DeskRows {
  const readParts = async (refs: readonly Ref[]): Promise<Result<OpenPart[]>> => {
    const rows = await durably(db, () => Promise.all(refs.map((ref) => rowsOf(db, ref))));
    return rows.ok ? ok(await openRows(crypto, keys, rows.value.flat())) : rows;
  };
  const isShown = (row: SealedRow) => {
    const kind = kindOfRow(row);
    return isListed(kind, row.p) || memory.isOpen({ kind, id: row.i });
  };
  return {
    readAll: async () => {
      const read = await durably(db, () =>
        db.transaction('r', db.rows, db.meta, async () => ({
          rows: await db.rows.toArray(),
          metas: await readMetas(db, 'cursor', 'taken'),
        })),
      );
      if (!read.ok) return read;
      const parts = await openRows(crypto, keys, read.value.rows.filter(isShown));
      const [cursor, taken = 0] = read.value.metas;
      return ok({ parts, cursor, taken });
    },
    readParts,
    readWhole: async (ref) => {
      if (isWholeInMemory(memory, ref)) return ok(memory.get(ref.kind, ref.id));
      const read = await readParts([ref]);
      if (!read.ok) return read;
      const said = read.value.reduce<Rec | undefined>(withPart, undefined);
      const base = said ?? memory.carriedOf(ref);
      return ok(memory.overlayOf(ref).reduce<Rec | undefined>(applyChange, base));
    },
  };
}

function rowsOf(db: StoreDb, { kind, id }: Ref) {
  const number = kindNamed(kind)?.number ?? 0;
  return db.rows.where('[k+i+p]').between([number, id, ''], [number, id, '\uffff']).toArray();
}

function isWholeInMemory(memory: Memory, ref: Ref): boolean {
  const kind = kindNamed(ref.kind);
  const isAllListed = Object.values(kind?.parts ?? {}).every((part) => part.listed);
  return isAllListed || memory.isOpen(ref);
}

/** Parts of a record that are no longer on the tablet. */
export function missingParts(ref: Ref, found: readonly OpenPart[]): PartRef[] {
  const there = found.filter((part) => refKey(part) === refKey(ref)).map(({ part }) => part);
  const all = Object.keys(kindNamed(ref.kind)?.parts ?? {});
  return all.filter((part) => !there.includes(part)).map((part) => ({ ...ref, part }));
}
