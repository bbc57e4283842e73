/** The tables in memory and SQLite side by side: every statement goes to both, and both have to answer the same. */
import { DatabaseSync } from 'node:sqlite';
import type {
  ColumnNode,
  CompiledQuery,
  ReferenceNode,
  SelectQueryNode,
  SqliteStatement,
} from 'kysely';
import { asStatement } from '../../../src/server/sqlite-statement.ts';
import { createEngine, type Engine } from './engine.ts';

/** Rows, how many were changed, or why not. */
type Answer = readonly Record<string, unknown>[] | number | string;

export function createTwin(own = createEngine()): Engine {
  const database = new DatabaseSync(':memory:');
  const known = new Map<string, SqliteStatement>();
  const both = (what: 'mark' | 'backTo' | 'unmark', words: string) => (name: string) => {
    own[what](name);
    database.exec(`${words} ${name}`);
  };
  const askSqlite = ({ sql, parameters, query }: CompiledQuery): Answer => {
    const statement = known.get(sql) ?? asStatement(database.prepare(sql));
    known.set(sql, statement);
    try {
      if (statement.reader) return statement.all(parameters) as Record<string, unknown>[];
      const { changes } = statement.run(parameters);
      return isChange(query) ? Number(changes) : [];
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  return {
    ...own,
    execute: (query) => {
      const expected = askSqlite(query);
      try {
        const answer = own.execute(query);
        const { rows, numAffectedRows } = answer;
        compare(query, typeof expected === 'number' ? Number(numAffectedRows) : rows, expected);
        return answer;
      } catch (error) {
        if (typeof expected !== 'string' || !(error instanceof Error)) throw error;
        compare(query, error.message, expected);
        throw error;
      }
    },
    mark: both('mark', 'savepoint'),
    backTo: both('backTo', 'rollback to'),
    unmark: both('unmark', 'release'),
  };
}

const isChange = ({ kind }: CompiledQuery['query']) =>
  ['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode'].includes(kind);

/** The same rows, in the same order as far as one was asked for; where a limit leaves open which, as many. */
function compare({ sql, query, parameters }: CompiledQuery, found: Answer, expected: Answer) {
  const isOpen = 'limit' in query && !('orderBy' in query);
  const isBoth = Array.isArray(found) && Array.isArray(expected);
  if (isOpen && isBoth && found.length === expected.length) return;
  const columns = 'orderBy' in query ? orderedBy(query as SelectQueryNode) : [];
  const [one, other] = [textOf(found, columns), textOf(expected, columns)];
  if (one !== other)
    throw new Error(`${sql}\n${JSON.stringify(parameters)}\n  memory ${one}\n  SQLite ${other}`);
}

function orderedBy({ orderBy }: SelectQueryNode): string[] {
  return (orderBy?.items ?? []).map((item) => {
    const { column } = item.orderBy as ReferenceNode;
    return (column as ColumnNode).column.name;
  });
}

function textOf(answer: Answer, columns: readonly string[]): string {
  if (typeof answer !== 'object') return `${answer}`;
  const plain = (cell: unknown) =>
    cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell;
  const texts = answer.map((row) =>
    JSON.stringify(Object.entries(row).map(([name, cell]) => [name, plain(cell)])),
  );
  const order = answer.map((row) => JSON.stringify(columns.map((name) => row[name])));
  return [...texts.sort(), ...order].join('\n');
}
