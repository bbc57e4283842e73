/** 経緯: who recorded it when, what of it is not sent yet, why it was voided, and (online) who has opened it. */
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { stateOf, type Kind } from '../../../domain/kind.ts';
import type { Problem } from '../../../domain/problem.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { readersFrom, readersSince, type Reader } from '../../logic/readers.ts';
import { happened } from '../../logic/record-history.ts';
import { hasSealed } from '../../logic/record-parts.ts';
import { namesOf } from '../../logic/names-of.ts';
import { uuidTime } from '../../logic/uuid-time.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { ReaderTable } from '../seekers/readers.tsx';

interface RecordHistoryProps {
  readonly kind: Kind;
  readonly record: Rec;
}

export function RecordHistory({ kind, record }: RecordHistoryProps) {
  const session = useSession();
  const reason = text(partOf(record, 'facts')['voidReason']);
  const lines = happened(record, session.outbox.value, namesOf(session.get));
  return (
    <section class="record-shown">
      <h3 class="record-part">経緯</h3>
      <ul class="record-lines">
        {lines.map((line) => (
          <li key={line.key}>
            <span class="record-when">
              <TimeText at={line.at} withDate />
            </span>
            <span>
              {line.what}
              {line.who && <span class="quiet">　{line.who}</span>}
            </span>
            {line.state && <Tag tone={line.isRefused ? 'danger' : 'warning'}>{line.state}</Tag>}
          </li>
        ))}
        {stateOf(record) === 'voided' && (
          <li>
            <strong>取消：{reason ? codeLabel('voidReason', reason) : '理由なし'}</strong>
          </li>
        )}
      </ul>
      {hasSealed(kind) && <WhoOpened record={record} />}
    </section>
  );
}

function WhoOpened({ record }: { readonly record: Rec }) {
  const session = useSession();
  const [readers, setReaders] = useState<readonly Reader[]>();
  const [problem, setProblem] = useState<Problem>();
  const ask = async () => {
    const query = new URLSearchParams({ kind: record.kind, id: record.id });
    const answer = await session.ask(`/api/readers?${query}`);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) setReaders(readersSince(readersFrom(answer.value), uuidTime(record.id)));
  };
  return (
    <>
      {readers ? (
        <ReaderTable readers={readers} />
      ) : (
        <Button kind="plain" size="small" onPress={ask}>
          だれが開いたかを確かめる
        </Button>
      )}
      <ProblemNotice problem={problem} />
    </>
  );
}
