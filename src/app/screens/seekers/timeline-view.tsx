/**
 * The story of one person, newest first. Private notes stand on grey with a lock and their label; what the other
 * organisation wrote carries its name. Own records can be corrected from here.
 */
import type { TimelineItem, TimelineLine } from '../../logic/timeline.ts';
import { personKinds } from '../../logic/record-kinds.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Empty, Section } from '../../ui/list.tsx';
import { LaterTag } from '../../ui/later-tag.tsx';
import { Tag } from '../../ui/notice.tsx';
import { DateText, TimeText } from '../../ui/text.tsx';

interface TimelineProps {
  readonly items: readonly TimelineItem[];
  readonly onCorrect: (item: TimelineItem) => void;
}

export function Timeline({ items, onCorrect }: TimelineProps) {
  return (
    <Section title="経過" aside={<span class="quiet">{items.length}件</span>}>
      {items.length === 0 && <Empty>まだ記録がありません。</Empty>}
      <ol class="timeline">
        {items.map((item) => (
          <Item key={`${item.kind}-${item.record.id}`} item={item} onCorrect={onCorrect} />
        ))}
      </ol>
    </Section>
  );
}

const correctable = ['consultation', 'referral', 'placement', 'registration', 'consent'];

function Item({
  item,
  onCorrect,
}: {
  item: TimelineItem;
  onCorrect: (item: TimelineItem) => void;
}) {
  const canCorrect = item.isOwn && !item.isVoided && correctable.includes(item.kind);
  return (
    <li class={`timeline-item${item.isVoided ? ' is-voided' : ''}`}>
      <div class="timeline-when">
        <DateText date={item.date} />
        <TimeText at={item.at} />
      </div>
      <div class="timeline-what">
        <p class="timeline-head">
          <Tag tone={item.isOwn || item.kind === 'visit' ? 'plain' : 'accent'}>{item.label}</Tag>
          <strong class="timeline-title">{item.title}</strong>
          {item.state && item.kind !== 'consultation' && <Tag>{item.state}</Tag>}
          <LaterTag record={item.record} />
        </p>
        <p class="timeline-by quiet">{[item.who, item.place].filter(Boolean).join('　')}</p>
        {item.isVoided && <p class="timeline-void">取消：{item.voidReason ?? '理由なし'}</p>}
        {item.lines.map((line) => (
          <Line key={line.label} line={line} />
        ))}
      </div>
      {canCorrect && (
        <Button
          kind="plain"
          size="small"
          label={`${item.label} ${item.title}を訂正・取消`}
          onPress={() => onCorrect(item)}
        >
          訂正・取消
        </Button>
      )}
      {personKinds.includes(item.kind) && (
        <Button
          kind="plain"
          size="small"
          label={`${item.label} ${item.title}をひらく`}
          onPress={() => go('records', { kind: item.kind, id: item.record.id })}
        >
          ひらく
        </Button>
      )}
    </li>
  );
}

function Line({ line }: { readonly line: TimelineLine }) {
  if (line.isPrivate)
    return (
      <div class="private-note">
        <p class="private-label">
          <Icon name="lock" />
          {line.label}
        </p>
        <p class="pre">{line.text}</p>
      </div>
    );
  return (
    <p class="timeline-line">
      <span class="timeline-label">{line.label}</span>
      <span class="pre">{line.text}</span>
    </p>
  );
}
