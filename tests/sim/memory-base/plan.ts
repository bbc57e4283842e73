/**
 * What a statement is compiled with: the tables, where its parameters stand, and which source of rows each name means. A plan
 * looks at rows by numbered slots, one for each source of the statement and of every question inside it.
 */
import { SqliteQueryCompiler, type OperationNode } from 'kysely';
import type { CompiledQuery, PrimitiveValueListNode, SelectQueryNode, ValueNode } from 'kysely';
import type { Cell, Row, Table } from './table.ts';

/** One run of a plan. */
export interface Run {
  readonly given: readonly unknown[];
  /** By slot; undefined where a left join found none. */
  readonly rows: (Row | undefined)[];
  /** Lists that were given, by their first place; made when first looked through. */
  sets: Map<number, ReadonlySet<unknown>> | undefined;
}

export type Term = (run: Run) => Cell;
export type Check = (run: Run) => boolean;

/** Anything that rows come from: a table, or a question in brackets. */
export interface Source {
  readonly name: string;
  readonly slot: number;
  readonly columns: readonly string[];
}

/** A source as it is gone through. */
export interface Opened {
  readonly source: Source;
  readonly isLeft: boolean;
  readonly on: OperationNode | undefined;
  /** By the place of a column; undefined: of a question in brackets all rows alone. */
  readonly find: ((place: number, cell: Cell) => readonly Row[]) | undefined;
  readonly every: (run: Run) => readonly Row[];
}

export interface Question {
  readonly names: readonly string[];
  readonly all: (run: Run) => Cell[][];
  /** The same as objects. */
  readonly named: (run: Run) => Record<string, Cell>[];
  readonly first: (run: Run) => Cell;
  readonly some: Check;
}

/** Compiles a question, also one inside another (question.ts). */
export type Ask = (plan: Plan, outer: Scope | undefined, node: SelectQueryNode) => Question;

export interface Scope {
  readonly sources: readonly Source[];
  readonly outer: Scope | undefined;
}

export class Plan {
  readonly tables: ReadonlyMap<string, Table>;
  readonly #ask: Ask;
  readonly #places: ReadonlyMap<OperationNode, number>;
  /** Of what is being compiled, the last slot looked at below a limit. */
  readonly #watched: { readonly below: number; last: number }[] = [];
  slots = 0;

  constructor(tables: ReadonlyMap<string, Table>, query: CompiledQuery, ask: Ask) {
    this.tables = tables;
    this.#ask = ask;
    const compiler = new PlaceCompiler();
    compiler.compileQuery(query.query, query.queryId);
    this.#places = compiler.places;
  }

  question(outer: Scope | undefined, node: SelectQueryNode): Question {
    return this.#ask(this, outer, node);
  }

  table(name: string): Table {
    const found = this.tables.get(name);
    if (!found) throw new Error(`no such table: ${name}`);
    return found;
  }

  /** Where the value, or the first of the list, stands among the parameters. */
  placeOf(node: OperationNode): number {
    const place = this.#places.get(node);
    if (place === undefined) throw new Error(`no parameter: ${node.kind}`);
    return place;
  }

  find(scope: Scope, table: string | undefined, column: string): Term {
    for (let at: Scope | undefined = scope; at; at = at.outer)
      for (const { name, slot, columns } of at.sources) {
        const place = columns.indexOf(column);
        if (place < 0 || (table !== undefined && table !== name)) continue;
        for (const one of this.#watched) if (slot < one.below) one.last = Math.max(one.last, slot);
        return ({ rows }) => rows[slot]?.cells[place] ?? null;
      }
    throw new Error(`no such column: ${table ?? '?'}.${column}`);
  }

  /** Compiles something and tells the last slot below a limit that it looks at; -1: none. */
  watching<T>(below: number, work: () => T): { readonly made: T; readonly last: number } {
    const watch = { below, last: -1 };
    this.#watched.push(watch);
    const made = work();
    this.#watched.splice(this.#watched.indexOf(watch), 1);
    return { made, last: watch.last };
  }
}

/** Kysely's own compiler goes through a statement as the parameters do. */
class PlaceCompiler extends SqliteQueryCompiler {
  readonly places = new Map<OperationNode, number>();
  #count = 0;
  protected override visitValue(node: ValueNode): void {
    if (!node.immediate) this.#note(node, 1);
    super.visitValue(node);
  }
  protected override visitPrimitiveValueList(node: PrimitiveValueListNode): void {
    this.#note(node, node.values.length);
    super.visitPrimitiveValueList(node);
  }
  #note(node: OperationNode, size: number): void {
    // A part that a statement is built of twice stands at two places, and is the same at both.
    if (!this.places.has(node)) this.places.set(node, this.#count);
    this.#count += size;
  }
}

export function unknown(node: OperationNode, what = ''): never {
  throw new Error(`the tables in memory know no ${node.kind} ${what}`);
}

/** Refuses a tree that says more than is looked at. */
export function understood(node: OperationNode, ...known: readonly string[]): void {
  for (const [name, said] of Object.entries(node)) {
    const isSaid = Array.isArray(said) ? said.length > 0 : said !== undefined && said !== false;
    if (isSaid && name !== 'kind' && !known.includes(name)) unknown(node, name);
  }
}
