/**
 * A tablet's disk in memory: databases by name, tables of rows, and the accidents that a disk has. What is here has been
 * committed; a process that dies takes its open transaction with it. Rows are never mutated in place, so that a copy of
 * the disk (a cloned profile, a device put away) is a copy of the maps.
 */
import type { Process } from './schedule.ts';

export type Key = string | number | readonly Key[];
export interface Stored {
  readonly key: Key;
  readonly row: object;
  /** When it first came to be, in writes of its base. */
  readonly since: number;
}
export type TableRows = Map<string, Stored>;

export interface Base {
  readonly name: string;
  readonly tables: Map<string, TableRows>;
  writes: number;
  /** When a key was last deleted, whether or not it was there: 'table key'. */
  readonly drops: Map<string, number>;
  /** Whose transaction runs, and who waits for it to end. */
  holder: Holder | undefined;
  readonly queue: { readonly process: Process; readonly go: () => void }[];
}

export interface Holder {
  readonly process: Process;
  readonly rollBack: () => void;
}

export interface Disk {
  readonly bases: Map<string, Base>;
  isFull: boolean;
  /** The second place of unsent entries: it does not go with the databases. */
  readonly spare: Map<string, string>;
  /** Counts accidents that cut every connection; a connection opened since is good. */
  cuts: number;
}

export function createDisk(): Disk {
  return { bases: new Map(), spare: new Map(), isFull: false, cuts: 0 };
}

export function baseOf(disk: Disk, name: string): Base {
  const found = disk.bases.get(name);
  if (found) return found;
  const base: Base = emptyBase(name, new Map(), 0, new Map());
  disk.bases.set(name, base);
  return base;
}

function emptyBase(
  name: string,
  tables: Base['tables'],
  writes: number,
  drops: Base['drops'],
): Base {
  return { name, tables, writes, drops, holder: undefined, queue: [] };
}

/** Only what is committed: a transaction under way is rolled back in the copy by not being there. */
export function copyDisk(disk: Disk): Disk {
  const bases = [...disk.bases].map(([name, base]): [string, Base] => {
    const tables = new Map([...base.tables].map(([table, rows]) => [table, new Map(rows)]));
    return [name, emptyBase(name, tables, base.writes, new Map(base.drops))];
  });
  return { ...createDisk(), bases: new Map(bases), spare: new Map(disk.spare) };
}

export function storedIn(disk: Disk, base: string, table: string): Stored[] {
  const rows = disk.bases.get(base)?.tables.get(table);
  return rows ? [...rows.values()] : [];
}

export function rowsIn(disk: Disk, base: string, table: string): object[] {
  return storedIn(disk, base, table).map(({ row }) => row);
}

/** The turn of a process at a base, at once where nobody has it; the next one's comes with `release`. */
export function acquire(base: Base, holder: Holder): Promise<void> | undefined {
  if (!base.holder) {
    base.holder = holder;
    return undefined;
  }
  return new Promise((resolve) => {
    const go = () => {
      base.holder = holder;
      resolve();
    };
    base.queue.push({ process: holder.process, go });
  });
}

export function release(base: Base): void {
  base.holder = undefined;
  for (let next = base.queue.shift(); next; next = base.queue.shift())
    if (!next.process.isDead) return next.go();
}

/** The end of a process at this disk: what it had not committed never was. */
export function letGo(disk: Disk, process: Process): void {
  for (const base of disk.bases.values())
    if (base.holder?.process === process) {
      base.holder.rollBack();
      release(base);
    }
}

/** A browser does not put a page to sleep that others wait for here. */
export function isInTransaction(disk: Disk, process: Process): boolean {
  return [...disk.bases.values()].some(
    ({ holder, queue }) =>
      holder?.process === process || queue.some((one) => one.process === process),
  );
}
