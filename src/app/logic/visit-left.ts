/**
 * The visit that a cancelled consultation leaves behind: logged along with it (`consultation.recordWalkIn`), still counted,
 * and nothing else was done at it. One that 受付 counted was there without the talk.
 */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { uuidTime } from './uuid-time.ts';

/** The ids of both are made as the form opens. */
const together = 1000;

export function visitLeft(
  cancelled: Rec,
  visits: readonly Rec[],
  consultations: readonly Rec[],
): Rec | undefined {
  const id = visitOf(cancelled);
  const visit = visits.find((one) => one.id === id);
  if (!visit || stateOf(visit) === 'voided') return undefined;
  const others = consultations.filter((one) => visitOf(one) === id && one.id !== cancelled.id);
  if (others.some((one) => stateOf(one) !== 'voided')) return undefined;
  return [cancelled, ...others].some((one) => isMadeWith(visit, one)) ? visit : undefined;
}

function isMadeWith(visit: Rec, consultation: Rec): boolean {
  const [first, second] = [uuidTime(visit.id), uuidTime(consultation.id)];
  const hasTicket = partOf(visit, 'facts')['ticket'] !== undefined;
  if (first === undefined || second === undefined || hasTicket) return false;
  return Math.abs(first - second) < together;
}

const visitOf = (consultation: Rec) => text(partOf(consultation, 'facts')['visit']);
