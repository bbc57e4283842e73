/**
 * A refused correction over the record as it stands now: the form begins with the record, what its author changed lies on
 * it, and only what differs is sent again. What the form does not show goes along all the same (design.md §6.4).
 */
import type { Fields } from '../../domain/field.ts';
import { allFields } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { isSameValue, type Values } from '../../domain/value.ts';
import { amended, clearNames } from '../../domain/verbs.ts';
import { isShown } from '../form/form-values.ts';
import { amendArgs } from './amend-args.ts';
import { unseenFields } from './open-target.ts';
import { repairFields } from './outbox-view.ts';
import { valuesNow } from './record-form.ts';
import { withNewTail } from './registration-parts.ts';

export function isCorrection(verb: string): boolean {
  const known = verbNamed(verb);
  return known?.shape?.does === 'amend' && Object.hasOwn(known.args, 'clear');
}

export interface LaidOver {
  readonly fields: Fields;
  readonly before: Values;
  /** With what was changed laid on it. */
  readonly start: Values;
  /** Goes along as it was given: ids, references, what the form does not show. */
  readonly kept: Values;
  /** Fields of which this tablet does not know what stands there. */
  readonly unseen: readonly string[];
  /** Of the record, whether the form shows them or not. */
  readonly held: Fields;
  /** All that the verb takes. */
  readonly taken: Fields;
}

/** `seen`: what its author saw, where that is known. */
export function laidOver(verb: string, record: Rec, args: Values, seen?: Values): LaidOver {
  const kind = kindNamed(record.kind);
  const before = kind ? valuesNow(kind, record) : {};
  const start = amended(before, args);
  const fields = repairFields(verb);
  const unseen = kind ? unseenFields(kind, record, seen) : [];
  const isDrawn = drawnBy(fields, start);
  const kept = Object.entries(args).filter(([name]) => name !== 'clear' && !isDrawn(name));
  // What cannot be seen is not known to be empty already: it is emptied by name.
  const left = clearNames(args).filter((name) => !isDrawn(name) || unseen.includes(name));
  const held = kind ? allFields(kind) : {};
  const taken = verbNamed(verb)?.args ?? {};
  const along = { ...Object.fromEntries(kept), ...clearing(left) };
  return { fields, before, start, kept: along, unseen, held, taken };
}

const drawnBy = (fields: Fields, values: Values) => (name: string) => {
  const field = fields[name];
  return field !== undefined && isShown(field, values);
};

const clearing = (names: readonly string[]): Values =>
  names.length > 0 ? { clear: names.map((name) => ({ name })) } : {};

/** Two lists of what is to be emptied are one; what has a value now is not emptied. */
export function joined(kept: Values, args: Values): Values {
  const emptied = new Set([...clearNames(kept), ...clearNames(args)]);
  const { clear: _, ...values } = { ...kept, ...args };
  return { ...values, ...clearing([...emptied].filter((name) => !Object.hasOwn(args, name))) };
}

/** The difference to the record alone. A field that was never shown is no emptied one, unless it was to be emptied. */
export function difference(over: LaidOver, form: Values): Values {
  const { fields, before, start } = over;
  const own = Object.fromEntries(
    Object.entries(fields).filter(([, field]) => isShown(field, start) || isShown(field, form)),
  );
  return joined(hiddenBy(over, form), amendArgs(own, before, withNewTail(start, form)));
}

/** Of what goes along, that which the form does not show and the record does not say already. */
function hiddenBy({ fields, before, kept, unseen }: LaidOver, form: Values): Values {
  const isDrawn = drawnBy(fields, form);
  const given = Object.entries(kept).filter(
    ([name, value]) =>
      name !== 'id' && name !== 'clear' && !isDrawn(name) && !isSameValue(before[name], value),
  );
  const emptied = clearNames(kept).filter(
    (name) => unseen.includes(name) || (!isDrawn(name) && before[name] !== undefined),
  );
  return { ...Object.fromEntries(given), ...clearing(emptied) };
}

/** The difference with the ids and references that no form asks. */
export function sentWith(
  { fields, kept }: Pick<LaidOver, 'fields' | 'kept'>,
  args: Values,
): Values {
  const ids = Object.entries(kept).filter(
    ([name]) => name !== 'clear' && !Object.hasOwn(fields, name),
  );
  return { ...Object.fromEntries(ids), ...args };
}
