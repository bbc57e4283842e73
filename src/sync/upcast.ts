/**
 * Every version of every verb that was ever shipped, brought to the present one: the only place that knows how. A step
 * leads from `verb@n` to `verb@n+1`, over the proposal (server and tablet) and over the changes that a tablet keeps until
 * its rows have them. Steps are added with a verb's new version and never taken out. None has been needed so far.
 */
import type { Change } from '../domain/record.ts';
import { verbRef, type LocalCopy } from './entry.ts';
import type { Proposal } from './evaluate.ts';

export interface Step {
  readonly proposal: (old: Pick<Proposal, 'args' | 'base' | 'expected'>) => typeof old;
  /** Absent: the parts kept their shape. */
  readonly changes?: (old: readonly Change[]) => readonly Change[];
}

/** By the version that it starts from: 'visit.log@1'. */
export type Steps = Readonly<Record<string, Step>>;

export const steps: Steps = {};

export function upcast(proposal: Proposal, table: Steps = steps): Proposal {
  let now = proposal;
  for (let step = at(table, now); step; step = at(table, now)) {
    const { args, base, expected } = now;
    const said = {
      args,
      ...(base === undefined ? {} : { base }),
      ...(expected === undefined ? {} : { expected }),
    };
    now = { ...now, ...step.proposal(said), version: now.version + 1 };
  }
  return now;
}

/** What a tablet of an older version kept of its own entry. */
export function upcastCopy(
  verb: string,
  version: number,
  { body, changes, ...rest }: LocalCopy,
  table: Steps = steps,
): LocalCopy {
  const { args, base, expected } = upcast({ verb, version, ...body }, table);
  let kept = changes;
  for (let from = version; at(table, { verb, version: from }); from++)
    kept = at(table, { verb, version: from })?.changes?.(kept) ?? kept;
  const said = { ...body, base: base ?? {}, expected: expected ?? {} };
  // Steps lead from values to values.
  return { ...rest, body: { ...said, args: args as LocalCopy['body']['args'] }, changes: kept };
}

function at(table: Steps, { verb, version }: Pick<Proposal, 'verb' | 'version'>): Step | undefined {
  return table[verbRef(verb, version)];
}
