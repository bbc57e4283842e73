/** Whom an own entry is about: as the tablet said it, or as the record says it since it was opened. */
import type { OutboxItem, Session } from '../../device/types.ts';
import { peopleOf } from '../../domain/kind.ts';
import { kindNamed } from '../../domain/kinds/index.ts';
import { seekerName } from '../../domain/kinds/seeker.ts';

export function entryPerson(
  get: Session['get'],
  { personName, records = [] }: Partial<Pick<OutboxItem, 'personName' | 'records'>>,
): string | undefined {
  if (personName) return personName;
  const people = records.flatMap(({ kind, id }) => {
    const [declared, record] = [kindNamed(kind), get(kind, id)];
    return declared && record ? peopleOf(declared, record) : [];
  });
  return people.map((id) => seekerName(get('seeker', id))).find(Boolean);
}
