/**
 * The records of one transaction in memory: loaded in few queries, changed by judged entries in order, written at the end.
 * What is not held has not been asked for; `get` never reaches the database.
 */
import {
  applyChange,
  refKey,
  type Change,
  type Rec,
  type Ref,
  type View,
} from '../domain/record.ts';
import type { Values } from '../domain/value.ts';
import type { Sealer } from './person-keys.ts';
import {
  loadRecords,
  recordsOfPeople,
  type PartRef,
  type Stored,
  type StoredPart,
} from './records.ts';
import type { Tx } from './storage.ts';

export interface Held {
  readonly ref: Ref;
  readonly before: Rec | undefined;
  readonly now: Rec | undefined;
  readonly rows: ReadonlyMap<string, StoredPart>;
  /** Parts whose content has changed. */
  readonly dirty: ReadonlySet<string>;
}

export interface Workspace extends View {
  readonly tx: Tx;
  readonly tenant: string;
  readonly has: (ref: Ref) => boolean;
  readonly need: (refs: readonly Ref[]) => Promise<void>;
  readonly needPeople: (people: readonly string[]) => Promise<void>;
  /** Applies changes and names the parts they touched, each once. */
  readonly put: (changes: readonly Change[]) => PartRef[];
  /** The server's own field, beside what verbs write. */
  readonly setFacts: (ref: Ref, facts: Values) => void;
  readonly all: () => Iterable<Held>;
}

function heldFrom(ref: Ref, stored: Stored | undefined): Held {
  const { record, rows } = stored ?? { record: undefined, rows: new Map() };
  return { ref, before: record, now: record, rows, dirty: new Set() };
}

export function createWorkspace(tx: Tx, tenant: string, sealer: Sealer): Workspace {
  const held = new Map<string, Held>();
  const askedPeople = new Set<string>();
  const heldOf = (ref: Ref): Held => {
    const found = held.get(refKey(ref));
    if (!found) throw new Error(`${refKey(ref)} is not held`);
    return found;
  };
  const touch = (old: Held, part: string, now: Rec) =>
    held.set(refKey(old.ref), { ...old, now, dirty: new Set(old.dirty).add(part) });
  const need = async (refs: readonly Ref[]) => {
    const missing = refs.filter((ref) => !held.has(refKey(ref)));
    if (missing.length === 0) return;
    const found = await loadRecords(
      tx,
      tenant,
      sealer,
      missing.map((ref) => ref.id),
    );
    for (const { kind, id } of missing)
      held.set(refKey({ kind, id }), heldFrom({ kind, id }, found.get(refKey({ kind, id }))));
  };
  return {
    tx,
    tenant,
    get: (kind, id) => held.get(refKey({ kind, id }))?.now,
    has: (ref) => held.has(refKey(ref)),
    need,
    needPeople: async (people) => {
      const fresh = people.filter((id) => !askedPeople.has(id));
      for (const id of fresh) askedPeople.add(id);
      const refs = await recordsOfPeople(tx, tenant, fresh);
      await need([...refs, ...fresh.map((id) => ({ kind: 'seeker', id }))]);
    },
    put: (changes) => {
      const parts = new Map<string, PartRef>();
      // First, for a throw half-way would leave effects of an entry that is quarantined.
      for (const change of changes) heldOf(change);
      for (const change of changes) {
        const { kind, id, part } = change;
        const old = heldOf(change);
        touch(old, part, applyChange(old.now, change));
        parts.set(`${refKey(change)}/${part}`, { kind, id, part });
      }
      return [...parts.values()];
    },
    setFacts: (ref, facts) => {
      const old = heldOf(ref);
      if (old.now) touch(old, 'facts', { ...old.now, parts: { ...old.now.parts, facts } });
    },
    all: () => held.values(),
  };
}
