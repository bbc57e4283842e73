/**
 * Entries that waited for a person, as far as it matters to who would put them right, with what each of them was to put right
 * itself and what has put it right. One that had no say when it came keeps that claim.
 */
import type { Problem } from '../domain/problem.ts';
import type { Header } from '../sync/entry.ts';
import { hasEffect, type Verdict } from '../sync/verdict.ts';
import { chunks, type Tx } from './storage.ts';

type Known = ReadonlyMap<string, Old>;

export interface Old {
  readonly author: string;
  readonly org: string;
  readonly role: string;
  /** Its store has been stopped, or its author has lost her place: the role is no standing. */
  readonly isBarred: boolean;
  readonly isOpen: boolean;
  readonly hasEffect: boolean;
  /** What it was to put right. */
  readonly claims: string | undefined;
  /** Which entry has put it right. */
  readonly rightBy: string | undefined;
}

export interface Claim {
  readonly old: string;
  /** Who claims it. */
  readonly entry: string;
  /** It waits still, and whoever claims it, and what claims that, has the standing to put it right. */
  readonly isOpen: boolean;
  /** It has had its effect, or that of another than who claims it: to write it anew would count it twice. */
  readonly isTaken: boolean;
}

/** From the next back, as far as each might be claimed by its author when it was written; no ring is gone round twice. */
export function claimsOf(known: Known, first: string): readonly Claim[] {
  const found: Claim[] = [];
  const seen = new Set([first]);
  for (let entry = first, isJust = true; ;) {
    const claimant = known.get(entry);
    const old = claimant?.claims;
    const claimed = known.get(old ?? '');
    if (!claimant || old === undefined || !claimed || seen.has(old)) return found;
    const by = { ...claimant, user: claimant.author };
    if (!mayPutRight(claimed, by)) return found;
    isJust &&= mayPutRight(claimed, claimant.isBarred ? { ...by, role: '' } : by);
    found.push({
      old,
      entry,
      isOpen: claimed.isOpen && isJust,
      isTaken: claimed.hasEffect || isTakenBeside(known, claimed.rightBy, entry),
    });
    seen.add(old);
    entry = old;
  }
}

const isTakenBeside = (known: Known, rightBy: string | undefined, entry: string) =>
  rightBy !== undefined && rightBy !== entry && !isGivenUp(known, rightBy);

/** Closed without an effect, and so is whatever was to put it right in turn. What is not known never waited for anybody. */
function isGivenUp(known: Known, entry: string, left = maxClaims): boolean {
  const old = known.get(entry);
  if (!old || old.isOpen || old.hasEffect || left === 0) return false;
  return old.rightBy === undefined || isGivenUp(known, old.rightBy, left - 1);
}

const barring: readonly string[] = ['revoked', 'notAllowed'] satisfies Problem['code'][];

export const isBarred = (verdict: Verdict) =>
  'problem' in verdict && barring.includes(verdict.problem.code);

export function mayPutRight(
  old: Pick<Old, 'author' | 'org'>,
  by: Readonly<Record<'user' | 'org' | 'role', string>>,
): boolean {
  return old.org === by.org && (old.author === by.user || by.role === 'supervisor');
}

/** Nobody has so many before an entry by chance. */
const maxClaims = 20;

export async function needClaims(
  tx: Tx,
  tenant: string,
  known: Map<string, Old>,
  ids: readonly string[],
): Promise<void> {
  let asked = ids;
  for (let round = 0; asked.length > 0 && round < maxClaims; round++) {
    const found = await oldEntries(tx, tenant, asked);
    for (const [id, old] of found) known.set(id, old);
    const named = [...found.values()].flatMap((old) =>
      [old.claims ?? [], old.rightBy ?? []].flat(),
    );
    asked = named.filter((id) => !known.has(id));
  }
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
      .innerJoin('store', (join) =>
        join.onRef('store.tenant', '=', 'repair.tenant').onRef('store.store', '=', 'repair.store'),
      )
      .leftJoin('supersede', (join) =>
        join
          .onRef('supersede.tenant', '=', 'repair.tenant')
          .onRef('supersede.old', '=', 'repair.entry'),
      )
      .select(['repair.entry', 'repair.author', 'repair.org', 'repair.state', 'entry.verdict'])
      .select(['entry.header', 'store.role', 'store.state as store', 'supersede.entry as rightBy'])
      .where('repair.tenant', '=', tenant)
      .where('repair.entry', 'in', some)
      .execute();
    for (const { entry, author, org, role, store, state, rightBy, ...row } of rows) {
      const verdict = JSON.parse(row.verdict) as Verdict; // written by us alone, like the header
      found.set(entry, {
        author,
        org,
        role,
        isBarred: store !== 'active' || isBarred(verdict),
        isOpen: state === 'open',
        hasEffect: hasEffect(verdict),
        claims: (JSON.parse(row.header) as Header).supersedes,
        rightBy: rightBy ?? undefined,
      });
    }
  }
  return found;
}
