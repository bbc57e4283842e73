/** The figures of a span: a table with one button a row, which opens the events behind it. */
import { formatCount } from '../../../domain/figures.ts';
import type { Figure } from '../../logic/count-view.ts';
import { Icon } from '../../ui/icon.tsx';

interface FigureTableProps {
  readonly figures: readonly Figure[];
  readonly open: string | undefined;
  readonly onOpen: (metric: string) => void;
}

export function FigureTable({ figures, open, onOpen }: FigureTableProps) {
  return (
    <table class="table figure-table">
      <caption class="visually-hidden">この端末で見える範囲の速報</caption>
      <thead>
        <tr>
          <th scope="col">項目</th>
          <th scope="col" class="figure-number">
            数
          </th>
          <th scope="col">未照合</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ metric, count }) => (
          <tr key={metric.name} class={metric.name === open ? 'is-open' : undefined}>
            <th scope="row">
              <button
                type="button"
                class="figure-open"
                aria-expanded={metric.name === open}
                onClick={() => onOpen(metric.name)}
              >
                {metric.label}
                <Icon name="next" />
              </button>
            </th>
            <td class="figure-number">
              <strong>{formatCount(count.value)}</strong>
              <span class="unit">{metric.unit}</span>
            </td>
            <td class="figure-unknown">{count.unknown > 0 && `${formatCount(count.unknown)}件`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
