/** Correcting a person's own file, and the city's welfare part. Only what changed is sent; emptied fields are named. */
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import type { Fields } from '../../../domain/field.ts';
import type { Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm, type Form } from '../../form/use-form.ts';
import { useWrite, type Write } from '../../form/use-write.ts';
import { amendArgs, isUnchanged } from '../../logic/amend-args.ts';
import { seekerFields, welfareFields, withNewTail } from '../../logic/registration-parts.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { PersonFields, useRestrictedTakenBack } from './register.tsx';

interface AmendProps {
  readonly seeker: Rec;
  readonly onClose: () => void;
}

interface Amending {
  readonly form: Form;
  readonly write: Write;
  readonly save: () => Promise<void>;
}

function useAmending(
  verb: string,
  id: string,
  fields: Fields,
  values: Values,
  onClose: () => void,
): Amending {
  const [before] = useState(values);
  const form = useForm({ fields, initial: before, seen: before, draftKey: `${verb} ${id}` });
  const write = useWrite(form);
  const save = async () => {
    const args = amendArgs(fields, before, withNewTail(before, form.args()));
    if (isUnchanged(args)) return onClose();
    if ((await write.save(verb, { id, ...args })) !== undefined) onClose();
  };
  return { form, write, save };
}

export function AmendFile({ seeker, onClose }: AmendProps) {
  const values = { ...partOf(seeker, 'card'), ...partOf(seeker, 'file') };
  const { form, write, save } = useAmending(
    'seeker.amend',
    seeker.id,
    seekerFields,
    values,
    onClose,
  );
  const isRestricted = useRestrictedTakenBack(form);
  return (
    <Sheet
      title="台帳を訂正"
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          訂正を保存する
        </Button>
      }
    >
      <PersonFields form={form} isRestricted={isRestricted} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

export function AmendWelfare({ seeker, onClose }: AmendProps) {
  const { form, write, save } = useAmending(
    'seeker.amendWelfare',
    seeker.id,
    welfareFields,
    partOf(seeker, 'welfare'),
    onClose,
  );
  return (
    <Sheet
      title="福祉の欄"
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          保存する
        </Button>
      }
    >
      <Notice title="市だけが見る欄です。">
        <p>引継ぎで「福祉のこと」に同意をもらったときだけ、その文だけが相手に伝わります。</p>
      </Notice>
      <FormFields form={form} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
