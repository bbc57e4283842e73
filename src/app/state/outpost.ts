/**
 * Where arrivals are logged today: at the counter, or at a temporary one that it holds. Kept with the user's drafts, so that a
 * reload at an event without a line changes nothing; of another day, or once the event is over, it is the counter again.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Session } from '../../device/types.ts';
import type { Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import { atCounter, outpostsOn } from '../logic/outposts.ts';
import { useSession, useTablet } from './context.ts';

const key = 'reception-outpost';
/** Whoever unlocks next begins with her own. */
const chosen = signal<{ readonly user: string; readonly event: string } | undefined>(undefined);

export interface OutpostHere {
  readonly held: readonly Rec[];
  /** '' at the counter. */
  readonly at: string;
  readonly choose: (event: string) => void;
  /** What a visit logged now carries. */
  readonly asArgs: () => Promise<{ readonly outpost?: string }>;
}

async function remembered(session: Session): Promise<string> {
  const { user } = session.actor;
  const known = chosen.peek();
  if (known?.user === user) return known.event;
  const event = text((await session.readDraft(key))?.['event']) ?? atCounter;
  // Chosen while it was being read.
  const now = chosen.peek();
  if (now?.user === user) return now.event;
  chosen.value = { user, event };
  return event;
}

export function useOutpost(): OutpostHere {
  const session = useSession();
  const today = useTablet().today();
  const { user } = session.actor;
  const held = outpostsOn(session.all('event').value, session.actor, today);
  useEffect(() => void remembered(session), [user]);
  const isHeld = (event: string) => held.some(({ id }) => id === event);
  const known = chosen.value?.user === user ? chosen.value.event : atCounter;
  return {
    held,
    at: isHeld(known) ? known : atCounter,
    choose: (event) => {
      chosen.value = { user, event };
      void (event === atCounter ? session.dropDraft(key) : session.writeDraft(key, { event }));
    },
    asArgs: async () => {
      if (held.length === 0) return {};
      const event = await remembered(session);
      return isHeld(event) ? { outpost: event } : {};
    },
  };
}
