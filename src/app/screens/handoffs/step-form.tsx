/** A step of a handoff or referral that needs words: a reason, a result, a day. Ids that it needs besides are given. */
import { useEffect, useRef } from 'preact/hooks';
import { verbNamed } from '../../../domain/kinds/index.ts';
import type { Rec } from '../../../domain/record.ts';
import { isSameValue, type Values } from '../../../domain/value.ts';
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
  /** Said above the fields. */
  readonly note?: string | undefined;
  /** In which order the fields are asked; default: the verb's. */
  readonly order?: ((fields: readonly string[]) => readonly string[]) | undefined;
  /** Values that follow from others until somebody gives her own. */
  readonly follow?: ((values: Values, proposed: Values) => Values) | undefined;
  readonly onClose: () => void;
}

export function StepForm({ record, step, title, given, initial, ...more }: StepFormProps) {
  const { note, order, follow, onClose } = more;
  const verb = `${record.kind}.${step}`;
  const form = useForm({
    fields: withoutIds(verbNamed(verb)?.args ?? {}),
    initial,
    draftKey: `${verb} ${record.id}`,
  });
  const write = useWrite(form);
  const proposed = useRef<Values>({});
  useEffect(() => {
    const next = follow?.(form.values, proposed.current) ?? {};
    if (Object.keys(next).length === 0 || isSameValue(next, proposed.current)) return;
    proposed.current = next;
    form.setAll(next);
  }, [form.values]);
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
      {note && <p>{note}</p>}
      <FormFields form={form} names={order?.(Object.keys(form.fields))} />
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}
