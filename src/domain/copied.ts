/** Arguments that a form takes from what another record tells (kind.ts `copies`): whose they are, and the rest without them. */
import type { Verb } from './kind.ts';
import type { Ref } from './record.ts';
import { text, type Values } from './value.ts';

/** The part that told them; undefined where nothing is copied. */
export function toldBy(
  verb: Verb | undefined,
  args: Values,
): (Ref & { readonly part: string }) | undefined {
  if (!verb?.copies) return undefined;
  const { kind, part, of } = verb.copies;
  return { kind, id: text(args[of]) ?? '', part };
}

export function withoutCopied<T extends object>(verb: Verb | undefined, values: T): T {
  const names = verb?.copies?.args ?? [];
  // The same values, fewer of them.
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name))) as T;
}

export const hasCopied = (verb: Verb | undefined, values: object): boolean =>
  verb?.copies?.args.some((name) => Object.hasOwn(values, name)) ?? false;
