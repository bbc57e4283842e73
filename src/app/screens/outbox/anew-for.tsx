/** What was written, as a new consultation: of the same person, or of the one who is chosen first. */
import { useMemo, useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import type { DeadEnd } from '../../logic/outbox-view.ts';
import { anewFrom, asksWhom } from '../../logic/outlook.ts';
import { useSession } from '../../state/context.ts';
import { NewConsultation } from './new-consultation.tsx';
import type { RepairProps } from './repair.tsx';
import { WhoseTalk } from './whose-talk.tsx';

interface AnewForProps extends RepairProps {
  /** What it was to correct. */
  readonly record: Rec | undefined;
  readonly deadEnd: DeadEnd;
}

export function AnewFor({ record, deadEnd, ...props }: AnewForProps) {
  const session = useSession();
  const [whom, setWhom] = useState<string>();
  const asks = useMemo(() => asksWhom(session, props.item, record, deadEnd), []);
  const item = whom === undefined ? props.item : forWhom(props.item, whom);
  // As it is when it is opened: saved, the entry is not there any more.
  const anew = useMemo(() => anewFrom(session, item, record, deadEnd), [whom]);
  if (asks && whom === undefined)
    return <WhoseTalk without={asks.not} onChoose={setWhom} onClose={props.onClose} />;
  return anew ? <NewConsultation {...props} item={item} anew={anew} /> : null;
}

const forWhom = (item: RepairProps['item'], seeker: string): RepairProps['item'] => ({
  ...item,
  args: { ...item.args, seeker },
});
