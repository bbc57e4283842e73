/**
 * Ties a person to the visit that a screen was opened from, in one more write; without a visit nothing is written. A visit
 * that has somebody already is moved to the new person: the screen was reached from 「別の人に付けかえる」.
 */
import type { Session } from '../../../device/types.ts';
import type { Write } from '../../form/use-write.ts';
import { personOfVisit } from '../../logic/visit-of.ts';
import { go } from '../../state/nav.ts';

export async function attachAndOpen(
  session: Session,
  write: Write,
  seeker: string,
  visit: string | undefined,
) {
  if (visit !== undefined && !(await tied(session, write, seeker, visit))) return;
  go('seeker', visit === undefined ? { seeker } : { seeker, visit });
}

async function tied(session: Session, write: Write, seeker: string, id: string): Promise<boolean> {
  const visit = session.get('visit', id);
  const before = visit && personOfVisit(visit, session.actor);
  if (before !== undefined && session.get('seeker', before)?.id === seeker) return true;
  const [verb, message] =
    before === undefined
      ? ['visit.attach', '来所に名前を付けました']
      : ['visit.moveToSeeker', '来所を、この方に付けかえました'];
  return (await write.save(verb, { id, seeker }, { message })) !== undefined;
}
