/** 未送信の控えを取り込む, for supervisors with a connection: what arrived, what was there already, what did not and why. */
import { useState } from 'preact/hooks';
import type { ImportedStore, ImportReport } from '../../../device/types.ts';
import { problemText, type Problem } from '../../../domain/problem.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession } from '../../state/context.ts';
import { Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { FileChoice, type Chosen } from '../handover/file-choice.tsx';
import '../handover/handover.css';

export function RescueImport() {
  const session = useSession();
  const [report, setReport] = useState<ImportReport>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const bring = async ({ text }: Chosen) => {
    setBusy(true);
    setReport(undefined);
    const done = await session.importFile(text).finally(() => setBusy(false));
    setProblem(done.ok ? undefined : done.problem);
    if (done.ok) setReport(done.value);
  };
  return (
    <Section title="未送信の控えを取り込む">
      <p>
        こわれた端末やロックした端末から書き出した「未送信の控え」を、サーバーに届けます。同じ控えを何度取り込んでも、二重にはなりません。
      </p>
      <FileChoice
        label="控えのファイルを選ぶ"
        onChoose={(chosen) => void bring(chosen)}
        onProblem={setProblem}
      />
      <div role="status">
        {busy && <p>サーバーに届けています。</p>}
        {report && <Result report={report} />}
      </div>
      <ProblemNotice problem={problem} />
    </Section>
  );
}

function Result({ report }: { readonly report: ImportReport }) {
  const isWhole = report.problems.length === 0 && report.stores.every((one) => !one.problem);
  return (
    <Notice
      tone={isWhole ? 'good' : 'warning'}
      title={isWhole ? 'すべて届きました。' : '届かなかった記録があります。'}
    >
      <ul class="import-result">
        {report.stores.map((one) => (
          <li key={one.store}>
            <StoreLine store={one} />
          </li>
        ))}
        {report.problems.map((one, index) => (
          <li key={index}>読めない部分がありました。{problemText(one, kindLabel).what}</li>
        ))}
      </ul>
      {!isWhole && <p>端末と控えのファイルは、消さずに残してください。</p>}
    </Notice>
  );
}

function StoreLine({ store }: { readonly store: ImportedStore }) {
  const nameOf = namesOf(useSession().get);
  const { actor, arrived, known, missing, refused, problem } = store;
  const who = nameOf('staff', actor);
  return (
    <>
      <strong>{who || '受付（ロック画面）'}</strong>
      ：届いた{arrived}件・すでに届いていた{known}件
      {refused.length > 0 && `・うち要確認${refused.length}件`}
      {missing > 0 && `・届かなかった${missing}件`}
      {problem && `（${whyMissing(problem)}）`}
    </>
  );
}

/** To a supervisor, of somebody else's tablet. */
function whyMissing(problem: Problem): string {
  if (problem.code === 'waitsFor')
    return 'これより前の記録が届いていません。端末がつながるか、前の控えを取り込むと届きます';
  if (problem.code === 'unauthorised') return 'このエリアに登録のない端末です';
  if (problem.code === 'malformed') return '記録が書きかえられているか、壊れています';
  return problemText(problem, kindLabel).what;
}
