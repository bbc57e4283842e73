/** Conditions one by one, and which of them find a source's rows without a look at all. */
import type * as k from 'kysely';
import type { Check, Opened, Plan, Run, Scope, Term } from './plan.ts';
import type { Cell, Row } from './table.ts';
import { check, isA, listOf, operatorOf, term } from './term.ts';

export interface Conjunct {
  readonly node: k.OperationNode;
  readonly check: Check;
  /** The last slot of the question that it looks at; -1: none. */
  readonly last: number;
}

export function conjunctsOf(
  plan: Plan,
  scope: Scope,
  node: k.OperationNode | undefined,
  below: number,
): Conjunct[] {
  if (!node) return [];
  if (isA<k.ParensNode>(node, 'ParensNode')) return conjunctsOf(plan, scope, node.node, below);
  if (isA<k.AndNode>(node, 'AndNode'))
    return [
      ...conjunctsOf(plan, scope, node.left, below),
      ...conjunctsOf(plan, scope, node.right, below),
    ];
  const { made, last } = plan.watching(below, () => check(plan, scope, node));
  return [{ node, check: made, last }];
}

export interface Access {
  readonly rows: (run: Run) => readonly Row[];
  /** What is still to be asked of them: not what they were found by, where nothing else could have found them. */
  readonly left: readonly Conjunct[];
}

/** A column of the source that has to be one of these. */
interface Finder {
  readonly place: number;
  readonly one: Term | undefined;
  readonly list: ((run: Run) => ReadonlySet<unknown>) | undefined;
}

export function accessTo(
  plan: Plan,
  scope: Scope,
  opened: Opened,
  conjuncts: readonly Conjunct[],
): Access {
  const { find, every, source } = opened;
  if (!find) return { rows: every, left: conjuncts };
  // A server has one tenant: it leaves everything.
  const tenant = source.columns.indexOf('tenant');
  const by = conjuncts.flatMap((conjunct) => {
    const finder = finderIn(plan, scope, opened, conjunct.node);
    return finder && finder.place !== tenant ? [{ conjunct, finder }] : [];
  });
  const [only, ...more] = by;
  if (!only) return { rows: every, left: conjuncts };
  if (more.length === 0)
    return {
      rows: (run) => foundBy(find, only.finder, run, Infinity) ?? every(run),
      left: conjuncts.filter((one) => one !== only.conjunct),
    };
  const finders = by.map(({ finder }) => finder);
  return { rows: (run) => fewest(find, finders, run) ?? every(run), left: conjuncts };
}

type Find = (place: number, cell: Cell) => readonly Row[];

function fewest(find: Find, finders: readonly Finder[], run: Run): readonly Row[] | undefined {
  let best: readonly Row[] | undefined;
  for (const finder of finders) {
    const found = foundBy(find, finder, run, best?.length ?? Infinity);
    if (found && (!best || found.length < best.length)) best = found;
    if (best && best.length < 2) return best;
  }
  return best;
}

function foundBy(
  find: Find,
  { place, one, list }: Finder,
  run: Run,
  most: number,
): readonly Row[] | undefined {
  if (one) {
    const cell = one(run);
    return cell === null ? [] : find(place, cell);
  }
  const rows: Row[] = [];
  for (const cell of list?.(run) ?? []) {
    if (cell === null) continue;
    const some = find(place, cell as Cell);
    if (rows.length + some.length >= most) return undefined;
    for (const row of some) rows.push(row);
  }
  return rows;
}

function finderIn(
  plan: Plan,
  scope: Scope,
  { source }: Opened,
  node: k.OperationNode,
): Finder | undefined {
  if (!isA<k.BinaryOperationNode>(node, 'BinaryOperationNode')) return undefined;
  const operator = operatorOf(node);
  const [left, right] = [node.leftOperand, node.rightOperand];
  const sides = [
    [left, right],
    [right, left],
  ] as const;
  for (const [column, other] of operator === '=' ? sides : sides.slice(0, 1)) {
    const place = placeIn(source, scope, column);
    if (place === undefined) continue;
    if (operator === '=') {
      const { made, last } = plan.watching(source.slot + 1, () => term(plan, scope, other));
      if (last < source.slot) return { place, one: made, list: undefined };
    } else if (operator === 'in') {
      const { made, last } = plan.watching(source.slot + 1, () => listOf(plan, scope, other));
      if (last < source.slot) return { place, one: undefined, list: made };
    }
  }
  return undefined;
}

/** Where a reference means a column of this source. */
function placeIn(
  { name, columns }: Opened['source'],
  { sources }: Scope,
  node: k.OperationNode,
): number | undefined {
  if (!isA<k.ReferenceNode>(node, 'ReferenceNode')) return undefined;
  if (node.column.kind !== 'ColumnNode') return undefined;
  const column = node.column.column.name;
  const table = node.table?.table.identifier.name;
  const meant = sources.find(
    (one) => (table === undefined || table === one.name) && one.columns.includes(column),
  );
  return meant?.name === name ? columns.indexOf(column) : undefined;
}
