/**
 * Values that met others (design.md §6.4): the server's stays current, the author's is kept beside it in the same part, in
 * the reserved value `conflicts`, so that it shares audience, sealing, eviction and digest with the part. No kind declares
 * a field of that name, and no form, list, export or rule sees it. A person settles it with the verb `settle`.
 */
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
  readonly values: readonly {
    readonly field: string;
    readonly current?: Value;
    readonly other?: Value;
  }[];
}

/** Every open choice of a record, in the order in which the values came. */
export function choicesOf(
  kind: { readonly parts: Readonly<Record<string, Grouped>> },
  record: { readonly parts: Readonly<Record<string, Values>> } | undefined,
): Choice[] {
  return Object.entries(record?.parts ?? {}).flatMap(([part, values]) => {
    const open = conflictsOf(values);
    const firsts = open.filter(
      (one, index) =>
        open.findIndex((other) => isOneChoice(kind.parts[part], one, other)) === index,
    );
    return firsts.map((first) => {
      const rows = open.filter((other) => isOneChoice(kind.parts[part], first, other));
      const { field, entry, actor, at } = first;
      return { part, field, entry, actor, at, values: rows.map((row) => beside(row, values)) };
    });
  });
}

function isOneChoice(part: Grouped | undefined, a: Conflict, b: Conflict): boolean {
  return a.entry === b.entry && unitOf(part, a.field).includes(b.field);
}

function beside({ field, value }: Conflict, now: Values): Choice['values'][number] {
  const current = now[field];
  return {
    field,
    ...(current === undefined ? {} : { current }),
    ...(value === undefined ? {} : { other: value }),
  };
}

/** Choices that a change of the part has made idle: the kept values are the current ones now. */
export function idleAfter(part: Grouped | undefined, after: Values): Settled[] {
  const open = conflictsOf(after);
  const idle = open.filter((one) =>
    open
      .filter((other) => isOneChoice(part, one, other))
      .every(({ field, value }) => isSameValue(value, after[field])),
  );
  return idle.map(({ field, entry }) => ({ field, entry }));
}
