/**
 * Expressions, as far as the server's statements have them; anything else is refused when it is first compiled. Comparisons
 * with an absent value are never so. Texts compare as JavaScript has them, which is SQLite's order within a plane of Unicode.
 */
import type * as k from 'kysely';
import { unknown, type Check, type Plan, type Run, type Scope, type Term } from './plan.ts';
import type { Cell } from './table.ts';

type Make<T> = (plan: Plan, scope: Scope, node: never) => T;

const terms: Readonly<Record<string, Make<Term>>> = {
  ReferenceNode: reference,
  ColumnNode: (plan, scope, node: k.ColumnNode) => plan.find(scope, undefined, node.column.name),
  ValueNode: value,
  RawNode: raw,
  ParensNode: (plan, scope, node: k.ParensNode) => term(plan, scope, node.node),
  FunctionNode: coalesce,
  SelectQueryNode: (plan, scope, node: k.SelectQueryNode) => plan.question(scope, node).first,
};

export function term(plan: Plan, scope: Scope, node: k.OperationNode): Term {
  return (terms[node.kind] ?? unknown(node))(plan, scope, node as never);
}

function reference(plan: Plan, scope: Scope, node: k.ReferenceNode): Term {
  const { column, table } = node;
  if (column.kind !== 'ColumnNode') return unknown(node);
  return plan.find(scope, table?.table.identifier.name, column.column.name);
}

function value(plan: Plan, _: Scope, node: k.ValueNode): Term {
  if (node.immediate) {
    const cell = node.value as Cell;
    return () => cell;
  }
  const place = plan.placeOf(node);
  return ({ given }) => cellAt(given, place);
}

/** As a driver takes it. */
export function cellAt(given: readonly unknown[], place: number): Cell {
  const cell = given[place];
  if (cell === undefined) throw new Error(`parameter ${place} is undefined`);
  return cell as Cell;
}

/** What is said around a value to keep a planner from looking at it changes nothing. */
const around = new Set(['', ' + 0', " || ''"]);

function raw(plan: Plan, scope: Scope, node: k.RawNode): Term {
  const { sqlFragments: said, parameters } = node;
  const [only, ...more] = parameters;
  if (!only || more.length > 0 || !said.every((one) => around.has(one)))
    return unknown(node, said.join('?'));
  return term(plan, scope, only);
}

function coalesce(plan: Plan, scope: Scope, node: k.FunctionNode): Term {
  if (node.func !== 'coalesce') return unknown(node, node.func);
  const terms = node.arguments.map((one) => term(plan, scope, one));
  return (run) => {
    for (const one of terms) {
      const cell = one(run);
      if (cell !== null) return cell;
    }
    return null;
  };
}

const checks: Readonly<Record<string, Make<Check>>> = {
  ParensNode: (plan, scope, node: k.ParensNode) => check(plan, scope, node.node),
  OrNode: (plan, scope, node: k.OrNode) => {
    const [left, right] = [check(plan, scope, node.left), check(plan, scope, node.right)];
    return (run) => left(run) || right(run);
  },
  AndNode: (plan, scope, node: k.AndNode) => {
    const [left, right] = [check(plan, scope, node.left), check(plan, scope, node.right)];
    return (run) => left(run) && right(run);
  },
  UnaryOperationNode: unary,
  BinaryOperationNode: comparison,
};

export function check(plan: Plan, scope: Scope, node: k.OperationNode): Check {
  return (checks[node.kind] ?? unknown(node))(plan, scope, node as never);
}

export function operatorOf(node: k.BinaryOperationNode | k.UnaryOperationNode): string {
  return (node.operator as k.OperatorNode).operator;
}

function unary(plan: Plan, scope: Scope, node: k.UnaryOperationNode): Check {
  const operand = bare(node.operand);
  const operator = operatorOf(node);
  if (operator === 'exists' && isA<k.SelectQueryNode>(operand, 'SelectQueryNode'))
    return plan.question(scope, operand).some;
  // Of `exists` alone: what is neither so nor not so would have to stay that.
  const isInner = isA<k.UnaryOperationNode>(operand, 'UnaryOperationNode');
  if (operator !== 'not' || !isInner || operatorOf(operand) !== 'exists')
    return unknown(node, operator);
  const some = unary(plan, scope, operand);
  return (run) => !some(run);
}

/** Kysely types its trees loosely. */
export function isA<N extends k.OperationNode>(node: k.OperationNode, kind: N['kind']): node is N {
  return node.kind === kind;
}

function bare(node: k.OperationNode): k.OperationNode {
  return isA<k.ParensNode>(node, 'ParensNode') ? bare(node.node) : node;
}

type Compare = (left: Cell, right: Cell) => boolean;

const comparisons: Readonly<Record<string, Compare>> = {
  '=': (left, right) => left === right && left !== null,
  '!=': (left, right) => left !== right && left !== null && right !== null,
  '<': (left, right) => left !== null && right !== null && left < right,
  '>': (left, right) => left !== null && right !== null && left > right,
  '<=': (left, right) => left !== null && right !== null && left <= right,
  '>=': (left, right) => left !== null && right !== null && left >= right,
  is: (left, right) => left === right,
  'is not': (left, right) => left !== right,
  like: (left, right) => left !== null && right !== null && patternOf(right).test(String(left)),
  'not like': (left, right) =>
    left !== null && right !== null && !patternOf(right).test(String(left)),
};

function comparison(plan: Plan, scope: Scope, node: k.BinaryOperationNode): Check {
  const operator = operatorOf(node);
  if (operator === 'in') return within(plan, scope, node);
  if (node.leftOperand.kind === 'TupleNode') return behind(plan, scope, node);
  const compare = comparisons[operator] ?? unknown(node, operator);
  const left = term(plan, scope, node.leftOperand);
  const right = term(plan, scope, node.rightOperand);
  return (run) => compare(left(run), right(run));
}

function within(plan: Plan, scope: Scope, node: k.BinaryOperationNode): Check {
  const left = term(plan, scope, node.leftOperand);
  const list = listOf(plan, scope, node.rightOperand);
  return (run) => {
    const cell = left(run);
    return cell !== null && list(run).has(cell);
  };
}

/** What may stand behind `in`. */
export function listOf(
  plan: Plan,
  scope: Scope,
  given: k.OperationNode,
): (run: Run) => ReadonlySet<unknown> {
  const node = bare(given);
  if (isA<k.SelectQueryNode>(node, 'SelectQueryNode')) {
    const { all } = plan.question(scope, node);
    return (run) => new Set(all(run).map(([first]) => first));
  }
  if (!isA<k.PrimitiveValueListNode>(node, 'PrimitiveValueListNode')) return unknown(node);
  const from = plan.placeOf(node);
  const to = from + node.values.length;
  return (run) => {
    const known = run.sets?.get(from);
    if (known) return known;
    const made = new Set(run.given.slice(from, to));
    (run.sets ??= new Map()).set(from, made);
    return made;
  };
}

/** Several columns compared as one. */
function behind(plan: Plan, scope: Scope, node: k.BinaryOperationNode): Check {
  const { leftOperand: left, rightOperand: right } = node;
  const isPair = isA<k.TupleNode>(left, 'TupleNode') && isA<k.TupleNode>(right, 'TupleNode');
  if (operatorOf(node) !== '>' || !isPair) return unknown(node, operatorOf(node));
  const pairs = left.values.map((one, at) => {
    const other = right.values[at] ?? unknown(node);
    return [term(plan, scope, one), term(plan, scope, other)] as const;
  });
  return (run) => {
    for (const [one, other] of pairs) {
      const order = inOrder(one(run), other(run));
      if (order !== 0) return order > 0;
    }
    return false;
  };
}

/** As SQLite sorts: what is absent comes first. */
export function inOrder(left: Cell, right: Cell): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  return left < right ? -1 : 1;
}

const patterns = new Map<Cell, RegExp>();

/** `like`: letters of ASCII in either case. */
function patternOf(pattern: Cell): RegExp {
  const known = patterns.get(pattern);
  if (known) return known;
  const text = String(pattern).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const made = new RegExp(`^${text.replaceAll('%', '.*').replaceAll('_', '.')}$`, 'is');
  if (patterns.size > 1_000) patterns.clear();
  patterns.set(pattern, made);
  return made;
}
