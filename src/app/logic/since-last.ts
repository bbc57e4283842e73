/**
 * 「前回から」: what happened to a person since this member of staff last recorded something for her. The time is that of
 * her own newest consultation or referral; new records are judged by the time in their ids, changes of state by their day.
 * On the same day a change is rather shown twice than missed.
 */
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';
import type { TimelineItem } from './timeline.ts';
import { uuidTime } from './uuid-time.ts';

export interface SinceLast {
  /** Day of the own last record; undefined when this member never recorded anything for the person. */
  readonly last: string | undefined;
  readonly news: readonly { readonly item: TimelineItem; readonly what: string }[];
}

const written = ['consultation', 'referral'];

export function sinceLast(items: readonly TimelineItem[], user: string): SinceLast {
  const mine = items.filter(
    (item) => written.includes(item.kind) && staffOf(item.record) === user && !item.isVoided,
  );
  const last = mine.reduce<TimelineItem | undefined>(later, undefined);
  if (!last) return { last: undefined, news: [] };
  const since = uuidTime(last.record.id) ?? 0;
  return {
    last: last.date,
    news: items.flatMap((item) => {
      const what = item === last ? undefined : newsOf(item, since, last.date, user);
      return what ? [{ item, what }] : [];
    }),
  };
}

function later(found: TimelineItem | undefined, item: TimelineItem): TimelineItem {
  return found && found.record.id > item.record.id ? found : item;
}

const staffOf = (record: Rec) => text(partOf(record, 'facts')['staff']);

function newsOf(item: TimelineItem, since: number, day: string, user: string): string | undefined {
  if (isNamelessOwn(item)) return changedWords(item, day);
  if ((uuidTime(item.record.id) ?? 0) > since && staffOf(item.record) !== user)
    return `${item.label}が加わりました`;
  return changedWords(item, day);
}

/** Handoffs and consents do not say who of the own desk wrote them: what one has just sent oneself is no news. */
function isNamelessOwn(item: TimelineItem): boolean {
  return item.isOwn && (item.kind === 'handoff' || item.kind === 'consent');
}

function changedWords(item: TimelineItem, day: string): string | undefined {
  return changed(item.record, day)
    ? `${item.label}が「${item.state ?? ''}」になりました`
    : undefined;
}

function changed(record: Rec, day: string): boolean {
  const facts = partOf(record, 'facts');
  const dates = [facts['acceptedOn'], facts['endedOn'], facts['outcomeOn']];
  const isLater = dates.some((date) => (text(date) ?? '') >= day && date !== undefined);
  return isLater && stateOf(record) !== 'voided';
}
