/**
 * The table of the Sapporo sheet for FY25 as printed, with rates to one decimal. Where the sheet printed no comparator the
 * cell is blank, not zero. Figures come from the seed; nothing here is entered by hand.
 */
import sheet from '../../../../seeds/sapporo-fy25.json';
import { formatCount } from '../../../domain/figures.ts';
import {
  achievementRow,
  achievementRows,
  totalInput,
  type AchievementRow,
  type Figure,
} from '../../../domain/metrics/achievement.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import { TableScroll } from '../../ui/table-scroll.tsx';
import './counts.css';
import './table.css';

const months = sheet.elapsedMonths;
const rows = achievementRows(sheet.rows, months);
const total = achievementRow(totalInput(sheet.rows), months);

export function SapporoSheet() {
  return (
    <>
      <p class="quiet">
        {formatWareki(sheet.asOf)}まで（{months}か月）。年間のペースは 12分の{months}（
        {((months / 12) * 100).toFixed(1)}％）です。▲は減った割合です。
      </p>
      <Measure title="利用者数（人）" rows={rows} total={total} pick={(row) => row.users} />
      <Measure title="就職者数（人）" rows={rows} total={total} pick={(row) => row.placed} />
      <footer class="achievement-source">
        <p>
          出典：{sheet.source.publisher}「{sheet.source.title}」{sheet.source.document}
        </p>
        {sheet.notes.map((note) => (
          <p key={note}>※ {note}</p>
        ))}
      </footer>
    </>
  );
}

interface MeasureProps {
  readonly title: string;
  readonly rows: readonly AchievementRow[];
  readonly total: AchievementRow;
  readonly pick: (row: AchievementRow) => Figure;
}

function Measure({ title, rows: wards, total: sum, pick }: MeasureProps) {
  return (
    <TableScroll label={title}>
      <table class="table achievement-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">区</th>
            <th scope="col">目標</th>
            <th scope="col">前年の目標</th>
            <th scope="col">実績</th>
            <th scope="col">前年同期</th>
            <th scope="col">達成率（％）</th>
            <th scope="col">前年同期からの増減（％）</th>
            <th scope="col">ペース</th>
          </tr>
        </thead>
        <tbody>
          {wards.map((row) => (
            <FigureRow key={row.ward} name={row.ward} figure={pick(row)} />
          ))}
        </tbody>
        <tfoot>
          <FigureRow name={sum.ward} figure={pick(sum)} />
        </tfoot>
      </table>
    </TableScroll>
  );
}

const paces = { ahead: '上回る', behind: '下回る' } as const;
const shown = (value: number | undefined) => (value === undefined ? '' : formatCount(value));

function FigureRow({ name, figure }: { readonly name: string; readonly figure: Figure }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{shown(figure.target)}</td>
      <td>{shown(figure.targetBefore)}</td>
      <td>
        <strong>{shown(figure.actual)}</strong>
      </td>
      <td>{shown(figure.actualBefore)}</td>
      <td>
        <strong>{figure.rate}</strong>
      </td>
      <td>{figure.change}</td>
      <td class="achievement-pace">{figure.pace && paces[figure.pace]}</td>
    </tr>
  );
}
