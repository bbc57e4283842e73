/** Flags and code lists. Up to nine choices are chips, longer single choices a select; an optional one can be unset. */
import { useContext } from 'preact/hooks';
import { codesOn, codesOf, type ListName } from '../../domain/codes.ts';
import type { Field } from '../../domain/field.ts';
import { flag, text, texts } from '../../domain/value.ts';
import { SessionContext, useTablet } from '../state/context.ts';
import { ChipRow, type ChipOption } from '../ui/chips.tsx';
import { FieldFrame, FieldGroup, wiring, type WidgetProps } from './field-frame.tsx';

type Of<T extends Field['type']> = WidgetProps<Extract<Field, { type: T }>>;

const mostChips = 9;

/** Codes valid today, and those the record already has. */
function useOptions(list: ListName, chosen: readonly string[]): readonly ChipOption[] {
  const today = useTablet().today();
  const valid = new Set(codesOn(list, today).map((row) => row.code));
  return codesOf(list).filter((row) => valid.has(row.code) || chosen.includes(row.code));
}

/** Of these, what her organisation can choose; a form before the lock knows none. */
function useOffered({ list, offers }: Of<'choice'>['field'], chosen: string | undefined) {
  const options = useOptions(list, chosen === undefined ? [] : [chosen]);
  const orgType = useContext(SessionContext)?.actor.orgType;
  if (!offers || orgType === undefined) return options;
  return options.filter(({ code }) => code === chosen || offers(code, orgType));
}

export function FlagWidget(props: Of<'flag'>) {
  const { input } = wiring(props);
  return (
    <div class="field field-full">
      <label class="chip">
        <input
          type="checkbox"
          {...input}
          checked={flag(props.value)}
          onChange={(event) => props.set(event.currentTarget.checked)}
        />
        <span>{props.field.label}</span>
      </label>
    </div>
  );
}

export function ChoiceWidget(props: Of<'choice'>) {
  const chosen = text(props.value);
  const options = useOffered(props.field, chosen);
  return options.length > mostChips ? (
    <SelectWidget {...props} options={options} />
  ) : (
    <FieldGroup {...props}>
      <ChipRow
        label={props.field.label}
        options={options}
        value={chosen}
        onChange={(code) => props.set(code)}
      />
      {chosen !== undefined && !props.field.required && (
        <button type="button" class="small-action" onClick={() => props.set(undefined)}>
          選択をはずす
        </button>
      )}
    </FieldGroup>
  );
}

function SelectWidget(props: Of<'choice'> & { readonly options: readonly ChipOption[] }) {
  const { input } = wiring(props);
  return (
    <FieldFrame {...props} size="medium">
      <select
        class="input"
        {...input}
        value={text(props.value) ?? ''}
        onChange={(event) => props.set(event.currentTarget.value || undefined)}
      >
        <option value="">えらんでください</option>
        {props.options.map((option) => (
          <option key={option.code} value={option.code}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

export function ChoicesWidget(props: Of<'choices'>) {
  const chosen = texts(props.value);
  const options = useOptions(props.field.list, chosen);
  return (
    <FieldGroup {...props}>
      <ChipRow
        label={props.field.label}
        multiple
        options={options}
        value={chosen}
        onChange={(codes) => props.set(codes.length > 0 ? codes : undefined)}
      />
    </FieldGroup>
  );
}
