/**
 * Statements that run with every request, built and compiled once: `build` sees placeholders where the values will be, and
 * must not look at them. Lists are filled up to powers of two with their last item, so that few texts stand for every length
 * and the database's own statements are found again. Only for lists that a repetition does not change (`in`), never empty.
 * Rows to be inserted are no such list: they go by their number, and many of them in several statements.
 */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Tx } from './storage.ts';

type Value = string | number | null | Uint8Array;
/** Of a table: its columns, by their names. */
type Row = object;
type Given = Readonly<Record<string, Value | readonly string[] | readonly Row[]>>;

/** Stands for a value, for one item of a list, or for one column of a row in it. */
class Placeholder {
  readonly name: string;
  readonly index: number;
  readonly column: string | undefined;
  constructor(name: string, index: number, column?: string) {
    this.name = name;
    this.index = index;
    this.column = column;
  }
}

export function prepared<G extends Given, R>(
  build: (tx: Tx, given: G) => Compilable<R>,
): (tx: Tx, given: G) => Promise<R[]> {
  const known = new WeakMap<object, Map<string, CompiledQuery<R>>>();
  return async (tx, given) => {
    const executor = tx.getExecutor();
    // Each dialect has its own words.
    const dialect = executor.adapter.constructor;
    const texts = known.get(dialect) ?? new Map<string, CompiledQuery<R>>();
    known.set(dialect, texts);
    const shape = shapeOf(given);
    const compiled = texts.get(shape) ?? build(tx, placeholders(given)).compile();
    texts.set(shape, compiled);
    const parameters = compiled.parameters.map((one) => filled(one, given));
    // Straight to the connection: we use no plugin that would still have to look at the rows.
    const result = await executor.provideConnection((connection) =>
      connection.executeQuery<R>({ ...compiled, parameters }),
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

function shapeOf(given: Given): string {
  let shape = '';
  for (const name in given) shape += `${sizeOf(given[name])}${columnsOf(given[name])},`;
  return shape;
}

type GivenValue = Given[string] | undefined;

function sizeOf(value: GivenValue): number {
  if (!isList(value)) return 0;
  if (value.length === 0) throw new Error('an empty list is asked for');
  return isRow(value[0]) ? value.length : 2 ** Math.ceil(Math.log2(value.length));
}

/** Rows with other columns are another text: what the table does not know is refused by it, never left out. */
function columnsOf(value: GivenValue): string {
  const first = isList(value) ? value[0] : undefined;
  return isRow(first) ? `x${Object.keys(first).length}` : '';
}

function isList(value: GivenValue): value is readonly string[] | readonly Row[] {
  return Array.isArray(value);
}

function isRow(item: string | Row | undefined): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object';
}

function placeholders<G extends Given>(given: G): G {
  const shown = Object.entries(given).map(([name, value]) => {
    if (!isList(value)) return [name, new Placeholder(name, 0)];
    const list = Array.from({ length: sizeOf(value) }, (_, index) =>
      placeholder(name, index, value[index]),
    );
    return [name, list];
  });
  return Object.fromEntries(shown) as G; // nobody looks inside: Kysely takes any value for a parameter
}

function placeholder(name: string, index: number, item: string | Row | undefined) {
  if (!isRow(item)) return new Placeholder(name, index);
  const columns = Object.keys(item);
  return Object.fromEntries(columns.map((one) => [one, new Placeholder(name, index, one)]));
}

function filled(one: unknown, given: Given): unknown {
  if (!(one instanceof Placeholder)) return one;
  const asked = given[one.name];
  if (!isList(asked)) return asked;
  const item = asked[one.index] ?? asked.at(-1);
  return one.column !== undefined && isRow(item) ? item[one.column] : item;
}
