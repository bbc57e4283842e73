/**
 * Queries that are asked with every request, built and compiled once: `build` sees placeholders where the values will be, and
 * must not look at them. Lists are filled up to powers of two with their last item, so that few texts stand for every length
 * and the database's own statements are found again. Only for lists that a repetition does not change (`in`), never empty.
 */
import type { Compilable, CompiledQuery } from 'kysely';
import type { Tx } from './storage.ts';

type Value = string | number | null | Uint8Array;
type Given = Readonly<Record<string, Value | readonly string[]>>;

/** Stands for a value, or for one item of a list. */
class Placeholder {
  readonly name: string;
  readonly index: number;
  constructor(name: string, index: number) {
    this.name = name;
    this.index = index;
  }
}

export function prepared<G extends Given, R>(
  build: (tx: Tx, given: G) => Compilable<R>,
): (tx: Tx, given: G) => Promise<R[]> {
  const known = new WeakMap<object, Map<string, CompiledQuery<R>>>();
  return async (tx, given) => {
    const names = Object.keys(given);
    const shape = names.map((name) => sizeOf(given[name])).join();
    // Each dialect has its own words.
    const dialect = tx.getExecutor().adapter.constructor;
    const texts = known.get(dialect) ?? new Map<string, CompiledQuery<R>>();
    known.set(dialect, texts);
    const compiled = texts.get(shape) ?? build(tx, placeholders(given)).compile();
    texts.set(shape, compiled);
    const parameters = compiled.parameters.map((one) => filled(one, given));
    return (await tx.executeQuery<R>({ ...compiled, parameters })).rows;
  };
}

function sizeOf(value: Given[string] | undefined): number {
  if (!isList(value)) return 0;
  if (value.length === 0) throw new Error('an empty list is asked for');
  return 2 ** Math.ceil(Math.log2(value.length));
}

function isList(value: Given[string] | undefined): value is readonly string[] {
  return Array.isArray(value);
}

function placeholders<G extends Given>(given: G): G {
  const shown = Object.entries(given).map(([name, value]) => {
    const size = sizeOf(value);
    const list = Array.from({ length: size }, (_, index) => new Placeholder(name, index));
    return [name, size === 0 ? new Placeholder(name, 0) : list];
  });
  return Object.fromEntries(shown) as G; // nobody looks inside: Kysely takes any value for a parameter
}

function filled(one: unknown, given: Given): unknown {
  if (!(one instanceof Placeholder)) return one;
  const value = given[one.name];
  return isList(value) ? (value[one.index] ?? value.at(-1)) : value;
}
