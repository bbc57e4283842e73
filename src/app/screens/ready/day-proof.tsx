/**
 * きょうの照合: what was entered on this tablet, what the server says it received, and whether the two are the same. 「一致」
 * is said from the server's own answer; receipts alone are said as receipts. Titles of what is missing are for its author:
 * on the lock screen, and for others, a line says whose it is and when.
 */
import { useState } from 'preact/hooks';
import type { DayReport, ReportedEntry } from '../../../device/types.ts';
import { addDays } from '../../../domain/date.ts';
import { proofCode } from '../../../sync/proof.ts';
import { useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { List } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Counted, DateText, TimeText } from '../../ui/text.tsx';
import { tallyWords, unsettledWords } from '../../words/tally.ts';
import { Said, useSending } from '../outbox/sending.tsx';
import { useAgainWhenSynced } from './use-again.ts';
import { useAsked } from './use-asked.ts';
import './ready.css';

const mostDays = 6;

export function DayProof() {
  const tablet = useTablet();
  const today = tablet.today();
  const [back, setBack] = useState(0);
  const day = addDays(today, -back);
  const asked = useAsked(() => tablet.dayReport(day), day);
  const { send, said } = useSending();
  useAgainWhenSynced(asked.again);
  const sendAndAsk = async () => {
    await send();
    await asked.again();
  };
  return (
    <div class="proof">
      <div class="proof-day">
        <Button size="small" onPress={() => setBack(Math.min(mostDays, back + 1))}>
          前の日
        </Button>
        <strong>
          {back === 0 && 'きょう '}
          <DateText date={day} />
        </strong>
        {back > 0 && (
          <Button size="small" onPress={() => setBack(back - 1)}>
            次の日
          </Button>
        )}
      </div>
      <ProblemNotice problem={asked.problem} />
      {asked.answer ? (
        <Report report={asked.answer} />
      ) : (
        !asked.problem && <p role="status">サーバーに確かめています。</p>
      )}
      <p class="ready-again">
        {asked.answer?.server && (
          <span class="quiet">
            <TimeText at={asked.answer.server.at} />
            に確かめました。
          </span>
        )}
        <Button kind="primary" busy={asked.busy} onPress={sendAndAsk}>
          送って、もう一度確かめる
        </Button>
      </p>
      <Said words={said} />
    </div>
  );
}

function Report({ report }: { readonly report: DayReport }) {
  return (
    <>
      <Figures report={report} />
      <Answer report={report} />
      <Missing report={report} />
      {report.extra > 0 && (
        <Notice
          tone="warning"
          title={`この端末にない記録が、サーバーに${report.extra}件あります。`}
        >
          <p>
            端末が写されたか、保存場所が消えたおそれがあります。記録はサーバーに残っています。責任者に知らせてください。
          </p>
        </Notice>
      )}
      <Care report={report} />
    </>
  );
}

function Figures({ report }: { readonly report: DayReport }) {
  const { count, hash, server, withdrawn } = report;
  return (
    <dl class="proof-figures">
      <div>
        <dt>この端末で入力した記録</dt>
        <dd>
          <Counted n={count} unit="件" />
        </dd>
      </div>
      <div>
        <dt>サーバーが受け取った記録</dt>
        <dd>{server ? <Counted n={server.count} unit="件" /> : '確かめられません'}</dd>
      </div>
      {withdrawn > 0 && <WithdrawnCount n={withdrawn} />}
      <div>
        <dt>
          照合番号 <span class="quiet">サーバーの番号と同じなら、中身も同じです</span>
        </dt>
        <dd>
          <span class="proof-code">{proofCode(hash)}</span>
          {server && <ServerCode hash={server.hash} isSame={server.hash === hash} />}
        </dd>
      </div>
    </dl>
  );
}

/** Said where it is the same, too: else nobody knows what was compared. */
function ServerCode({ hash, isSame }: { readonly hash: string; readonly isSame: boolean }) {
  return (
    <span class={isSame ? 'proof-same' : 'proof-other'}>
      {isSame ? 'サーバーの番号も同じです' : `サーバーの番号は ${proofCode(hash)}`}
    </span>
  );
}

function Answer({
  report: { count, server, receipted, isMatched },
}: {
  readonly report: DayReport;
}) {
  return (
    <p class={`ready-answer ready-${isMatched ? 'good' : 'care'}`} role="status">
      <strong>
        {isMatched ? '一致しました' : server ? '一致しません' : 'まだ確かめられません'}
      </strong>
      {isMatched && (
        <span>
          {count === 0
            ? 'この日、この端末で入力した記録はありません。'
            : 'この日の記録は、すべてサーバーに届いています。'}
        </span>
      )}
      {!server && (
        <span>
          サーバーにつながりません。これまでの受取証は{receipted}
          件分です。つながると、自動でもう一度確かめます。
        </span>
      )}
    </p>
  );
}

/** Whose and why is for their authors, behind the lock. */
function WithdrawnCount({ n }: { readonly n: number }) {
  const isOpen = useTablet().session.value !== undefined;
  return (
    <div>
      <dt>
        うち取り下げ{' '}
        <span class="quiet">
          届いています。取り下げた内容は、記録に入りません。
          {isOpen && 'あなたの分は「未送信・要確認」の「取り下げた記録」にあります。'}
        </span>
      </dt>
      <dd>
        <Counted n={n} unit="件" />
      </dd>
    </div>
  );
}

function Missing({ report: { missing, server } }: { readonly report: DayReport }) {
  if (missing.length === 0) return null;
  const what = server ? 'まだ届いていない記録' : '受取証のない記録';
  return (
    <section class="section" aria-label={what}>
      <header class="section-head">
        <h2>{what}</h2>
        <Counted n={missing.length} unit="件" />
      </header>
      <p>この端末に保存してあります。消えていません。</p>
      <List label={what}>
        {missing.map((entry) => (
          <MissingRow key={entry.id} entry={entry} />
        ))}
      </List>
    </section>
  );
}

function MissingRow({ entry }: { readonly entry: ReportedEntry }) {
  const { enrolment, session } = useTablet();
  const mine = session.value?.actor.user === entry.staff || entry.staff === '';
  const name = enrolment.value?.staff.find(({ id }) => id === entry.staff)?.name;
  const about = session.value?.outbox.value.find(({ id }) => id === entry.id)?.personName;
  const whose = entry.staff === '' ? '受付（ロック画面）' : `${name ?? 'ほかの職員'}さんの記録`;
  return (
    <li class="row-item">
      <div class="row">
        <span class="row-lead">
          <TimeText at={entry.occurredAt} />
        </span>
        <span class="row-main">
          <span class="row-title">{mine ? entry.title : whose}</span>
          {mine && <span class="row-sub">{[about, whose].filter(Boolean).join('　')}</span>}
        </span>
      </div>
    </li>
  );
}

function Care({ report: { care, waits } }: { readonly report: DayReport }) {
  const isOpen = useTablet().session.value !== undefined;
  if (care === 0) return null;
  const tally = { care: care - waits, waits, unsent: 0 };
  return (
    <Notice tone="warning" title={`この日に、この端末で入力した記録：${tallyWords(tally)}`}>
      <p>{unsettledWords(tally)}</p>
      {isOpen ? (
        <Button onPress={() => go('outbox')}>未送信・要確認をひらく</Button>
      ) : (
        tally.care > 0 && <p>書いた職員が画面をひらき、「未送信・要確認」で直してください。</p>
      )}
    </Notice>
  );
}
