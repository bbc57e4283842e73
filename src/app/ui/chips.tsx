/** Short choices as chips, 48 px high: radio or checkbox underneath, so that keyboard and screen reader work as ever. */
import { useId } from 'preact/hooks';

export interface ChipOption {
  readonly code: string;
  readonly label: string;
}

interface Common {
  readonly label: string;
  readonly isLabelHidden?: boolean | undefined;
  readonly options: readonly ChipOption[];
}

interface OneProps extends Common {
  readonly multiple?: false | undefined;
  readonly value: string | undefined;
  readonly onChange: (code: string) => void;
}

interface ManyProps extends Common {
  readonly multiple: true;
  readonly value: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

export function Chips(props: OneProps | ManyProps) {
  return (
    <fieldset class="chips">
      <legend class={props.isLabelHidden ? 'visually-hidden' : 'label'}>{props.label}</legend>
      <ChipRow {...props} />
    </fieldset>
  );
}

/** The chips alone, for a fieldset that says more (form/widgets.tsx). */
export function ChipRow(props: OneProps | ManyProps) {
  const name = useId();
  return (
    <div class="chip-row">
      {props.options.map((option) => (
        <label key={option.code} class="chip">
          <input
            type={props.multiple ? 'checkbox' : 'radio'}
            name={name}
            checked={isChosen(props, option.code)}
            onChange={() => choose(props, option.code)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

function isChosen(props: OneProps | ManyProps, code: string): boolean {
  return props.multiple ? props.value.includes(code) : props.value === code;
}

function choose(props: OneProps | ManyProps, code: string): void {
  if (!props.multiple) return props.onChange(code);
  const others = props.value.filter((chosen) => chosen !== code);
  props.onChange(others.length < props.value.length ? others : [...props.value, code]);
}
