/** 取り下げた記録, and those that others put right: her own of the last weeks, folded; when, what, about whom and why, as far as this tablet may still tell. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { WithdrawnItem } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import { wentInWords, withdrawnWords } from '../../logic/outbox-words.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { List } from '../../ui/list.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Counted, TimeText } from '../../ui/text.tsx';

export function Withdrawn() {
  const { items, problem } = useWithdrawn();
  if (problem) return <ProblemNotice problem={problem} />;
  const putRight = items.filter(({ isPutRight }) => isPutRight);
  const withdrawn = items.filter(({ isPutRight }) => !isPutRight);
  return (
    <>
      <Fold title="引き取られた記録" items={putRight}>
        <p>31日のあいだ、ここに残ります。もう一度入れる必要はありません。</p>
      </Fold>
      <Fold title="取り下げた記録" items={withdrawn}>
        <p>
          31日のあいだ、ここに残ります。理由は、取り下げた人だけが見られます。サーバーには、入力した中身と理由が残っています。
        </p>
      </Fold>
    </>
  );
}

interface FoldProps {
  readonly title: string;
  readonly items: readonly WithdrawnItem[];
  readonly children: ComponentChildren;
}

function Fold({ title, items, children }: FoldProps) {
  if (items.length === 0) return null;
  return (
    <details class="outbox-withdrawn">
      <summary>
        {title} <Counted n={items.length} unit="件" />
        {wentInWords(items)}
      </summary>
      {children}
      <List label={title}>
        {items.map((item) => (
          <WithdrawnLine key={item.id} item={item} />
        ))}
      </List>
    </details>
  );
}

interface Found {
  readonly items: readonly WithdrawnItem[];
  readonly problem?: Problem;
}

/** Read anew whenever the own entries have changed, or the server may have said more of those withdrawn. */
function useWithdrawn(): Found {
  const session = useSession();
  const [found, setFound] = useState<Found>({ items: [] });
  const entries = session.outbox.value;
  const asOf = session.asOf.value;
  useEffect(() => {
    let isLate = false;
    const read = async () => {
      const answer = await session.withdrawn();
      if (isLate) return;
      if (answer.ok) setFound({ items: answer.value });
      else if (answer.problem.code !== 'locked') setFound({ items: [], problem: answer.problem });
    };
    void read();
    return () => {
      isLate = true;
    };
  }, [session, entries, asOf]);
  return found;
}

function WithdrawnLine({ item }: { readonly item: WithdrawnItem }) {
  const session = useSession();
  const visit = item.records.find(({ kind }) => kind === 'visit');
  const record = visit && session.get('visit', visit.id);
  const about = [item.personName, record && visitWords(record)].filter(Boolean).join('　');
  const { why, state } = withdrawnWords(item);
  return (
    <li class="row-item">
      <div class="row outbox-refused">
        <span class="row-main">
          <span class="row-title">{item.title}</span>
          <span class="row-sub">
            <TimeText at={item.occurredAt} withDate />　
            {about || (item.isPutRight ? '' : '（人の指定なし）')}
          </span>
        </span>
        <Tag>{state}</Tag>
        <p class="outbox-why">
          {why}
          {item.withdrawnAt !== undefined && (
            <span class="quiet">
              <TimeText at={item.withdrawnAt} withDate /> に取り下げました。
            </span>
          )}
        </p>
      </div>
    </li>
  );
}
