/**
 * The key of a draft of what is put right: with the ids of the records and people it is about, so that it goes when one of
 * them may not be on the tablet any more (device/evicted.ts).
 */
import type { OutboxItem } from '../../device/types.ts';
import { peopleOf } from '../../domain/kind.ts';
import { kindNamed, verbNamed } from '../../domain/kinds/index.ts';
import type { Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

export type DraftOf = 'repair' | 'anew';

export function draftAbout(
  of: DraftOf,
  { id, verb, args = {} }: Pick<OutboxItem, 'id' | 'verb' | 'args'>,
  records: readonly (Rec | undefined)[],
): string {
  const fields = verbNamed(verb)?.args ?? {};
  const named = Object.keys(fields).flatMap((name) => {
    const { type } = fields[name] ?? {};
    return type === 'id' || type === 'ref' ? (text(args[name]) ?? []) : [];
  });
  const about = records.flatMap((record) => (record ? [record.id, ...peopleIn(record)] : []));
  return [`${of}-${id}`, ...new Set([...named, ...about])].join(' ');
}

function peopleIn(record: Rec): readonly string[] {
  const kind = kindNamed(record.kind);
  return kind ? peopleOf(kind, record) : [];
}

/** As keys were before they said whom they are about. */
export const draftOfOld = (of: DraftOf, { id }: Pick<OutboxItem, 'id'>): string => `${of}-${id}`;
