/** Over the form of a correction: what was changed, beside what stands in the record now, and what will be sent. */
import type { Values } from '../../../domain/value.ts';
import { changedRows, type ChangedRow } from '../../logic/laid-beside.ts';
import type { LaidOver } from '../../logic/laid-over.ts';
import { refWords } from '../../logic/value-words.ts';
import { useSession } from '../../state/context.ts';
import { Notice, Tag } from '../../ui/notice.tsx';

interface LaidOverNoticeProps {
  readonly over: LaidOver;
  readonly seen: Values | undefined;
  readonly author: string | undefined;
}

export function LaidOverNotice({ over, seen, author }: LaidOverNoticeProps) {
  const session = useSession();
  const rows = changedRows(over, seen, refWords(session.get));
  const who = author === undefined ? 'あなた' : `${author}さん`;
  if (rows.length === 0)
    return (
      <Notice tone="accent" title="いまの記録は、この訂正と同じ内容になっています。">
        <p>ほかに直すところがなければ、理由を書いて取り下げてください。</p>
      </Notice>
    );
  return (
    <Notice
      tone="accent"
      title={`いまの記録に、${who}が変えた${rows.length}項目を重ねて出しています。`}
    >
      <dl class="outbox-changes" aria-label="変えた項目">
        {rows.map((row) => (
          <Changed key={row.label} row={row} />
        ))}
      </dl>
      <p>
        送るのは、いまの記録と違う項目だけです。空にした欄は、空にして送ります。はじめから空の欄は送りません（記録はそのままです）。
      </p>
    </Notice>
  );
}

function Changed({ row: { label, now, typed, isOthers } }: { readonly row: ChangedRow }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {now !== undefined && <span>いまの記録：{now}</span>}
        {isOthers && <Tag tone="warning">入力のあとに書き換えられています</Tag>}
        <strong>送る内容：{typed}</strong>
      </dd>
    </div>
  );
}
