/** The draft of what is put right, under whom it is about; what an older version kept under the entry alone goes. */
import { useEffect, useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { draftAbout, draftOfOld, type DraftOf } from '../../logic/draft-about.ts';
import { useSession } from '../../state/context.ts';
import type { Repairable } from './repair.tsx';

export function useDraftAbout(
  of: DraftOf,
  item: Repairable,
  records: readonly (Rec | undefined)[],
): string {
  const session = useSession();
  useEffect(() => void session.dropDraft(draftOfOld(of, item)), []);
  // Of the people as they were when it was opened: it must not change its place while somebody types.
  const [key] = useState(() => draftAbout(of, item, records));
  return key;
}
