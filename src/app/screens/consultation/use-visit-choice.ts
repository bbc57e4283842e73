/**
 * Which visit a talk belongs to, while it is written: what was chosen stays chosen and in sight, though it is cancelled,
 * ended or given to somebody else meanwhile. Only 「受付に出ていない」 makes a visit of its own.
 */
import { useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { idsOfPerson } from '../../logic/person.ts';
import { unattachedVisits, visitLost, visitsToday, whoseVisit } from '../../logic/visit-of.ts';
import { useSession } from '../../state/context.ts';
import { notOnBoard, type Kept, type VisitChoiceProps } from './visit-choice.tsx';

export interface ChosenVisit {
  readonly choice: VisitChoiceProps;
  /** undefined: not on the board, or lost. */
  readonly visit: Rec | undefined;
  readonly isWalkIn: boolean;
  /** Why nothing can be written down at what was chosen. */
  readonly lost: Problem | undefined;
}

export function useVisitChoice(seeker: Rec, date: string, given: string | undefined): ChosenVisit {
  const { actor, get, all } = useSession();
  const visits = all('visit').value;
  const ids = idsOfPerson(seeker.id, all('link').value, all('seeker').value);
  const hers = visitsToday(visits, ids, actor, date);
  const unattached = unattachedVisits(visits, actor, date);
  const lostOf = (id: string) => visitLost(get('visit', id), ids, actor);
  const meant = given === undefined || lostOf(given) ? undefined : given;
  const [chosen, onChoose] = useState(meant ?? hers[0]?.id ?? notOnBoard);
  const listed = new Set([...hers, ...unattached].map(({ id }) => id));
  const kept = [...new Set([meant, chosen])].flatMap((id = ''): readonly Kept[] => {
    const visit = listed.has(id) ? undefined : get('visit', id);
    return visit ? [{ visit, whose: whoseVisit(visit, ids, actor) }] : [];
  });
  const isWalkIn = chosen === notOnBoard;
  const choice = { hers, unattached, kept, chosen, onChoose };
  if (isWalkIn) return { choice, visit: undefined, isWalkIn, lost: undefined };
  return { choice, visit: get('visit', chosen), isWalkIn, lost: lostOf(chosen) };
}
