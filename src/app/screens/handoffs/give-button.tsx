/** The way to hand a handoff over without a line; once it is given, that is kept. */
import { useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import { isSender } from '../../logic/handoff-boxes.ts';
import { useSession } from '../../state/context.ts';
import { noteGiven } from '../../state/leaving.ts';
import { Button } from '../../ui/button.tsx';
import { Give } from '../handover/give.tsx';

/** Only while it is sent and this tablet still has to send it. */
export function GiveButton({ record }: { readonly record: Rec }) {
  const session = useSession();
  const { actor, outbox } = session;
  const [isOpen, setOpen] = useState(false);
  const isUnsent = outbox.value.some(
    ({ state, verb, args }) =>
      state === 'pending' && verb.startsWith('handoff.') && args?.['id'] === record.id,
  );
  const canGive = isUnsent && isSender(record, actor) && stateOf(record) === 'sent';
  return (
    <>
      {canGive && <Button onPress={() => setOpen(true)}>つながらないときの受け渡し</Button>}
      {isOpen && (
        <Give
          record={record}
          onGiven={() => void noteGiven(session, record.id)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
