/**
 * The draft of what is put right: found again by its entry, whatever becomes of the record meanwhile, and kept with the ids
 * of the records and people it is about, so that it goes when one of them may not be on the tablet any more
 * (device/evicted.ts).
 */
import type { OutboxItem } from '../../device/types.ts';
import { peopleOf } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

export function draftAbout(
  of: 'repair' | 'anew' | 'discard',
  { id, verb, args = {} }: Pick<OutboxItem, 'id' | 'verb' | 'args'>,
  records: readonly (Rec | undefined)[],
): { readonly draftKey: string; readonly about: readonly string[] } {
  const fields = verbNamed(verb)?.args ?? {};
  const named = Object.keys(fields).flatMap((name) => {
    const { type } = fields[name] ?? {};
    return type === 'id' || type === 'ref' ? (text(args[name]) ?? []) : [];
  });
  const found = records.flatMap((record) => (record ? recordAndPeople(record) : []));
  return { draftKey: `${of}-${id}`, about: [...new Set([...named, ...found])] };
}

export function recordAndPeople(record: Rec): readonly string[] {
  const kind = kindNamed(record.kind);
  return [record.id, ...(kind ? peopleOf(kind, record) : [])];
}
