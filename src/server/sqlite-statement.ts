/**
 * A prepared statement of `node:sqlite` as Kysely wants it. Rows are made here, all of one statement with one shape: the
 * objects that the driver would make are dictionaries, which cost twice as much to make, to read and to copy.
 */
import type { SqliteStatement } from 'kysely';
import type { SQLInputValue, StatementSync } from 'node:sqlite';

export function asStatement(statement: StatementSync): SqliteStatement {
  const names = statement.columns().map(({ name }) => name);
  statement.setReturnArrays(true);
  const rowOf = (values: readonly unknown[]) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at++) row[names[at] ?? ''] = values[at];
    return row;
  };
  // Kysely types parameters as unknown; what reaches here are our own strings, numbers, bytes and nulls.
  const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  // As setReturnArrays says; the types know of objects alone.
  const read = (parameters: readonly unknown[]) =>
    statement.all(...bind(parameters)) as unknown as readonly unknown[][];
  return {
    reader: names.length > 0,
    all: (parameters) => read(parameters).map(rowOf),
    run: (parameters) => statement.run(...bind(parameters)),
    iterate: (parameters) => read(parameters).map(rowOf).values(),
  };
}
