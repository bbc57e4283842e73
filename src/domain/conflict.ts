/**
 * Values that met others (design.md §6.4): the server's stays current, the author's is kept beside it in the same part, in
 * the reserved value `conflicts`, so that it shares audience, sealing, eviction and digest with the part. No kind declares
 * a field of that name, and no form, list, export or rule sees it. A person settles it with the verb `settle`.
 */
import { boundTo, followersOf, sides, type Following, type Sides } from './follows.ts';
import { integer, isObject, isSameValue, text, type Value, type Values } from './value.ts';

export const conflictsField = 'conflicts';

export interface Conflict {
  readonly field: string;
  /** Absent where the author emptied the field. */
  readonly value?: Value;
  readonly entry: string;
  /** Who wrote it. */
  readonly actor: string;
  /** Device time of the act. */
  readonly at: number;
}

/** Names one kept value. */
export type Settled = Pick<Conflict, 'field' | 'entry'>;

/** Fields of a part that merge as one. */
export interface Grouped {
  readonly together?: readonly (readonly string[])[];
}

export function conflictsOf(part: Values | undefined): readonly Conflict[] {
  const list = part?.[conflictsField];
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: Value) => {
    if (!isObject(item)) return [];
    const { field, value, entry, actor, at } = item as Values;
    const kept = { field: text(field), entry: text(entry), actor: text(actor), at: integer(at) };
    if (kept.field === undefined || kept.entry === undefined) return [];
    return [
      {
        field: kept.field,
        entry: kept.entry,
        actor: kept.actor ?? '',
        at: kept.at ?? 0,
        ...(value === undefined ? {} : { value }),
      },
    ];
  });
}

export function withoutConflicts(part: Values): Values {
  if (!(conflictsField in part)) return part;
  const { [conflictsField]: _, ...fields } = part;
  return fields;
}

/** The list as it rests in a part; undefined where nothing is left to settle. */
export function conflictsAfter(
  part: Values | undefined,
  settled: readonly Settled[] = [],
  kept: readonly Conflict[] = [],
): Value | undefined {
  const before = conflictsOf(part);
  if (before.length === 0 && kept.length === 0) return undefined;
  const isOver = (one: Settled) => [...settled, ...kept].some((other) => isSameKept(one, other));
  const list = [...before.filter((one) => !isOver(one)), ...kept];
  return list.length === 0 ? undefined : list.map((one): Values => ({ ...one }));
}

function isSameKept(a: Settled, b: Settled): boolean {
  return a.entry === b.entry && a.field === b.field;
}

/** The field and whatever merges with it. */
export function unitOf(part: Grouped | undefined, field: string): readonly string[] {
  return part?.together?.find((group) => group.includes(field)) ?? [field];
}

/** One choice to be made: the values of one entry that belong together, beside the current ones. */
export interface Choice {
  readonly part: string;
  /** The first of the fields; names the choice in `settle`. */
  readonly field: string;
  readonly entry: string;
  readonly actor: string;
  readonly at: number;
  /** What follows a kept value is among them where the choice touches it, though it was not kept itself. */
  readonly values: readonly Sides[];
}

interface Declared extends Following {
  readonly parts: Readonly<Record<string, Grouped>>;
}

interface Kept extends Conflict {
  readonly part: string;
}

/** Every open choice of a record, in the order in which the values came. */
export function choicesOf(
  kind: Declared,
  record: { readonly parts: Readonly<Record<string, Values>> } | undefined,
): Choice[] {
  const parts = Object.entries(record?.parts ?? {});
  const now = Object.assign({}, ...parts.map(([, values]) => values)) as Values;
  const left = new Set(
    parts.flatMap(([part, values]) => conflictsOf(values).map((one): Kept => ({ ...one, part }))),
  );
  const choices: Choice[] = [];
  for (const first of left) {
    const fields = boundTo(kind, unitOf(kind.parts[first.part], first.field));
    const rows = [...left].filter((one) => one.entry === first.entry && fields.includes(one.field));
    for (const row of rows) left.delete(row);
    rows.sort((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field));
    choices.push(choiceOf(kind, rows[0] ?? first, rows, now));
  }
  return choices;
}

function choiceOf(kind: Following, first: Kept, rows: readonly Kept[], now: Values): Choice {
  const { part, field, entry, actor, at } = first;
  const beside = rows.map((row) => sides(row.field, now[row.field], row.value));
  const values = [...beside, ...followersOf(kind, rows, now)];
  return { part, field, entry, actor, at, values };
}

/** Of one part alone: what is kept in another waits there. */
function isOneUnit(part: Grouped | undefined, a: Conflict, b: Conflict): boolean {
  return a.entry === b.entry && unitOf(part, a.field).includes(b.field);
}

/** Choices that a change of the part has made idle: the kept values are the current ones now. */
export function idleAfter(part: Grouped | undefined, after: Values): Settled[] {
  const open = conflictsOf(after);
  const idle = open.filter((one) =>
    open
      .filter((other) => isOneUnit(part, one, other))
      .every(({ field, value }) => isSameValue(value, after[field])),
  );
  return idle.map(({ field, entry }) => ({ field, entry }));
}
