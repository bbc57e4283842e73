/**
 * The lock screen: who is it, then the PIN. Below, counting arrivals without any key, and what is still to be sent. No
 * personal data is anywhere here: names of staff only.
 */
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import type { StaffOption, SyncState } from '../../../device/types.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import { weekdayJa } from '../../../domain/date.ts';
import { lazy } from '../../frame/lazy-screen.tsx';
import { UpdateBar } from '../../frame/update-bar.tsx';
import { useNow, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TimeText } from '../../ui/text.tsx';
import { syncWords } from '../../words/sync-words.ts';
import { entered } from '../../words/tally.ts';
import { showing } from '../ready/showing.ts';
import { signingIn } from '../enrol/signing-in.ts';
import { CountVisits } from './count-visits.tsx';
import { SilentTablets } from './silent-tablets.tsx';
import { PinPad } from './pin-pad.tsx';
import './lock.css';

const LockChecks = lazy(async () => (await import('../ready/screens.tsx')).LockChecks);
const AdmitAnew = lazy(async () => (await import('./admit-anew.tsx')).AdmitAnew);
const UserSurvey = lazy(async () => (await import('../survey/user-survey.tsx')).UserSurvey);
const SignIn = lazy(async () => (await import('../enrol/sign-in.tsx')).SignIn);

export function Lock() {
  const [chosen, setChosen] = useState<StaffOption>();
  const back = () => {
    setChosen(undefined);
    signingIn.value = undefined;
  };
  if (showing.value === 'survey') return <UserSurvey />;
  return (
    <main class="lock">
      <UpdateBar />
      <LockHead />
      <SilentTablets />
      <Repair />
      {showing.value ? (
        <div class="lock-panes">
          <LockChecks />
        </div>
      ) : (
        <div class="lock-panes">
          <section class="lock-pane" aria-label="画面をひらく">
            {signingIn.value ? (
              <SignIn />
            ) : chosen ? (
              <PinPad
                staff={chosen}
                onBack={back}
                onPassword={() => (signingIn.value = { staff: chosen, isRenewal: true })}
              />
            ) : (
              <StaffList onChoose={setChosen} />
            )}
          </section>
          <CountVisits />
        </div>
      )}
      <LockFoot />
    </main>
  );
}

/** Nothing is fetched for it where all is well. */
function Repair() {
  return useTablet().enrolment.value?.admitAnew ? <AdmitAnew /> : null;
}

function LockHead() {
  const tablet = useTablet();
  const now = useNow();
  const today = tablet.today();
  return (
    <header class="lock-head">
      <h1>{tablet.enrolment.value?.site.name}</h1>
      <p>
        {formatWareki(today)}({weekdayJa(today)}) <TimeText at={now} />
      </p>
    </header>
  );
}

function StaffList({ onChoose }: { readonly onChoose: (staff: StaffOption) => void }) {
  const staff = useTablet().enrolment.value?.staff ?? [];
  const known = staff.filter((one) => one.isEnrolled);
  const others = staff.filter((one) => !one.isEnrolled);
  return (
    <>
      <h2>名前を押してください</h2>
      <div class="staff-list">
        {known.map((one) => (
          <button key={one.id} type="button" class="staff" onClick={() => onChoose(one)}>
            <StaffWords staff={one} />
          </button>
        ))}
      </div>
      {others.length > 0 && (
        <>
          <h3>この端末をはじめて使う方</h3>
          <div class="staff-list">
            {others.map((one) => (
              <button
                key={one.id}
                type="button"
                class="staff staff-new"
                onClick={() => (signingIn.value = { staff: one, isRenewal: false })}
              >
                <StaffWords staff={one} />
              </button>
            ))}
          </div>
        </>
      )}
    </>
  );
}

function StaffWords({ staff }: { readonly staff: StaffOption }) {
  return (
    <>
      <strong>{staff.name}</strong>
      <span>
        {staff.orgName}・{codeLabel('staffRole', staff.role)}
      </span>
      {staff.isStopped && <span class="staff-stopped">この端末の利用は止められています</span>}
    </>
  );
}

/** Before anybody has signed in, nothing is fetched: there is no state to tell. */
function isKnown({ syncedAt, pending, needsCare, online }: SyncState): boolean {
  return syncedAt !== undefined || pending > 0 || needsCare > 0 || online === false;
}

function LockFoot() {
  const { sync } = useTablet();
  const { words, tone, icon } = syncWords(sync.value);
  return (
    <footer class="lock-foot">
      {isKnown(sync.value) && (
        <p class={`sync-state sync-${tone}`} role="status">
          <Icon name={icon} />
          <span>{words}</span>
        </p>
      )}
      <div class="buttons">
        <Button size="small" kind="plain" onPress={() => (showing.value = 'ready')}>
          準備チェック
        </Button>
        <Button size="small" kind="plain" onPress={() => (showing.value = 'proof')}>
          きょうの照合
        </Button>
        <Button size="small" kind="plain" onPress={() => (showing.value = 'survey')}>
          アンケート
        </Button>
        {sync.value.pending > 0 && (
          <Button size="small" kind="plain" onPress={() => (showing.value = 'rescue')}>
            未送信の記録を書き出す
          </Button>
        )}
      </div>
      {isSending(sync.value) && <p>送信は、ロック中も続いています。</p>}
      {sync.value.isRoomLow && (
        <p>
          この端末の空きが残りわずかです。不要な写真やアプリを消すよう、責任者にたのんでください。
        </p>
      )}
      {sync.value.persisted === false && (
        <p>
          記録を消えにくくするため、このアプリをホーム画面に追加してください（責任者にたのんでください）。
        </p>
      )}
    </footer>
  );
}

function isSending(state: SyncState): boolean {
  return state.online !== false && entered(state) > 0;
}
