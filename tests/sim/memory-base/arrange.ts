/** What has been found as a list: as it comes, in an order, in groups, as far as a limit. */
import type * as k from 'kysely';
import { understood, unknown, type Plan, type Run, type Scope } from './plan.ts';
import type { Shown } from './shown.ts';
import type { Cell } from './table.ts';
import { inOrder, term } from './term.ts';
import type { Walk } from './walk.ts';

type Order = (run: Run) => readonly Cell[];
interface Sorting {
  readonly keys: Order;
  readonly isDown: readonly boolean[];
}

export function orderOf(plan: Plan, scope: Scope, node: k.SelectQueryNode): Sorting | undefined {
  const items = node.orderBy?.items;
  if (!items) return undefined;
  const terms = items.map(({ orderBy }) => term(plan, scope, orderBy));
  return { keys: (run) => terms.map((one) => one(run)), isDown: items.map(isDownward) };
}

export function isDownward(node: k.OrderByItemNode): boolean {
  understood(node, 'orderBy', 'direction');
  if (!node.direction) return false;
  const said = (node.direction as k.RawNode).sqlFragments.join('');
  return said === 'desc' || (said === 'asc' ? false : unknown(node, said));
}

interface Keyed {
  readonly cells: Cell[];
  readonly keys: readonly Cell[];
}

export function sorted(rows: Keyed[], isDown: readonly boolean[]): Cell[][] {
  const compare = (one: Keyed, other: Keyed) => {
    for (const [at, down] of isDown.entries()) {
      const order = inOrder(one.keys[at] ?? null, other.keys[at] ?? null);
      if (order !== 0) return down ? -order : order;
    }
    return 0;
  };
  return rows.sort(compare).map(({ cells }) => cells);
}

type All = (run: Run) => Cell[][];
type Limit = ((run: Run) => Cell) | undefined;

const most = (limit: Limit, run: Run) => (limit ? Number(limit(run)) : Infinity);

/** Nobody was promised an order: what came last comes first. */
export function listed<R>(walk: Walk, limit: Limit, make: (run: Run) => R): (run: Run) => R[] {
  return (run) => {
    const rows: R[] = [];
    const upTo = most(limit, run);
    if (upTo > 0) walk(run, () => rows.push(make(run)) >= upTo);
    return rows.reverse();
  };
}

export function cellsBy({ terms }: Shown) {
  return (run: Run) => {
    const cells: Cell[] = [];
    for (const one of terms) cells.push(one(run));
    return cells;
  };
}

export function rowBy({ names, terms }: Shown) {
  const pairs = terms.map((one, at) => [names[at] ?? '', one] as const);
  return (run: Run) => {
    const row: Record<string, Cell> = {};
    for (const [name, one] of pairs) row[name] = one(run);
    return row;
  };
}

export function named(names: readonly string[], cells: readonly Cell[]): Record<string, Cell> {
  const row: Record<string, Cell> = {};
  for (let at = 0; at < names.length; at++) row[names[at] ?? ''] = cells[at] ?? null;
  return row;
}

export function arranged(walk: Walk, out: Shown, order: Sorting | undefined, limit: Limit): All {
  if (out.isGrouped && out.groupKeys.length === 0) return summed(walk, out);
  if (out.isGrouped || !order) return grouped(walk, out, order, limit);
  const cellsOf = cellsBy(out);
  const keyed = listed(walk, undefined, (run) => ({ cells: cellsOf(run), keys: order.keys(run) }));
  return (run) => sorted(keyed(run), order.isDown).slice(0, most(limit, run));
}

/** One row of numbers over all that is found. */
function summed(walk: Walk, out: Shown): All {
  return (run) => {
    let cells: Cell[] | undefined;
    walk(run, () => {
      cells ??= out.begin(run);
      out.take(run, cells);
      return false;
    });
    return [cells ?? out.none()];
  };
}

function grouped(walk: Walk, out: Shown, order: Sorting | undefined, limit: Limit): All {
  return (run) => {
    const groups = new Map<string, Keyed>();
    walk(run, () => {
      const key = JSON.stringify(out.groupKeys.map((one) => one(run)));
      const known = groups.get(key);
      const group = known ?? { cells: out.begin(run), keys: order?.keys(run) ?? [] };
      if (!known) groups.set(key, group);
      out.take(run, group.cells);
      return false;
    });
    const rows = [...groups.values()];
    const cells = order ? sorted(rows, order.isDown) : rows.map((one) => one.cells);
    return cells.slice(0, most(limit, run));
  };
}
