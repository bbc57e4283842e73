/** Withdrawing a refused entry with a reason. The entry itself stays in the stream. */
import { useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import type { Fields } from '../../../domain/field.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import type { Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { DraftNotice, FormFields } from '../../form/form-fields.tsx';
import { sayWhenSlow } from '../../form/slow.ts';
import { useForm } from '../../form/use-form.ts';
import { showAtFields } from '../../form/use-write.ts';
import { draftAbout } from '../../logic/draft-about.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import './outbox.css';

const fields: Fields = {
  reason: { type: 'text', label: '取り下げる理由', max: 400, lines: 2, required: true },
};

const reasonMissing: Problem = {
  code: 'invalidFields',
  fields: [{ field: 'reason', reason: '「取り下げる理由」を入れてください。' }],
};

interface DiscardProps {
  readonly item: Pick<OutboxItem, 'id' | 'verb' | 'args'>;
  /** What it is about: the reason may name it, and goes with it. */
  readonly records: readonly (Rec | undefined)[];
  readonly title: string;
  /** What stays, where, and who can see it. */
  readonly points: readonly string[];
  /** Where it is now. */
  readonly done: string;
  readonly onDiscard: (reason: string) => Promise<Result<void>>;
  readonly onClose: () => void;
}

export function Discard({ item, records, title, points, done, onDiscard, onClose }: DiscardProps) {
  const form = useForm({ fields, ...draftAbout('discard', item, records) });
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const discard = async () => {
    const reason = text(form.args()['reason']);
    if (reason === undefined) return showAtFields(form, reasonMissing);
    setBusy(true);
    const discarding = onDiscard(reason).finally(() => setBusy(false));
    const result = await sayWhenSlow(discarding, () => setProblem({ code: 'storageSlow' }));
    if (!result.ok) return setProblem(result.problem);
    form.saved();
    toast(done);
    return onClose();
  };
  return (
    <Sheet
      title={`${title}を取り下げる`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="danger" size="large" busy={busy} onPress={discard}>
          取り下げる
        </Button>
      }
    >
      <ul class="discard-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <DraftNotice form={form} />
      <FormFields form={form} />
      <ProblemNotice problem={problem} />
    </Sheet>
  );
}
