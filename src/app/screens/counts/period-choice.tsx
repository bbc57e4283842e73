/** Which period: the present one of each length, and from there back, and forward again. */
import {
  dayAfter,
  dayBefore,
  spanOf,
  spanOptions,
  stepWords,
  type Span,
  type SpanView,
} from '../../logic/spans.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';

interface Props {
  readonly view: SpanView;
  readonly today: string;
  readonly onChange: (view: SpanView) => void;
}

export function PeriodChoice({ view, today, onChange }: Props) {
  const isNow = view.period.from <= today && today <= view.period.to;
  const next = dayAfter(view, today);
  const turn = (on: string) => onChange(spanOf(view.span, on, today));
  return (
    <div class="period-choice">
      <Chips
        label="期間"
        isLabelHidden
        options={spanOptions}
        value={isNow ? view.span : undefined}
        onChange={(code) => onChange(spanOf(code as Span, today, today))}
      />
      <div class="period-steps">
        <Button onPress={() => turn(dayBefore(view))}>前の{stepWords[view.span]}</Button>
        <strong aria-live="polite">{view.label}</strong>
        {next !== undefined && (
          <Button onPress={() => turn(next)}>次の{stepWords[view.span]}</Button>
        )}
      </div>
    </div>
  );
}
