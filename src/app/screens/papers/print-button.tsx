/** Prints one paper: logged first, durably. The paper is in the page only as long as the printer is asked. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Paper } from '../../logic/papers.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { printSheet } from '../handoffs/print-sheet.ts';
import { PaperSheet } from './paper-sheet.tsx';

interface PrintButtonProps {
  readonly paper: Paper;
  readonly person?: string | undefined;
  readonly isBlank?: boolean | undefined;
}

export function PrintButton({ paper, person, isBlank }: PrintButtonProps) {
  const session = useSession();
  const [isPrinting, setPrinting] = useState(false);
  useLayoutEffect(() => {
    if (!isPrinting) return;
    const about = paper.about ?? (person ? { kind: 'seeker', id: person } : { kind: 'paper' });
    void printSheet(session, { ...about, sheet: paper.code }).finally(() => setPrinting(false));
  }, [isPrinting]);
  return (
    <>
      <Button busy={isPrinting} label={`${paper.title}を印刷`} onPress={() => setPrinting(true)}>
        <Icon name="print" />
        印刷
      </Button>
      {isPrinting && (
        <div class="print-sheet">
          <PaperSheet paper={paper} isBlank={isBlank} />
        </div>
      )}
    </>
  );
}
