/**
 * The person of a handoff is registered with its acceptance, from what was told. Who may be meant of the own file is said
 * above, by what was told or typed.
 */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import type { Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { sameInOffer } from '../../logic/accept-offer.ts';
import { isTaken } from '../../logic/accept-over.ts';
import { lookAlikes } from '../../logic/look-alikes.ts';
import { withPhoneTail } from '../../logic/registration-parts.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { LookAlikes } from '../seekers/look-alike-list.tsx';
import { AcceptButton } from './accept-button.tsx';
import type { NewPersonForm } from './use-new-person.ts';
import type { Taking } from './use-taking.ts';

interface NewPersonProps {
  readonly record: Rec;
  readonly person: NewPersonForm;
  readonly taking: Taking;
  /** She is in the own file already. */
  readonly onKnown: (seeker: string) => void;
}

const names = [...sameInOffer, 'wishes'];

export function NewPerson({ record, person, taking, onKnown }: NewPersonProps) {
  const session = useSession();
  const [newSeeker] = useState(() => session.newId());
  const { form, filled } = person;
  const write = useWrite(form);
  const accept = async () => {
    const args = { ...withPhoneTail(form.args()), id: record.id, newSeeker };
    const saved = await taking.take(write.save('handoff.acceptNew', args, { seen: filled }));
    if (saved !== undefined) go('seeker', { seeker: newSeeker });
  };
  const alike = lookAlikes(session.all('seeker').value, session.actor.org, form.values);
  return (
    <div class="accept-new">
      <LookAlikes found={alike} onChoose={onKnown} />
      <p class="quiet">
        {Object.keys(filled).length > 0
          ? '伝えられた内容を写してあります。ご本人に確かめて直してください。'
          : 'ご本人に聞いて書いてください。'}
      </p>
      <FormFields form={form} names={names} />
      <ProblemNotice problem={write.problem} />
      <AcceptButton write={write} label="登録して受け入れる" onPress={accept} />
    </div>
  );
}

/** Her own words go on into a registration; where a colleague has accepted, the person is in the file already. */
export function Left({ record, form }: { readonly record: Rec; readonly form: Form }) {
  const own = form.args();
  if (Object.keys(own).length === 0) return <DraftNotice form={form} />;
  return (
    <div class="accept-new">
      <DraftNotice form={form} />
      <p>
        ご自分で書いたところだけを、下に残しています。
        {isTaken(record) && '要るところは、その方のページに書き写してください。'}
      </p>
      <FormFields form={form} names={names} />
      <div class="accept-action">
        <Button kind="plain" onPress={form.erase}>
          書いたところを消す
        </Button>
        {!isTaken(record) && (
          <Button onPress={() => go('seekers', { values: own })}>
            書いたところから新しく登録する
          </Button>
        )}
      </div>
    </div>
  );
}
