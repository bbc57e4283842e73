/** Prints one paper, and logs it first. */
import { formatLongJa } from '../../../domain/wareki.ts';
import { namesOf } from '../../logic/names-of.ts';
import type { Paper } from '../../logic/papers.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PrintAlone } from '../../ui/print-alone.tsx';
import { usePrinting } from '../handoffs/print-sheet.ts';
import { PaperSheet } from './paper-sheet.tsx';

interface PrintButtonProps {
  readonly paper: Paper;
  readonly person?: string | undefined;
  readonly isBlank?: boolean | undefined;
}

export function PrintButton({ paper, person, isBlank }: PrintButtonProps) {
  const staff = useSignedBy();
  const about = paper.about ?? (person ? { kind: 'seeker', id: person } : { kind: 'paper' });
  const { isPrinting, print } = usePrinting({ ...about, sheet: paper.code });
  return (
    <>
      <Button busy={isPrinting} label={`${paper.title}を印刷`} onPress={print}>
        <Icon name="print" />
        印刷
      </Button>
      {isPrinting && (
        <PrintAlone>
          <PaperSheet paper={paper} isBlank={isBlank} staff={staff} />
        </PrintAlone>
      )}
    </>
  );
}

function useSignedBy(): readonly string[] {
  const { actor, get } = useSession();
  const nameOf = namesOf(get);
  return [
    formatLongJa(useTablet().today()),
    `${nameOf('organisation', actor.org)}　${nameOf('site', actor.site)}`,
    `担当 ${nameOf('staff', actor.user)}`,
  ];
}
