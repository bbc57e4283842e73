/** One post's people: whom to move, where, and what the next one must know. Each is a record of its own; what fails stays in the list. */
import { useEffect, useState } from 'preact/hooks';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { problemText, type Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { transferArgs, type PostRow, type TransferPlan } from '../../logic/caseload.ts';
import { personCard } from '../../logic/person.ts';
import { caseloadsFrom } from '../../logic/roster-answers.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { NameWithKana } from '../../ui/text.tsx';

interface CaseloadMoveProps {
  readonly from: string;
  readonly rows: readonly PostRow[];
  readonly onClose: () => void;
}

export function CaseloadMove({ from, rows, onClose }: CaseloadMoveProps) {
  const { people, setPeople, problem } = usePeople(from);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [plan, setPlan] = useState<TransferPlan>(() => emptyPlan(from));
  const [hint, setHint] = useState<string>();
  const [moved, setMoved] = useState(0);
  const { move, busy, failed } = useMove();
  const chosen = (people ?? []).filter(({ id }) => !left.has(id));
  const send = async () => {
    const ids = chosen.map(({ id }) => id);
    const found = wrongWith(plan, ids);
    setHint(found);
    if (found !== undefined) return;
    const done = await move(plan, ids);
    setMoved(moved + done.size);
    setPeople((people ?? []).filter(({ id }) => !done.has(id)));
  };
  return (
    <Sheet title={`担当席「${from}」の引継ぎ`} onClose={onClose}>
      <ProblemNotice problem={problem} />
      <Moved count={moved} />
      {people?.length === 0 && <Empty>この席の方は、もういません。</Empty>}
      {people && people.length > 0 && (
        <div class="caseload-move">
          <Whither from={from} rows={rows} plan={plan} onPlan={setPlan} />
          <ul class="list caseload-list" aria-label={`担当席「${from}」の方`}>
            {people.map((one) => (
              <PersonLine
                key={one.id}
                record={one}
                isChosen={!left.has(one.id)}
                note={plan.notes.get(one.id) ?? ''}
                problem={failed.get(one.id)}
                onChoose={(isChosen) => setLeft(toggled(left, one.id, !isChosen))}
                onNote={(typed) => setPlan(withNote(plan, one.id, typed))}
              />
            ))}
          </ul>
          {hint && (
            <p class="field-problem" role="alert">
              {hint}
            </p>
          )}
          <Button kind="primary" size="large" busy={busy} onPress={send}>
            {busy ? '移しています' : `${chosen.length}人の担当を移す`}
          </Button>
        </div>
      )}
    </Sheet>
  );
}

function Moved({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <Notice tone="good" title={`${count}人の担当を移しました。`}>
      この端末に保存しました。つぎの同期で、新しい担当席の端末に届きます。
    </Notice>
  );
}

interface WhitherProps extends Pick<CaseloadMoveProps, 'from' | 'rows'> {
  readonly plan: TransferPlan;
  readonly onPlan: (plan: TransferPlan) => void;
}

/** Posts that somebody holds; nobody is moved to one that is empty. */
function Whither({ from, rows, plan, onPlan }: WhitherProps) {
  const open = rows.filter(({ post, holders }) => post !== from && holders.length > 0);
  return (
    <>
      <label class="field">
        <span class="label">これからの担当席</span>
        <select
          class="input"
          value={plan.toPost}
          onChange={(event) => onPlan({ ...plan, toPost: event.currentTarget.value })}
        >
          <option value="">えらんでください</option>
          {open.map(({ post, holders }) => (
            <option key={post} value={post}>
              {post}（{holders.join('、')}）
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="label">みんなに付ける申し送り</span>
        <textarea
          class="input"
          rows={2}
          value={plan.note}
          onInput={(event) => onPlan({ ...plan, note: event.currentTarget.value })}
        />
      </label>
    </>
  );
}

function emptyPlan(fromPost: string): TransferPlan {
  return { fromPost, toPost: '', note: '', notes: new Map() };
}

function withNote(plan: TransferPlan, seeker: string, note: string): TransferPlan {
  return { ...plan, notes: new Map([...plan.notes, [seeker, note]]) };
}

function wrongWith(plan: TransferPlan, ids: readonly string[]): string | undefined {
  if (ids.length === 0) return '移す方をえらんでください。';
  return plan.toPost === '' ? 'これからの担当席をえらんでください。' : undefined;
}

function toggled(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const others = [...set].filter((one) => one !== id);
  return new Set(isIn ? [...others, id] : others);
}

interface PersonLineProps {
  readonly record: Rec;
  readonly isChosen: boolean;
  readonly note: string;
  readonly problem: Problem | undefined;
  readonly onChoose: (isChosen: boolean) => void;
  readonly onNote: (note: string) => void;
}

function PersonLine({ record, isChosen, note, problem, onChoose, onNote }: PersonLineProps) {
  const card = personCard(record, useTablet().today());
  return (
    <li class="row-item caseload-person">
      <label class="caseload-choice">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={(event) => onChoose(event.currentTarget.checked)}
        />
        <NameWithKana name={card.name} kana={card.kana} />
      </label>
      {isChosen && (
        <input
          class="input"
          aria-label={`${card.name}さんの申し送り`}
          placeholder="この方の申し送り"
          value={note}
          onInput={(event) => onNote(event.currentTarget.value)}
        />
      )}
      {problem && <p class="field-problem">{problemText(problem, kindLabel).what}</p>}
    </li>
  );
}

/** Asked once: what is here then stays, with or without a line, until the sheet is closed. */
function usePeople(from: string) {
  const session = useSession();
  const [people, setPeople] = useState<readonly Rec[]>();
  const [problem, setProblem] = useState<Problem>();
  useEffect(() => {
    void session.ask(`/api/caseloads?post=${encodeURIComponent(from)}`).then((said) => {
      const answer = caseloadsFrom(said);
      setProblem(answer.ok ? undefined : answer.problem);
      if (answer.ok) setPeople(answer.value.people.map((one) => ({ ...one, kind: 'seeker' })));
    });
  }, [session, from]);
  return { people, setPeople, problem };
}

function useMove() {
  const session = useSession();
  const tablet = useTablet();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ReadonlyMap<string, Problem>>(new Map());
  const move = async (plan: TransferPlan, seekers: readonly string[]) => {
    setBusy(true);
    const problems = new Map<string, Problem>();
    const away = seekers.filter((seeker) => !session.get('seeker', seeker));
    for (const seeker of away) {
      const asked = await session.ask('/api/call-up', { body: { seeker } });
      if (!asked.ok) problems.set(seeker, asked.problem);
    }
    if (away.length > 0) await tablet.syncNow();
    const done = new Set<string>();
    for (const seeker of seekers.filter((one) => !problems.has(one))) {
      const args = transferArgs(plan, seeker, session.newId());
      const written = await session.write('caseTransfer.write', args);
      if (written.ok) done.add(seeker);
      else problems.set(seeker, written.problem);
    }
    setFailed(problems);
    setBusy(false);
    return done;
  };
  return { move, busy, failed };
}
