/** One record in a list: day, what it is, whose and where, and its state. */
import { stateOf, type Kind } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { namesOf } from '../../logic/names-of.ts';
import { groupOf, isRegister } from '../../logic/record-kinds.ts';
import { dateOf, personWords } from '../../logic/record-list.ts';
import { useSession } from '../../state/context.ts';
import { Row } from '../../ui/list.tsx';
import { LaterTag } from '../../ui/later-tag.tsx';
import { Tag } from '../../ui/notice.tsx';
import { DateText } from '../../ui/text.tsx';

interface RecordRowProps {
  readonly kind: Kind;
  readonly record: Rec;
  readonly isSelected?: boolean | undefined;
  readonly onPress: () => void;
}

export function RecordRow({ kind, record, isSelected, onPress }: RecordRowProps) {
  const session = useSession();
  const { site } = partOf(record, 'facts');
  const state = kind.states?.[stateOf(record) ?? ''];
  const group = groupOf(kind, record);
  const isListed = isRegister(kind);
  const place = isListed || site === undefined ? '' : namesOf(session.get)('site', site);
  return (
    <Row
      lead={isListed ? undefined : <DateText date={dateOf(kind, record)} />}
      title={kind.summary(record) || kind.label}
      sub={[personWords(record, session), place].filter(Boolean).join('　') || undefined}
      tags={
        <>
          <LaterTag record={record} />
          {state && !(isListed && group === 'open') && (
            <Tag tone={group === 'open' ? 'accent' : 'plain'}>{state}</Tag>
          )}
        </>
      }
      tone={group === 'open' ? 'plain' : 'faded'}
      isSelected={isSelected}
      onPress={onPress}
    />
  );
}
