/** After a consultation was cancelled: the visit made along with it is still counted, and can be cancelled too. */
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import { useWrite } from '../../form/use-write.ts';
import { visitLeft } from '../../logic/visit-left.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';

export function VisitStays({ cancelled }: { readonly cancelled: Rec }) {
  const session = useSession();
  const [isGone, setGone] = useState(false);
  const [visit] = useState(() =>
    visitLeft(cancelled, session.all('visit').peek(), session.all('consultation').peek()),
  );
  if (!visit) return null;
  if (isGone) return <Notice tone="good" title="来所も取り消しました。数には入りません。" />;
  return (
    <Notice tone="warning" title="いっしょに作った来所は、1件と数えたままです。">
      <p>
        来所 {visitWords(visit)}
        は、残してあります。来ていなかったときや、二重に数えたときは、来所も取り消してください。
      </p>
      <CancelVisit cancelled={cancelled} visit={visit} onDone={() => setGone(true)} />
    </Notice>
  );
}

interface CancelVisitProps {
  readonly cancelled: Rec;
  readonly visit: Rec;
  readonly onDone: () => void;
}

/** For the reason that was just given. */
function CancelVisit({ cancelled, visit, onDone }: CancelVisitProps) {
  const session = useSession();
  const write = useWrite();
  const cancel = async () => {
    const now = session.get('consultation', cancelled.id);
    const voidReason = partOf(now, 'facts')['voidReason'] ?? 'mistake';
    const args = { id: visit.id, voidReason };
    if ((await write.save('visit.void', args)) !== undefined) onDone();
  };
  return (
    <>
      <ProblemNotice problem={write.problem} />
      <Button busy={write.busy} onPress={cancel}>
        来所も取り消す
      </Button>
    </>
  );
}
