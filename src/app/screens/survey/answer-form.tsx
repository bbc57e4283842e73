/**
 * The three questions, for a user on a tablet that is locked and for staff who copy a paper sheet. Nothing of it is drafted or
 * stays in memory: an answer that was not sent is gone with the page, and so is everything of one that was.
 */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { surveyQuestions } from '../../../domain/survey.ts';
import type { Problem } from '../../../domain/problem.ts';
import type { Values } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { sayWhenSlow } from '../../form/slow.ts';
import { createForm } from '../../form/use-form.ts';
import { showAtFields } from '../../form/use-write.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice, showProblem } from '../../ui/notice.tsx';
import './survey.css';

interface AnswerFormProps {
  readonly press: string;
  /** Said with every answer, asked of nobody. */
  readonly given?: Values | undefined;
  readonly onKept: () => void;
  readonly children?: ComponentChildren;
}

export function AnswerForm({ press, given, onKept, children }: AnswerFormProps) {
  const tablet = useTablet();
  const id = useId();
  const [form] = useState(() => createForm(id, { fields: surveyQuestions }));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const refuse = (found: Problem) => {
    const rest = showAtFields(form, found);
    setProblem(rest);
    if (rest) showProblem();
  };
  const keep = async () => {
    setBusy(true);
    setProblem(undefined);
    const saving = tablet.answerSurvey({ ...form.args(), ...given }).finally(() => setBusy(false));
    const kept = await sayWhenSlow(saving, () => refuse({ code: 'storageSlow' }));
    if (!kept.ok) return refuse(kept.problem);
    form.reset({});
    onKept();
  };
  return (
    <div class="survey-form">
      <FormFields form={form} />
      <ProblemNotice problem={problem} />
      <div class="buttons">
        <Button kind="primary" size="large" busy={busy} onPress={keep}>
          {press}
        </Button>
        {children}
      </div>
    </div>
  );
}
