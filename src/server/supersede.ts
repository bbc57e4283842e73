/**
 * Entries that put others right. Only what waits for a person and has no effect may be superseded, by its author or by a
 * supervisor of her organisation, and once: the first wins. Whoever may not is told what she would be told of an entry that
 * does not exist. One that had no say when it came still claims what it was to put right: it takes it along when it is put
 * right or withdrawn itself, and is lost with it when another entry was quicker.
 */
import type { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import { hasEffect, needsCare } from '../sync/verdict.ts';
import { claimsOf, mayPutRight, needClaims, type Old } from './claims.ts';
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
  /** What it claims and nobody has settled: closed with it. */
  readonly claimed: (entry: string, by: string) => readonly Superseded[];
  /** What it claims was put right by another. */
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
      const along = claimed(supersedes, actor.user);
      for (const done of [{ old: supersedes, entry: id, by: actor.user }, ...along]) take(done);
    },
    superseded: () => superseded,
    claimed,
    isLost,
  };
}

function oldFrom({ entry, actor, verdict }: Pick<Decided, 'entry' | 'actor' | 'verdict'>): Old {
  return {
    author: actor.user,
    org: actor.org,
    role: actor.role,
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
