/** What the judgement says of an entry by now; asked anew with every pull, for what it is about may have moved on. */
import { useEffect, useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import type { DeadEnd } from '../../logic/outbox-view.ts';
import { deadEndNow } from '../../logic/outlook.ts';
import { useSession } from '../../state/context.ts';

export interface Asked {
  readonly deadEnd: DeadEnd | undefined;
}

/** undefined until it has been asked. */
export function useDeadEnd(item: OutboxItem): Asked | undefined {
  const session = useSession();
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    void deadEndNow(session, item).then((deadEnd) => setAsked({ deadEnd }));
  }, [item.id, item.state, session.asOf.value]);
  return asked;
}
