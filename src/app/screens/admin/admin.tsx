/**
 * 管理: for supervisors, with a connection. Colleagues' entries that wait, the tablets' day, what the server noticed. A
 * ten-minute code admits a new tablet; the list says which tablets and stores exist and when each was last heard of;
 * stopping one asks twice and says what becomes of unsent entries.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { deviceCodeFrom, storesFrom, type DeviceCode, type StoreRow } from '../../logic/stores.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { RescueImport } from '../rescue/rescue-import.tsx';
import { Alarms } from './alarms.tsx';
import { Inbox } from './inbox.tsx';
import { ListsOut } from './lists-out.tsx';
import { Caseload } from './caseload.tsx';
import { CloseSite } from './close-site.tsx';
import { Restore } from './restore.tsx';
import { Roster } from './roster.tsx';
import { StoreTable } from './store-table.tsx';
import { TabletDays } from './tablet-days.tsx';
import './admin.css';
import '../counts/table.css';

export function Admin() {
  return (
    <section class="screen admin" aria-label="管理">
      <header class="screen-head">
        <h1>管理</h1>
        <div class="buttons">
          <Button onPress={() => go('ready')}>準備チェック</Button>
          <Button onPress={() => go('proof')}>きょうの照合</Button>
        </div>
      </header>
      <Restore />
      <Inbox />
      <Alarms />
      <TabletDays />
      <Roster />
      <Caseload />
      <ListsOut />
      <DeviceCodeCard />
      <Stores />
      <RescueImport />
      <CloseSite />
    </section>
  );
}

function DeviceCodeCard() {
  const session = useSession();
  const [code, setCode] = useState<DeviceCode>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const result = await session.ask('/api/device-codes', { body: {} });
    setBusy(false);
    setProblem(result.ok ? undefined : result.problem);
    setCode(result.ok ? deviceCodeFrom(result.value) : undefined);
  };
  return (
    <Section title="端末を加える">
      <p>新しい端末の「登録」の画面で、このコードを入れます。コードは10分で切れます。</p>
      <div class="admin-code">
        <Button kind="primary" busy={busy} onPress={ask}>
          端末コードを出す
        </Button>
        {code && (
          <p class="device-code" role="status">
            <strong aria-label={`端末コード ${code.code.split('').join(' ')}`}>{code.code}</strong>
            <span>
              <TimeText at={code.expiresAt} />
              まで
            </span>
          </p>
        )}
      </div>
      <ProblemNotice problem={problem} />
    </Section>
  );
}

function Stores() {
  const session = useSession();
  const [stores, setStores] = useState<readonly StoreRow[]>();
  const [problem, setProblem] = useState<Problem>();
  const load = useCallback(async () => {
    const result = await session.ask('/api/stores');
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) setStores(storesFrom(result.value));
  }, [session]);
  useEffect(() => void load(), [load]);
  const revoke = async (store: string) => {
    const result = await session.ask('/api/stores/revoke', { body: { store } });
    setProblem(result.ok ? undefined : result.problem);
    if (result.ok) await load();
  };
  return (
    <Section
      title="端末と利用者"
      aside={
        <Button kind="plain" size="small" onPress={load}>
          読みなおす
        </Button>
      }
    >
      <ProblemNotice problem={problem} />
      {stores && <StoreTable stores={stores} onRevoke={revoke} />}
      {!stores && !problem && <p class="quiet">サーバーに確かめています。</p>}
    </Section>
  );
}
