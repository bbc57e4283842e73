/**
 * What a form holds while people type: declared values, or the raw text of what does not read yet (the domain refuses it
 * with a reason). Owns defaults and the tidying into arguments; parses nothing by itself.
 */
import { asked, type Field, type Fields } from '../../domain/field.ts';
import { isObject, type Value, type Values } from '../../domain/value.ts';

export function defaultsOf(fields: Fields): Values {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field.default === undefined ? [] : [[name, field.default]],
    ),
  );
}

/** Dates that are usually today, filled in. */
export function usualDays(fields: Fields, today: string): Values {
  const usual = Object.entries(fields).filter(
    ([, field]) => field.type === 'date' && field.today === 'usual',
  );
  return Object.fromEntries(usual.map(([name]) => [name, today]));
}

export function isShown(field: Field, values: Values): boolean {
  return field.shownWhen?.(values) ?? true;
}

/** Arguments for a verb: what was left blank or is not shown stays out. */
export function argsOf(fields: Fields, values: Values): Values {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const field = fields[name];
    if (field && !isShown(field, values)) return [];
    const kept = tidy(value);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

function tidy(value: Value | undefined): Value | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (Array.isArray(value)) {
    const kept = value.flatMap((item: Value) => tidy(item) ?? []);
    return kept.length > 0 ? kept : undefined;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value as Values).flatMap(([name, inner]) => {
    const kept = tidy(inner);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/**
 * Ids are given by screens, and so are references where the form has nothing to pick them with; what the verb or the
 * server sets is never asked.
 */
export function drawn(fields: Fields, hasPicker = false): Fields {
  return Object.fromEntries(
    Object.entries(asked(fields)).filter(
      ([, field]) => field.type !== 'id' && (hasPicker || field.type !== 'ref'),
    ),
  );
}
