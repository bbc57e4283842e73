/** What a consultation asks, facts left and the two texts right; the same for a new one and for one written down anew. */
import type { Rec } from '../../../domain/record.ts';
import { FormFields } from '../../form/form-fields.tsx';
import type { Form } from '../../form/use-form.ts';
import { walkInNames } from '../../logic/consultation-form.ts';
import { Notice } from '../../ui/notice.tsx';
import { Minutes } from './minutes.tsx';
import { PrivateNote, SharedSummary } from './note-panels.tsx';
import { VisitChoice, type VisitChoiceProps } from './visit-choice.tsx';
import './consultation.css';

interface ConsultationFieldsProps {
  readonly form: Form;
  readonly seeker: Rec;
  /** When the talk began, for the tap that fills in how long it took. */
  readonly from: number;
  readonly choice: VisitChoiceProps;
  readonly isWalkIn: boolean;
}

export function ConsultationFields(props: ConsultationFieldsProps) {
  const { form, seeker, from, choice, isWalkIn } = props;
  return (
    <div class="consultation">
      <div class="consultation-facts">
        <FormFields form={form} names={['services']} />
        <Minutes form={form} from={from} />
        <VisitChoice {...choice} />
        {isWalkIn && (
          <Notice title="来所の記録も、いっしょに作ります。">
            <FormFields form={form} names={[...walkInNames]} />
          </Notice>
        )}
        <FormFields form={form} names={['next']} />
      </div>
      <div class="consultation-notes">
        <SharedSummary form={form} seeker={seeker} />
        <PrivateNote form={form} />
      </div>
    </div>
  );
}
