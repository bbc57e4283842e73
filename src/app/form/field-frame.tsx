/** What stands around every input: label with ※必須, hint, the three answers for "no answer", and the error in words. */
import type { ComponentChildren } from 'preact';
import type { Field } from '../../domain/field.ts';
import { absences, isAbsent, type Absence, type Value } from '../../domain/value.ts';
import { Icon } from '../ui/icon.tsx';
import { fieldId } from './use-write.ts';
import type { Form } from './use-form.ts';

export interface WidgetProps<F extends Field = Field> {
  readonly form: Form;
  readonly field: F;
  /** 'careers.0.employer': where problems are found. */
  readonly path: string;
  readonly value: Value | undefined;
  readonly set: (value: Value | undefined) => void;
}

export function problemAt(form: Form, path: string): string | undefined {
  return form.problems.find((item) => item.field === path)?.reason;
}

/** Ids and states that tie an input to its words. */
export function wiring({ form, field, path }: Pick<WidgetProps, 'form' | 'field' | 'path'>) {
  const id = fieldId(form, path);
  const problem = problemAt(form, path);
  const described = [field.hint && `${id}-hint`, `${id}-echo`, problem && `${id}-problem`];
  return {
    id,
    problem,
    input: {
      id,
      autocomplete: 'off',
      'aria-describedby': described.filter(Boolean).join(' '),
      'aria-invalid': problem ? ('true' as const) : undefined,
      'aria-required': field.required ? ('true' as const) : undefined,
    },
  };
}

export function LabelWords({ field }: { readonly field: Field }) {
  return (
    <>
      {field.label}
      {field.required && <span class="must">※必須</span>}
    </>
  );
}

interface FrameProps extends WidgetProps {
  readonly children: ComponentChildren;
  readonly echo?: ComponentChildren;
  readonly size?: 'short' | 'medium' | 'full' | undefined;
}

/** For a widget that is one input. */
export function FieldFrame(props: FrameProps) {
  const { id } = wiring(props);
  return (
    <div class={`field field-${props.size ?? 'full'}`}>
      <label class="label" for={id}>
        <LabelWords field={props.field} />
      </label>
      <Around {...props} />
    </div>
  );
}

/** For a widget of several inputs: fieldset and legend. */
export function FieldGroup(props: FrameProps) {
  const { id } = wiring(props);
  return (
    <fieldset class={`field field-group field-${props.size ?? 'full'}`} id={id}>
      <legend class="label">
        <LabelWords field={props.field} />
      </legend>
      <Around {...props} />
    </fieldset>
  );
}

function Around(props: FrameProps) {
  const { id, problem } = wiring(props);
  return (
    <>
      <div class="field-inputs">
        {props.children}
        {props.field.absence && <Absences {...props} />}
      </div>
      <p class="echo" id={`${id}-echo`}>
        {props.echo}
      </p>
      {props.field.hint && (
        <p class="hint" id={`${id}-hint`}>
          {props.field.hint}
        </p>
      )}
      {problem && (
        <p class="field-problem" id={`${id}-problem`}>
          <Icon name="warning" />
          {problem}
        </p>
      )}
    </>
  );
}

function Absences({ field, value, set }: WidgetProps) {
  const chosen = isAbsent(value) ? value.absent : undefined;
  return (
    <span class="absences" role="group" aria-label={`${field.label}の答えがないとき`}>
      {Object.entries(absences).map(([code, label]) => (
        <button
          key={code}
          type="button"
          class="absence"
          aria-pressed={chosen === code}
          onClick={() => set(chosen === code ? undefined : { absent: code as Absence })}
        >
          {label}
        </button>
      ))}
    </span>
  );
}
