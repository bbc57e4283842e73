/**
 * How screens reach the tablet. `useSession` is for screens behind the lock only: the session is handed down by the
 * frame, so that a screen drawn a last time while the lock falls still has the one it began with.
 */
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Session, Tablet } from '../../device/types.ts';

export const TabletContext = createContext<Tablet | undefined>(undefined);
export const SessionContext = createContext<Session | undefined>(undefined);

export function useTablet(): Tablet {
  const tablet = useContext(TabletContext);
  if (!tablet) throw new Error('no tablet above this component');
  return tablet;
}

export function useSession(): Session {
  const handed = useContext(SessionContext);
  const session = handed ?? useTablet().session.peek();
  if (!session) throw new Error('a screen behind the lock was drawn without a session');
  return session;
}

const minutes = signal(0);

/** Starts the minute hand; returns its stop. */
export function startClock(): () => void {
  const timer = setInterval(() => (minutes.value += 1), 60_000);
  return () => clearInterval(timer);
}

/** The time in epoch milliseconds; the component is drawn anew every minute. */
export function useNow(): number {
  const tablet = useTablet();
  return minutes.value >= 0 ? tablet.now() : 0;
}
