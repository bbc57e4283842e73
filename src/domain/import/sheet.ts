/**
 * A table read by a column map: which column of the file fills which declared field. Columns are found by the names that
 * offices use; what is not found, or found wrongly, people choose. A row is taken whole or not at all, with every reason.
 */
import type { Fields } from '../field.ts';
import type { Value, Values } from '../value.ts';
import { readCell } from './cells.ts';
import type { BadLine, Table, TableRow } from './table.ts';

/** Field name → column name. */
export type ColumnMap = Readonly<Record<string, string>>;

/** Field name → names that columns have for it, the likeliest first. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;

export interface Sheet {
  readonly rows: readonly SheetRow[];
  readonly bad: readonly BadLine[];
}

export interface SheetRow {
  readonly line: number;
  readonly values: Values;
}

const folded = (name: string) => name.normalize('NFKC').replace(/[\s（）()［］・:：]/g, '');

export function guessColumns(columns: readonly string[], names: ColumnNames): ColumnMap {
  const found = Object.entries(names).flatMap(([field, wanted]) => {
    const column = wanted
      .flatMap((name) => columns.filter((given) => folded(given) === folded(name)))
      .at(0);
    return column === undefined ? [] : [[field, column] as const];
  });
  return Object.fromEntries(found);
}

/** Mandatory fields that no column fills. */
export function unmapped(fields: Fields, map: ColumnMap): string[] {
  return Object.entries(fields)
    .filter(([name, field]) => field.required && map[name] === undefined)
    .map(([, field]) => field.label);
}

/** `key` names the field that must not occur twice; the second line is refused with the number of the first. */
export function readSheet(table: Table, fields: Fields, map: ColumnMap, key: string): Sheet {
  const rows: SheetRow[] = [];
  const bad: BadLine[] = [...table.odd];
  const seen = new Map<Value, number>();
  for (const row of table.rows) {
    const { values, reasons } = readRow(row, fields, map);
    const id = values[key];
    const before = id === undefined ? undefined : seen.get(id);
    if (before !== undefined)
      reasons.push(`「${fields[key]?.label ?? key}」が${before}行目と同じです。`);
    if (reasons.length > 0) bad.push({ line: row.line, reason: reasons.join(' ') });
    else rows.push({ line: row.line, values });
    if (id !== undefined && before === undefined) seen.set(id, row.line);
  }
  return { rows, bad: bad.toSorted((a, b) => a.line - b.line) };
}

function readRow(row: TableRow, fields: Fields, map: ColumnMap) {
  const values: Record<string, Value> = {};
  const reasons: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const cell = readCell(field, row.cells[map[name] ?? ''] ?? '');
    if (!cell.ok) reasons.push(cell.reason);
    else if (cell.value !== undefined) values[name] = cell.value;
  }
  return { values, reasons };
}
