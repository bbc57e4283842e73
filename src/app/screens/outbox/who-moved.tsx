/** Who was there first, and why: the reason as it stands in the record, the name as the server knows it. Without a line, only the one. */
import { useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { stepAgainst, voidReasonOf } from '../../logic/step-against.ts';
import { movedFrom, movedWords } from '../../logic/supervision.ts';
import { useSession } from '../../state/context.ts';
import type { Repairable } from './repair.tsx';

interface WhoMovedProps {
  readonly item: Repairable;
  readonly problem: Problem | undefined;
  readonly record: Rec | undefined;
}

export function WhoMoved({ item, problem, record }: WhoMovedProps) {
  const session = useSession();
  const ref = stepAgainst(item, problem, record);
  const reason = voidReasonOf(ref && session.get(ref.kind, ref.id));
  const [who, setWho] = useState<string>();
  useEffect(() => {
    if (!ref) return;
    void session.ask('/api/moved', { body: ref }).then((answer) => {
      const found = movedFrom(answer);
      setWho(found.ok && found.value.moved ? movedWords(found.value.moved) : undefined);
    });
  }, [ref?.id]);
  return (
    <>
      {reason && <p>取り消した理由：{reason}</p>}
      {who && <p>{who}</p>}
    </>
  );
}
