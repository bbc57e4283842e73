/** 「前回から」: what changed since I last recorded something for this person. */
import type { SinceLast } from '../../logic/since-last.ts';
import { Section } from '../../ui/list.tsx';
import { DateText } from '../../ui/text.tsx';

const most = 4;

interface SinceCardProps {
  readonly since: SinceLast;
  /** Nobody has recorded anything: there is no story to read. */
  readonly isNew: boolean;
}

export function SinceCard({ since, isNew }: SinceCardProps) {
  return (
    <Section
      title="前回から"
      aside={
        since.last && (
          <span class="quiet">
            前回 <DateText date={since.last} />
          </span>
        )
      }
    >
      <Changes since={since} isNew={isNew} />
    </Section>
  );
}

function Changes({ since, isNew }: SinceCardProps) {
  if (isNew) return <p class="quiet">この方の記録は、まだありません。</p>;
  if (since.last === undefined)
    return <p class="quiet">あなたの相談・紹介は、まだありません。「経過」をご覧ください。</p>;
  if (since.news.length === 0) return <p class="quiet">新しい記録や、状態の変化はありません。</p>;
  const others = since.news.length - most;
  return (
    <ul class="seeker-news">
      {since.news.slice(0, most).map(({ item, what }) => (
        <li key={item.record.id}>
          <span class="seeker-when">
            <DateText date={item.date} />
          </span>
          <span class="seeker-what">
            {what}
            <span class="quiet">{item.title}</span>
          </span>
        </li>
      ))}
      {others > 0 && <li class="quiet">ほか{others}件は、経過にあります。</li>}
    </ul>
  );
}
