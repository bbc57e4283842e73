/** One referral on the board: the person, the employer, the state in words, days since the issue. */
import { stateOf } from '../../../domain/kind.ts';
import { referral } from '../../../domain/kinds/referral.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { dayWords } from '../../logic/days.ts';
import { columnOf, type BoardRow } from '../../logic/referral-steps.ts';
import { useSession } from '../../state/context.ts';
import { Row } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';

const longWait = 7;

interface ReferralRowProps {
  readonly row: BoardRow;
  readonly isSelected: boolean;
  readonly onPress: () => void;
}

export function ReferralRow({ row: { record, days }, isSelected, onPress }: ReferralRowProps) {
  const state = stateOf(record) ?? '';
  const isLong = columnOf(state) === 'waiting' && days > longWait;
  const { employerName, jobTitle, interviewOn } = partOf(record, 'shared');
  const interview = text(interviewOn);
  return (
    <Row
      title={usePersonOf(record)}
      sub={[text(employerName), text(jobTitle), interview && `面接 ${formatDateJa(interview)}`]
        .filter(Boolean)
        .join('　')}
      tags={
        <>
          <Tag tone="accent">{referral.states?.[state]}</Tag>
          {isLong && <Tag tone="warning">採否を確かめる</Tag>}
        </>
      }
      lead={columnOf(state) === 'waiting' ? dayWords(days) : undefined}
      isSelected={isSelected}
      onPress={onPress}
    />
  );
}

/** The person's name where her card is on this tablet. */
export function usePersonOf(record: Rec): string {
  const { get } = useSession();
  const seeker = get('seeker', text(partOf(record, 'shared')['seeker']) ?? '');
  return (seeker && seekerName(seeker)) || '（この端末に氏名がありません）';
}
