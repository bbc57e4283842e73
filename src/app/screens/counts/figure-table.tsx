/**
 * The figures of a span in groups: what a desk reads every day stands open, the rest is one line a group until it is opened.
 * One button a figure, which opens the events behind it; rates stand under their group.
 */
import type { ComponentChildren } from 'preact';
import { formatCount } from '../../../domain/figures.ts';
import type { Figure, FigureGroup, RateFigure } from '../../logic/count-view.ts';
import { Icon } from '../../ui/icon.tsx';
import { FigureGroups } from './figure-groups.tsx';

interface FigureTableProps {
  readonly groups: readonly FigureGroup<Figure, RateFigure>[];
  readonly open: string | undefined;
  readonly onOpen: (metric: string) => void;
}

export function FigureTable({ groups, open, onOpen }: FigureTableProps) {
  return (
    <FigureGroups
      caption="この端末で見える範囲の速報"
      columns={['未照合']}
      groups={groups}
      preview={({ metric, count }) => `${metric.label} ${formatCount(count.value)}${metric.unit}`}
      figure={({ metric, count }) => (
        <tr key={metric.name} class={metric.name === open ? 'is-open' : undefined}>
          <th scope="row">
            <OpenButton
              isOpen={metric.name === open}
              onPress={() => onOpen(metric.name)}
              label={metric.label}
            />
          </th>
          <td class="figure-number">
            <strong>{formatCount(count.value)}</strong>
            <span class="unit">{metric.unit}</span>
          </td>
          <td class="figure-unknown">{count.unknown > 0 && `${formatCount(count.unknown)}件`}</td>
        </tr>
      )}
      rate={({ rate, ratio }) => (
        <RateRow key={rate.name} label={rate.label} note={rate.note} {...ratio}>
          <td />
        </RateRow>
      )}
    />
  );
}

interface OpenButtonProps {
  readonly label: string;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}

function OpenButton({ label, isOpen, onPress }: OpenButtonProps) {
  return (
    <button type="button" class="figure-open" aria-expanded={isOpen} onClick={onPress}>
      {label}
      <Icon name="next" />
    </button>
  );
}

interface RateRowProps {
  readonly label: string;
  readonly note: string;
  readonly text: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly children: ComponentChildren;
}

/** A rate says what it was worked out from; 「－」 is one without a base. */
export function RateRow({ label, note, text, numerator, denominator, children }: RateRowProps) {
  return (
    <tr class="figure-rate">
      <th scope="row">
        {label}
        <span class="quiet">
          {formatCount(numerator)}÷{formatCount(denominator)}。{note}
        </span>
      </th>
      <td class="figure-number">
        <strong>{text}</strong>
        {text !== '－' && <span class="unit">％</span>}
      </td>
      {children}
    </tr>
  );
}
