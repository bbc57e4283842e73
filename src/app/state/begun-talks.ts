/**
 * Whose consultation has been begun and not saved: the drafts themselves are found only by whoever knows the person. A list
 * of ids, sealed like the drafts that it leads to; one that has none any more is forgotten.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../../device/types.ts';
import { texts } from '../../domain/value.ts';
import { draftsLeft } from '../form/use-form.ts';
import { useSession } from './context.ts';

const listKey = 'consultations begun';

export const talkDraft = (seeker: string) => `consultation ${seeker}`;

type Drafts = Pick<Session, 'readDraft' | 'writeDraft'>;

async function listed({ readDraft }: Drafts): Promise<readonly string[]> {
  return texts((await readDraft(listKey))?.['seekers']);
}

async function withDraft(drafts: Drafts, ids: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(ids.map((id) => drafts.readDraft(talkDraft(id))));
  return ids.filter((_, at) => found[at] !== undefined);
}

export async function noteBegun(drafts: Drafts, seeker: string): Promise<void> {
  const all = await listed(drafts);
  if (all.includes(seeker)) return;
  const seekers = [...(await withDraft(drafts, all)), seeker];
  // About nobody, so that it does not go with the draft of one of them: ids say nothing.
  await drafts.writeDraft(listKey, { seekers });
}

/** Looked for again when a form has been left, and when a pull may have taken a person away. */
export function useBegunTalks(): readonly string[] {
  const session = useSession();
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let isLate = false;
    void listed(session)
      .then((all) => withDraft(session, all))
      .then((found) => {
        if (!isLate) setIds(found);
      });
    return () => {
      isLate = true;
    };
  }, [session, draftsLeft.value, session.asOf.value]);
  return ids;
}
