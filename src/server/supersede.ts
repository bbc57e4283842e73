/**
 * Entries that put others right. Only what waits for a person and has no effect may be superseded, by its author or by a
 * supervisor of her organisation, and once: the first wins. Whoever may not is told what she would be told of an entry that
 * does not exist. One that had no say when it came closes nothing by itself, but still claims what it was to put right: that
 * goes along where somebody takes it up with effect, and where that has had an effect already, nobody takes it up.
 */
import type { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import { hasEffect, isRefused, needsCare } from '../sync/verdict.ts';
import { claimsOf, isBarred, mayPutRight, needClaims, type Old } from './claims.ts';
import type { Authored, Decided } from './judging.ts';
import type { Tx } from './storage.ts';

export interface Superseded {
  readonly old: string;
  readonly entry: string;
  readonly by: string;
}

export interface Past {
  readonly need: (ids: readonly string[]) => Promise<void>;
  readonly refusal: (item: Authored) => Problem | undefined;
  /** What was decided in this run: it may be superseded by a later one of the same run, and has superseded. */
  readonly note: (decided: Decided) => void;
  readonly superseded: () => readonly Superseded[];
  /** What it claims has had an effect, or another has put it right. */
  readonly isLost: (entry: string) => boolean;
}

export function createPast(tx: Tx, tenant: string): Past {
  const known = new Map<string, Old>();
  const superseded: Superseded[] = [];
  const claimed = (entry: string, by: string) =>
    claimsOf(known, entry).flatMap((one): Superseded[] => (one.isOpen ? [{ ...one, by }] : []));
  const isLost = (entry: string) => claimsOf(known, entry).some(({ isTaken }) => isTaken);
  const take = (done: Superseded) => {
    const old = known.get(done.old);
    if (old) known.set(done.old, { ...old, isOpen: false, rightBy: done.entry });
    superseded.push(done);
  };
  return {
    need: (ids) => needClaims(tx, tenant, known, ids),
    refusal: ({ entry, actor }) => {
      const { supersedes } = entry.header;
      if (supersedes === undefined) return undefined;
      const refused = refusalOf(known.get(supersedes), actor);
      return refused ?? (isLost(supersedes) ? { code: 'superseded' } : undefined);
    },
    note: ({ entry, actor, verdict }) => {
      const { id, supersedes } = entry.header;
      if (needsCare(verdict.code)) known.set(id, oldFrom({ entry, actor, verdict }));
      // No entry puts itself right.
      if (supersedes === undefined || supersedes === id) return;
      const old = known.get(supersedes);
      // A store that has been stopped, or a colleague who has left, puts nothing right.
      if (!old || verdict.code === 'quarantined' || refusalOf(old, actor) || isLost(supersedes))
        return;
      const along = isRefused(verdict) ? [] : claimed(supersedes, actor.user);
      for (const done of [{ old: supersedes, entry: id, by: actor.user }, ...along]) take(done);
    },
    superseded: () => superseded,
    isLost,
  };
}

function oldFrom({ entry, actor, verdict }: Pick<Decided, 'entry' | 'actor' | 'verdict'>): Old {
  return {
    author: actor.user,
    org: actor.org,
    role: actor.role,
    isBarred: isBarred(verdict),
    isOpen: true,
    hasEffect: hasEffect(verdict),
    claims: entry.header.supersedes,
    rightBy: undefined,
  };
}

function refusalOf(old: Old | undefined, actor: Actor): Problem | undefined {
  if (!old || !mayPutRight(old, actor)) return { code: 'notFound', kind: 'entry' };
  if (!old.isOpen) return { code: 'superseded' };
  return old.hasEffect
    ? {
        code: 'refused',
        reason: 'この記録は一部が入っています。「どちらかに決める」で選んでください。',
      }
    : undefined;
}
