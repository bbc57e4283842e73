/**
 * The read side of an unlocked tablet: what the server said (rows) with the own entries laid over it until the rows have
 * them. Listed parts are always here; other parts only of records that were opened with a logged view. One signal per kind.
 */
import { batch, signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { applyChange, type Change, type Rec, type Ref } from '../domain/record.ts';
import { ByRef } from './by-ref.ts';
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

export function createMemory(): Memory {
  const rows = new ByRef<Rec>();
  const shown = new ByRef<Rec>();
  const signals = new Map<string, Signal<readonly Rec[]>>();
  const opened = new ByRef<true>();
  const overlay = createOverlay();
  const carried = new ByRef<Rec>();

  const signalOf = (kind: string): Signal<readonly Rec[]> => {
    const found = signals.get(kind) ?? signal<readonly Rec[]>(shown.of(kind));
    signals.set(kind, found);
    return found;
  };
  const isOpen = ({ kind, id }: Ref) => opened.has(kind, id);
  const maySee = (change: PartRef) => isListed(change.kind, change.part) || isOpen(change);
  const show = (ref: Ref) => {
    const base = rows.get(ref.kind, ref.id) ?? carried.get(ref.kind, ref.id);
    put(shown, ref, overlay.of(ref).filter(maySee).reduce<Rec | undefined>(applyChange, base));
  };
  const refresh = (refs: readonly Ref[]) => {
    const touched = new ByRef<Ref>();
    for (const ref of refs) touched.set(ref, ref);
    for (const ref of touched.values()) show(ref);
    batch(() => {
      for (const kind of touched.kinds()) signalOf(kind).value = shown.of(kind);
    });
  };
  return {
    all: signalOf,
    get: (kind, id) => shown.get(kind, id),
    isOpen,
    open: (refs) => {
      for (const ref of refs) opened.set(ref, true);
      refresh(refs);
    },
    update: ({ parts = [], isWhole = false, evicted = [], overlay: next, carried: taken }) => {
      const kept = parts.filter(maySee);
      const before = isWhole ? rows.values() : [];
      if (isWhole) rows.clear();
      for (const part of kept) put(rows, part, withPart(rows.get(part.kind, part.id), part));
      for (const ref of evicted) put(rows, ref, withoutPart(rows.get(ref.kind, ref.id), ref.part));
      const changed = next ? overlay.lay(next) : [];
      const moved = taken ? [...carried.values(), ...taken] : [];
      if (taken) carried.clear();
      for (const record of taken ?? []) carried.set(record, record);
      refresh([...before, ...kept, ...evicted, ...changed, ...moved]);
    },
    overlayOf: overlay.of,
    carriedOf: ({ kind, id }) => carried.get(kind, id),
    clear: () => {
      for (const held of [rows, shown, carried, opened]) held.clear();
      overlay.lay([]);
      batch(() => {
        for (const one of signals.values()) one.value = [];
      });
    },
  };
}

const none: readonly Change[] = [];

function createOverlay() {
  let laid = none;
  let changes = new ByRef<Change[]>();
  const of = ({ kind, id }: Ref): readonly Change[] => changes.get(kind, id) ?? none;
  return {
    of,
    /** Says whose changes are others now, or in another order. */
    lay: (next: readonly Change[]): readonly Ref[] => {
      if (isSame(next, laid)) return none;
      const touched = [...laid, ...next].map((ref) => ({ ref, before: of(ref) }));
      laid = next;
      changes = byRecord(next);
      return touched.filter(({ ref, before }) => !isSame(of(ref), before)).map(({ ref }) => ref);
    },
  };
}

function byRecord(all: readonly Change[]): ByRef<Change[]> {
  const found = new ByRef<Change[]>();
  for (const change of all) {
    const others = found.get(change.kind, change.id);
    if (others) others.push(change);
    else found.set(change, [change]);
  }
  return found;
}

function isSame(a: readonly Change[], b: readonly Change[]): boolean {
  return a.length === b.length && a.every((change, at) => change === b[at]);
}

function put(held: ByRef<Rec>, ref: Ref, record: Rec | undefined): void {
  if (record) held.set(ref, record);
  else held.delete(ref);
}

export function withPart(record: Rec | undefined, { kind, id, part, body }: OpenPart): Rec {
  return { kind, id, parts: { ...record?.parts, [part]: body } };
}

function withoutPart(record: Rec | undefined, part: string): Rec | undefined {
  if (!record) return undefined;
  const parts = Object.entries(record.parts).filter(([name]) => name !== part);
  return parts.length > 0 ? { ...record, parts: Object.fromEntries(parts) } : undefined;
}
