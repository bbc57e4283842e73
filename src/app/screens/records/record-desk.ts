/** Who is at this desk now, as the rules of records ask it. */
import type { Desk } from '../../logic/record-verbs.ts';
import { useSession, useTablet } from '../../state/context.ts';

export function useRecordDesk(): Desk {
  const session = useSession();
  const tablet = useTablet();
  const moment = { occurredAt: tablet.now(), businessDate: tablet.today() };
  return { actor: session.actor, view: session, moment };
}
