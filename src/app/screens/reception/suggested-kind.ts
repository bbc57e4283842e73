/** The suggested 新規/再来. Pure, so that the lock screen and the board agree; apart from the board, whose rules load later. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { integer } from '../../../domain/value.ts';

const hour = 3_600_000;

export const arrival = (visit: Rec) => integer(partOf(visit, 'facts')['arrivedAt']) ?? 0;

/** What most visitors of the last hour were; 再来 when nobody came. */
export function suggestedKind(visits: readonly Rec[], now: number): string {
  const recent = visits.filter((visit) => now - arrival(visit) <= hour);
  const fresh = recent.filter((visit) => partOf(visit, 'facts')['visitKind'] === 'new');
  return fresh.length * 2 > recent.length ? 'new' : 'returning';
}
