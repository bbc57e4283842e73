/** What stands around every screen behind the lock, and the one place that says which screen belongs to which name. */
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Reception } from '../screens/reception/reception.tsx';
import { secondsLeft, startAutoLock } from '../state/auto-lock.ts';
import { useTablet } from '../state/context.ts';
import { screen, type ScreenName } from '../state/nav.ts';
import { useOnTop } from '../ui/on-top.ts';
import { HeldBack } from './held-back.tsx';
import { lazy } from './lazy-screen.tsx';
import { OnPaperDay, PaperDayBar } from './paper-day-bar.tsx';
import { Rail } from './rail.tsx';
import { ScreenBoundary } from './screen-boundary.tsx';
import { TopBar } from './top-bar.tsx';
import { UpdateBar } from './update-bar.tsx';

const screens: Readonly<Record<ScreenName, ComponentType>> = {
  reception: Reception,
  today: lazy(async () => (await import('../screens/today/today.tsx')).Today),
  outbox: lazy(async () => (await import('../screens/outbox/outbox.tsx')).Outbox),
  ready: lazy(async () => (await import('../screens/ready/screens.tsx')).Ready),
  proof: lazy(async () => (await import('../screens/ready/screens.tsx')).Proof),
  seekers: lazy(async () => (await import('../screens/seekers/seekers.tsx')).Seekers),
  seeker: lazy(async () => (await import('../screens/seekers/seeker.tsx')).SeekerPage),
  consultation: lazy(
    async () => (await import('../screens/consultation/consultation.tsx')).Consultation,
  ),
  handoffs: lazy(async () => (await import('../screens/handoffs/handoffs.tsx')).Handoffs),
  'handoff-new': lazy(async () => (await import('../screens/handoffs/handoff-new.tsx')).HandoffNew),
  referrals: lazy(async () => (await import('../screens/referrals/referrals.tsx')).Referrals),
  'referral-new': lazy(
    async () => (await import('../screens/referrals/referral-new.tsx')).ReferralNew,
  ),
  jobs: lazy(async () => (await import('../screens/jobs/jobs.tsx')).Jobs),
  counts: lazy(async () => (await import('../screens/counts/counts.tsx')).Counts),
  achievement: lazy(async () => (await import('../screens/counts/achievement.tsx')).Achievement),
  survey: lazy(async () => (await import('../screens/survey/survey.tsx')).SurveyScreen),
  records: lazy(async () => (await import('../screens/records/records.tsx')).Records),
  papers: lazy(async () => (await import('../screens/papers/papers.tsx')).Papers),
  admin: lazy(async () => (await import('../screens/admin/admin.tsx')).Admin),
};

export function Frame() {
  const tablet = useTablet();
  useEffect(() => startAutoLock(tablet), [tablet]);
  return (
    <div class="frame">
      <OnPaperDay>
        <Rail />
        <TopBar />
        <Main />
        <HeldBack />
      </OnPaperDay>
      <IdleWarning />
    </div>
  );
}

/** A screen opened anew begins anew, with the focus at its top. */
function Main() {
  const { name, visit } = screen.value;
  const main = useRef<HTMLElement>(null);
  const Screen = screens[name];
  useEffect(() => {
    main.current?.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [visit]);
  return (
    <main class="frame-main" ref={main} tabIndex={-1}>
      <UpdateBar />
      <PaperDayBar />
      <ScreenBoundary key={visit}>
        <Screen />
      </ScreenBoundary>
    </main>
  );
}

function IdleWarning() {
  const seconds = secondsLeft.value;
  const place = useOnTop<HTMLDivElement>(seconds === undefined);
  return (
    <div ref={place} class="idle-alert" role="alert">
      {seconds !== undefined && (
        <p class="idle-warning">
          操作がないため、あと<span class="number">{seconds}</span>
          秒でロックします。触れると続けられます。
        </p>
      )}
    </div>
  );
}
