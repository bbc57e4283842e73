/** Who had read a record before it was voided or moved: the server's audit knows, so this needs a connection. */
import { useEffect, useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import { readersFrom, readersSince, type Reader } from '../../logic/readers.ts';
import { namesOf } from '../../logic/names-of.ts';
import { uuidTime } from '../../logic/uuid-time.ts';
import { useSession } from '../../state/context.ts';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import '../counts/table.css';

interface Answer {
  readonly readers: readonly Reader[] | undefined;
  readonly problem: Problem | undefined;
}

interface ReadersProps {
  readonly record: Rec;
  /** Her file at this organisation: a record is read where it was opened, in the file of its person. */
  readonly seeker: string;
}

function useReaders({ record, seeker }: ReadersProps): Answer | undefined {
  const session = useSession();
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    const ask = (kind: string, id: string) =>
      session.ask(`/api/readers?${new URLSearchParams({ kind, id })}`);
    const asked = [ask(record.kind, record.id), ask('seeker', seeker)];
    void Promise.all(asked).then((results) => setAnswer(together(results, record)));
  }, [record.id, seeker]);
  return answer;
}

function together(results: readonly Result<unknown>[], record: Rec): Answer {
  const refused = results.find((result) => !result.ok);
  if (refused && !refused.ok) return { readers: undefined, problem: refused.problem };
  const found = results.flatMap((result) => (result.ok ? readersFrom(result.value) : []));
  return { readers: readersSince(found, uuidTime(record.id)), problem: undefined };
}

export function Readers(props: ReadersProps) {
  const answer = useReaders(props);
  return (
    <div class="readers">
      <Notice tone="good" title="この端末に保存しました。" />
      <h3>この記録のあとで、この方の台帳を開いた人</h3>
      {!answer && <p class="quiet">サーバーに確かめています。</p>}
      {answer?.problem && (
        <>
          <p>だれが読んでいたかは、つながったときに確かめられます。</p>
          <ProblemNotice problem={answer.problem} />
        </>
      )}
      {answer?.readers && (
        <>
          <ReaderTable readers={answer.readers} />
          <p class="quiet">相手の組織が、自分の台帳から見た分は、ここには出ません。</p>
        </>
      )}
    </div>
  );
}

export function ReaderTable({ readers }: { readonly readers: readonly Reader[] }) {
  const { get } = useSession();
  const nameOf = namesOf(get);
  const orgOf = (user: string) =>
    nameOf('organisation', partOf(get('staff', user), 'facts')['org']);
  if (readers.length === 0) return <p>開いた人は、いまのところ記録されていません。</p>;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">職員</th>
          <th scope="col">組織</th>
          <th scope="col">したこと</th>
          <th scope="col">とき</th>
        </tr>
      </thead>
      <tbody>
        {readers.map((reader) => (
          <tr key={`${reader.user}-${reader.at}`}>
            <th scope="row">{nameOf('staff', reader.user) || '（職員）'}</th>
            <td>{orgOf(reader.user)}</td>
            <td>{reader.did}</td>
            <td>
              <TimeText at={reader.at} withDate />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
