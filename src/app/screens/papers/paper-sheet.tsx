/** One paper on A4, black on white: its lines, its table, what it is good for, and room for names. Drawn for print alone. */
import type { Paper, Signature } from '../../logic/papers.ts';
import './papers.css';

interface PaperSheetProps {
  readonly paper: Paper;
  /** A blank one names nobody and no day. */
  readonly isBlank?: boolean | undefined;
  /** Day, desk and name under it. */
  readonly staff: readonly string[];
}

export function PaperSheet({ paper, isBlank = false, staff }: PaperSheetProps) {
  return (
    <article class="paper">
      <h1>{paper.title}</h1>
      {paper.warning && <p class="paper-warning">{paper.warning}</p>}
      {paper.to && <p class="paper-to">{paper.to}</p>}
      {paper.big && <p class="paper-big">{paper.big}</p>}
      <dl class="paper-lines">
        {paper.lines.map(([label, value]) => (
          <div key={label} class={value === '' ? 'is-room' : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {paper.table && <PaperTable {...paper.table} />}
      {paper.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {paper.signs.map((who) => (
        <Sign key={who} who={who} isBlank={isBlank} staff={staff} />
      ))}
    </article>
  );
}

function PaperTable({ head, rows }: NonNullable<Paper['table']>) {
  if (rows.length === 0) return <p>（当窓口の記録はありません。）</p>;
  return (
    <table class="paper-table">
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type SignProps = Pick<PaperSheetProps, 'isBlank' | 'staff'> & { readonly who: Signature };

function Sign({ who, isBlank, staff }: SignProps) {
  if (who === 'client')
    return <p class="paper-sign">ご本人の署名　　　　　　　　　　　　　　　　　年　　月　　日</p>;
  return isBlank ? (
    <p class="paper-sign">窓口・担当　　　　　　　　　　　　　　　　　　年　　月　　日</p>
  ) : (
    <p class="paper-sign">
      {staff.map((line) => (
        <span key={line} class="paper-sign-line">
          {line}
        </span>
      ))}
    </p>
  );
}
