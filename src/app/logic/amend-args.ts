/**
 * A correction carries only what was changed: the new values, and the names of what was emptied. What stayed the same is
 * not sent, so that two people correcting different fields do not meet in a conflict.
 */
import type { Field, Fields } from '../../domain/field.ts';
import { isSameValue, type Value, type Values } from '../../domain/value.ts';

export function amendArgs(fields: Fields, before: Values, after: Values): Values {
  const names = Object.keys(fields).filter(
    (name) => !isSame(fields[name], before[name], after[name]),
  );
  const changed = names.filter((name) => !isEmpty(after[name]));
  const emptied = names.filter((name) => isEmpty(after[name]));
  return {
    ...Object.fromEntries(changed.map((name) => [name, after[name] as Value])),
    ...(emptied.length > 0 ? { clear: emptied.map((name) => ({ name })) } : {}),
  };
}

export function isUnchanged(args: Values): boolean {
  return Object.keys(args).length === 0;
}

function isSame(
  field: Field | undefined,
  before: Value | undefined,
  after: Value | undefined,
): boolean {
  if (isEmpty(before) && isEmpty(after)) return true;
  return field?.type === 'flag'
    ? (before ?? false) === (after ?? false)
    : isSameValue(before, after);
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
