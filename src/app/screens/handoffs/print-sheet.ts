/**
 * Printing: logged first, durably; what could not be logged is not printed, and that is said. The paper is in the page
 * (ui/print-alone.tsx) only as long as the printer is asked.
 */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Values } from '../../../domain/value.ts';
import type { Session } from '../../../device/types.ts';
import { useSession } from '../../state/context.ts';
import { toast } from '../../ui/toast.tsx';

export interface Printing {
  readonly isPrinting: boolean;
  readonly print: () => void;
}

/** Draw the paper while `isPrinting`. */
export function usePrinting(about: Values): Printing {
  const session = useSession();
  const [isPrinting, setPrinting] = useState(false);
  useLayoutEffect(() => {
    if (isPrinting) void printSheet(session, about).finally(() => setPrinting(false));
  }, [isPrinting]);
  return { isPrinting, print: () => setPrinting(true) };
}

async function printSheet(session: Session, about: Values): Promise<void> {
  await session.logAccess('print', about).then(
    () => globalThis.print(),
    () => toast('印刷の記録を残せなかったため、印刷しませんでした。もう一度押してください。'),
  );
}
