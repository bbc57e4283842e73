/** Nested loops over sources, in the order in which they are named; a left join that finds no row goes on without one. */
import type * as k from 'kysely';
import { accessTo, conjunctsOf, type Conjunct } from './access.ts';
import type { Check, Opened, Plan, Run, Scope } from './plan.ts';

/** Goes to every combination of rows until one says that it is enough. */
export type Walk = (run: Run, visit: () => boolean) => boolean;

/** Also of what is to be changed (change.ts). */
export function walkOver(
  plan: Plan,
  scope: Scope,
  opened: readonly Opened[],
  where: k.OperationNode | undefined,
): Walk {
  const last = opened.at(-1)?.source.slot ?? 0;
  const wheres = conjunctsOf(plan, scope, where, last + 1);
  const first = opened[0]?.source.slot ?? 0;
  return opened.reduceRight<Walk>(
    (next, one) => {
      const { slot } = one.source;
      const isHere = ({ last: at }: Conjunct) => Math.max(at, first) === slot;
      const ons = conjunctsOf(plan, scope, one.on, last + 1);
      return step(plan, scope, one, { ons, wheres: wheres.filter(isHere) }, next);
    },
    (_, visit) => visit(),
  );
}

interface Conditions {
  readonly ons: readonly Conjunct[];
  readonly wheres: readonly Conjunct[];
}

function step(
  plan: Plan,
  scope: Scope,
  one: Opened,
  { ons, wheres }: Conditions,
  next: Walk,
): Walk {
  const { slot } = one.source;
  // Of a left join too: what `where` finds no row for, it does not find an absent one for either.
  const { rows, left } = accessTo(plan, scope, one, [...ons, ...wheres]);
  const checksOf = (all: readonly Conjunct[]) =>
    all.filter((conjunct) => left.includes(conjunct)).map(({ check }) => check);
  const joins = checksOf(ons);
  // Of the row that a left join does not find, all is asked.
  const checks = one.isLeft ? wheres.map(({ check }) => check) : checksOf(wheres);
  const goOn: Walk = (run, visit) => passes(checks, run) && next(run, visit);
  return (run, visit) => {
    let isMet = false;
    for (const row of rows(run)) {
      run.rows[slot] = row;
      if (!passes(joins, run)) continue;
      isMet = true;
      if (goOn(run, visit)) return true;
    }
    if (isMet || !one.isLeft) return false;
    run.rows[slot] = undefined;
    return goOn(run, visit);
  };
}

function passes(checks: readonly Check[], run: Run): boolean {
  for (const one of checks) if (!one(run)) return false;
  return true;
}
