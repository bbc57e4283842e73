/**
 * A table of figures in groups, for the figures of the tablet and the official ones alike. Groups that a desk reads every
 * day stand open; another is one line with its first figures until it is opened, or says that nothing was entered.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { MetricGroup } from '../../../domain/metrics/metric.ts';
import type { FigureGroup } from '../../logic/count-view.ts';
import { Icon } from '../../ui/icon.tsx';

interface FigureGroupsProps<F, R> {
  readonly caption: string;
  /** Headings beside 項目 and 数. */
  readonly columns: readonly string[];
  readonly groups: readonly FigureGroup<F, R>[];
  readonly figure: (figure: F) => ComponentChildren;
  readonly rate: (rate: R) => ComponentChildren;
  readonly preview: (figure: F) => string;
}

const everyday: readonly MetricGroup[] = ['use', 'consult', 'jobs'];

export function FigureGroups<F, R>(props: FigureGroupsProps<F, R>) {
  const [flipped, setFlipped] = useState<readonly MetricGroup[]>([]);
  const flip = (group: MetricGroup) =>
    setFlipped((now) =>
      now.includes(group) ? now.filter((one) => one !== group) : [...now, group],
    );
  return (
    <table class="table figure-table">
      <caption class="visually-hidden">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col">項目</th>
          <th scope="col" class="figure-number">
            数
          </th>
          {props.columns.map((column) => (
            <th scope="col" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      {props.groups.map((group) => (
        <GroupBody
          key={group.group}
          {...props}
          group={group}
          isOpen={everyday.includes(group.group) !== flipped.includes(group.group)}
          onFlip={() => flip(group.group)}
        />
      ))}
    </table>
  );
}

interface GroupBodyProps<F, R> extends Omit<FigureGroupsProps<F, R>, 'groups' | 'caption'> {
  readonly group: FigureGroup<F, R>;
  readonly isOpen: boolean;
  readonly onFlip: () => void;
}

function GroupBody<F, R>(props: GroupBodyProps<F, R>) {
  const { group, isOpen, onFlip, columns, figure, rate, preview } = props;
  const said = group.isEmpty
    ? 'この期間の記録はありません'
    : `${group.figures.slice(0, 2).map(preview).join('、')} など`;
  return (
    <tbody>
      <tr class="figure-group">
        <th scope="rowgroup" colSpan={columns.length + 2}>
          <button type="button" class="figure-open" aria-expanded={isOpen} onClick={onFlip}>
            <span>{group.label}</span>
            {!isOpen && <span class="quiet figure-preview">{said}</span>}
            <Icon name="next" />
          </button>
        </th>
      </tr>
      {isOpen && group.figures.map(figure)}
      {isOpen && group.rates.map(rate)}
    </tbody>
  );
}
