/**
 * 引き継ぐ: to whom, what is told item by item, and beside it exactly what the receiver will see; consent at the bottom.
 * Or without a name: a reason, a message and a slip number that the client carries. A handoff that came back starts here
 * again. The person's file is opened with a logged view before any of it is proposed.
 */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { partOf } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { useSession } from '../../state/context.ts';
import { back, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { useOpenPerson, usePersonRecords, useSeeker } from '../seekers/use-person.ts';
import { NamedHandoff } from './named-handoff.tsx';
import { UnnamedHandoff } from './unnamed-handoff.tsx';
import './handoffs.css';

export function HandoffNew() {
  const { seeker: given, handoff: id } = screen.value.params;
  const session = useSession();
  const handoff = id === undefined ? undefined : session.get('handoff', id);
  const seekerId = given ?? text(partOf(handoff, 'sender')['fromSeeker']);
  const opening = useOpenPerson(seekerId, '引継ぎ');
  const seeker = useSeeker(seekerId);
  if (opening.state === 'failed')
    return (
      <section class="screen">
        <ProblemNotice problem={opening.problem} />
        <Button onPress={opening.retry}>もう一度開く</Button>
      </section>
    );
  if (opening.state === 'opening') return <p class="screen">台帳を開いています。</p>;
  return <Way key={id ?? seekerId ?? ''} seeker={seeker} handoff={handoff} />;
}

interface WayProps {
  readonly seeker: Rec | undefined;
  readonly handoff: Rec | undefined;
}

function Way({ seeker, handoff }: WayProps) {
  const about = usePersonRecords(seeker?.id);
  const [way, setWay] = useState(seeker ? 'named' : 'unnamed');
  const close = () => back('handoffs');
  const choice = seeker && !handoff && (
    <Chips
      label="伝えかた"
      isLabelHidden
      options={[
        { code: 'named', label: '名前を伝えて引き継ぐ（同意をもらう）' },
        { code: 'unnamed', label: '名前を伝えずに引き継ぐ（番号の紙を渡す）' },
      ]}
      value={way}
      onChange={setWay}
    />
  );
  return seeker && way === 'named' ? (
    <NamedHandoff seeker={seeker} about={about} handoff={handoff} choice={choice} onClose={close} />
  ) : (
    <UnnamedHandoff seeker={seeker} choice={choice} onClose={close} />
  );
}
