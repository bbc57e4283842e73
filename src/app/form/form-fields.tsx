/**
 * From declared fields to inputs: one widget per field type, by an exhaustive switch. A screen may rearrange them by
 * giving names; it never draws an input of its own for a field. Ids are given by screens; references too, unless a screen
 * says how they are picked.
 */
import { createContext, type ComponentType } from 'preact';
import { useContext } from 'preact/hooks';
import { text, isObject, type Value, type Values } from '../../domain/value.ts';
import type { Field, Fields } from '../../domain/field.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ChoiceWidget, ChoicesWidget, FlagWidget } from './choice-widgets.tsx';
import { DateWidget } from './date-widget.tsx';
import { FieldGroup, LabelWords, problemAt, type WidgetProps } from './field-frame.tsx';
import { drawn, isShown } from './form-values.ts';
import {
  CodeWidget,
  InstantWidget,
  IntegerWidget,
  KanaWidget,
  TextWidget,
  TimeWidget,
} from './text-widgets.tsx';
import type { Form } from './use-form.ts';
import { fieldId } from './use-write.ts';

type Of<T extends Field['type']> = WidgetProps<Extract<Field, { type: T }>>;

/** Draws references, in the forms below it. */
export const RefPicker = createContext<ComponentType<Of<'ref'>> | undefined>(undefined);

interface FormFieldsProps {
  readonly form: Form;
  /** Which fields, in this order; default: all that are asked. */
  readonly names?: readonly string[] | undefined;
}

export function FormFields({ form, names }: FormFieldsProps) {
  const fields = drawn(form.fields, useContext(RefPicker) !== undefined);
  const wanted = names ?? Object.keys(fields);
  return (
    <div class="form-fields">
      {wanted.map((name) => {
        const field = fields[name];
        if (!field || !isShown(field, form.values)) return null;
        return <FormField key={name} form={form} name={name} field={field} />;
      })}
    </div>
  );
}

interface FormFieldProps {
  readonly form: Form;
  readonly name: string;
  readonly field: Field;
}

function FormField({ form, name, field }: FormFieldProps) {
  return (
    <Widget
      form={form}
      field={field}
      path={name}
      value={form.values[name]}
      set={(value) => form.set(name, value)}
    />
  );
}

/** 「書きかけを開きました」, with the way back; and from there back again, as long as the form stands. */
export function DraftNotice({ form }: { readonly form: Form }) {
  if (!form.isRestored && !form.isErased) return null;
  return (
    <Notice
      tone="accent"
      title={form.isErased ? '書きかけを消しました。' : '前の書きかけを開きました。'}
    >
      <Button
        kind="plain"
        size="small"
        onPress={() => (form.isErased ? form.bringBack() : form.erase())}
      >
        {form.isErased ? '消した書きかけをもどす' : '書きかけを消してはじめから'}
      </Button>
    </Notice>
  );
}

export function Widget({ field, ...props }: WidgetProps) {
  switch (field.type) {
    case 'text':
      return <TextWidget {...props} field={field} />;
    case 'kana':
      return <KanaWidget {...props} field={field} />;
    case 'code':
      return <CodeWidget {...props} field={field} />;
    case 'integer':
      return <IntegerWidget {...props} field={field} />;
    case 'date':
      return <DateWidget {...props} field={field} />;
    case 'time':
      return <TimeWidget {...props} field={field} />;
    case 'instant':
      return <InstantWidget {...props} field={field} />;
    case 'flag':
      return <FlagWidget {...props} field={field} />;
    case 'choice':
      return <ChoiceWidget {...props} field={field} />;
    case 'choices':
      return <ChoicesWidget {...props} field={field} />;
    case 'group':
      return <GroupWidget {...props} field={field} />;
    case 'list':
      return <ListWidget {...props} field={field} />;
    case 'ref':
      return <RefWidget {...props} field={field} />;
    case 'id':
    case 'personKey':
      return null;
  }
}

function RefWidget(props: Of<'ref'>) {
  const Picker = useContext(RefPicker);
  return Picker ? <Picker {...props} /> : null;
}

interface InnerProps extends Omit<WidgetProps, 'field' | 'value' | 'set'> {
  readonly fields: Fields;
  readonly values: Values;
  readonly set: (values: Values) => void;
}

function InnerFields({ form, path, fields, values, set }: InnerProps) {
  return (
    <div class="form-fields">
      {Object.entries(fields).map(([name, field]) =>
        isShown(field, values) ? (
          <Widget
            key={name}
            form={form}
            field={field}
            path={`${path}.${name}`}
            value={values[name]}
            set={(value) => set(withInner(values, name, value))}
          />
        ) : null,
      )}
    </div>
  );
}

function withInner(values: Values, name: string, value: Value | undefined): Values {
  const { [name]: _, ...rest } = values;
  return value === undefined ? rest : { ...rest, [name]: value };
}

const asValues = (value: Value | undefined): Values => (isObject(value) ? (value as Values) : {});

function GroupWidget(props: Of<'group'>) {
  const values = asValues(props.value);
  return (
    <FieldGroup {...props}>
      <InnerFields {...props} fields={props.field.fields} values={values} />
    </FieldGroup>
  );
}

function ListWidget(props: Of<'list'>) {
  const { field, form, path, set } = props;
  const items = Array.isArray(props.value) ? (props.value as readonly Value[]) : [];
  const replace = (index: number, item: Values) => set(items.with(index, item));
  const problem = problemAt(form, path);
  return (
    <fieldset class="field field-list" id={fieldId(form, path)}>
      <legend class="label">
        <LabelWords field={field} />
      </legend>
      {items.map((item, index) => (
        <div class="list-item" key={index}>
          <p class="list-item-head">
            <span>{listTitle(field.label, item, index)}</span>
            <Button
              kind="plain"
              size="small"
              onPress={() => set(items.toSpliced(index, 1))}
              label={`${listTitle(field.label, item, index)}を消す`}
            >
              消す
            </Button>
          </p>
          <InnerFields
            form={form}
            path={`${path}.${index}`}
            fields={field.fields}
            values={asValues(item)}
            set={(next) => replace(index, next)}
          />
        </div>
      ))}
      {problem && <p class="field-problem">{problem}</p>}
      {items.length < field.max && (
        <Button size="small" onPress={() => set([...items, {}])}>
          {field.label}を追加
        </Button>
      )}
    </fieldset>
  );
}

function listTitle(label: string, item: Value, index: number): string {
  const first = Object.values(asValues(item)).find((value) => text(value));
  return text(first) ?? `${label} ${index + 1}`;
}
