/**
 * 一覧を取りこむ, for supervisors: a file is read here first, so that what would happen is seen before it does: which column
 * is which, what is new, changed, over or gone, and every line that cannot be read with its reason. Then the server takes
 * the whole at once.
 */
import { useState } from 'preact/hooks';
import {
  guessFeedColumns,
  planFeed,
  readFeed,
  unmappedFeed,
} from '../../../domain/import/job-feed.ts';
import type { ColumnMap } from '../../../domain/import/sheet.ts';
import { feedFields } from '../../../domain/kinds/job-posting.ts';
import type { Problem } from '../../../domain/problem.ts';
import { importedFrom, type Imported } from '../../logic/job-imported.ts';
import { base64, readTableFile, type TableFile } from '../../logic/table-file.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BadLines } from './bad-lines.tsx';
import { Columns } from './columns.tsx';

export function JobImport({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<TableFile>();
  const [chosenCount, setChosenCount] = useState(0);
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<Imported>();
  const choose = async (chosen: File) => {
    setDone(undefined);
    const read = await readTableFile(chosen);
    setProblem(read.ok ? undefined : read.problem);
    setFile(read.ok ? read.value : undefined);
    // A corrected file often has the name of the one before, and other columns.
    setChosenCount((count) => count + 1);
  };
  return (
    <Sheet title="求人の一覧を取りこむ" onClose={onClose}>
      {!done && (
        <p>
          ハローワークから受けとった求人のファイル（CSV）を選んでください。先に内容を確かめてから、取りこみます。
        </p>
      )}
      <FileButton
        label={file ? '別のファイルを選ぶ' : 'ファイルを選ぶ'}
        accept=".csv,.txt,text/csv"
        onFile={(chosen) => void choose(chosen)}
      />
      <ProblemNotice problem={problem} />
      {done ? (
        <Done done={done} onClose={onClose} />
      ) : (
        file && <Preview key={chosenCount} file={file} onDone={setDone} onProblem={setProblem} />
      )}
    </Sheet>
  );
}

interface PreviewProps {
  readonly file: TableFile;
  readonly onDone: (done: Imported) => void;
  readonly onProblem: (problem: Problem | undefined) => void;
}

function Preview({ file, onDone, onProblem }: PreviewProps) {
  const session = useSession();
  const today = useTablet().today();
  const [map, setMap] = useState<ColumnMap>(() => guessFeedColumns(file.table.columns));
  const [whole, setWhole] = useState(true);
  const [busy, setBusy] = useState(false);
  const lacking = unmappedFeed(map);
  const read = readFeed(file.table, map);
  const plan = planFeed(read.rows, session.all('jobPosting').value, today, whole);
  const send = async () => {
    setBusy(true);
    onProblem(undefined);
    const body = { file: base64(file.bytes), map, whole };
    const answer = importedFrom(await session.ask('/api/jobs/import', { body }));
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else onProblem(answer.problem);
  };
  return (
    <>
      <Columns fields={feedFields} columns={file.table.columns} map={map} onChange={setMap} />
      {lacking.length > 0 ? (
        <Notice tone="warning" title={`列が決まっていません：${lacking.join('、')}`}>
          上の表で、ファイルのどの列かを選んでください。
        </Notice>
      ) : (
        <>
          <dl class="job-plan">
            <Figure label="新しい求人" value={plan.fresh} />
            <Figure label="内容が変わる求人" value={plan.changed} />
            <Figure label="同じ求人" value={plan.same} />
            <Figure label="期限が過ぎていて取りこまない求人" value={plan.over} />
            <Figure label="一覧になく、終わりにする求人" value={plan.gone.length} />
            <Figure label="読めない行" value={read.bad.length} />
          </dl>
          <label class="chip">
            <input
              type="checkbox"
              checked={whole}
              onChange={(event) => setWhole(event.currentTarget.checked)}
            />
            <span>このファイルにない、前に取りこんだ求人は、終わりにする</span>
          </label>
          <BadLines lines={read.bad} />
          <Button kind="primary" size="large" busy={busy} onPress={send}>
            {busy ? 'サーバーが取りこんでいます' : `${read.rows.length}件を取りこむ`}
          </Button>
        </>
      )}
    </>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: number }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd class="number">{value.toLocaleString('ja-JP')}件</dd>
    </div>
  );
}

function Done({ done, onClose }: { readonly done: Imported; readonly onClose: () => void }) {
  return (
    <>
      <Notice tone="good" title="取りこみました。">
        新しい求人{done.fresh}件、変わった求人{done.changed}件、終わりにした求人{done.ended}
        件。つぎの同期で、窓口のすべての端末に届きます。
      </Notice>
      <BadLines lines={done.bad} isDone />
      <Button kind="primary" onPress={onClose}>
        とじる
      </Button>
    </>
  );
}
