/** `insert`, `update`, `delete`, and the making of tables. */
import type * as k from 'kysely';
import {
  understood,
  unknown,
  type Opened,
  type Plan,
  type Run,
  type Scope,
  type Term,
} from './plan.ts';
import { shown, type Shown } from './shown.ts';
import { Table, type Cell, type Journal, type Row } from './table.ts';
import { cellAt, term } from './term.ts';
import { walkOver } from './walk.ts';

export interface Changed {
  readonly names: readonly string[];
  /** As `returning` shows them. */
  readonly cells: Cell[][];
  readonly count: number;
}

export type Change = (run: Run) => Changed;

const nameOf = (node: k.TableNode) => node.table.identifier.name;

export function makeTable(node: k.CreateTableNode, journal: Journal): Table {
  const columns = node.columns.map(({ column, dataType, notNull }) => ({
    name: column.column.name,
    type: typeOf(dataType),
    isNullable: !notNull,
  }));
  const table = new Table(nameOf(node.table), columns, journal);
  for (const one of node.constraints ?? [])
    if (one.kind === 'PrimaryKeyConstraintNode')
      table.keys.push(table.placesOf(one.columns.map(({ column }) => column.name)));
  return table;
}

function typeOf(node: k.OperationNode): string {
  if (node.kind === 'RawNode') return (node as k.RawNode).sqlFragments.join('');
  return String((node as k.DataTypeNode).dataType);
}

/** Other indexes find nothing that is not found without. */
export function makeIndex(node: k.CreateIndexNode, tables: ReadonlyMap<string, Table>): void {
  const table = node.table && tables.get(nameOf(node.table));
  if (!table || !node.unique) return;
  const names = (node.columns ?? []).map((one) => {
    const { column } = one as k.ReferenceNode | k.ColumnNode;
    return 'name' in column ? column.name : (column as k.ColumnNode).column.name;
  });
  table.keys.push(table.placesOf(names));
}

function target(plan: Plan, name: string) {
  const table = plan.table(name);
  const source = {
    name,
    slot: plan.slots++,
    columns: table.columns.map((column) => column.name),
  };
  return { table, source };
}

function answer(out: Shown | undefined, count: number, cells: Cell[][]): Changed {
  return { names: out?.names ?? [], cells, count };
}

const cellsOf = (out: Shown, run: Run) => out.terms.map((one) => one(run));

export function insertion(plan: Plan, node: k.InsertQueryNode): Change {
  understood(node, 'into', 'columns', 'values', 'onConflict', 'returning');
  const { into, columns = [], values, onConflict, returning } = node;
  if (!into || values?.kind !== 'ValuesNode') return unknown(node);
  const { table, source } = target(plan, nameOf(into));
  const scope: Scope = { sources: [source], outer: undefined };
  const places = table.placesOf(columns.map(({ column }) => column.name));
  const rows = (values as k.ValuesNode).values.map((one) => givenRow(plan, scope, one));
  const meet = onConflict && clashing(plan, table, source, onConflict);
  const out = returning && shown(plan, scope, returning);
  return (run) => {
    const shownRows: Cell[][] = [];
    let count = 0;
    for (const terms of rows) {
      const cells = table.columns.map((): Cell => null);
      for (let at = 0; at < places.length; at++) cells[places[at] ?? -1] = terms[at]?.(run) ?? null;
      const row = put(table, cells, meet, run);
      if (!row) continue;
      count += 1;
      run.rows[source.slot] = row;
      if (out) shownRows.push(cellsOf(out, run));
    }
    return answer(out, count, shownRows);
  };
}

function givenRow(plan: Plan, scope: Scope, node: k.ValuesItemNode): Term[] {
  if (node.kind === 'ValueListNode') return node.values.map((one) => term(plan, scope, one));
  const from = plan.placeOf(node);
  return node.values.map(
    (_, at) =>
      ({ given }: Run) =>
        cellAt(given, from + at),
  );
}

interface Meeting {
  /** The keys that may be met; another one is an error. */
  readonly keys: readonly (readonly number[])[];
  /** What becomes of the row that is there; undefined where it stays as it is. */
  readonly meet: (run: Run, there: Row, cells: Cell[]) => Row | undefined;
}

function put(table: Table, cells: Cell[], meeting: Meeting | undefined, run: Run): Row | undefined {
  for (const key of table.keys) {
    const there = table.like(cells, key);
    if (!there) continue;
    if (!meeting?.keys.includes(key)) throw notUnique(table, key);
    return meeting.meet(run, there, cells);
  }
  return table.insert(cells);
}

/** Some are met every day: one for all, since nobody asks where. */
const errors = new WeakMap<readonly number[], Error>();

function notUnique({ name, columns, keys }: Table, key: readonly number[]): Error {
  const named = () => key.map((place) => `${name}.${columns[place]?.name}`).join(', ');
  const made = errors.get(key) ?? new Error(`UNIQUE constraint failed: ${named()}`);
  errors.set(key, made);
  return Object.assign(made, { errcode: key === keys[0] ? 1555 : 2067 });
}

function clashing(
  plan: Plan,
  table: Table,
  source: Opened['source'],
  node: k.OnConflictNode,
): Meeting {
  understood(node, 'columns', 'updates', 'doNothing');
  const { columns, updates, doNothing } = node;
  const named = columns && table.placesOf(columns.map(({ column }) => column.name));
  const isNamed = (key: readonly number[]) =>
    !named || (named.length === key.length && named.every((place) => key.includes(place)));
  const keys = table.keys.filter(isNamed);
  if (doNothing) return { keys, meet: () => undefined };
  if (!updates || keys.length === 0) return unknown(node);
  const excluded = { ...source, name: 'excluded', slot: plan.slots++ };
  const set = setting(plan, table, { sources: [source, excluded], outer: undefined }, updates);
  const meet = (run: Run, there: Row, cells: Cell[]) => {
    run.rows[source.slot] = there;
    run.rows[excluded.slot] = { at: 0, cells };
    set(run, there);
    return there;
  };
  return { keys, meet };
}

function setting(
  plan: Plan,
  table: Table,
  scope: Scope,
  updates: readonly k.ColumnUpdateNode[],
): (run: Run, row: Row) => void {
  const places = table.placesOf(updates.map(({ column }) => (column as k.ColumnNode).column.name));
  const terms = updates.map(({ value }) => term(plan, scope, value));
  const keys = table.keys.filter((key) => key.some((place) => places.includes(place)));
  return (run, row) => {
    const cells = terms.map((one) => one(run));
    table.update(row, places, cells);
    for (const key of keys) if (table.isTwice(row, key)) throw notUnique(table, key);
  };
}

/** The rows of a table that a condition names. */
function found(plan: Plan, name: string, where: k.OperationNode | undefined) {
  const { table, source } = target(plan, name);
  const scope: Scope = { sources: [source], outer: undefined };
  const opened: Opened = {
    source,
    isLeft: false,
    on: undefined,
    find: (place, cell) => table.withCell(place, cell),
    every: () => table.rows,
  };
  const walk = walkOver(plan, scope, [opened], where);
  const rowsIn = (run: Run) => {
    const rows: Row[] = [];
    walk(run, () => {
      const row = run.rows[source.slot];
      if (row) rows.push(row);
      return false;
    });
    return rows;
  };
  return { table, source, scope, rowsIn };
}

export function updating(plan: Plan, node: k.UpdateQueryNode): Change {
  understood(node, 'table', 'where', 'updates', 'returning');
  const { table: named, where, updates = [], returning } = node;
  if (named?.kind !== 'TableNode') return unknown(node);
  const { table, source, scope, rowsIn } = found(plan, nameOf(named as k.TableNode), where?.where);
  const set = setting(plan, table, scope, updates);
  const out = returning && shown(plan, scope, returning);
  return (run) => {
    const rows = rowsIn(run);
    const cells: Cell[][] = [];
    for (const row of rows) {
      run.rows[source.slot] = row;
      set(run, row);
      if (out) cells.push(cellsOf(out, run));
    }
    return answer(out, rows.length, cells);
  };
}

export function deletion(plan: Plan, node: k.DeleteQueryNode): Change {
  understood(node, 'from', 'where');
  const [from] = node.from.froms;
  if (from?.kind !== 'TableNode') return unknown(node);
  const { table, rowsIn } = found(plan, nameOf(from as k.TableNode), node.where?.where);
  return (run) => {
    const rows = rowsIn(run);
    for (const row of rows) table.remove(row);
    return answer(undefined, rows.length, []);
  };
}
