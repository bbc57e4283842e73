/** Own entries about a person that are not in the records: refused, or waiting. Two values side by side have a card of their own. */
import type { OutboxItem, Session } from '../../device/types.ts';
import { peopleOf } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { text } from '../../domain/value.ts';
import { isRefused, isTwoValues } from './outbox-view.ts';

export function ownOpen(
  items: readonly OutboxItem[],
  get: Session['get'],
  ids: readonly string[],
): readonly OutboxItem[] {
  const isOpen = (item: OutboxItem) =>
    (isRefused(item.state) || item.state === 'blocked') && !isTwoValues(item);
  return items.filter((item) => isOpen(item) && peopleIn(item, get).some((id) => ids.includes(id)));
}

/** Whom it names, itself or through its record. */
function peopleIn({ verb, args = {} }: OutboxItem, get: Session['get']): readonly string[] {
  const kind = kindNamed(verb.split('.')[0] ?? '');
  const record = kind && get(kind.name, text(args['id']) ?? '');
  const named = Object.values(args).filter((value) => typeof value === 'string');
  return [...named, ...(kind && record ? peopleOf(kind, record) : [])];
}
