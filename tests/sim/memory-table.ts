/**
 * One table: rows by primary key, ranges over declared keys and indexes by scanning, in the order that IndexedDB gives.
 * Classes, as Dexie's: a tab opens tables by the dozen and asks by the thousand, and closures for each cost more than the rows.
 */
import type { Key, Stored, TableRows } from './disk.ts';
import type { Access, Running } from './memory-store.ts';

type Row = Record<string, unknown>;
type Ref = { value?: object };
/** undefined where the row has no such key: it is then not in the index. */
type Reader = (row: Row) => Key | undefined;

interface Shape {
  readonly keyOf: Reader;
  readonly indexes: ReadonlyMap<string, Reader>;
}

/** By what the code declares, a handful of texts. */
const shapes = new Map<string, Shape>();

export class Table {
  readonly name: string;
  readonly access: Access;
  readonly shape: Shape;
  constructor(name: string, spec: string, access: Access) {
    this.name = name;
    this.access = access;
    this.shape = shapes.get(spec) ?? shapeOf(spec);
    shapes.set(spec, this.shape);
  }
  get(key: Key) {
    return this.access(false, (running) => rowAt(this, running, key));
  }
  bulkGet(keys: readonly Key[]) {
    return this.access(false, (running) => {
      const rows = rowsOf(this, running);
      return keys.map((key) => rows.get(text(key))?.row);
    });
  }
  put(row: object) {
    return this.access(true, (running) => set(this, running, row));
  }
  add(row: object) {
    return this.access(true, (running) => {
      if (rowAt(this, running, this.shape.keyOf(row as Row) ?? ''))
        throw Object.assign(new Error('exists'), { name: 'ConstraintError' });
      set(this, running, row);
    });
  }
  bulkPut(rows: readonly object[]) {
    return this.access(true, (running) => rows.forEach((row) => set(this, running, row)));
  }
  bulkAdd(rows: readonly object[]) {
    return this.bulkPut(rows);
  }
  update(key: Key, change: object) {
    return this.access(true, (running) => {
      const row = rowAt(this, running, key);
      if (row) set(this, running, { ...row, ...change });
      return row ? 1 : 0;
    });
  }
  delete(key: Key) {
    return this.access(true, (running) => drop(this, running, key));
  }
  bulkDelete(keys: readonly Key[]) {
    return this.access(true, (running) => keys.forEach((key) => drop(this, running, key)));
  }
  clear() {
    return this.access(true, (running) => {
      for (const { key } of rowsOf(this, running).values()) drop(this, running, key);
    });
  }
  count() {
    return this.access(false, (running) => rowsOf(this, running).size);
  }
  toArray() {
    return this.toCollection().toArray();
  }
  filter(isMeant: IsMeant) {
    return this.toCollection().filter(isMeant);
  }
  toCollection() {
    return new Collection(this, {});
  }
  orderBy(index: string) {
    return this.where(index).all();
  }
  where(index: string) {
    const read = this.shape.indexes.get(index);
    if (!read) throw new Error(`${this.name} has no index ${index}`);
    return new Where(this, read === this.shape.keyOf ? undefined : read);
  }
}

type IsIn = (key: Key) => boolean;
type IsMeant = (row: never) => boolean;

interface Wanted {
  /** By which index; absent: by primary key. */
  readonly read?: Reader | undefined;
  readonly isIn?: IsIn;
  readonly isMeant?: IsMeant;
  readonly most?: number;
  readonly isReversed?: boolean;
}

class Where {
  readonly #table: Table;
  readonly #read: Reader | undefined;
  constructor(table: Table, read: Reader | undefined) {
    this.#table = table;
    this.#read = read;
  }
  #over(isIn: IsIn) {
    return new Collection(this.#table, { read: this.#read, isIn });
  }
  all() {
    return new Collection(this.#table, { read: this.#read });
  }
  equals(value: Key) {
    return this.#over((key) => compare(key, value) === 0);
  }
  above(value: Key) {
    return this.#over((key) => compare(key, value) > 0);
  }
  aboveOrEqual(value: Key) {
    return this.#over((key) => compare(key, value) >= 0);
  }
  below(value: Key) {
    return this.#over((key) => compare(key, value) < 0);
  }
  belowOrEqual(value: Key) {
    return this.#over((key) => compare(key, value) <= 0);
  }
  anyOf(values: readonly Key[]) {
    return this.#over((key) => values.some((value) => compare(key, value) === 0));
  }
  startsWith(start: string) {
    return this.#over((key) => typeof key === 'string' && key.startsWith(start));
  }
  between(low: Key, high: Key, isLowIn = true, isHighIn = false) {
    return this.#over((key) => {
      const fromLow = compare(key, low);
      const toHigh = compare(key, high);
      return (
        (fromLow > 0 || (isLowIn && fromLow === 0)) && (toHigh < 0 || (isHighIn && toHigh === 0))
      );
    });
  }
}

class Collection {
  readonly #table: Table;
  readonly #wanted: Wanted;
  constructor(table: Table, wanted: Wanted) {
    this.#table = table;
    this.#wanted = wanted;
  }
  #all<T>(of: (one: Stored) => T) {
    return this.#table.access(false, (running) =>
      select(this.#table, running, this.#wanted).map(of),
    );
  }
  toArray() {
    return this.#all(({ row }) => row);
  }
  primaryKeys() {
    return this.#all(({ key }) => key);
  }
  count() {
    return this.#table.access(
      false,
      (running) => select(this.#table, running, this.#wanted).length,
    );
  }
  async first() {
    return (await this.toArray())[0];
  }
  async last() {
    return (await this.toArray()).at(-1);
  }
  async each(look: (row: never) => void) {
    for (const row of await this.toArray()) look(row as never);
  }
  filter(more: IsMeant) {
    const { isMeant } = this.#wanted;
    const both: IsMeant = isMeant ? (row) => isMeant(row) && more(row) : more;
    return new Collection(this.#table, { ...this.#wanted, isMeant: both });
  }
  limit(most: number) {
    return new Collection(this.#table, { ...this.#wanted, most });
  }
  reverse() {
    return new Collection(this.#table, { ...this.#wanted, isReversed: true });
  }
  delete() {
    const table = this.#table;
    return table.access(true, (running) => {
      const found = select(table, running, this.#wanted);
      for (const { key } of found) drop(table, running, key);
      return found.length;
    });
  }
  modify(change: object | ((row: never, ref: Ref) => void)) {
    const table = this.#table;
    return table.access(true, (running) => {
      const found = select(table, running, this.#wanted);
      for (const { key, row } of found) {
        const ref: Ref = { value: { ...row } };
        if (typeof change === 'function') change(ref.value as never, ref);
        else ref.value = { ...row, ...change };
        if (ref.value) set(table, running, ref.value);
        else drop(table, running, key);
      }
      return found.length;
    });
  }
}

function rowsOf({ name }: Table, { base }: Running): TableRows {
  const found = base.tables.get(name);
  if (found) return found;
  const rows: TableRows = new Map();
  base.tables.set(name, rows);
  return rows;
}

function rowAt(table: Table, running: Running, key: Key): object | undefined {
  return rowsOf(table, running).get(text(key))?.row;
}

function set(table: Table, running: Running, row: object): void {
  const key = table.shape.keyOf(row as Row);
  if (key === undefined) throw Object.assign(new Error('no key'), { name: 'DataError' });
  running.checkRoom();
  const rows = rowsOf(table, running);
  const at = text(key);
  const before = rows.get(at);
  running.undo.push(() => (before ? rows.set(at, before) : rows.delete(at)));
  rows.set(at, { key, row, since: before?.since ?? ++running.base.writes });
}

function drop(table: Table, running: Running, key: Key): void {
  const rows = rowsOf(table, running);
  const at = text(key);
  const dropped = `${table.name} ${at}`;
  const { drops } = running.base;
  const before = rows.get(at);
  const last = drops.get(dropped);
  drops.set(dropped, ++running.base.writes);
  running.undo.push(() => (last === undefined ? drops.delete(dropped) : drops.set(dropped, last)));
  if (!before) return;
  running.undo.push(() => rows.set(at, before));
  rows.delete(at);
}

function select(table: Table, running: Running, wanted: Wanted): readonly Stored[] {
  const { read, isIn, isMeant, most, isReversed } = wanted;
  const atOf = (one: Stored) => (read ? read(one.row as Row) : one.key);
  const found: Stored[] = [];
  for (const one of rowsOf(table, running).values()) {
    const at = atOf(one);
    if (at === undefined || (isIn && !isIn(at))) continue;
    if (!isMeant || isMeant(one.row as never)) found.push(one);
  }
  if (found.length > 1)
    found.sort((a, b) => compare(atOf(a) ?? '', atOf(b) ?? '') || compare(a.key, b.key));
  if (isReversed) found.reverse();
  return most === undefined ? found : found.slice(0, most);
}

function shapeOf(spec: string): Shape {
  const paths = spec.split(',').map((part) => part.trim().replace(/^[&*+]+/, ''));
  const [first = '', ...others] = paths;
  const keyOf = reader(first);
  const indexes = new Map(others.map((path) => [path, reader(path)]));
  return { keyOf, indexes: indexes.set(first, keyOf) };
}

function reader(path: string): Reader {
  if (!path.startsWith('[')) return (row) => row[path] as Key | undefined;
  const names = path.slice(1, -1).split('+');
  return (row) => {
    const key = names.map((name) => row[name] as Key | undefined);
    return key.includes(undefined) ? undefined : (key as Key[]);
  };
}

function text(key: Key): string {
  return typeof key === 'string' ? key : JSON.stringify(key);
}

/** Numbers before strings before arrays, as IndexedDB compares. */
export function compare(a: Key, b: Key): number {
  if (typeof a === 'object' && typeof b === 'object') {
    for (let at = 0; at < Math.min(a.length, b.length); at++) {
      const found = compare(a[at] ?? 0, b[at] ?? 0);
      if (found !== 0) return found;
    }
    return a.length - b.length;
  }
  if (typeof a !== typeof b) return rank(a) - rank(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(key: Key): number {
  return typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2;
}
