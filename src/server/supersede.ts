/**
 * Entries that put others right. Only what waits for a person and has no effect may be superseded, by its author or by a
 * supervisor of her organisation, and once: the first wins. Whoever may not is told what she would be told of an entry that
 * does not exist.
 */
import type { Problem } from '../domain/problem.ts';
import type { Actor } from '../domain/record.ts';
import { hasEffect, needsCare, type Verdict } from '../sync/verdict.ts';
import type { Authored, Decided } from './judging.ts';
import { chunks, type Tx } from './storage.ts';

interface Old {
  readonly author: string;
  readonly org: string;
  readonly isOpen: boolean;
  readonly hasEffect: boolean;
}

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
}

export function createPast(tx: Tx, tenant: string): Past {
  const known = new Map<string, Old>();
  const superseded: Superseded[] = [];
  return {
    need: async (ids) => {
      for (const [id, old] of await oldEntries(tx, tenant, ids)) known.set(id, old);
    },
    refusal: ({ entry, actor }) => {
      const { supersedes } = entry.header;
      return supersedes === undefined ? undefined : refusalOf(known.get(supersedes), actor);
    },
    note: ({ entry, actor, verdict }) => {
      const { id, supersedes } = entry.header;
      if (needsCare(verdict.code))
        known.set(id, {
          author: actor.user,
          org: actor.org,
          isOpen: true,
          hasEffect: hasEffect(verdict),
        });
      // No entry puts itself right.
      if (supersedes === undefined || supersedes === id) return;
      const old = known.get(supersedes);
      // A store that has been stopped, or a colleague who has left, puts nothing right.
      if (!old || verdict.code === 'quarantined' || refusalOf(old, actor)) return;
      known.set(supersedes, { ...old, isOpen: false });
      superseded.push({ old: supersedes, entry: id, by: actor.user });
    },
    superseded: () => superseded,
  };
}

function refusalOf(old: Old | undefined, actor: Actor): Problem | undefined {
  const isHers = old?.author === actor.user || actor.role === 'supervisor';
  if (!old || old.org !== actor.org || !isHers) return { code: 'notFound', kind: 'entry' };
  if (!old.isOpen) return { code: 'superseded' };
  return old.hasEffect
    ? {
        code: 'refused',
        reason: 'この記録は一部が入っています。「どちらかに決める」で選んでください。',
      }
    : undefined;
}

async function oldEntries(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
): Promise<Map<string, Old>> {
  const found = new Map<string, Old>();
  for (const some of chunks([...new Set(ids)])) {
    const rows = await tx
      .selectFrom('repair')
      .innerJoin('entry', (join) =>
        join.onRef('entry.tenant', '=', 'repair.tenant').onRef('entry.id', '=', 'repair.entry'),
      )
      .select(['repair.entry', 'repair.author', 'repair.org', 'repair.state', 'entry.verdict'])
      .where('repair.tenant', '=', tenant)
      .where('repair.entry', 'in', some)
      .execute();
    for (const { entry, author, org, state, verdict } of rows)
      found.set(entry, {
        author,
        org,
        isOpen: state === 'open',
        hasEffect: hasEffect(JSON.parse(verdict) as Verdict), // written by us alone
      });
  }
  return found;
}
