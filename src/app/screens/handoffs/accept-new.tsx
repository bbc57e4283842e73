/**
 * The person of a handoff is registered with its acceptance, from what was told. Who may be meant of the own file is said
 * above, by what was told or typed. When the handoff ends under the open form, only what was typed stays in it.
 */
import { useEffect, useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { ownWords } from '../../logic/accept-over.ts';
import { lookAlikes } from '../../logic/look-alikes.ts';
import { seekerFields, withPhoneTail } from '../../logic/registration-parts.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { LookAlikes } from '../seekers/look-alike-list.tsx';
import { AcceptButton } from './accept-button.tsx';
import type { Taking } from './use-taking.ts';

interface NewPersonProps {
  readonly record: Rec;
  readonly offered: Values;
  readonly taking: Taking;
  /** She is in the own file already. */
  readonly onKnown: (seeker: string) => void;
}

const names = [
  'familyName',
  'givenName',
  'familyKana',
  'givenKana',
  'birthDate',
  'phone',
  'wishes',
];

export function NewPerson({ record, offered, taking, onKnown }: NewPersonProps) {
  const session = useSession();
  const [newSeeker] = useState(() => session.newId());
  // The offer may go while she types.
  const [filled] = useState(offered);
  const form = useForm({
    fields: seekerFields,
    initial: filled,
    draftKey: `handoff.acceptNew ${record.id}`,
  });
  const write = useWrite(form);
  const isOver = taking.over !== undefined;
  useEffect(() => {
    if (isOver) form.reset(ownWords(filled, form.args()));
  }, [isOver]);
  if (isOver) return <Left record={record} form={form} />;
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

const accepted = ['accepted', 'inProgress', 'reported', 'closed'];

/** Her own words go on into a registration; where a colleague has accepted, the person is in the file already. */
function Left({ record, form }: { readonly record: Rec; readonly form: Form }) {
  const own = form.args();
  if (Object.keys(own).length === 0) return null;
  const isInFile = accepted.includes(stateOf(record) ?? '');
  return (
    <div class="accept-new">
      <p>
        ご自分で書いたところだけを、下に残しています。とじると消えます。
        {isInFile && '要るところは、先にその方のページに書き写してください。'}
      </p>
      <FormFields form={form} names={names} />
      {!isInFile && (
        <div class="accept-action">
          <Button onPress={() => go('seekers', { values: own })}>
            書いたところから新しく登録する
          </Button>
        </div>
      )}
    </div>
  );
}
