/** What a question shows of the rows it has found: columns, expressions, and numbers over groups. */
import type * as k from 'kysely';
import { understood, unknown, type Plan, type Run, type Scope, type Term } from './plan.ts';
import type { Cell } from './table.ts';
import { inOrder, isA, term } from './term.ts';

export interface Shown {
  readonly names: readonly string[];
  readonly terms: readonly Term[];
  readonly isGrouped: boolean;
  readonly groupKeys: readonly Term[];
  /** Of no row at all. */
  readonly none: () => Cell[];
  readonly begin: (run: Run) => Cell[];
  readonly take: (run: Run, cells: Cell[]) => void;
}

interface Named {
  readonly name: string;
  readonly term: Term;
  readonly total?: Total;
}

/** A number over a group. */
interface Total {
  readonly none: Cell;
  readonly add: (sum: Cell, cell: Cell) => Cell;
}

const totals: Readonly<Record<string, Total>> = {
  count: { none: 0, add: (sum) => Number(sum) + 1 },
  max: { none: null, add: (sum, cell) => (inOrder(cell, sum) > 0 ? cell : sum) },
};

export function shown(
  plan: Plan,
  scope: Scope,
  { selections, groupBy }: Pick<k.SelectQueryNode, 'selections' | 'groupBy'>,
): Shown {
  const named = (selections ?? []).flatMap(({ selection }) => namedIn(plan, scope, selection));
  const groupKeys = (groupBy?.items ?? []).map((item) => term(plan, scope, item.groupBy));
  const none = () => named.map(({ total }) => total?.none ?? null);
  return {
    names: named.map(({ name }) => name),
    terms: named.map((one) => one.term),
    isGrouped: groupKeys.length > 0 || named.some(({ total }) => total),
    groupKeys,
    none,
    begin: (run) => named.map((one) => (one.total ? one.total.none : one.term(run))),
    take: (run, cells) => {
      for (let at = 0; at < named.length; at++) {
        const one = named[at];
        if (one?.total) cells[at] = one.total.add(cells[at] ?? null, one.term(run));
      }
    },
  };
}

function namedIn(plan: Plan, scope: Scope, node: k.OperationNode): Named[] {
  if (node.kind === 'SelectAllNode')
    return scope.sources.flatMap(({ name, columns }) =>
      columns.map((column) => ({ name: column, term: plan.find(scope, name, column) })),
    );
  if (isA<k.AliasNode>(node, 'AliasNode')) return [aliased(plan, scope, node)];
  if (!isA<k.ReferenceNode>(node, 'ReferenceNode') || node.column.kind !== 'ColumnNode')
    return unknown(node);
  return [{ name: node.column.column.name, term: term(plan, scope, node) }];
}

function aliased(plan: Plan, scope: Scope, { alias, node }: k.AliasNode): Named {
  const { name } = alias as k.IdentifierNode;
  if (!isA<k.AggregateFunctionNode>(node, 'AggregateFunctionNode'))
    return { name, term: term(plan, scope, node) };
  understood(node, 'func', 'aggregated');
  const total = totals[node.func] ?? unknown(node, node.func);
  const [over] = node.aggregated;
  // `count(*)`: rows, whatever is in them.
  if (node.func === 'count')
    return over?.kind === 'SelectionNode' ? { name, total, term: () => null } : unknown(node);
  return { name, total, term: over ? term(plan, scope, over) : unknown(node) };
}
