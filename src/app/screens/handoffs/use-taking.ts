/** Whether the handoff of an open sheet may still be taken; the own acceptance on its way is no end of it. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { acceptOver } from '../../logic/accept-over.ts';
import { useSession } from '../../state/context.ts';

export interface Taking {
  /** Why it cannot be accepted any more. */
  readonly over: string | undefined;
  /** What a save gave; until a refusal nothing is over. */
  readonly take: (saving: Promise<string | undefined>) => Promise<string | undefined>;
}

export function useTaking(record: Rec): Taking {
  const session = useSession();
  const [isTaken, setTaken] = useState(false);
  const take: Taking['take'] = async (saving) => {
    setTaken(true);
    const saved = await saving;
    if (saved === undefined) setTaken(false);
    return saved;
  };
  return { over: isTaken ? undefined : acceptOver(session, record), take };
}
