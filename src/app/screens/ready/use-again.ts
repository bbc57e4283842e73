/**
 * Asks again by itself when a run of the sync has brought something: the line is back, entries were sent or answered for.
 * One question for each such run; that a question fails is no news, so that nothing asks in a circle.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { SyncState } from '../../../device/types.ts';
import { useTablet } from '../../state/context.ts';

type Known = Pick<SyncState, 'online' | 'pending' | 'needsCare'>;

export function useAgainWhenSynced(again: () => Promise<void>): void {
  const { online, pending, needsCare, busy } = useTablet().sync.value;
  const known = useRef<Known>({ online, pending, needsCare });
  useEffect(() => {
    if (busy) return;
    const before = known.current;
    known.current = { online, pending, needsCare };
    if (isNews(before, known.current)) void again();
  }, [online, pending, needsCare, busy]);
}

function isNews(before: Known, now: Known): boolean {
  const isBack = now.online === true && before.online === false;
  return isBack || now.pending !== before.pending || now.needsCare !== before.needsCare;
}
