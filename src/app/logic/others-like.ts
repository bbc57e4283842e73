/** Consultations of the same person, day and organisation, as far as the nameless facts tell it: what is written anew may be a double. */
import type { Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import type { Value, Values } from '../../domain/value.ts';
import { idsOfPerson } from './person.ts';
import { isVisitOf } from './visit-of.ts';

interface Talk {
  readonly seeker: string;
  /** What was entered, over the record where there is one. */
  readonly given: Values;
  readonly date: string;
  readonly record: Rec | undefined;
}

export function othersLike(
  { all, actor }: Pick<Session, 'all' | 'actor'>,
  { seeker, given, date, record }: Talk,
): readonly Rec[] {
  const ids = idsOfPerson(seeker, all('link').peek(), all('seeker').peek());
  const visits = all('visit')
    .peek()
    .filter((visit) => isVisitOf(visit, ids));
  const hers = known([given['visit'], ...visits.map(({ id }) => id)]);
  const keys = known([record, ...visits].map((one) => partOf(one, 'facts')['personKey']));
  const org = partOf(record, 'facts')['org'] ?? actor.org;
  return all('consultation')
    .peek()
    .filter((other) => {
      const facts = partOf(other, 'facts');
      const isHers = hers.has(facts['visit']) || keys.has(facts['personKey']);
      const isIt = other.id === given['id'] || stateOf(other) === 'voided';
      return !isIt && isHers && facts['org'] === org && facts['date'] === date;
    });
}

const known = (values: readonly (Value | undefined)[]): ReadonlySet<Value | undefined> =>
  new Set(values.filter((value) => value !== undefined));
