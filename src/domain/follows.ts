/**
 * A value that follows from another one unless somebody wrote it herself (the last digits of a phone number), in whatever
 * part it stands. They merge apart, each in its own part; but whoever chooses between two of the one chooses the other with
 * it, so that neither is left with what belongs to the value that was not taken.
 */
import type { Conflict } from './conflict.ts';
import { isSameValue, type Value, type Values } from './value.ts';

export interface Follows {
  /** The field that it follows; like this one, of no group `together`. */
  readonly of: string;
  /** What follows from a value; undefined where nothing does. */
  readonly as: (value: Value) => Value | undefined;
}

export interface Following {
  readonly follows?: Readonly<Record<string, Follows>>;
}

/** Fields that merge as one, and whatever is chosen with them; what the others follow comes first. */
export function boundTo(kind: Following, unit: readonly string[]): readonly string[] {
  const all = Object.entries(kind.follows ?? {});
  const led = unit.map((name) => kind.follows?.[name]?.of ?? name);
  const followers = all.filter(([, { of }]) => led.includes(of)).map(([name]) => name);
  return [...new Set([...led, ...unit, ...followers])];
}

/** Without those that follow others of them. */
export function leadersOf(kind: Following, fields: readonly string[]): readonly string[] {
  return fields.filter((name) => !fields.includes(kind.follows?.[name]?.of ?? ''));
}

export interface Sides {
  readonly field: string;
  readonly current?: Value;
  readonly other?: Value;
}

/** With a kept value, what follows it and is not in dispute itself, if it is there: as each choice has to leave it. */
export function followersOf(kind: Following, rows: readonly Conflict[], now: Values): Sides[] {
  return Object.entries(kind.follows ?? {}).flatMap(([field, { of, as }]) => {
    const led = rows.find((row) => row.field === of);
    if (!led || rows.some((row) => row.field === field) || now[field] === undefined) return [];
    const from = (value: Value | undefined) => (value === undefined ? undefined : as(value));
    const theirs = from(led.value);
    // It came with the kept value and was taken alone, for it met no other.
    const isTheirs = theirs !== undefined && isSameValue(now[field], theirs);
    const current = (isTheirs ? from(now[of]) : undefined) ?? now[field];
    const other = theirs ?? now[field];
    const isIdle = isSameValue(current, now[field]) && isSameValue(other, now[field]);
    return isIdle ? [] : [sides(field, current, other)];
  });
}

/** On both sides it is no more than what follows. */
export function isPlain(kind: Following, { field, current, other }: Sides, all: readonly Sides[]) {
  const follows = kind.follows?.[field];
  const leader = all.find((one) => one.field === follows?.of);
  if (!follows || !leader) return false;
  const fits = (value: Value | undefined, from: Value | undefined) =>
    from === undefined ? value === undefined : isSameValue(value, follows.as(from));
  return fits(current, leader.current) && fits(other, leader.other);
}

export function sides(field: string, current: Value | undefined, other: Value | undefined): Sides {
  return {
    field,
    ...(current === undefined ? {} : { current }),
    ...(other === undefined ? {} : { other }),
  };
}
