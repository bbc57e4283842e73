/**
 * Which visit a talk belongs to, while it is written: what was chosen stays chosen and in sight, though it is cancelled,
 * ended or given to somebody else meanwhile, and though the talk was left and comes back as a draft. Only
 * 「受付に出ていない」 makes a visit of its own.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import type { Form } from '../../form/use-form.ts';
import { idsOfPerson } from '../../logic/person.ts';
import { asBegun, asPicked, keptVisit, notOnBoard } from '../../logic/visit-kept.ts';
import { unattachedVisits, visitLost, visitsToday, whoseVisit } from '../../logic/visit-of.ts';
import { useSession } from '../../state/context.ts';
import type { Kept, VisitChoiceProps } from './visit-choice.tsx';

export interface ChosenVisit {
  readonly choice: VisitChoiceProps;
  /** undefined: not on the board, or lost. */
  readonly visit: Rec | undefined;
  readonly isWalkIn: boolean;
  /** Why nothing can be written down at what was chosen. */
  readonly lost: Problem | undefined;
}

interface OpenedAt {
  readonly seeker: Rec;
  readonly date: string;
  /** The visit from which the form was opened. */
  readonly given: string | undefined;
}

export function useVisitChoice(form: Form, { seeker, date, given }: OpenedAt): ChosenVisit {
  const { actor, get, all } = useSession();
  const visits = all('visit').value;
  const ids = idsOfPerson(seeker.id, all('link').value, all('seeker').value);
  const hers = visitsToday(visits, ids, actor, date);
  const unattached = unattachedVisits(visits, actor, date);
  const lostOf = (id: string) => visitLost(get('visit', id), ids, actor);
  const meant = given === undefined || lostOf(given) ? undefined : given;
  const [chosen, onChoose] = useChosen(form, date, meant, hers[0]?.id);
  const listed = new Set([...hers, ...unattached].map(({ id }) => id));
  const kept = [...new Set([meant, chosen])].flatMap((id = ''): readonly Kept[] => {
    const visit = listed.has(id) ? undefined : get('visit', id);
    return visit ? [{ visit, whose: whoseVisit(visit, ids, actor) }] : [];
  });
  const isWalkIn = chosen === notOnBoard;
  const lost = isWalkIn ? undefined : lostOf(chosen);
  const choice = { hers, unattached, kept, chosen, lost, onChoose };
  return { choice, visit: isWalkIn ? undefined : get('visit', chosen), isWalkIn, lost };
}

/** The one chosen by hand; else the one it was opened from, where the talk was begun, the newest of hers. */
function useChosen(form: Form, date: string, meant: string | undefined, newest?: string) {
  const { get } = useSession();
  const [opened] = useState(meant);
  const [first] = useState(newest ?? notOnBoard);
  const [start] = useState(() => form.args());
  const [isNow, setNow] = useState(false);
  const { picked, begun } = keptVisit(form.values);
  const dayOf = (id = '') => partOf(get('visit', id), 'facts')['date'] ?? date;
  // Nobody makes another visit of the one it was opened from today because of a draft of another time.
  const isOld = !isNow && (picked === notOnBoard || dayOf(picked) !== date);
  const byHand = opened !== undefined && isOld ? undefined : picked;
  const chosen = byHand ?? opened ?? begun ?? first;
  useEffect(() => {
    const [name, value] = asBegun(start, form.args(), chosen);
    if (form.values[name] !== value) form.set(name, value);
  });
  const onChoose = (id: string) => {
    setNow(true);
    form.set(...asPicked(id));
  };
  return [chosen, onChoose] as const;
}
