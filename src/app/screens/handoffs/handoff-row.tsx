/** One handoff in a box: who it is about as far as this desk may know, from or to whom, why, and for how many days. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { dayWords } from '../../logic/days.ts';
import { isGone, isReceiver, stateWords, type BoxRow } from '../../logic/handoff-boxes.ts';
import { namesOf } from '../../logic/names-of.ts';
import { handoffHead, offerPreview } from '../../logic/offer-preview.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { useLeaving, useUnsentStep } from '../../state/leaving.ts';
import { Row } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';

interface HandoffRowProps {
  readonly row: BoxRow;
  readonly isSelected: boolean;
  readonly onPress: () => void;
}

export function HandoffRow({ row, isSelected, onPress }: HandoffRowProps) {
  const { actor, get, carried } = useSession();
  const nameOf = namesOf(get);
  const facts = partOf(row.record, 'facts');
  const isCarried = carried.value.some((one) => one.handoff === row.record.id);
  const isUnsent = useUnsentStep(row.record);
  const head = handoffHead(facts);
  const isIn = isReceiver(row.record, actor);
  const [org, site] = isIn ? [facts['org'], facts['site']] : [facts['toOrg'], facts['toSite']];
  // The desk beside this one needs no address.
  const place = site === actor.site ? '' : `・${nameOf('site', site)}`;
  return (
    <Row
      title={usePersonName(row.record)}
      sub={`${head.reason}　${nameOf('organisation', org)}${place}${isIn ? 'から' : 'へ'}`}
      tags={
        <>
          {row.isUrgent && <Tag tone="danger">急ぎ：{head.urgency}</Tag>}
          <Tag>{stateWords(row.record, actor, useLeaving()(row.record))}</Tag>
          {isCarried && <Tag tone="warning">サーバー未確認</Tag>}
          {isUnsent && <Tag tone="warning">未送信</Tag>}
        </>
      }
      lead={dayWords(row.days)}
      isSelected={isSelected}
      onPress={onPress}
    />
  );
}

/** Own file's name where there is one, else what the offer tells, else the slip. */
export function usePersonName(record: Rec): string {
  const { get } = useSession();
  const today = useTablet().today();
  const ids = [partOf(record, 'sender')['fromSeeker'], partOf(record, 'receiver')['toSeeker']];
  const seeker = ids.flatMap((id) => get('seeker', text(id) ?? '') ?? [])[0];
  if (seeker) return personCard(seeker, today).name;
  const told = offerPreview(partOf(record, 'offer')).name;
  const slip = text(partOf(record, 'facts')['slip']);
  const none = isGone(record) ? '（氏名はこの窓口に残っていません）' : '（名前なし）';
  return told ?? (slip ? `引継ぎ票 ${slip}` : none);
}
