/**
 * Three-way merge per field (design.md §6.4): what the author saw (base), what she wrote, what stands now. Untouched since →
 * taken; the same already → nothing; else both are kept, the server's current. Fields declared `together` merge as one. A
 * field without a base is taken: she knew no value to overwrite. A state is never merged. A choice about what is decided
 * by then is taken only as far as it says what stands.
 */
import { conflictsOf, idleAfter, unitOf, type Conflict } from '../domain/conflict.ts';
import { optional } from '../domain/field.ts';
import type { Part } from '../domain/kind.ts';
import { kindNamed } from '../domain/kinds/index.ts';
import { parseFields } from '../domain/parse.ts';
import type { Problem } from '../domain/problem.ts';
import { applyChange, partOf, refKey, type Change, type View } from '../domain/record.ts';
import { isSameValue, type Patch, type Value, type Values } from '../domain/value.ts';
import { brokenRules, flatten } from '../domain/verbs.ts';
import type { Body } from './entry.ts';

export type Merged =
  | { readonly outcome: 'applied' | 'merged'; readonly changes: readonly Change[] }
  | {
      readonly outcome: 'conflict';
      readonly problem: Problem;
      /** What was taken and what is kept beside; nothing where a state was in the way. */
      readonly changes: readonly Change[];
    };

/** Values kept beside those of one part; what comes on top of them waits as a whole entry until some are settled. */
export const maxKept = 100;

export type Author = Pick<Conflict, 'entry' | 'actor' | 'at'>;

export function merge(
  changes: readonly Change[],
  base: Body['base'],
  view: View,
  author: Author,
  isLate = false,
): Merged {
  const first = changes.map((change) => mergePart(change, base, view, author, isLate));
  const broken = brokenBy(
    first.map(({ change }) => change),
    view,
  );
  // Half of an entry may break a rule that the whole of it keeps: then none of its fields is taken.
  const parts = changes.map((change, index) => {
    const merged = first[index];
    return merged && !broken.has(refKey(change))
      ? merged
      : mergePart(change, base, view, author, true);
  });
  const met = parts.filter(({ change }) => (change.kept ?? []).length > 0);
  const state = met.find(({ change }) => change.kept?.some(({ field }) => field === 'state'));
  if (state) return { outcome: 'conflict', problem: baseChanged([state.change]), changes: [] };
  const taken = parts.map(({ change }) => change).filter(isSomething);
  if (met.length > 0) {
    const problem = baseChanged(met.map(({ change }) => change));
    return { outcome: 'conflict', problem, changes: taken };
  }
  const isMerged = parts.some((part) => part.isMerged);
  return { outcome: isMerged ? 'merged' : 'applied', changes: isMerged ? taken : changes };
}

/** Adds what a change makes idle: a kept value that is the current one now waits for nobody. */
export function withIdle(changes: readonly Change[], view: View): readonly Change[] {
  return changes.map((change) => {
    const before = partOf(view.get(change.kind, change.id), change.part);
    if (conflictsOf(before).length === 0) return change;
    const after = applyChange(view.get(change.kind, change.id), change);
    const part = kindNamed(change.kind)?.parts[change.part];
    const idle = idleAfter(part, partOf(after, change.part));
    return idle.length === 0
      ? change
      : { ...change, settled: [...(change.settled ?? []), ...idle] };
  });
}

export function isCrowded(change: Change, view: View): boolean {
  if ((change.kept ?? []).length === 0) return false;
  const after = applyChange(view.get(change.kind, change.id), change);
  return conflictsOf(partOf(after, change.part)).length > maxKept;
}

function isSomething({ set, kept, settled }: Change): boolean {
  return Object.keys(set).length + (kept ?? []).length + (settled ?? []).length > 0;
}

function baseChanged(changes: readonly Change[]): Problem {
  const kind = changes[0]?.kind ?? '';
  const own = changes.filter((change) => change.kind === kind);
  const fields = own.flatMap((change) => (change.kept ?? []).map(({ field }) => field));
  return { code: 'baseChanged', kind, fields: [...new Set(fields)] };
}

interface MergedPart {
  readonly change: Change;
  readonly isMerged: boolean;
}

function mergePart(
  change: Change,
  base: Body['base'],
  view: View,
  author: Author,
  isStrict: boolean,
): MergedPart {
  const record = view.get(change.kind, change.id);
  const seen = base[`${refKey(change)}/${change.part}`] ?? (isStrict ? {} : undefined);
  if (!record || !seen) return { change, isMerged: false };
  const declared = kindNamed(change.kind)?.parts[change.part];
  const now = partOf(record, change.part);
  const merged = unitsOf(declared, Object.keys(change.set)).map((unit) =>
    mergeUnit(unit, {
      set: change.set,
      seen: fitting(declared, unit, change.set, seen),
      now,
      isStrict,
    }),
  );
  const taken = merged.flatMap(({ take, fields }) =>
    take === 'new' ? fields.filter(({ isSet }) => isSet) : [],
  );
  const kept = merged
    .flatMap(({ take, fields }) => (take === 'both' ? fields : []))
    .map(({ field, next }) => ({
      field,
      ...author,
      ...(next === undefined ? {} : { value: next }),
    }));
  const set = Object.fromEntries(taken.map(({ field, next }) => [field, next ?? null]));
  return {
    change: { ...change, set, ...(kept.length > 0 ? { kept } : {}) },
    isMerged: merged.some(({ take }) => take === 'none'),
  };
}

/** Of a field that the author only saw, what she says would be kept as a value: it has to be one. */
function fitting(part: Part | undefined, unit: readonly string[], set: Patch, seen: Sides['seen']) {
  const isFitting = (name: string, value: unknown) => {
    const field = part?.fields[name];
    if (name in set || value === null) return true;
    return field !== undefined && parseFields(optional({ [name]: field }), { [name]: value }).ok;
  };
  return Object.fromEntries(
    Object.entries(seen).filter(([name, value]) => unit.includes(name) && isFitting(name, value)),
  );
}

function unitsOf(part: Part | undefined, fields: readonly string[]): (readonly string[])[] {
  const units = new Map(fields.map((field) => [unitOf(part, field)[0] ?? field, field]));
  return [...units.values()].map((field) => unitOf(part, field));
}

interface Sides {
  readonly set: Patch;
  readonly seen: Readonly<Record<string, unknown>>;
  readonly now: Values;
  readonly isStrict: boolean;
}

interface MergedUnit {
  readonly take: 'new' | 'none' | 'both';
  readonly fields: readonly {
    readonly field: string;
    readonly next: Value | undefined;
    readonly isSet: boolean;
  }[];
}

function mergeUnit(unit: readonly string[], { set, seen, now, isStrict }: Sides): MergedUnit {
  const fields = unit
    .filter((field) => field in set || field in seen)
    .map((field) => {
      const isSet = field in set;
      // Only baseOf and basedOn write bases: values of records, or null for none.
      const was = field in seen ? ((seen[field] ?? undefined) as Value | undefined) : now[field];
      const next = isSet ? (set[field] ?? undefined) : was;
      return { field, isSet, was, next, is: now[field] };
    });
  const moved = fields.filter(({ was, is }) => !isSameValue(was, is));
  const isThere = (some: typeof fields) => some.every(({ next, is }) => isSameValue(next, is));
  if (!isThere(moved) || (isStrict && !isThere(fields))) return { take: 'both', fields };
  return { take: moved.length > 0 && isThere(fields) ? 'none' : 'new', fields };
}

/** Records that the taken part of an entry would leave against their kind's rules, though they keep them now. */
function brokenBy(changes: readonly Change[], view: View): Set<string> {
  const partial = changes.filter((change) => (change.kept ?? []).length > 0);
  const broken = partial.filter((one) => {
    const kind = kindNamed(one.kind);
    const record = view.get(one.kind, one.id);
    if (!kind || !record) return false;
    const own = changes.filter((change) => refKey(change) === refKey(one));
    const after = own.reduce(applyChange, record);
    return (
      brokenRules(kind, flatten(record)) === undefined &&
      brokenRules(kind, flatten(after)) !== undefined
    );
  });
  return new Set(broken.map(refKey));
}
