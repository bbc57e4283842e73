/**
 * A verb's arguments as a form: what is asked, under which part's heading, what is given without asking (ids), and what a
 * correction sends. Nothing is known of any single kind.
 */
import { asked, type Field, type Fields } from '../../domain/field.ts';
import { allFields, peopleOf, stateOf, type Kind, type Verb } from '../../domain/kind.ts';
import type { Rec, View } from '../../domain/record.ts';
import type { Values } from '../../domain/value.ts';
import { flatten } from '../../domain/verbs.ts';
import { asksPersonal, personField } from './record-kinds.ts';
import { amendArgs } from './amend-args.ts';

const unasked = ['id', 'clear'];

/** Fields that the form draws; references are picked, ids are made. Whom it is about comes first, where it must be said. */
export function formFields(verb: Verb): Fields {
  const drawn = Object.entries(asked(verb.args)).filter(
    ([name, field]) => !unasked.includes(name) && field.type !== 'id',
  );
  const first = firstAsked(verb);
  return Object.fromEntries([
    ...drawn.filter(([name]) => name === first),
    ...drawn.filter(([name]) => name !== first),
  ]);
}

function firstAsked(verb: Verb): string | undefined {
  const person = personField(verb);
  return person !== undefined && (verb.args[person]?.required || asksPersonal(verb))
    ? person
    : undefined;
}

export interface FormSection {
  readonly part: string | undefined;
  readonly names: readonly string[];
}

/** In the verb's own order, cut where the part changes, so that each heading says who reads what is under it. */
export function formSections(kind: Kind, verb: Verb, fields: Fields): readonly FormSection[] {
  const found: { part: string | undefined; names: string[] }[] = [];
  for (const name of Object.keys(fields)) {
    const part = name === firstAsked(verb) ? undefined : partHolding(kind, name);
    const last = found.at(-1);
    if (last?.part !== undefined && (last.part === part || part === undefined))
      last.names.push(name);
    else found.push({ part, names: [name] });
  }
  return found;
}

const partHolding = (kind: Kind, name: string) =>
  Object.keys(kind.parts).find((part) => Object.hasOwn(kind.parts[part]?.fields ?? {}, name));

/** Ids of records that the verb makes besides. */
export function newIds(verb: Verb, newId: () => string): Values {
  const made = Object.entries(verb.args).filter(
    ([name, field]) => name !== 'id' && field.type === 'id' && field.required,
  );
  return Object.fromEntries(made.map(([name]) => [name, newId()]));
}

/**
 * What stands in the record now. More than the verb asks: whether a field is shown may hang on one that it does not take,
 * and a field that is hidden would count as emptied. With a view, also what its form asks and another record holds.
 */
export function valuesNow(kind: Kind, record: Rec, view?: View): Values {
  const known = allFields(kind);
  const own = Object.entries(flatten(record)).filter(([name]) => Object.hasOwn(known, name));
  const beside = view && kind.verbs['amend']?.beside?.shows(record.id, view);
  return { ...Object.fromEntries(own), ...beside };
}

export function argsFor(verb: Verb, fields: Fields, before: Values, form: Values): Values {
  const own = Object.fromEntries(
    Object.entries(form).filter(([name]) => Object.hasOwn(fields, name)),
  );
  return verb.shape?.does === 'amend' ? amendArgs(fields, before, own) : own;
}

export const isRef = (field: Field | undefined): field is Extract<Field, { type: 'ref' }> =>
  field?.type === 'ref';

/** The one that a person has already of what she has one of at a time. */
export function standing(kind: Kind, verb: Verb, args: Values, all: readonly Rec[]) {
  const person = args[personField(verb) ?? ''];
  if (verb.shape?.does !== 'create' || person === undefined) return undefined;
  return all.find(
    (record) =>
      kind.oneIn?.includes(stateOf(record) ?? '') &&
      peopleOf(kind, record).some((id) => id === person),
  );
}
