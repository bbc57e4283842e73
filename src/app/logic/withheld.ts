/**
 * A field that holds what looks like a マイナンバー keeps nobody from saving the rest: the field is held back, everything
 * else is written, and the field follows as an amendment once the number is gone (domain.md §6). Mandatory fields, and
 * those that no amendment takes, cannot be held back: then the whole is refused in words, as always.
 */
import { unitOf } from '../../domain/conflict.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import { blotMyNumber, hasMyNumber } from '../../domain/names.ts';
import type { Problem } from '../../domain/problem.ts';
import { isObject, text, type Value, type Values } from '../../domain/value.ts';
import { amended } from '../../domain/verbs.ts';

/** What waits to be amended: the verb that will take it, the record, and the fields as they were typed. */
export interface Withheld {
  readonly verb: string;
  readonly id: string;
  readonly values: Values;
  /** Of what the form that it came from was begun from, these fields and what goes together with them. */
  readonly seen?: Values | undefined;
}

export interface Split {
  readonly rest: Values;
  readonly held: Withheld;
}

/** The arguments in two: what may be saved now, and what is held back. Nothing where that is not the only trouble. */
export function splitAtMyNumber(verb: string, args: Values, problem: Problem): Split | undefined {
  if (problem.code !== 'invalidFields') return undefined;
  const names = [...new Set(problem.fields.map(({ field }) => field.split('.')[0] ?? ''))];
  const amend = verbNamed(`${verb.split('.')[0] ?? ''}.amend`);
  const id = text(args['id']);
  // A record of another organisation takes no amendment from here.
  if (!amend || id === undefined || verbNamed(verb)?.shape?.anyOrg) return undefined;
  const isHeldBack = (name: string) =>
    holdsMyNumber(args[name]) && !verbNamed(verb)?.args[name]?.required && name in amend.args;
  if (names.length === 0 || !names.every(isHeldBack)) return undefined;
  const rest = only(args, (name) => !names.includes(name));
  // An amendment of nothing but that field: there is no rest.
  if (Object.keys(rest).length < 2) return undefined;
  return { rest, held: held(amend.name, id, names, args) };
}

/** What lies under the fields held back: as the form was begun, with what has just been saved of it. */
export function seenUnder({ rest, held }: Split, seen: Values = {}): Values {
  const parts = Object.values(kindNamed(held.verb.split('.')[0] ?? '')?.parts ?? {});
  const names = Object.keys(held.values);
  const near = new Set(names.flatMap((name) => parts.flatMap((part) => unitOf(part, name))));
  return only(amended(seen, rest), (name) => near.has(name));
}

function held(verb: string, id: string, names: readonly string[], args: Values): Withheld {
  return { verb, id, values: only(args, (name) => names.includes(name)) };
}

/** Texts with the number's digits blotted out, for what is kept while people type. */
export function blotted(values: Values): Values {
  return mapTexts(values, blotMyNumber) as Values;
}

function holdsMyNumber(value: Value | undefined): boolean {
  if (typeof value === 'string') return hasMyNumber(value);
  if (Array.isArray(value)) return value.some(holdsMyNumber);
  return isObject(value) && Object.values(value as Values).some(holdsMyNumber);
}

function mapTexts(value: Value, change: (given: string) => string): Value {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: Value) => mapTexts(item, change)) as Value;
  if (!isObject(value)) return value;
  const entries = Object.entries(value as Values);
  return Object.fromEntries(
    entries.flatMap(([name, inner]) =>
      inner === undefined ? [] : [[name, mapTexts(inner, change)]],
    ),
  );
}

function only(values: Values, keeps: (name: string) => boolean): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => keeps(name)));
}
