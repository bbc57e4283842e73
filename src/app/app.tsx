/** The app from outside in: the tablet, then whether it belongs to a counter, then who has unlocked it. */
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Tablet } from '../device/types.ts';
import { AppFailed } from './frame/app-failed.tsx';
import { lazy } from './frame/lazy-screen.tsx';
import { Boundary } from './frame/screen-boundary.tsx';
import { Lock } from './screens/lock/lock.tsx';
import { SessionContext, TabletContext, startClock, useTablet } from './state/context.ts';
import { forget, startNavigation } from './state/nav.ts';
import { Toasts, dropToasts } from './ui/toast.tsx';

const Frame = lazy(async () => (await import('./frame/frame.tsx')).Frame);
const Enrol = lazy(async () => (await import('./screens/enrol/enrol.tsx')).Enrol);

export function App({ tablet }: { readonly tablet: Tablet }) {
  useEffect(() => {
    const stops = [startClock(), startNavigation()];
    // Behind the lock screen, so that unlocking shows the board at once; a failure shows itself there.
    void Frame.prepare().catch(() => undefined);
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <TabletContext.Provider value={tablet}>
      <Boundary instead={<AppFailed />}>
        <Inside />
      </Boundary>
      <Toasts />
    </TabletContext.Provider>
  );
}

function Inside() {
  const tablet = useTablet();
  const session = tablet.session.value;
  // With the last picture, not after it: a page that goes into the back/forward cache takes nothing along.
  useLayoutEffect(() => {
    if (!session) return undefined;
    return () => {
      forget();
      dropToasts();
    };
  }, [session]);
  if (!tablet.enrolment.value) return <Enrol />;
  if (!session) return <Lock />;
  return (
    <SessionContext.Provider value={session}>
      <Frame key={session.actor.user} />
    </SessionContext.Provider>
  );
}
