/**
 * What an author saw, in two shapes: flat values as a form has them, and the base of a merge as an entry carries it. A form
 * says what it began from; what it did not show was not seen, and is written over by nobody.
 */
import { kindNamed, verbNamed } from '../domain/kinds/index.ts';
import { stateOf, type Verb } from '../domain/kind.ts';
import { partOf, refKey, type Change, type Rec, type View } from '../domain/record.ts';
import { text, type Values } from '../domain/value.ts';
import type { Body } from './entry.ts';

const ownKey = (verb: string, args: Values) =>
  refKey({ kind: verb.split('.')[0] ?? '', id: text(args['id']) ?? '' });

/** Of an entry's own record in the fields that it sets, and of what its form asks beside. */
export function seenBy(verb: string, { args, base }: Pick<Body, 'args' | 'base'>): Values {
  const own = ownKey(verb, args);
  const parts = Object.keys(base).filter((key) => key.startsWith(`${own}/`));
  const values: Values = Object.assign({}, ...parts.map((key) => there(base[key]))) as Values;
  const view: View = {
    get: (kind, id) => ({ kind, id, parts: partsIn(base, refKey({ kind, id })) }),
  };
  return { ...values, ...verbNamed(verb)?.beside?.shows(text(args['id']) ?? '', view) };
}

/** What was asked beside and left as it was shown is not said: whoever has moved it meanwhile is not written over. */
export const saidBy = (verb: Verb, changes: readonly Change[], base: Body['base'] = {}) =>
  verb.beside?.said(changes, base) ?? changes;

/** Of what is not said no state is expected either. */
export function expectedBy(said: readonly Change[], expected: Body['expected']): Body['expected'] {
  const moved = new Set(said.filter(({ set }) => 'state' in set).map(refKey));
  return Object.fromEntries(Object.entries(expected).filter(([key]) => moved.has(key)));
}

/** Undefined where nobody can tell: she does not say which one she saw, as in older releases, or it has no mark. */
export function isSameRound(base: Body['base'], record: Rec | undefined): boolean | undefined {
  const looked = record && kindNamed(record.kind)?.looked;
  const seen = looked && base[`${refKey(record)}/facts`];
  if (!seen || !(looked.round in seen)) return undefined;
  const { [looked.round]: now = null, [looked.back]: back } = partOf(record, 'facts');
  if (now === null && back !== undefined) return hasComeBack(base, record) ? false : undefined;
  return seen[looked.round] === now;
}

/** It has been sent back since she saw it, and perhaps sent anew. */
export function hasComeBack(base: Body['base'], record: Rec | undefined): boolean {
  const looked = record && kindNamed(record.kind)?.looked;
  if (!looked) return false;
  const seen = base[`${refKey(record)}/facts`];
  return seen?.[looked.back] === null && partOf(record, 'facts')[looked.back] !== undefined;
}

/** What an author saw, with the looks of others since: those are in nobody's way (`looked`). Another round is. */
export function pastLooks(seen: Pick<Body, 'base' | 'expected'>, view: View) {
  const looks = Object.entries(seen.expected).flatMap(([key, state]) => {
    const [kind = '', id = ''] = key.split('/');
    const [looked, record] = [kindNamed(kind)?.looked, view.get(kind, id)];
    const found = stateOf(record);
    const isLook = found !== undefined && looked?.states[state] === found;
    return isLook && isSameRound(seen.base, record) === true ? [[key, found]] : [];
  });
  if (looks.length === 0) return seen;
  const bases = looks.flatMap(([key, state]) => {
    const row = seen.base[`${key}/facts`];
    return row && 'state' in row ? [[`${key}/facts`, { ...row, state }]] : [];
  });
  const [expected, base] = [Object.fromEntries(looks), Object.fromEntries(bases)] as const;
  return { expected: { ...seen.expected, ...expected }, base: { ...seen.base, ...base } };
}

function partsIn(base: Body['base'], key: string): Record<string, Values> {
  const own = Object.entries(base).filter(([name]) => name.startsWith(`${key}/`));
  return Object.fromEntries(own.map(([name, row]) => [name.slice(key.length + 1), there(row)]));
}

/** Values of a record, or null where there was none. */
const there = (row: Body['base'][string] = {}) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Values;

/** `base` as the record stands, with what the form was begun from in its place. */
export function basedOn(
  shown: Values,
  verb: Verb,
  args: Values,
  changes: readonly Change[],
  base: Body['base'],
  view: View,
): Body['base'] {
  const own = ownKey(verb.name, args);
  const isAsked = (name: string) => Object.hasOwn(shown, name) || Object.hasOwn(verb.args, name);
  const rows = Object.entries(base).map(([key, row]) => {
    if (!key.startsWith(`${own}/`)) return [key, row] as const;
    const seen = Object.keys(row).filter(isAsked);
    return [
      key,
      { ...row, ...Object.fromEntries(seen.map((n) => [n, shown[n] ?? null])) },
    ] as const;
  });
  const written = new Set(changes.map(keyOf));
  const beside = (verb.beside?.seen(text(args['id']) ?? '', shown, view) ?? [])
    .filter((one) => written.has(keyOf(one)))
    .map((one) => [keyOf(one), { ...base[keyOf(one)], ...one.set }] as const);
  return Object.fromEntries([...rows, ...beside]);
}

const keyOf = (change: Change) => `${refKey(change)}/${change.part}`;
