/**
 * Statements that run with every request, built and compiled once: `build` sees placeholders where the values will be, and
 * must not look at them. Lists are filled up to a few sizes with their last item, so that few texts stand for every length
 * and the database's own statements are found again. Only for lists that a repetition does not change (`in`), never empty.
 * Rows to be inserted are no such list: they go by their number, and many of them in several statements.
 */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Tx } from './storage.ts';

type Value = string | number | null | Uint8Array;
/** Of a table: its columns, by their names. */
type Row = object;
type Given = Readonly<Record<string, Value | readonly string[] | readonly Row[]>>;
type GivenValue = Given[string] | undefined;

/** Stands for what is given at a place: a value, one item of a list, or one column of a row in it. */
class Placeholder {
  readonly place: number;
  readonly index: number;
  readonly column: string | undefined;
  constructor(place: number, index: number, column?: string) {
    this.place = place;
    this.index = index;
    this.column = column;
  }
}

/** What is compiled for lists of certain sizes: the size of the first list leads on to those of the second. */
interface Texts<R> {
  query: CompiledQuery<R> | undefined;
  readonly bySize: Map<number, Texts<R>>;
}

export function prepared<G extends Given, R>(
  build: (tx: Tx, given: G) => Compilable<R>,
): (tx: Tx, given: G) => Promise<R[]> {
  const known = new WeakMap<object, Texts<R>>();
  let names: readonly string[] | undefined;
  return async (tx, given) => {
    const executor = tx.getExecutor();
    // The same names in the same places, in whatever order they are given.
    names ??= Object.keys(given);
    const values = names.map((name) => given[name]);
    // Each dialect has its own words.
    const text = textFor(found(known, executor.adapter.constructor), values);
    text.query ??= build(tx, placeholders<G>(names, values)).compile();
    const { query, queryId, sql, parameters: places } = text.query;
    const parameters = places.map((one) => filled(one, values));
    // Straight to the connection: we use no plugin that would still have to look at the rows.
    const result = await executor.provideConnection((connection) =>
      connection.executeQuery<R>({ query, queryId, sql, parameters }),
    );
    return result.rows;
  };
}

const mostAlike = 16;
const mostRows = 256;

/** Inserts any number of rows of one shape: up to 16 by their number, more by powers of two. */
export function preparedInsert<R extends Row, O>(
  build: (tx: Tx, rows: readonly R[]) => Compilable<O>,
): (tx: Tx, rows: readonly R[]) => Promise<O[]> {
  const insert = prepared((tx, { rows }: { readonly rows: readonly R[] }) => build(tx, rows));
  return async (tx, rows) => {
    const returned: O[] = [];
    for (let at = 0; at < rows.length;) {
      const left = rows.length - at;
      const size = left <= mostAlike ? left : Math.min(mostRows, 2 ** Math.floor(Math.log2(left)));
      returned.push(...(await insert(tx, { rows: rows.slice(at, at + size) })));
      at += size;
    }
    return returned;
  };
}

function textFor<R>(texts: Texts<R>, values: readonly GivenValue[]): Texts<R> {
  let text = texts;
  for (const value of values) {
    if (!isList(value)) continue;
    text = found(text.bySize, sizeOf(value));
    // Rows with other columns are another text: what the table does not know is refused by it, never left out.
    if (isRow(value[0])) text = found(text.bySize, Object.keys(value[0]).length);
  }
  return text;
}

interface Known<K, R> {
  readonly get: (key: K) => Texts<R> | undefined;
  readonly set: (key: K, texts: Texts<R>) => unknown;
}

function found<K, R>(known: Known<K, R>, key: K): Texts<R> {
  const texts = known.get(key);
  if (texts) return texts;
  const made: Texts<R> = { query: undefined, bySize: new Map() };
  known.set(key, made);
  return made;
}

function sizeOf(list: readonly string[] | readonly Row[]): number {
  if (list.length === 0) throw new Error('an empty list is asked for');
  return isRow(list[0]) ? list.length : roomFor(list.length);
}

/** Powers of two up to 16, and one size more between any further two: what is filled up has to be bound and looked for as well. */
function roomFor(length: number): number {
  const power = Math.ceil(Math.log2(length));
  const step = 2 ** (power > 4 ? power - 2 : power);
  return Math.ceil(length / step) * step;
}

function isList(value: GivenValue): value is readonly string[] | readonly Row[] {
  return Array.isArray(value);
}

function isRow(item: string | Row | undefined): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object';
}

function placeholders<G extends Given>(names: readonly string[], values: readonly GivenValue[]): G {
  const shown = names.map((name, place) => {
    const value = values[place];
    if (!isList(value)) return [name, new Placeholder(place, 0)];
    const list = Array.from({ length: sizeOf(value) }, (_, index) =>
      placeholder(place, index, value[index]),
    );
    return [name, list];
  });
  return Object.fromEntries(shown) as G; // nobody looks inside: Kysely takes any value for a parameter
}

function placeholder(place: number, index: number, item: string | Row | undefined) {
  if (!isRow(item)) return new Placeholder(place, index);
  const columns = Object.keys(item);
  return Object.fromEntries(columns.map((one) => [one, new Placeholder(place, index, one)]));
}

function filled(one: unknown, values: readonly GivenValue[]): unknown {
  if (!(one instanceof Placeholder)) return one;
  const asked = values[one.place];
  if (!isList(asked)) return asked;
  const item = asked[one.index] ?? asked.at(-1);
  return one.column !== undefined && isRow(item) ? item[one.column] : item;
}
