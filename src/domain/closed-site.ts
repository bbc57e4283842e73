/**
 * What a counter that closes still takes: records of its days up to the last, however late they arrive, and nothing new that
 * names it for a day after that. Its successor holds what is open there (Actor.alsoSites).
 */
import { stateOf } from './kind.ts';
import type { Problem } from './problem.ts';
import { partOf, type Rec } from './record.ts';
import { text } from './value.ts';

export function closedBefore(site: Rec | undefined, date: string): Problem | undefined {
  const { name, closedOn } = partOf(site, 'facts');
  const last = text(closedOn);
  if (last === undefined || date <= last) return undefined;
  return {
    code: 'refused',
    reason: `「${text(name) ?? ''}」は ${last} で閉じます。それより後のことは、移る先の窓口を選んでください。`,
  };
}

/** For choices: the last day is over. */
export function isClosedCounter(site: Rec, today: string): boolean {
  return closedBefore(site, today) !== undefined;
}

/** Where the work of a counter has gone that has closed. */
export function successorOf(site: Rec | undefined): string | undefined {
  return stateOf(site) === 'closed' ? text(partOf(site, 'facts')['movedTo']) : undefined;
}
