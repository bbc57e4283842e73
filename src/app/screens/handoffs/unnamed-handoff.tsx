/** A handoff without a name: nothing of the file is told; a slip with six digits goes with the client. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { headNames, offerFields, unnamedArgs } from '../../logic/handoff-form.ts';
import { cryptoRandom, newSlip } from '../../logic/slip.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DeskChoice, useDesks } from './desk-choice.tsx';
import { SlipSheet } from './slip-sheet.tsx';

interface UnnamedHandoffProps {
  readonly seeker: Rec | undefined;
  readonly choice: ComponentChildren;
  readonly onClose: () => void;
}

function useSending(seeker: Rec | undefined) {
  const session = useSession();
  const [desk] = useDesks();
  const [id] = useState(() => session.newId());
  const [slip] = useState(() => newSlip(slipsIn(session.all('handoff').value), cryptoRandom));
  const [isSent, setSent] = useState(false);
  const form = useForm({
    fields: offerFields,
    initial: desk ? { toOrg: desk.org, toSite: desk.site } : {},
    draftKey: `handoff.unnamed ${seeker?.id ?? ''}`,
  });
  const write = useWrite(form);
  const send = async () => {
    const person = seeker ? { fromSeeker: seeker.id } : {};
    const args = { ...unnamedArgs(form.args()), ...person, id, slip };
    if ((await write.save('handoff.offerUnnamed', args)) !== undefined) setSent(true);
  };
  return { id, slip, isSent, form, write, send };
}

function slipsIn(handoffs: readonly Rec[]): ReadonlySet<string> {
  return new Set(handoffs.flatMap((record) => text(partOf(record, 'facts')['slip']) ?? []));
}

export function UnnamedHandoff({ seeker, choice, onClose }: UnnamedHandoffProps) {
  const { id, slip, isSent, form, write, send } = useSending(seeker);
  if (isSent) return <SlipSheet id={id} slip={slip} values={form.values} onClose={onClose} />;
  return (
    <Sheet
      title="名前を伝えずに引き継ぐ"
      header={seeker && <PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={send}>
          引き継いで、番号を出す
        </Button>
      }
    >
      {choice}
      <DraftNotice form={form} />
      <Notice title="相手には、理由と「伝えたいこと」だけが伝わります。">
        <p>
          番号を書いた紙をご本人に渡してください。相手の窓口で番号を入れると、この引継ぎが開きます。
          「伝えたいこと」には、名前や電話番号を書かないでください。
        </p>
      </Notice>
      <div class="handoff-two">
        <section aria-label="引き継ぐ先">
          <DeskChoice form={form} isFixed={false} />
          <FormFields form={form} names={headNames} />
        </section>
        <section aria-label="伝える内容">
          <FormFields form={form} names={['message', 'senderNote']} />
        </section>
      </div>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
