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
import { loadRecords, recordsOfPeople, type PartRef, type StoredPart } from './records.ts';
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

export function createWorkspace(tx: Tx, tenant: string, sealer: Sealer): Workspace {
  const held = new Map<string, Held>();
  const askedPeople = new Set<string>();
  const touch = (ref: Ref, part: string, now: Rec) => {
    const old = held.get(refKey(ref));
    const dirty = new Set(old?.dirty).add(part);
    const { before, rows } = old ?? { before: undefined, rows: new Map<string, StoredPart>() };
    held.set(refKey(ref), { ref, before, rows, now, dirty });
  };
  const need = async (refs: readonly Ref[]) => {
    const missing = refs.filter((ref) => !held.has(refKey(ref)));
    if (missing.length === 0) return;
    const found = await loadRecords(
      tx,
      tenant,
      sealer,
      missing.map((ref) => ref.id),
    );
    for (const { kind, id } of missing) {
      const stored = found.get(refKey({ kind, id }));
      const { record, rows } = stored ?? { record: undefined, rows: new Map() };
      held.set(refKey({ kind, id }), {
        ref: { kind, id },
        before: record,
        now: record,
        rows,
        dirty: new Set(),
      });
    }
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
      for (const change of changes) {
        const { kind, id, part } = change;
        touch({ kind, id }, part, applyChange(held.get(refKey(change))?.now, change));
        parts.set(`${refKey(change)}/${part}`, { kind, id, part });
      }
      return [...parts.values()];
    },
    setFacts: (ref, facts) => {
      const now = held.get(refKey(ref))?.now;
      if (now) touch(ref, 'facts', { ...now, parts: { ...now.parts, facts } });
    },
    all: () => held.values(),
  };
}
