/**
 * Choosing between two values from 未送信・要確認: the record is opened with a logged view, for sealed parts show their
 * values only then.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { OutboxItem, Session } from '../../../device/types.ts';
import type { Problem } from '../../../domain/problem.ts';
import { isChoice, isChosenHere } from '../../logic/chosen-here.ts';
import { sideBySide } from '../../logic/conflict-view.ts';
import { entryPerson } from '../../logic/entry-person.ts';
import { deadEndNow } from '../../logic/outlook.ts';
import { discardWords } from '../../logic/outbox-view.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { ConflictChoices } from '../conflicts/conflict-choices.tsx';

const chosenSaid = 'あなたが決めました。サーバーに届くと、一覧から消えます。';
const noneLeft = '選ぶ値は、この端末には残っていません。決めたものは、次の同期で一覧から消えます。';

interface DecideProps {
  readonly item: OutboxItem;
  readonly onClose: () => void;
  readonly onDiscard: () => void;
}

export function Decide({ item, onClose, onDiscard }: DecideProps) {
  const session = useSession();
  const [problem, setProblem] = useState<Problem>();
  const [isOpened, setOpened] = useState(false);
  const left = openChoices(session, item);
  const isChosen = isChosenHere(item, session.outbox.value, session.get);
  const name = entryPerson(session.get, item);
  const had = useRef(false);
  useEffect(() => {
    if (had.current && left === 0) onClose();
    had.current = left > 0;
  }, [left]);
  useEffect(() => {
    const open = async () => {
      for (const { kind, id } of item.records) {
        const opened = await session.open(kind, id, '要確認の記録を決める');
        if (!opened.ok) setProblem(opened.problem);
      }
      const deadEnd = await deadEndNow(session, item);
      if (deadEnd) setProblem(deadEnd.problem);
      setOpened(true);
    };
    void open();
  }, [item.id]);
  return (
    <Sheet
      title="どちらかに決める"
      header={<p>{[name, isChoice(item) ? '' : item.title].filter(Boolean).join('　')}</p>}
      onClose={onClose}
      actions={
        !isChosen && (
          <div class="conflict-withdraw">
            <Button kind="plain" onPress={onDiscard}>
              {discardWords}
            </Button>
          </div>
        )
      }
    >
      <ProblemNotice problem={problem} />
      {!isOpened && <p role="status">記録を開いています。</p>}
      {isOpened &&
        item.records.map((of) => (
          <ConflictChoices key={`${of.kind}/${of.id}`} of={of} entry={item.id} />
        ))}
      {isOpened && left === 0 && !problem && <p>{isChosen ? chosenSaid : noneLeft}</p>}
    </Sheet>
  );
}

/** How many choices this entry left that are still open; read as a signal. */
function openChoices(session: Session, item: OutboxItem): number {
  const counts = item.records.map(({ kind, id }) => {
    const record = session.all(kind).value.find((one) => one.id === id) ?? session.get(kind, id);
    return sideBySide(record, session.actor.user, () => '', item.id).length;
  });
  return counts.reduce((sum, n) => sum + n, 0);
}
