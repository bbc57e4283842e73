/**
 * The visit that a consultation belongs to: the person's open visit at this counter today, else one chosen from those
 * still open with nobody of this organisation attached, else none (a walk-in, logged in the same write).
 */
import { stateOf } from '../../domain/kind.ts';
import { sideOf } from '../../domain/kinds/visit.ts';
import type { Problem } from '../../domain/problem.ts';
import { isAtHand, partOf, type Actor, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

const openStates = ['waiting', 'called', 'withCity', 'withHW'];

export function personOfVisit(visit: Rec, actor: Actor): string | undefined {
  const side = sideOf(actor);
  return text(partOf(visit, side)[`${side}Seeker`]);
}

export function openVisits(visits: readonly Rec[], actor: Actor, today: string): readonly Rec[] {
  return visits
    .filter((visit) => {
      const facts = partOf(visit, 'facts');
      const isHere = isAtHand(actor, facts['site']) && facts['date'] === today;
      return isHere && openStates.includes(stateOf(visit) ?? '');
    })
    .toSorted((a, b) => arrival(b) - arrival(a));
}

/** All her visits of the day here, the open ones first: a talk written down late belongs to the visit already counted. */
export function visitsToday(
  visits: readonly Rec[],
  seekers: readonly string[],
  actor: Actor,
  today: string,
): readonly Rec[] {
  const isOver = (visit: Rec) => Number(!openStates.includes(stateOf(visit) ?? ''));
  return visits
    .filter((visit) => {
      const facts = partOf(visit, 'facts');
      const isHere = isAtHand(actor, facts['site']) && facts['date'] === today;
      return isHere && stateOf(visit) !== 'voided' && isVisitOf(visit, seekers);
    })
    .toSorted((a, b) => isOver(a) - isOver(b) || arrival(b) - arrival(a));
}

export function isVisitOf(visit: Rec, seekers: readonly string[]): boolean {
  const sides = [partOf(visit, 'city')['citySeeker'], partOf(visit, 'hw')['hwSeeker']];
  return sides.some((id) => seekers.includes(text(id) ?? ''));
}

/** Why she cannot be written down at the visit that was chosen. Whatever became of it: it is never taken for none. */
export function visitLost(
  visit: Rec | undefined,
  seekers: readonly string[],
  actor: Actor,
): Problem | undefined {
  if (!visit) return lost('が、この端末に見つかりません');
  if (stateOf(visit) === 'voided') return lost('は、取り消されました');
  const isOthers = whoseVisit(visit, seekers, actor) === 'ほかの方';
  return isOthers ? lost('は、ほかの方の来所になりました') : undefined;
}

export function whoseVisit(visit: Rec, seekers: readonly string[], actor: Actor) {
  if (isVisitOf(visit, seekers)) return 'この方';
  return personOfVisit(visit, actor) === undefined ? '氏名未記入' : 'ほかの方';
}

const lost = (what: string): Problem => ({
  code: 'refused',
  reason: `選んだ来所${what}。「どの来所ですか」で、選びなおしてください。`,
});

export function unattachedVisits(visits: readonly Rec[], actor: Actor, today: string): Rec[] {
  return openVisits(visits, actor, today).filter(
    (visit) => personOfVisit(visit, actor) === undefined,
  );
}

/** What the desk does with the visit when the talk is over; only what its state allows. */
export function visitEndings(visit: Rec | undefined): readonly ('finish' | 'wait')[] {
  const state = stateOf(visit) ?? '';
  if (!openStates.includes(state)) return [];
  return state === 'waiting' ? ['finish'] : ['finish', 'wait'];
}

const arrival = (visit: Rec) => Number(partOf(visit, 'facts')['arrivedAt'] ?? 0);
