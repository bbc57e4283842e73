/** Arguments that a form takes from what another record tells (kind.ts `copies`): whose they are, and the rest without them. */
import type { Verb } from './kind.ts';
import type { Rec, Ref } from './record.ts';
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

/** Names of the arguments that these values tell, of a part or of a form: what is beside them somebody wrote herself. */
export function toldIn({ copies }: Verb, values: Values): readonly string[] {
  const isTold = (name: string) =>
    [name, copies?.fields[name] ?? name].some((one) => values[one] !== undefined);
  return copies?.args.filter(isTold) ?? [];
}

/** Where nobody knows what the part told: all that it might. */
export const toldAtMost = ({ copies }: Verb, record: Rec | undefined): readonly string[] =>
  !copies || copies.isSilent(record) ? [] : copies.args;

export function withoutCopied<T extends object>(names: readonly string[], values: T): T {
  // The same values, fewer of them.
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name))) as T;
}
