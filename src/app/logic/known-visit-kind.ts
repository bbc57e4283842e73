/**
 * 新規 or 再来 of one person at this counter, as far as this tablet knows. It knows of all her visits while her file is at
 * hand, because whose a visit is goes with the file (sync/scopes.ts), and of one registered today there are no earlier
 * ones. Else nothing is proposed: a wrong 新規 is as wrong a count as a wrong 再来.
 */
import { registrationsOf } from '../../domain/aliases.ts';
import { businessDateJst } from '../../domain/date.ts';
import { stateOf } from '../../domain/kind.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { idsOfPerson } from './person.ts';
import { uuidTime } from './uuid-time.ts';
import { isVisitOf } from './visit-of.ts';

export type VisitKind = 'new' | 'returning';

export interface Known {
  readonly visits: readonly Rec[];
  readonly links: readonly Rec[];
  readonly seekers: readonly Rec[];
}

export function knownVisitKind(
  seeker: Rec,
  { visits, links, seekers }: Known,
  here: Pick<Actor, 'site' | 'alsoSites'>,
  today: string,
): VisitKind | undefined {
  const ids = idsOfPerson(seeker.id, links, seekers);
  const hers = visits.filter((visit) => isVisitOf(visit, ids) && stateOf(visit) !== 'voided');
  const earlier = hers.filter((visit) => dayOf(visit) <= today);
  if (earlier.some((visit) => isAtHand(here, partOf(visit, 'facts')['site']))) return 'returning';
  // Of a visit long ago only whose it was is here, not where.
  const isUnclear = earlier.some((visit) => partOf(visit, 'facts')['site'] === undefined);
  return !isUnclear && knowsAll(seeker, seekers, today) ? 'new' : undefined;
}

function knowsAll(seeker: Rec, seekers: readonly Rec[], today: string): boolean {
  const isFresh = (id: string) => registeredOn(id) >= today;
  return seeker.parts['file'] !== undefined || registrationsOf(seeker.id, seekers).every(isFresh);
}

function registeredOn(id: string): string {
  const made = uuidTime(id);
  return made === undefined ? '' : businessDateJst(made);
}

const dayOf = (visit: Rec) => text(partOf(visit, 'facts')['date']) ?? '';
