/**
 * 担当の引継ぎ: the people of one post go to another, with a note for all and for each. The list is the server's, for files lie on
 * few tablets; once it is here, what is written needs no connection. Who is not on this tablet is called up first.
 */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { postRows, type PostRow } from '../../logic/caseload.ts';
import { caseloadsFrom, type Caseloads } from '../../logic/roster-answers.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Row, Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx';
import { CaseloadMove } from './caseload-move.tsx';

export function Caseload() {
  const session = useSession();
  const today = useTablet().today();
  const [answer, setAnswer] = useState<Caseloads>();
  const [problem, setProblem] = useState<Problem>();
  const [chosen, setChosen] = useState<string>();
  const load = useCallback(async () => {
    const loaded = caseloadsFrom(await session.ask('/api/caseloads'));
    setProblem(loaded.ok ? undefined : loaded.problem);
    if (loaded.ok) setAnswer(loaded.value);
  }, [session]);
  useEffect(() => void load(), [load]);
  const rows = postRows(session.all('staff').value, answer?.posts, session.actor, today);
  const orphans = rows.filter(({ isOrphaned, people }) => isOrphaned && (people ?? 0) > 0);
  const near = rows.filter(({ isOrphaned, isHere }) => isOrphaned || isHere);
  const far = rows.filter((row) => !near.includes(row));
  const close = () => {
    setChosen(undefined);
    void load();
  };
  return (
    <Section
      title="担当の引継ぎ"
      aside={
        <Button kind="plain" size="small" onPress={load}>
          読みなおす
        </Button>
      }
    >
      <p>担当席を押すと、その席の方を、ほかの席に移せます。申し送りも書けます。</p>
      <ProblemNotice problem={problem} />
      {orphans.length > 0 && (
        <Notice
          tone="warning"
          title={`担当する職員のいない席に、${orphans.reduce((sum, { people }) => sum + (people ?? 0), 0)}人います。`}
        >
          下の表の上に出ています。ほかの席に移してください。
        </Notice>
      )}
      {rows.length === 0 && <Empty>担当席はありません。</Empty>}
      <Posts label="担当席" rows={near} onChoose={setChosen} />
      {far.length > 0 && (
        <details>
          <summary>同じ組織の、ほかの窓口の席（{far.length}）</summary>
          <Posts label="ほかの窓口の担当席" rows={far} onChoose={setChosen} />
        </details>
      )}
      {chosen !== undefined && <CaseloadMove from={chosen} rows={rows} onClose={close} />}
    </Section>
  );
}

interface PostsProps {
  readonly label: string;
  readonly rows: readonly PostRow[];
  readonly onChoose: (post: string) => void;
}

function Posts({ label, rows, onChoose }: PostsProps) {
  return (
    <List label={label}>
      {rows.map((row) => (
        <PostLine key={row.post} row={row} onPress={() => onChoose(row.post)} />
      ))}
    </List>
  );
}

function PostLine({ row, onPress }: { readonly row: PostRow; readonly onPress: () => void }) {
  return (
    <Row
      title={row.post}
      sub={row.holders.join('、') || '担当する職員がいません'}
      tags={row.isOrphaned && <Tag tone="danger">担当者なし</Tag>}
      aside={row.people === undefined ? '人数は通信できるときに出ます' : `${row.people}人`}
      onPress={onPress}
    />
  );
}
