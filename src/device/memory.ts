/**
 * The read side of an unlocked tablet: what the server said (rows) with the own entries laid over it until the rows have
 * them. Listed parts are always here; other parts only of records that were opened with a logged view. One signal per kind.
 */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { applyChange, refKey, type Change, type Rec, type Ref } from '../domain/record.ts';
import { isListed, type OpenPart } from './rows.ts';

export interface PartRef extends Ref {
  readonly part: string;
}

export interface Memory {
  readonly all: (kind: string) => ReadonlySignal<readonly Rec[]>;
  readonly get: (kind: string, id: string) => Rec | undefined;
  readonly isOpen: (ref: Ref) => boolean;
  /** From here on every part of these records that this tablet holds may be shown. */
  readonly open: (refs: readonly Ref[]) => void;
  readonly update: (change: Update) => void;
  /** Changes of own entries to a record, oldest first. */
  readonly overlayOf: (ref: Ref) => readonly Change[];
  readonly carriedOf: (ref: Ref) => Rec | undefined;
  readonly clear: () => void;
}

export interface Update {
  readonly parts?: readonly OpenPart[];
  /** The parts are all there are: what is not among them goes. */
  readonly isWhole?: boolean;
  readonly evicted?: readonly PartRef[];
  /** Records taken over by hand, all of them: shown where the server has said nothing of the record. */
  readonly carried?: readonly Rec[];
  /** The whole overlay anew, in order. */
  readonly overlay?: readonly Change[];
}

type ByKind = Map<string, Map<string, Rec>>;

export function createMemory(): Memory {
  const rows: ByKind = new Map();
  const shown: ByKind = new Map();
  const signals = new Map<string, Signal<readonly Rec[]>>();
  const opened = new Set<string>();
  const overlay = createOverlay();
  let carried = new Map<string, Rec>();

  const signalOf = (kind: string): Signal<readonly Rec[]> => {
    const found = signals.get(kind) ?? signal<readonly Rec[]>([...of(shown, kind).values()]);
    signals.set(kind, found);
    return found;
  };
  const maySee = (change: PartRef) =>
    isListed(change.kind, change.part) || opened.has(refKey(change));
  const refresh = (refs: ReadonlyMap<string, Ref>) => {
    for (const [key, ref] of refs) {
      const base = of(rows, ref.kind).get(ref.id) ?? carried.get(key);
      const changes = overlay.of(key).filter(maySee);
      put(shown, ref, changes.reduce<Rec | undefined>(applyChange, base));
    }
    const touched = new Set([...refs.values()].map((ref) => ref.kind));
    batch(() => {
      for (const kind of touched) signalOf(kind).value = [...of(shown, kind).values()];
    });
  };
  return {
    all: signalOf,
    get: (kind, id) => of(shown, kind).get(id),
    isOpen: (ref) => opened.has(refKey(ref)),
    open: (refs) => {
      for (const ref of refs) opened.add(refKey(ref));
      refresh(byKey(refs));
    },
    update: ({ parts = [], isWhole = false, evicted = [], overlay: next, carried: taken }) => {
      const kept = parts.filter(maySee);
      const before = isWhole ? [...rows.values()].flatMap((records) => [...records.values()]) : [];
      if (isWhole) rows.clear();
      for (const part of kept) put(rows, part, withPart(of(rows, part.kind).get(part.id), part));
      for (const ref of evicted)
        put(rows, ref, withoutPart(of(rows, ref.kind).get(ref.id), ref.part));
      const changed = next ? overlay.lay(next) : [];
      const moved = taken ? [...carried.values(), ...taken] : [];
      if (taken) carried = new Map(taken.map((record) => [refKey(record), record]));
      refresh(byKey([...before, ...kept, ...evicted, ...changed, ...moved]));
    },
    overlayOf: (ref) => overlay.of(refKey(ref)),
    carriedOf: (ref) => carried.get(refKey(ref)),
    clear: () => {
      const kinds = [...shown.keys()];
      for (const held of [rows, shown, carried, opened]) held.clear();
      overlay.lay([]);
      batch(() => {
        for (const kind of kinds) signalOf(kind).value = [];
      });
    },
  };
}

function createOverlay() {
  let laid: readonly Change[] = [];
  let changes = new Map<string, readonly Change[]>();
  return {
    of: (key: string): readonly Change[] => changes.get(key) ?? [],
    /** Says what comes and goes: nothing, where the same is laid already. */
    lay: (next: readonly Change[]): readonly Change[] => {
      const before = laid;
      if (next.length === before.length && next.every((change, at) => change === before[at]))
        return [];
      laid = next;
      changes = Map.groupBy(next, refKey);
      return [...before, ...next];
    },
  };
}

function of(held: ByKind, kind: string): Map<string, Rec> {
  const found = held.get(kind) ?? new Map<string, Rec>();
  held.set(kind, found);
  return found;
}

function put(held: ByKind, ref: Ref, record: Rec | undefined): void {
  if (record) of(held, ref.kind).set(ref.id, record);
  else of(held, ref.kind).delete(ref.id);
}

function byKey(refs: readonly Ref[]): Map<string, Ref> {
  return new Map(refs.map((ref) => [refKey(ref), ref]));
}

export function withPart(record: Rec | undefined, { kind, id, part, body }: OpenPart): Rec {
  return { kind, id, parts: { ...record?.parts, [part]: body } };
}

function withoutPart(record: Rec | undefined, part: string): Rec | undefined {
  if (!record) return undefined;
  const parts = Object.entries(record.parts).filter(([name]) => name !== part);
  return parts.length > 0 ? { ...record, parts: Object.fromEntries(parts) } : undefined;
}
