/**
 * A refused correction over the record as it stands now: the form begins with the record, and what its author changed lies on
 * it. Each field is sent with what was seen under it: of hers as she saw it then, of the others as they are shown now. What
 * has moved meanwhile is not written over (sync/merge.ts). What the form does not show goes along (design.md §6.4).
 */
import { unitOf } from '../../domain/conflict.ts';
import type { Fields } from '../../domain/field.ts';
import type { Kind } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec, View } from '../../domain/record.ts';
import type { Values } from '../../domain/value.ts';
import { amended, clearNames } from '../../domain/verbs.ts';
import { isShown } from '../form/form-values.ts';
import { amendArgs } from './amend-args.ts';
import { repairFields } from './outbox-view.ts';
import { valuesNow } from './record-form.ts';
import { withNewTail } from './registration-parts.ts';

export function isCorrection(verb: string): boolean {
  const known = verbNamed(verb);
  return known?.shape?.does === 'amend' && Object.hasOwn(known.args, 'clear');
}

export interface LaidOver {
  readonly fields: Fields;
  /** With what was changed laid on it. */
  readonly start: Values;
  /** Over what it lies, field by field; absent: over nothing. */
  readonly seen: Values;
  /** Goes along as it was given: ids, references, what the form does not show. */
  readonly kept: Values;
  /** Of another record, and over by now: left empty, it is left alone. */
  readonly over: string | undefined;
}

export const namesIn = (args: Values): readonly string[] => [
  ...Object.keys(args).filter((name) => name !== 'id' && name !== 'clear'),
  ...clearNames(args),
];

/** `seen`: what its author saw; what is not known of it she did not see. */
export function laidOver(
  verb: string,
  record: Rec,
  args: Values,
  view: View,
  seen: Values = {},
): LaidOver {
  const kind = kindNamed(record.kind);
  const changed = kind ? withPartners(kind, namesIn(args)) : [];
  const now = kind ? valuesNow(kind, record, view) : {};
  const rest = Object.entries(now).filter(([name]) => !changed.includes(name));
  const under = { ...Object.fromEntries(rest), ...seen };
  const fields = repairFields(verb);
  const start = amended(under, args);
  const isHidden = hiddenIn(fields, start);
  const given = Object.entries(args).filter(([name]) => name !== 'clear' && isHidden(name));
  // Where it is not known what stood there, it is not known to be empty already.
  const emptied = clearNames(args).filter((name) => isHidden(name) || !Object.hasOwn(under, name));
  const kept = { ...Object.fromEntries(given), ...clearing(emptied) };
  const { asks } = verbNamed(verb)?.beside ?? {};
  const over = asks !== undefined && !Object.hasOwn(now, asks) ? asks : undefined;
  return { fields, start, seen: under, kept, over };
}

/** With those that go together with them: she saw them so beside what she wrote. */
function withPartners({ parts }: Kind, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    const part = Object.values(parts).find(({ fields }) => Object.hasOwn(fields, name));
    return unitOf(part, name);
  });
}

const hiddenIn = (fields: Fields, values: Values) => (name: string) => {
  const field = fields[name];
  return field === undefined || !isShown(field, values);
};

const clearing = (names: readonly string[]): Values =>
  names.length > 0 ? { clear: names.map((name) => ({ name })) } : {};

/** Two lists of what is to be emptied are one; what has a value now is not emptied. */
export function joined(kept: Values, args: Values): Values {
  const emptied = new Set([...clearNames(kept), ...clearNames(args)]);
  const { clear: _, ...values } = { ...kept, ...args };
  return { ...values, ...clearing([...emptied].filter((name) => !Object.hasOwn(args, name))) };
}

/** What is sent. A field that was never shown is no emptied one, unless it was to be emptied. */
export function sentOver({ fields, start, seen, kept, over }: LaidOver, form: Values): Values {
  const [wasHidden, isHidden] = [hiddenIn(fields, start), hiddenIn(fields, form)];
  const isLeft = (name: string) => name === over && form[name] === undefined;
  const isAsked = (name: string) => !isLeft(name) && (!wasHidden(name) || !isHidden(name));
  const own = Object.entries(fields).filter(([name]) => isAsked(name));
  const along = Object.entries(kept).filter(([name]) => name !== 'clear' && isHidden(name));
  const isEmpty = (name: string) => isHidden(name) || form[name] === undefined;
  const emptied = clearing(clearNames(kept).filter(isEmpty));
  const changed = amendArgs(Object.fromEntries(own), seen, withNewTail(start, form));
  return joined({ ...Object.fromEntries(along), ...emptied }, changed);
}
