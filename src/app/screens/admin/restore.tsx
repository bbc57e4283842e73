/**
 * 控えから戻す: shown while a restored server waits for the tablets. It says which are still missing, and lets two different
 * supervisors open it before all are back; the first press explains what that means.
 */
import { useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import type { EpochState } from '../../../sync/protocol.ts';
import { epochFrom } from '../../logic/supervision.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { List } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { useAsked } from '../ready/use-asked.ts';

export function Restore() {
  const session = useSession();
  const asked = useAsked(async () => epochFrom(await session.ask('/api/epoch/state')), 'epoch');
  const [problem, setProblem] = useState<Problem>();
  const release = async () => {
    const answer = epochFrom(await session.ask('/api/epoch/release', { body: {} }));
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) await asked.again();
  };
  const { answer } = asked;
  if (answer?.state !== 'closed') return null;
  return (
    <Notice tone="warning" title="サーバーを控えから戻しています。">
      <p>
        <TimeText at={answer.madeAt} withDate />
        に控えから戻しました。ほかの組織に見せる記録は、すべての端末がそろうまで止めてあります。入力はそのまま続けられます。
      </p>
      <Missing state={answer} />
      <Release state={answer} onRelease={release} />
      <ProblemNotice problem={problem} />
      <Button kind="plain" busy={asked.busy} onPress={asked.again}>
        読みなおす
      </Button>
    </Notice>
  );
}

function Missing({ state: { missing } }: { readonly state: EpochState }) {
  if (missing.length === 0)
    return <p>すべての端末がそろいました。まもなく、ほかの組織にも見えるようになります。</p>;
  return (
    <>
      <p>
        まだ送りなおしていない端末が{missing.length}
        台分あります。電源を入れて、つながる場所に置いてください。ロックしたままで構いません。
      </p>
      <List label="まだ送りなおしていない端末">
        {missing.map(({ deviceName, userName, heardAt }) => (
          <li key={`${deviceName}/${userName ?? ''}`} class="row-item">
            <div class="row">
              <span class="row-main">
                <span class="row-title">{deviceName}</span>
                <span class="row-sub">{userName ?? '受付（ロック画面で数える来所）'}</span>
              </span>
              <span class="row-aside">
                最後の同期 {heardAt === null ? 'なし' : <TimeText at={heardAt} withDate />}
              </span>
            </div>
          </li>
        ))}
      </List>
    </>
  );
}

interface ReleaseProps {
  readonly state: EpochState;
  readonly onRelease: () => Promise<void>;
}

function Release({ state: { releases }, onRelease }: ReleaseProps) {
  const { actor } = useSession();
  const [isAsking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [first] = releases;
  if (releases.some(({ staff }) => staff === actor.user))
    return <p>あなたは押しました。もう一人の責任者が押すと、ほかの組織にも見せはじめます。</p>;
  if (!isAsking)
    return (
      <Button onPress={() => setAsking(true)}>
        {first ? `${first.name}さんに続いて見せはじめる` : '端末がそろう前に見せはじめる'}
      </Button>
    );
  const release = async () => {
    setBusy(true);
    await onRelease().finally(() => setBusy(false));
  };
  return (
    <>
      <p>
        <strong>
          まだの端末にある同意の撤回などが、あとから届くことがあります。それまでの間、撤回された記録が相手の組織に見えるおそれがあります。
        </strong>
        責任者が二人押すと、見せはじめます。
      </p>
      <div class="admin-confirm">
        <Button kind="danger" busy={busy} onPress={release}>
          わかったうえで見せはじめる
        </Button>
        <Button onPress={() => setAsking(false)}>まだ見せない</Button>
      </div>
    </>
  );
}
