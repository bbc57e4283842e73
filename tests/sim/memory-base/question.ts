/** `select`: what a question is made of, and its answers as rows, as one value, or as a yes. */
import type * as k from 'kysely';
import { arranged, cellsBy, isDownward, listed, named, orderOf, rowBy, sorted } from './arrange.ts';
import { understood, unknown, type Plan, type Question, type Run, type Scope } from './plan.ts';
import { shown } from './shown.ts';
import type { Cell } from './table.ts';
import { term } from './term.ts';
import { walkOver, type Walk } from './walk.ts';

export function question(plan: Plan, outer: Scope | undefined, node: k.SelectQueryNode): Question {
  if (node.setOperations) return together(plan, outer, node, node.setOperations);
  understood(node, 'from', 'joins', 'where', 'selections', 'groupBy', 'orderBy', 'limit');
  const [from, ...more] = node.from?.froms ?? [];
  if (!from || more.length > 0) return unknown(node);
  const joined = [{ table: from, isLeft: false, on: undefined }, ...(node.joins ?? []).map(joinOf)];
  const opened = joined.map(({ table, ...rest }) => ({ ...rest, ...open(plan, outer, table) }));
  const scope = { sources: opened.map(({ source }) => source), outer };
  const walk = walkOver(plan, scope, opened, node.where?.where);
  const out = shown(plan, scope, node);
  const limit = node.limit ? term(plan, scope, node.limit.limit) : undefined;
  const order = orderOf(plan, scope, node);
  const { names } = out;
  const isListed = !out.isGrouped && !order;
  const all = isListed ? listed(walk, limit, cellsBy(out)) : arranged(walk, out, order, limit);
  const [only] = out.terms;
  return {
    names,
    all,
    named: isListed
      ? listed(walk, limit, rowBy(out))
      : (run) => all(run).map((one) => named(names, one)),
    first: isListed && only ? firstOf(walk, only) : (run) => all(run)[0]?.[0] ?? null,
    some: (run) => walk(run, () => true),
  };
}

function firstOf(walk: Walk, only: (run: Run) => Cell) {
  return (run: Run) => {
    let cell: Cell = null;
    walk(run, () => {
      cell = only(run);
      return true;
    });
    return cell;
  };
}

interface Joined {
  readonly table: k.OperationNode;
  readonly isLeft: boolean;
  readonly on: k.OperationNode | undefined;
}

function joinOf(node: k.JoinNode): Joined {
  understood(node, 'joinType', 'table', 'on');
  const { joinType, table, on } = node;
  if (joinType !== 'InnerJoin' && joinType !== 'LeftJoin') return unknown(node, joinType);
  return { table, isLeft: joinType === 'LeftJoin', on: on?.on };
}

function open(plan: Plan, outer: Scope | undefined, node: k.OperationNode) {
  const alias = node.kind === 'AliasNode' ? (node as k.AliasNode) : undefined;
  const inner = alias?.node ?? node;
  const name = alias && (alias.alias as k.IdentifierNode).name;
  if (inner.kind === 'SelectQueryNode')
    return openQuestion(plan, outer, inner as k.SelectQueryNode, name ?? '');
  if (inner.kind !== 'TableNode') return unknown(inner);
  const table = plan.table((inner as k.TableNode).table.identifier.name);
  const columns = table.columns.map((column) => column.name);
  return {
    source: { name: name ?? table.name, slot: plan.slots++, columns },
    find: (place: number, cell: Cell) => table.withCell(place, cell),
    every: () => table.rows,
  };
}

function openQuestion(plan: Plan, outer: Scope | undefined, node: k.SelectQueryNode, name: string) {
  const { names, all } = question(plan, outer, node);
  return {
    source: { name, slot: plan.slots++, columns: names },
    find: undefined,
    every: (run: Run) => all(run).map((cells, at) => ({ at, cells })),
  };
}

/** One below the other; what orders them names columns of the result. */
function together(
  plan: Plan,
  outer: Scope | undefined,
  node: k.SelectQueryNode,
  others: readonly k.SetOperationNode[],
): Question {
  const { setOperations: _, orderBy, limit, ...only } = node;
  if (limit || others.some(({ operator }) => operator !== 'union')) return unknown(node);
  const head = question(plan, outer, only);
  const tails = others.map(({ all, expression }) => ({
    isAll: all,
    asked: question(plan, outer, expression as k.SelectQueryNode),
  }));
  const sorting = orderBy?.items.map((item) => {
    const { column } = item.orderBy as k.ReferenceNode;
    return { at: head.names.indexOf((column as k.ColumnNode).column.name), is: isDownward(item) };
  });
  const all = (run: Run) => {
    let rows = head.all(run);
    for (const { isAll, asked } of tails) {
      rows = [...rows, ...asked.all(run)];
      if (!isAll) rows = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
    }
    if (!sorting) return rows;
    const keyed = rows.map((cells) => ({
      cells,
      keys: sorting.map(({ at }) => cells[at] ?? null),
    }));
    return sorted(
      keyed,
      sorting.map(({ is }) => is),
    );
  };
  const first = (run: Run) => all(run)[0]?.[0] ?? null;
  const { names } = head;
  return {
    names,
    all,
    named: (run) => all(run).map((one) => named(names, one)),
    first,
    some: (run) => all(run).length > 0,
  };
}
