/**
 * Tables in memory that answer the server's own statements: Kysely's tree of each is compiled once, by its text, into plain
 * functions. It knows what the server says and refuses the rest loudly; beside SQLite it is held in memory-base.test.ts.
 */
import type { CompiledQuery, QueryResult } from 'kysely';
import type * as k from 'kysely';
import { named } from './arrange.ts';
import { deletion, insertion, makeIndex, makeTable, updating, type Change } from './change.ts';
import { Plan, unknown, type Run } from './plan.ts';
import { question } from './question.ts';
import { Journal, type Cell, type Table } from './table.ts';

export interface Engine {
  readonly execute: (query: CompiledQuery) => QueryResult<Record<string, Cell>>;
  /** All of a table, in order of arrival. */
  readonly rows: (table: string) => Record<string, Cell>[];
  /** The greatest number in a column; 0 where there is none. */
  readonly greatest: (table: string, column: string) => number;
  readonly mark: (name: string) => void;
  /** Back to the mark, which stays. */
  readonly backTo: (name: string) => void;
  readonly unmark: (name: string) => void;
}

type Result = QueryResult<Record<string, Cell>>;
type Prepared = (given: readonly unknown[]) => Result;

export function createEngine(): Engine {
  const tables = new Map<string, Table>();
  const journal = new Journal();
  const marks: { readonly name: string; readonly at: number }[] = [];
  /** Of several alike the last, as SQLite has it. */
  const placeOf = (name: string) => {
    const place = marks.findLastIndex((one) => one.name === name);
    return place < 0 ? absent(name) : place;
  };
  const known = new Map<string, Prepared>();
  const prepare = (query: CompiledQuery): Prepared => {
    const made = compiled({ tables, journal }, query);
    known.set(query.sql, made);
    return made;
  };
  const tableOf = (name: string) => tables.get(name) ?? absent(name);
  return {
    execute: (query) => (known.get(query.sql) ?? prepare(query))(query.parameters),
    rows: (name) => {
      const { columns, rows } = tableOf(name);
      const names = columns.map((column) => column.name);
      return rows.map(({ cells }) => named(names, cells));
    },
    greatest: (name, column) => {
      const table = tableOf(name);
      const [place = 0] = table.placesOf([column]);
      return table.rows.reduce((most, { cells }) => Math.max(most, Number(cells[place])), 0);
    },
    mark: (name) => void marks.push({ name, at: journal.length }),
    backTo: (name) => {
      marks.length = placeOf(name) + 1;
      journal.backTo(marks.at(-1)?.at ?? 0);
    },
    unmark: (name) => {
      marks.length = placeOf(name);
    },
  };
}

interface Held {
  readonly tables: Map<string, Table>;
  readonly journal: Journal;
}

/** By the kind of its tree. */
const statements: Readonly<
  Record<string, (held: Held, query: CompiledQuery, node: never) => Prepared>
> = {
  CreateTableNode:
    ({ tables, journal }, _, node: k.CreateTableNode) =>
    () => {
      const table = makeTable(node, journal);
      if (!tables.has(table.name)) tables.set(table.name, table);
      return { rows: [] };
    },
  CreateIndexNode:
    ({ tables }, _, node: k.CreateIndexNode) =>
    () => {
      makeIndex(node, tables);
      return { rows: [] };
    },
  SelectQueryNode: ({ tables }, query, node: k.SelectQueryNode) => {
    const plan = new Plan(tables, query, question);
    const { named: rowsIn } = plan.question(undefined, node);
    return (given) => ({ rows: rowsIn(beginRun(given)) });
  },
  InsertQueryNode: (held, query, node: k.InsertQueryNode) =>
    changing(held, query, (plan) => insertion(plan, node)),
  UpdateQueryNode: (held, query, node: k.UpdateQueryNode) =>
    changing(held, query, (plan) => updating(plan, node)),
  DeleteQueryNode: (held, query, node: k.DeleteQueryNode) =>
    changing(held, query, (plan) => deletion(plan, node)),
};

function compiled(held: Held, query: CompiledQuery): Prepared {
  const { query: node } = query;
  return (statements[node.kind] ?? unknown(node))(held, query, node as never);
}

function absent(name: string): never {
  throw new Error(`nothing of that name: ${name}`);
}

function beginRun(given: readonly unknown[]): Run {
  return { given, rows: [], sets: undefined };
}

/** A statement that fails has done nothing. */
function changing(
  { tables, journal }: Held,
  query: CompiledQuery,
  make: (plan: Plan) => Change,
): Prepared {
  const plan = new Plan(tables, query, question);
  const change = make(plan);
  return (given) => {
    const before = journal.length;
    try {
      const { names, cells, count } = change(beginRun(given));
      return { rows: cells.map((one) => named(names, one)), numAffectedRows: BigInt(count) };
    } catch (error) {
      journal.backTo(before);
      throw error;
    }
  };
}
