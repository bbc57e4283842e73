/** What was searched and as of when; the server is asked only by a press, and online only. Its hits are cards, no files. */
import { useState } from 'preact/hooks';
import type { ServerHit } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { formerlyWords, SeekerRow } from './seeker-row.tsx';

export function SearchLine({ typed, count }: { readonly typed: string; readonly count: number }) {
  const asOf = useSession().asOf.value;
  return (
    <p class="seekers-line" role="status">
      {typed.trim() === '' ? '最近の方' : `${count}人`}
      {'（この端末にある分・'}
      {asOf === undefined ? (
        'まだ同期していません'
      ) : (
        <>
          <TimeText at={asOf} />
          時点
        </>
      )}
      ）
    </p>
  );
}

interface Answer {
  readonly typed: string;
  readonly found: readonly ServerHit[];
  readonly limited: boolean;
  readonly problem: Problem | undefined;
}

interface ServerHitsProps {
  readonly typed: string;
  readonly known: readonly Rec[];
  readonly onChoose: (id: string) => void;
}

export function ServerHits({ typed, known, onChoose }: ServerHitsProps) {
  const session = useSession();
  const [answer, setAnswer] = useState<Answer>();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    const result = await session.searchServer(typed.trim());
    setBusy(false);
    setAnswer(
      result.ok
        ? { typed, ...result.value, problem: undefined }
        : { typed, found: [], limited: false, problem: result.problem },
    );
  };
  if (typed.trim() === '') return null;
  const shown = answer?.typed === typed ? answer : undefined;
  return (
    <div class="seekers-server">
      <Button busy={busy} onPress={ask}>
        サーバーでも探す
      </Button>
      <span class="quiet">通信できるときだけ使えます。自分の組織の求職者を探します。</span>
      {shown?.problem && <ProblemNotice problem={shown.problem} />}
      {shown && !shown.problem && <Hits answer={shown} known={known} onChoose={onChoose} />}
    </div>
  );
}

/** The file is asked for, then pulled: from then on she is at hand here like anyone who came today. */
function useCallUp(onThere: (id: string) => void) {
  const session = useSession();
  const tablet = useTablet();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const callUp = async (seeker: string) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    const asked = await session.ask('/api/call-up', { body: { seeker } });
    if (asked.ok) await tablet.syncNow();
    setBusy(false);
    if (!asked.ok) setProblem(asked.problem);
    else if (session.get('seeker', seeker)) onThere(seeker);
    else setProblem({ code: 'offline' });
  };
  return { callUp, busy, problem };
}

interface HitsProps {
  readonly answer: Answer;
  readonly known: readonly Rec[];
  readonly onChoose: (id: string) => void;
}

function Hits({ answer, known, onChoose }: HitsProps) {
  const { callUp, busy, problem } = useCallUp(onChoose);
  const others = answer.found.filter(({ record }) => !known.some(({ id }) => id === record.id));
  return (
    <>
      <p class="seekers-line">
        サーバーで見つかった、この端末にない方 {others.length}人
        {answer.limited && '（多いため一部だけです。文字を足してください）'}
      </p>
      {others.length > 0 && (
        <p class="quiet">押すと、今日この窓口で使えるように台帳を取り寄せます。</p>
      )}
      {busy && <p role="status">台帳を取り寄せています。</p>}
      <ProblemNotice problem={problem} />
      {others.length === 0 && <Empty>サーバーにも、ほかの方はいません。</Empty>}
      <List label="サーバーで見つかった求職者">
        {others.map(({ record, formerly }) => (
          <SeekerRow
            key={record.id}
            record={record}
            why={formerly && formerlyWords(formerly)}
            onPress={() => void callUp(record.id)}
          />
        ))}
      </List>
    </>
  );
}
