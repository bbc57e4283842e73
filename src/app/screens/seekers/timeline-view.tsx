/**
 * The story of one person, newest first. Private notes stand on grey with a lock and their label; what the other
 * organisation wrote carries its name. Own records, and visits at this counter, can be corrected from here.
 */
import { isAllowed } from '../../../domain/permission.ts';
import { isAtHand, partOf } from '../../../domain/record.ts';
import { stateWords } from '../../logic/handoff-boxes.ts';
import type { TimelineItem, TimelineLine } from '../../logic/timeline.ts';
import { personKinds } from '../../logic/record-kinds.ts';
import { useSession } from '../../state/context.ts';
import { useLeaving } from '../../state/leaving.ts';
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

/** Visits are the counter's, of whichever organisation. */
function useCanCorrect({ kind, record, isOwn, isVoided }: TimelineItem): boolean {
  const { actor } = useSession();
  if (isVoided) return false;
  if (kind !== 'visit') return isOwn && correctable.includes(kind);
  const isHere = isAtHand(actor, partOf(record, 'facts')['site']);
  return isHere && isAllowed('board.write', actor, 'none');
}

/** A handoff that has not left this tablet is not 「送った」. */
function useStateWords({ kind, record, state }: TimelineItem): string | undefined {
  const { actor } = useSession();
  const leavingOf = useLeaving();
  return kind === 'handoff' ? stateWords(record, actor, leavingOf(record)) : state;
}

function Item({
  item,
  onCorrect,
}: {
  item: TimelineItem;
  onCorrect: (item: TimelineItem) => void;
}) {
  const canCorrect = useCanCorrect(item);
  const state = useStateWords(item);
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
          {state && item.kind !== 'consultation' && <Tag>{state}</Tag>}
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
