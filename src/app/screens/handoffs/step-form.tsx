/** A step of a handoff or referral that needs words: a reason, a result, a day. Ids that it needs besides are given. */
import { verbNamed } from '../../../domain/kinds/index.ts';
import type { Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite } from '../../form/use-write.ts';
import { withoutIds } from '../../logic/registration-parts.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';

interface StepFormProps {
  readonly record: Rec;
  readonly step: string;
  readonly title: string;
  /** Arguments that nobody is asked. */
  readonly given?: Values | undefined;
  readonly initial?: Values | undefined;
  readonly onClose: () => void;
}

export function StepForm({ record, step, title, given, initial, onClose }: StepFormProps) {
  const verb = `${record.kind}.${step}`;
  const form = useForm({
    fields: withoutIds(verbNamed(verb)?.args ?? {}),
    initial,
    draftKey: `${verb} ${record.id}`,
  });
  const write = useWrite(form);
  const save = async () => {
    const saved = await write.save(verb, { ...form.args(), ...given, id: record.id });
    if (saved !== undefined) onClose();
  };
  return (
    <Sheet
      title={title}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          {title}
        </Button>
      }
    >
      <DraftNotice form={form} />
      <FormFields form={form} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
