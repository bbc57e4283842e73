/**
 * Entries that wait for a person, as far as it matters to who would put them right, with what each of them was to put right
 * itself. One that had no say when it came keeps that claim.
 */
import type { Header } from '../sync/entry.ts';
import { hasEffect, type Verdict } from '../sync/verdict.ts';
import { chunks, type Tx } from './storage.ts';

export interface Old {
  readonly author: string;
  readonly org: string;
  readonly role: string;
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
  readonly isOpen: boolean;
  /** By another than who claims it. */
  readonly isTaken: boolean;
}

/** From the next back, as far as each claim is just and has not been met; no ring is gone round twice. */
export function claimsOf(known: ReadonlyMap<string, Old>, first: string): readonly Claim[] {
  const found: Claim[] = [];
  const seen = new Set([first]);
  for (let entry = first; ;) {
    const claimant = known.get(entry);
    const old = claimant?.claims;
    const claimed = known.get(old ?? '');
    if (!claimant || old === undefined || !claimed || seen.has(old)) return found;
    const isJust = mayPutRight(claimed, { ...claimant, user: claimant.author });
    if (!isJust || claimed.rightBy === entry) return found;
    const isOpen = claimed.isOpen && !claimed.hasEffect;
    found.push({ old, entry, isOpen, isTaken: claimed.rightBy !== undefined });
    seen.add(old);
    entry = old;
  }
}

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
    const claimed = [...found.values()].flatMap(({ claims }) => claims ?? []);
    asked = claimed.filter((id) => !known.has(id));
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
      .select(['entry.header', 'store.role', 'supersede.entry as rightBy'])
      .where('repair.tenant', '=', tenant)
      .where('repair.entry', 'in', some)
      .execute();
    for (const { entry, author, org, role, state, verdict, header, rightBy } of rows)
      found.set(entry, {
        author,
        org,
        role,
        isOpen: state === 'open',
        hasEffect: hasEffect(JSON.parse(verdict) as Verdict), // written by us alone
        claims: (JSON.parse(header) as Header).supersedes,
        rightBy: rightBy ?? undefined,
      });
  }
  return found;
}
