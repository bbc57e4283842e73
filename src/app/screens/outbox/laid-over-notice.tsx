/** Over the form of a correction: what would be sent, beside what stands in the record now. */
import type { Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { changedRows, type ChangedRow } from '../../logic/laid-beside.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { Notice, Tag } from '../../ui/notice.tsx';

interface LaidOverNoticeProps {
  readonly verb: string;
  readonly record: Rec;
  readonly args: Values;
  readonly seen: Values;
}

export function LaidOverNotice({ record, ...sending }: LaidOverNoticeProps) {
  const session = useSession();
  // Drawn anew as a pull brings what somebody has written meanwhile.
  for (const kind of [record.kind, 'appointment']) void session.all(kind).value;
  const now = session.get(record.kind, record.id) ?? record;
  const rows = changedRows(sending, now, session, refWords(session.get));
  if (rows.length === 0)
    return (
      <Notice tone="accent" title="いまの記録は、この訂正と同じ内容になっています。">
        <p>ほかに直すところがなければ、理由を書いて取り下げてください。</p>
      </Notice>
    );
  return (
    <Notice tone="accent" title={`いまの記録に、次の${rows.length}項目を重ねて送ります。`}>
      <dl class="outbox-changes" aria-label="変えた項目">
        {rows.map((row) => (
          <Changed key={row.label} row={row} />
        ))}
      </dl>
      <p>空にした欄は、空にして送ります。はじめから空の欄は送りません（記録はそのままです）。</p>
      {rows.some(({ isMoved }) => isMoved) && (
        <p>
          書き換えられている項目は、上書きしません。送ると二つの値がどちらも残り、「どちらかに決める」で選べます。
        </p>
      )}
    </Notice>
  );
}

function Changed({ row: { label, now, typed, isMoved } }: { readonly row: ChangedRow }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {now !== undefined && <span>いまの記録：{now}</span>}
        {isMoved && <Tag tone="warning">入力のあとに書き換えられています</Tag>}
        <strong>送る内容：{typed}</strong>
      </dd>
    </div>
  );
}
