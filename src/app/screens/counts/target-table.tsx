/**
 * Targets in one table, by counter where there are several: as printed, last year's, result, how far along. Columns that no
 * row fills are left out.
 */
import type { TargetRow } from '../../logic/target-view.ts';
import { Tag } from '../../ui/notice.tsx';
import { TableScroll } from '../../ui/table-scroll.tsx';

export interface TargetBlock {
  /** Whose targets: a counter or the whole area; none in a plan that is printed as one list. */
  readonly heading?: string;
  readonly overall?: string | undefined;
  readonly rows: readonly TargetRow[];
}

interface TargetTableProps {
  readonly title: string;
  readonly blocks: readonly TargetBlock[];
}

const modes = { included: '内数', beside: '外数' } as const;
const results = { met: '達成', missed: '未達成' } as const;
const paces = { ahead: '上回る', behind: '下回る' } as const;

interface Columns {
  readonly hasPrevious: boolean;
  readonly hasActual: boolean;
}

export function TargetTable({ title, blocks }: TargetTableProps) {
  const all = blocks.flatMap(({ rows }) => rows);
  const columns = {
    hasPrevious: all.some(({ previous }) => previous !== ''),
    hasActual: all.some(({ actual }) => actual !== ''),
  };
  const isHeaded = blocks.some(({ heading }) => heading !== undefined);
  return (
    <TableScroll label={title}>
      <table class="table target-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            {isHeaded && (
              <th scope="col" class="target-site">
                窓口
              </th>
            )}
            <th scope="col" class="target-name">
              指標
            </th>
            <th scope="col">目標</th>
            {columns.hasPrevious && <th scope="col">前年度の実績</th>}
            {columns.hasActual && (
              <>
                <th scope="col">実績</th>
                <th scope="col">達成率（％）</th>
                <th scope="col">ペース・結果</th>
              </>
            )}
          </tr>
        </thead>
        {blocks.map((block) => (
          <Block key={block.heading} {...block} {...columns} />
        ))}
      </table>
    </TableScroll>
  );
}

function Block({ heading, overall, rows, hasPrevious, hasActual }: TargetBlock & Columns) {
  return (
    <tbody>
      {rows.map((row, index) => (
        <tr key={row.id} class={row.sub && 'target-sub'}>
          {heading !== undefined && index === 0 && (
            <th scope="rowgroup" rowSpan={rows.length} class="target-site">
              {heading}
              {overall && <Tag tone={overall === '未達成' ? 'plain' : 'good'}>{overall}</Tag>}
            </th>
          )}
          <th scope="row">
            {row.sub && <Tag>{modes[row.sub]}</Tag>}
            {row.name}
            {row.note && <span class="quiet">※ {row.note}</span>}
          </th>
          <td>{row.goal}</td>
          {hasPrevious && <td>{row.previous}</td>}
          {hasActual && <ResultCells row={row} />}
        </tr>
      ))}
    </tbody>
  );
}

/** Reached or not goes before the pace: what is reached needs none. */
function ResultCells({ row }: { readonly row: TargetRow }) {
  const { actual, isProvisional, rate, result, pace } = row;
  const word = pace && paces[pace];
  return (
    <>
      <td>
        <strong>{actual}</strong> {isProvisional && <Tag>速報</Tag>}
      </td>
      <td>{rate}</td>
      <td class="achievement-pace">
        {result ? <Tag tone={result === 'met' ? 'good' : 'plain'}>{results[result]}</Tag> : word}
      </td>
    </>
  );
}
