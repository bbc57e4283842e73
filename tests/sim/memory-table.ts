/** One table: rows by primary key, ranges over declared keys and indexes by scanning, in the order that IndexedDB gives. */
import type { Key, TableRows } from './disk.ts';
import type { Access, Running } from './memory-store.ts';

type Row = Record<string, unknown>;
type Ref = { value?: object };

export type Table = ReturnType<typeof createTable>;

export function createTable(name: string, spec: string, access: Access) {
  const [primary = '', ...others] = spec.split(',').map((part) => part.trim());
  const indexes = new Map(
    [primary, ...others].map((path) => [path.replace(/^[&*+]+/, ''), reader(path)]),
  );
  const keyOf = reader(primary);
  const rowsOf = ({ base }: Running): TableRows => {
    const found = base.tables.get(name) ?? (new Map() as TableRows);
    base.tables.set(name, found);
    return found;
  };
  const set = (running: Running, row: object) => {
    const key = keyOf(row as Row);
    if (key === undefined) throw Object.assign(new Error('no key'), { name: 'DataError' });
    running.checkRoom();
    const [rows, at] = [rowsOf(running), text(key)];
    const before = rows.get(at);
    running.undo.push(() => (before ? rows.set(at, before) : rows.delete(at)));
    rows.set(at, { key, row, since: before?.since ?? ++running.base.writes });
  };
  const drop = (running: Running, key: Key) => {
    const [rows, at] = [rowsOf(running), text(key)];
    const { drops } = running.base;
    const [before, dropped] = [rows.get(at), drops.get(`${name} ${at}`)];
    drops.set(`${name} ${at}`, ++running.base.writes);
    running.undo.push(() => {
      if (dropped === undefined) drops.delete(`${name} ${at}`);
      else drops.set(`${name} ${at}`, dropped);
    });
    if (!before) return;
    running.undo.push(() => rows.set(at, before));
    rows.delete(at);
  };
  const get = (running: Running, key: Key) => rowsOf(running).get(text(key))?.row;
  const table = {
    name,
    get: (key: Key) => access(false, (running) => get(running, key)),
    bulkGet: (keys: readonly Key[]) =>
      access(false, (running) => keys.map((key) => get(running, key))),
    put: (row: object) => access(true, (running) => set(running, row)),
    add: (row: object) =>
      access(true, (running) => {
        if (get(running, keyOf(row as Row) ?? ''))
          throw Object.assign(new Error('exists'), { name: 'ConstraintError' });
        set(running, row);
      }),
    bulkPut: (rows: readonly object[]) =>
      access(true, (running) => rows.forEach((row) => set(running, row))),
    bulkAdd: (rows: readonly object[]) =>
      access(true, (running) => rows.forEach((row) => set(running, row))),
    update: (key: Key, change: object) =>
      access(true, (running) => {
        const row = get(running, key);
        if (row) set(running, { ...row, ...change });
        return row ? 1 : 0;
      }),
    delete: (key: Key) => access(true, (running) => drop(running, key)),
    bulkDelete: (keys: readonly Key[]) =>
      access(true, (running) => keys.forEach((key) => drop(running, key))),
    clear: () =>
      access(true, (running) => {
        for (const { key } of rowsOf(running).values()) drop(running, key);
      }),
    toArray: () => collection().toArray(),
    count: () => access(false, (running) => rowsOf(running).size),
    filter: (isMeant: (row: never) => boolean) => collection().filter(isMeant),
    toCollection: () => collection(),
    orderBy: (index: string) => over(index, () => true),
    where: (index: string) => ({
      equals: (value: Key) => over(index, (key) => compare(key, value) === 0),
      above: (value: Key) => over(index, (key) => compare(key, value) > 0),
      aboveOrEqual: (value: Key) => over(index, (key) => compare(key, value) >= 0),
      below: (value: Key) => over(index, (key) => compare(key, value) < 0),
      belowOrEqual: (value: Key) => over(index, (key) => compare(key, value) <= 0),
      anyOf: (values: readonly Key[]) =>
        over(index, (key) => values.some((value) => compare(key, value) === 0)),
      startsWith: (start: string) =>
        over(index, (key) => typeof key === 'string' && key.startsWith(start)),
      between: (low: Key, high: Key, isLowIn = true, isHighIn = false) =>
        over(index, (key) => {
          const [fromLow, toHigh] = [compare(key, low), compare(key, high)];
          return (
            (fromLow > 0 || (isLowIn && fromLow === 0)) &&
            (toHigh < 0 || (isHighIn && toHigh === 0))
          );
        }),
    }),
  };
  return table;

  function over(index: string, isIn: (key: Key) => boolean) {
    const read = indexes.get(index);
    if (!read) throw new Error(`${name} has no index ${index}`);
    return collection(read, isIn);
  }

  function collection(
    read: (row: Row) => Key | undefined = keyOf,
    isIn: (key: Key) => boolean = () => true,
    isMeant: (row: never) => boolean = () => true,
    options: { readonly most?: number; readonly isReversed?: boolean } = {},
  ): Collection {
    const select = (running: Running) => {
      const found: { readonly at: Key; readonly key: Key; readonly row: object }[] = [];
      for (const { key, row } of rowsOf(running).values()) {
        const at = read(row as Row);
        if (at !== undefined && isIn(at) && isMeant(row as never)) found.push({ at, key, row });
      }
      if (found.length > 1) found.sort((a, b) => compare(a.at, b.at) || compare(a.key, b.key));
      if (options.isReversed) found.reverse();
      return options.most === undefined ? found : found.slice(0, options.most);
    };
    const all = <T>(of: (one: { key: Key; row: object }) => T) =>
      access(false, (running) => select(running).map(of));
    const made: Collection = {
      toArray: () => all(({ row }) => row),
      primaryKeys: () => all(({ key }) => key),
      count: () => access(false, (running) => select(running).length),
      first: async () => (await all(({ row }) => row))[0],
      last: async () => (await all(({ row }) => row)).at(-1),
      each: async (look) => (await all(({ row }) => row)).forEach((row) => look(row as never)),
      filter: (more) => collection(read, isIn, (row) => isMeant(row) && more(row), options),
      limit: (most) => collection(read, isIn, isMeant, { ...options, most }),
      reverse: () => collection(read, isIn, isMeant, { ...options, isReversed: true }),
      delete: () =>
        access(true, (running) => select(running).map(({ key }) => drop(running, key)).length),
      modify: (change) =>
        access(true, (running) => {
          const found = select(running);
          for (const { key, row } of found) {
            const ref: Ref = { value: { ...row } };
            if (typeof change === 'function') change(ref.value as never, ref);
            else ref.value = { ...row, ...change };
            if (ref.value) set(running, ref.value);
            else drop(running, key);
          }
          return found.length;
        }),
    };
    return made;
  }
}

interface Collection {
  readonly toArray: () => Promise<object[]>;
  readonly primaryKeys: () => Promise<Key[]>;
  readonly count: () => Promise<number>;
  readonly first: () => Promise<object | undefined>;
  readonly last: () => Promise<object | undefined>;
  readonly each: (look: (row: never) => void) => Promise<void>;
  readonly filter: (isMeant: (row: never) => boolean) => Collection;
  readonly limit: (most: number) => Collection;
  readonly reverse: () => Collection;
  readonly delete: () => Promise<number>;
  readonly modify: (change: object | ((row: never, ref: Ref) => void)) => Promise<number>;
}

/** undefined where the row has no such key: it is then not in the index. */
function reader(path: string): (row: Row) => Key | undefined {
  const plain = path.replace(/^[&*+]+/, '');
  if (!plain.startsWith('[')) return (row) => row[plain] as Key | undefined;
  const names = plain.slice(1, -1).split('+');
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
