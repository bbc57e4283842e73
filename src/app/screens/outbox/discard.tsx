/** Withdrawing a refused entry with a reason. The entry itself stays in the stream. */
import { useState } from 'preact/hooks';
import type { Fields } from '../../../domain/field.ts';
import type { Problem, Result } from '../../../domain/problem.ts';
import { text } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { sayWhenSlow } from '../../form/slow.ts';
import { useForm } from '../../form/use-form.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { toast } from '../../ui/toast.tsx';
import './outbox.css';

const fields: Fields = {
  reason: { type: 'text', label: '取り下げる理由', max: 400, lines: 2, required: true },
};

interface DiscardProps {
  readonly title: string;
  /** What stays, where, and who can see it. */
  readonly points: readonly string[];
  /** Where it is now. */
  readonly done: string;
  readonly onDiscard: (reason: string) => Promise<Result<void>>;
  readonly onClose: () => void;
}

export function Discard({ title, points, done, onDiscard, onClose }: DiscardProps) {
  const form = useForm({ fields });
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const discard = async () => {
    const reason = text(form.args()['reason']);
    if (reason === undefined)
      return form.setProblems([
        { field: 'reason', reason: '「取り下げる理由」を入れてください。' },
      ]);
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
      <FormFields form={form} />
      <ProblemNotice problem={problem} />
    </Sheet>
  );
}
