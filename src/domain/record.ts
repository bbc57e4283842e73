/**
 * What a record is to the rules: an id, a kind and the parts that this place holds. A part that may not be
 * seen is absent, never null. Rules read through a View and answer with Changes; they never store anything.
 */
import { conflictsAfter, conflictsField, type Conflict, type Settled } from './conflict.ts';
import type { Patch, Value, Values } from './value.ts';

export interface Rec {
  readonly kind: string;
  readonly id: string;
  readonly parts: Readonly<Record<string, Values>>;
}

export interface Ref {
  readonly kind: string;
  readonly id: string;
}

export interface View {
  readonly get: (kind: string, id: string) => Rec | undefined;
}

export interface Change {
  readonly kind: string;
  readonly id: string;
  readonly part: string;
  readonly set: Patch;
  /** Values to be kept beside those of the part until a person chooses. */
  readonly kept?: readonly Conflict[];
  /** Kept values about which somebody has chosen. */
  readonly settled?: readonly Settled[];
}

export type Role = 'counter' | 'counsellor' | 'supervisor' | 'system';
export type OrganisationType = 'city' | 'hw' | 'pref' | 'contractor';

/** Who acts, from the server-signed lease on the tablet and from the server's own staff record on the server. */
export interface Actor {
  readonly user: string;
  readonly role: Role;
  readonly org: string;
  readonly orgType: OrganisationType;
  readonly site: string;
  /** Counters that closed and moved into this one: what was addressed to them is handled here. Absent where there is none. */
  readonly alsoSites?: readonly string[];
  readonly post?: string;
}

/** Her counters: what she writes is written at the first. */
export function sitesOf(actor: Pick<Actor, 'site' | 'alsoSites'>): readonly string[] {
  return [actor.site, ...(actor.alsoSites ?? [])];
}

export function isAtHand(actor: Pick<Actor, 'site' | 'alsoSites'>, site: unknown): boolean {
  return sitesOf(actor).some((one) => one === site);
}

export interface Moment {
  /** Device time of the act, epoch milliseconds. */
  readonly occurredAt: number;
  /** JST business date confirmed by staff; the one that counts. */
  readonly businessDate: string;
}

export function partOf(record: Rec | undefined, part: string): Values {
  return record?.parts[part] ?? {};
}

export function refKey(ref: Ref): string {
  return `${ref.kind}/${ref.id}`;
}

/** Applies changes to records in memory; used alike by the tablet's overlay and by the server. */
export function applyChange(record: Rec | undefined, change: Change): Rec {
  const before = record?.parts[change.part];
  const set = before ? { ...before, ...change.set } : change.set;
  const conflicts = conflictsAfter(before, change.settled, change.kept) ?? null;
  const isUndisputed = conflicts === null && set[conflictsField] === undefined;
  const after = withoutNull(isUndisputed ? set : { ...set, [conflictsField]: conflicts });
  return {
    kind: change.kind,
    id: change.id,
    parts: { ...record?.parts, [change.part]: after },
  };
}

/** The same where nothing in it is to be taken out. */
function withoutNull(set: Patch): Values {
  if (isWhole(set)) return set;
  const values: Record<string, Value> = {};
  for (const name in set) {
    const value = set[name];
    if (value !== null && value !== undefined) values[name] = value;
  }
  return values;
}

function isWhole(set: Patch): set is Values {
  for (const name in set) if (set[name] === null || set[name] === undefined) return false;
  return true;
}
