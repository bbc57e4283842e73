/**
 * 職員: for supervisors, with a connection. The yearly list of their own organisation is read here first, so that what would
 * happen is seen before it does; then the server takes the whole at once. Whoever has not signed in yet gets a sheet.
 */
import { useState } from 'preact/hooks';
import { addDays } from '../../../domain/date.ts';
import { planRoster } from '../../../domain/import/roster-plan.ts';
import {
  guessRosterColumns,
  readRoster,
  rosterFields,
  unmappedRoster,
} from '../../../domain/import/roster.ts';
import type { Problem } from '../../../domain/problem.ts';
import { rosterTaken, type RosterTaken } from '../../logic/roster-answers.ts';
import { base64, readTableFile, type TableFile } from '../../logic/table-file.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { BadLines } from '../jobs/bad-lines.tsx';
import { Columns } from '../jobs/columns.tsx';
import '../jobs/jobs.css';
import { RosterFigures } from './roster-figures.tsx';
import { StartSheets } from './start-sheets.tsx';

export function Roster() {
  const [isOpen, setOpen] = useState(false);
  /** The list of who waits is read anew after each import. */
  const [round, setRound] = useState(0);
  const close = () => {
    setOpen(false);
    setRound(round + 1);
  };
  return (
    <Section
      title="職員"
      aside={
        <Button kind="plain" size="small" onPress={() => setOpen(true)}>
          名簿を取りこむ
        </Button>
      }
    >
      <StartSheets key={round} />
      {isOpen && <RosterImport onClose={close} />}
    </Section>
  );
}

function RosterImport({ onClose }: { readonly onClose: () => void }) {
  const [file, setFile] = useState<TableFile>();
  const [problem, setProblem] = useState<Problem>();
  const [done, setDone] = useState<RosterTaken>();
  /** A file put right has the same name and is another file. */
  const [round, setRound] = useState(0);
  const choose = async (chosen: File) => {
    setDone(undefined);
    const read = await readTableFile(chosen);
    setProblem(read.ok ? undefined : read.problem);
    setFile(read.ok ? read.value : undefined);
    setRound(round + 1);
  };
  return (
    <Sheet title="職員の名簿を取りこむ" onClose={onClose}>
      <p>
        自分の組織の職員の名簿（CSV）を選んでください。先に内容を確かめてから、取りこみます。列は、番号・氏名・フリガナ・窓口・役割（相談員か責任者）・担当席・着任日・退任日です。
      </p>
      <FileButton
        label={file ? '別のファイルを選ぶ' : 'ファイルを選ぶ'}
        accept=".csv,.txt,text/csv"
        onFile={(chosen) => void choose(chosen)}
      />
      <ProblemNotice problem={problem} />
      {done ? (
        <Done done={done} onClose={onClose} />
      ) : (
        file && <Preview key={round} file={file} onDone={setDone} onProblem={setProblem} />
      )}
    </Sheet>
  );
}

interface PreviewProps {
  readonly file: TableFile;
  readonly onDone: (done: RosterTaken) => void;
  readonly onProblem: (problem: Problem | undefined) => void;
}

function Preview({ file, onDone, onProblem }: PreviewProps) {
  const session = useSession();
  const tablet = useTablet();
  const today = tablet.today();
  const [map, setMap] = useState(() => guessRosterColumns(file.table.columns));
  const [isWhole, setWhole] = useState(false);
  const [lastDay, setLastDay] = useState(today);
  const [busy, setBusy] = useState(false);
  const lacking = unmappedRoster(map);
  const ground = {
    org: session.actor.org,
    user: session.actor.user,
    sites: session.all('site').value,
    staff: session.all('staff').value,
    today,
  };
  const endsOn = isWhole && lastDay !== '' ? lastDay : undefined;
  const read = readRoster(file.table, map, ground);
  const plan = planRoster(read, map, endsOn, ground);
  const send = async () => {
    setBusy(true);
    onProblem(undefined);
    const ending = plan.ending.map(({ id }) => id);
    const ends = endsOn === undefined ? {} : { endsOn, ending };
    const body = { file: base64(file.bytes), map, ...ends };
    const answer = rosterTaken(await session.ask('/api/roster/import', { body }));
    // What has changed is wanted here at once: whose case goes where is asked next, or who else would end.
    await tablet.syncNow();
    setBusy(false);
    if (answer.ok) onDone(answer.value);
    else onProblem(answer.problem);
  };
  return (
    <>
      <Columns fields={rosterFields} columns={file.table.columns} map={map} onChange={setMap} />
      {lacking.length > 0 ? (
        <Notice tone="warning" title={`列が決まっていません：${lacking.join('、')}`}>
          上の表で、ファイルのどの列かを選んでください。
        </Notice>
      ) : (
        <>
          <BadLines lines={read.bad} />
          <Ending
            isWhole={isWhole}
            lastDay={lastDay}
            earliest={addDays(today, -31)}
            latest={addDays(today, 366)}
            isHeldBack={isWhole && read.unread > 0}
            onWhole={setWhole}
            onLastDay={setLastDay}
          />
          <RosterFigures plan={plan} bad={read.bad.length} />
          <Button kind="primary" size="large" busy={busy} onPress={send}>
            {busy ? 'サーバーが取りこんでいます' : `${read.rows.length}人の名簿を取りこむ`}
          </Button>
        </>
      )}
    </>
  );
}

interface EndingProps {
  readonly isWhole: boolean;
  readonly lastDay: string;
  readonly earliest: string;
  readonly latest: string;
  readonly isHeldBack: boolean;
  readonly onWhole: (isWhole: boolean) => void;
  readonly onLastDay: (day: string) => void;
}

function Ending(props: EndingProps) {
  return (
    <>
      <label class="chip">
        <input
          type="checkbox"
          checked={props.isWhole}
          onChange={(event) => props.onWhole(event.currentTarget.checked)}
        />
        <span>名簿にない職員は、退任にする（名簿に出てくる窓口だけ）</span>
      </label>
      {props.isWhole && (
        <label class="field">
          <span class="label">その方々の退任日（この日まで使えます）</span>
          <input
            class="input"
            type="date"
            value={props.lastDay}
            min={props.earliest}
            max={props.latest}
            onInput={(event) => props.onLastDay(event.currentTarget.value)}
          />
        </label>
      )}
      {props.isHeldBack && (
        <Notice tone="warning" title="読めない行があるうちは、だれも退任になりません。">
          その行の方かもしれないためです。ファイルを直して、もう一度選んでください。
        </Notice>
      )}
    </>
  );
}

function Done({ done, onClose }: { readonly done: RosterTaken; readonly onClose: () => void }) {
  return (
    <>
      <Notice tone="good" title="取りこみました。">
        新しい職員{done.fresh}人、変わった職員{done.changed}人、復職{done.back}人、退任{done.ended}
        人。同じ内容は{done.same}
        人です。ロック画面の名前は、端末ごとに、つぎにだれかが画面をひらいたときか翌日に変わります。
      </Notice>
      <BadLines lines={done.bad} />
      <p>新しい方のはじめのパスワードの紙は、「職員」の欄でつくります。</p>
      <Button kind="primary" onPress={onClose}>
        とじる
      </Button>
    </>
  );
}
