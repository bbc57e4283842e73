/**
 * What was written for a consultation that is gone, or that hung on a visit that is: carried into a new consultation, on the
 * day of the old one. The new entry takes the refused one's place, so that nothing waits and nothing counts twice.
 */
import type { OutboxItem, Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { isAllowed } from '../../domain/permission.ts';
import type { Problem } from '../../domain/problem.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { integer, text, type Values } from '../../domain/value.ts';
import { amended, flatten } from '../../domain/verbs.ts';
import { consultationFields, firstValues } from './consultation-form.ts';

type Refused = Pick<OutboxItem, 'id' | 'verb' | 'businessDate' | 'args'>;

export interface Anew {
  /** The refused entry. */
  readonly supersedes: string;
  readonly seeker: Rec;
  readonly values: Values;
  readonly date: string;
  readonly startedAt: number | undefined;
  /** The visit it belonged to, where that still stands. */
  readonly visit: Rec | undefined;
  /** Others of the same person and day: she may have been written down already. */
  readonly others: number;
}

const verbs = ['consultation.amend', 'consultation.record', 'consultation.recordWalkIn'];

export function anewOf(
  { get, all, actor }: Pick<Session, 'get' | 'all' | 'actor'>,
  { id, verb, businessDate, args = {} }: Refused,
  record: Rec | undefined,
  problem: Problem,
): Anew | undefined {
  const isGone = problem.code === 'illegalState' || problem.code === 'notFound';
  const given = amended(flatten(record), args);
  const seeker = get('seeker', text(given['seeker']) ?? '');
  if (!verbs.includes(verb) || !isGone || !seeker) return undefined;
  const isOwn = partOf(seeker, 'facts')['org'] === actor.org;
  if (!isOwn || !isAllowed('case.write', actor, 'own')) return undefined;
  const visit = get('visit', text(given['visit']) ?? '');
  return {
    supersedes: id,
    seeker,
    // Counted as that before its visit was cancelled; else it is asked.
    values: {
      ...firstValues(actor, text(partOf(visit, 'facts')['visitKind'])),
      ...formValues(given),
    },
    date: text(partOf(record, 'facts')['date']) ?? businessDate,
    startedAt: integer(given['startedAt']),
    visit: stateOf(visit) === 'voided' ? undefined : visit,
    others: record ? othersLike(record, all('consultation').peek()) : 0,
  };
}

const formValues = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => Object.hasOwn(consultationFields, name)),
  );

/** Of the same person, as far as the nameless facts tell it, on the same day in the same organisation. */
function othersLike(record: Rec, all: readonly Rec[]): number {
  const { org, date, personKey, visit } = partOf(record, 'facts');
  return all.filter((other) => {
    const facts = partOf(other, 'facts');
    const isHers = personKey !== undefined && facts['personKey'] === personKey;
    const isSameTalk = facts['org'] === org && facts['date'] === date;
    const isIt = other.id === record.id || facts['state'] === 'voided';
    return !isIt && isSameTalk && (isHers || facts['visit'] === visit);
  }).length;
}
