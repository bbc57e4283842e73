/** 年月日 with era, number pads, an echo in both calendars, and the age where it is a birth date. */
import { useState } from 'preact/hooks';
import { ageOn, isIsoDate } from '../../domain/date.ts';
import { formatLongJa } from '../../domain/wareki.ts';
import type { Field } from '../../domain/field.ts';
import { useTablet } from '../state/context.ts';
import { adviceFor, eras, isWholeText, partsOf, valueOf, type DateParts } from './date-parts.ts';
import { FieldGroup, wiring, type WidgetProps } from './field-frame.tsx';
import { shownText } from './text-widgets.tsx';

type Props = WidgetProps<Extract<Field, { type: 'date' }>>;

const isBirth = (path: string) => path.endsWith('birthDate');

export function DateWidget(props: Props) {
  const { path, value, set } = props;
  const today = useTablet().today();
  const current = shownText(value);
  const [parts, setParts] = useState<DateParts>(() =>
    partsOf(current, isBirth(path) ? '昭和' : '令和'),
  );
  const [sent, setSent] = useState(current);
  if (current !== sent) {
    setSent(current);
    setParts(partsOf(current, parts.era));
  }
  const change = (next: DateParts) => {
    const read = valueOf(next) ?? '';
    setParts(next);
    setSent(read);
    set(read === '' ? undefined : read);
  };
  /** A whole date stays in one piece until she leaves it: S40.4.1 may go on to S40.4.12. */
  const leave = () => {
    if (isIsoDate(current)) setParts(partsOf(current, parts.era));
  };
  return (
    <FieldGroup {...props} echo={echoOf(current, today, isBirth(path), isComplete(parts))}>
      <DateInputs {...props} parts={parts} change={change} leave={leave} />
      {!isBirth(path) && props.field.today !== 'never' && (
        <button
          type="button"
          class="small-action"
          onClick={() => change(partsOf(today, parts.era))}
        >
          今日
        </button>
      )}
    </FieldGroup>
  );
}

const isComplete = (parts: DateParts) =>
  (parts.month !== '' && parts.day !== '') || isWholeText(parts.year);

function echoOf(value: string, today: string, birth: boolean, complete: boolean) {
  if (isIsoDate(value)) {
    const age = birth && value <= today ? `・${ageOn(value, today)}歳` : '';
    const advice = adviceFor(value);
    return `${formatLongJa(value)}・西暦${value.slice(0, 4)}年${age}${advice ? `　${advice.text}` : ''}`;
  }
  const advice = complete ? adviceFor(value) : undefined;
  return advice && <span class="echo-problem">{advice.text}</span>;
}

interface InputsProps extends Props {
  readonly parts: DateParts;
  readonly change: (parts: DateParts) => void;
  readonly leave: () => void;
}

function DateInputs({ parts, change, leave, ...props }: InputsProps) {
  const { id, input } = wiring(props);
  const { id: _, ...rest } = input;
  const number = (key: 'year' | 'month' | 'day', unit: string) => (
    <label class="date-part">
      <input
        class={`input number date-${key}`}
        type="text"
        inputMode={key === 'year' ? 'text' : 'numeric'}
        {...rest}
        value={parts[key]}
        onInput={(event) => change({ ...parts, [key]: event.currentTarget.value })}
        onBlur={leave}
      />
      <span class="unit">{unit}</span>
    </label>
  );
  return (
    <span class="date-inputs">
      <select
        class="input date-era"
        aria-label={`${props.field.label}の元号`}
        aria-describedby={`${id}-echo`}
        value={parts.era}
        onChange={(event) => change({ ...parts, era: event.currentTarget.value })}
      >
        {eras.map((era) => (
          <option key={era} value={era}>
            {era}
          </option>
        ))}
      </select>
      {number('year', '年')}
      {number('month', '月')}
      {number('day', '日')}
    </span>
  );
}
