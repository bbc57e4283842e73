/**
 * はじめのパスワードの紙: who has an account and has never signed in, and one sheet for each. The passwords are here as long
 * as this is open and nowhere else; asking again makes others. Each sheet is for her alone.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { addDays } from '../../../domain/date.ts';
import type { Problem } from '../../../domain/problem.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import {
  sheetsFrom,
  waitingFrom,
  type StartSheet,
  type WaitingStaff,
} from '../../logic/roster-answers.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx';
import { List, Row } from '../../ui/list.tsx';
import { PrintAlone } from '../../ui/print-alone.tsx';
import { usePrinting } from '../handoffs/print-sheet.ts';
import '../papers/papers.css';

/** As many as the server makes at once. */
const most = 100;

export function StartSheets() {
  const session = useSession();
  const [waiting, setWaiting] = useState<readonly WaitingStaff[]>();
  const [sheets, setSheets] = useState<readonly StartSheet[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const load = useCallback(async () => {
    const answer = waitingFrom(await session.ask('/api/roster/waiting'));
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setWaiting(answer.value.waiting);
  }, [session]);
  useEffect(() => void load(), [load]);
  const make = async (staff: readonly string[]) => {
    setBusy(true);
    const body = { staff: staff.slice(0, most) };
    const answer = sheetsFrom(await session.ask('/api/roster/passwords', { body }));
    setBusy(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setSheets(answer.value.sheets);
    if (answer.ok) await load();
  };
  if (!waiting) return <ProblemNotice problem={problem} />;
  const fresh = waiting.filter(({ isIssued }) => !isIssued).map(({ id }) => id);
  return (
    <>
      <p>
        {waiting.length === 0
          ? 'まだ一度も入っていない職員はいません。'
          : `まだ一度も入っていない職員が${waiting.length}人います。はじめのパスワードの紙を渡してください。`}
      </p>
      <ProblemNotice problem={problem} />
      {fresh.length > 0 && (
        <Button kind="primary" busy={busy} onPress={() => make(fresh)}>
          {Math.min(fresh.length, most)}人分の紙をつくる
        </Button>
      )}
      {sheets.length > 0 && <Made sheets={sheets} onDone={() => setSheets([])} />}
      <List label="まだ入っていない職員">
        {waiting.map((one) => (
          <WaitingRow key={one.id} one={one} busy={busy} onMake={() => make([one.id])} />
        ))}
      </List>
    </>
  );
}

interface WaitingRowProps {
  readonly one: WaitingStaff;
  readonly busy: boolean;
  readonly onMake: () => Promise<void>;
}

function WaitingRow({ one, busy, onMake }: WaitingRowProps) {
  return (
    <Row
      title={one.name}
      sub={`${one.siteName}${one.validFrom ? `　${formatWareki(one.validFrom)}から` : ''}`}
      tags={<Tag tone="plain">{one.isIssued ? '紙をつくった' : '紙がまだ'}</Tag>}
      aside={
        one.isIssued && (
          <Button
            kind="plain"
            size="small"
            busy={busy}
            label={`${one.name}の紙をつくりなおす`}
            onPress={onMake}
          >
            つくりなおす
          </Button>
        )
      }
    />
  );
}

interface MadeProps {
  readonly sheets: readonly StartSheet[];
  readonly onDone: () => void;
}

function Made({ sheets, onDone }: MadeProps) {
  const today = useTablet().today();
  const about = { kind: 'staff', sheet: 'startPassword', count: sheets.length };
  const { isPrinting, print } = usePrinting(about);
  return (
    <Notice tone="warning" title="このパスワードが見られるのは、いまだけです。">
      <p>
        印刷して、本人に手渡してください。30日のうちに一度だけ使えます。なくしたときは、つくりなおすと前の紙は使えなくなります。
      </p>
      <dl class="start-list">
        {sheets.map((one) => (
          <div key={one.id}>
            <dt>{one.name}</dt>
            <dd>
              <code>{one.password}</code>
            </dd>
          </div>
        ))}
      </dl>
      <div class="buttons">
        <Button kind="primary" busy={isPrinting} onPress={print}>
          印刷する
        </Button>
        <Button onPress={onDone}>渡しました（表示を消す）</Button>
      </div>
      {isPrinting && (
        <PrintAlone>
          {sheets.map((one) => (
            <StartPaper key={one.id} sheet={one} today={today} />
          ))}
        </PrintAlone>
      )}
    </Notice>
  );
}

interface StartPaperProps {
  readonly sheet: StartSheet;
  readonly today: string;
}

function StartPaper({ sheet, today }: StartPaperProps) {
  return (
    <article class="paper start-paper">
      <h1>はじめのパスワード</h1>
      <p class="paper-to">{sheet.name} 様</p>
      <dl class="paper-lines">
        <div>
          <dt>窓口</dt>
          <dd>{sheet.siteName}</dd>
        </div>
        <div>
          <dt>使える日</dt>
          <dd>
            {formatWareki(sheet.validFrom ?? today)}から{formatWareki(addDays(today, 30))}まで
          </dd>
        </div>
      </dl>
      <p class="paper-big start-password">{sheet.password}</p>
      <p>
        窓口の端末のロック画面で、ご自分の名前を押し、このパスワードを入れてください。つづけて、ご自分の新しいパスワード（15文字以上）と、端末の暗証番号を決めます。
      </p>
      <p>このパスワードは一度だけ使えます。使いおわったら、この紙は細かく切って捨ててください。</p>
    </article>
  );
}
