/**
 * What a choice comes to: the parts and fields that it decides about, the values that are kept there, and those that it
 * chooses. An entry decides about a field of another part only if it says so by name: those written before it could say so
 * mean what they meant.
 */
import { conflictsOf, unitOf, type Conflict } from './conflict.ts';
import { boundTo } from './follows.ts';
import type { Kind } from './kind.ts';
import { partOf, type Rec } from './record.ts';
import { text, type Patch, type Values } from './value.ts';
import { clearNames } from './verbs.ts';

/** The share of one part in a choice. */
export interface Decided {
  readonly part: string;
  readonly fields: readonly string[];
  /** Of them, those that a choice may set. */
  readonly known: readonly string[];
}

/** The part that it names first. `known`: fields of the kind that a choice may set. */
export function decidedBy(kind: Kind, args: Values, known: readonly string[]): Decided[] {
  const part = text(args['part']) ?? '';
  const own = unitOf(kind.parts[part], text(args['field']) ?? '');
  const said = [...Object.keys(args), ...clearNames(args)];
  const more = boundTo(kind, own).filter((name) => !own.includes(name) && said.includes(name));
  const isIn = (name: string, field: string) =>
    Object.hasOwn(kind.parts[name]?.fields ?? {}, field);
  const others = Object.keys(kind.parts).filter((name) => name !== part);
  const shares = [
    { part, fields: [...own, ...more.filter((field) => isIn(part, field))] },
    ...others.map((name) => ({ part: name, fields: more.filter((field) => isIn(name, field)) })),
  ];
  return shares
    .filter(({ fields }) => fields.length > 0)
    .map((one) => ({ ...one, known: known.filter((name) => one.fields.includes(name)) }));
}

type Place = Pick<Decided, 'part' | 'fields'>;

export function keptIn({ part, fields }: Place, { entry }: Values, record: Rec | undefined) {
  const open = conflictsOf(partOf(record, part));
  return open.filter((one) => one.entry === entry && fields.includes(one.field));
}

/** As kept beside the record; once that is settled, as the author of the choice says. */
export function chosenIn(decided: Decided, args: Values, record: Rec | undefined): Patch {
  const rows: readonly Conflict[] = keptIn(decided, args, record);
  if (rows.length > 0 && args['keep'] === 'other')
    return Object.fromEntries(rows.map(({ field, value }) => [field, value ?? null]));
  const { known } = decided;
  const given = Object.entries(args).filter(([name]) => known.includes(name));
  const cleared = clearNames(args).filter((name) => known.includes(name));
  return { ...Object.fromEntries(given), ...Object.fromEntries(cleared.map((one) => [one, null])) };
}
