/** What an entry corrects could not be opened: without it nobody sees what would be written over, so no form is shown. */
import { kindLabel } from '../../../domain/kind-labels.ts';
import { problemText, type Problem } from '../../../domain/problem.ts';
import { discardWords } from '../../logic/outbox-view.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { About } from './repair-about.tsx';
import type { RepairProps } from './repair.tsx';
import { Typed } from './typed.tsx';

interface UnreadProps extends RepairProps {
  readonly problem: Problem;
  readonly again: () => void;
}

export function Unread({ item, author, problem, again, onClose, onDiscard }: UnreadProps) {
  return (
    <Sheet
      title={`「${item.title}」`}
      header={<About item={item} author={author} kept={item.args ?? {}} />}
      size="narrow"
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" size="large" onPress={onDiscard}>
            {discardWords}
          </Button>
          <Button kind="primary" size="large" onPress={again}>
            もう一度開く
          </Button>
        </>
      }
    >
      <Notice tone="danger" title="いまの記録を開けないため、まだ直せません。" isAlert>
        <p>{problemText(problem, kindLabel).what}</p>
        <p>書いた内容は残っています。まだ何も送っていません。</p>
        <p>少し待ってから「もう一度開く」を押してください。</p>
      </Notice>
      <Typed item={item} />
    </Sheet>
  );
}
