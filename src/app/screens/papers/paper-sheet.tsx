/** One paper on A4, black on white: its lines, its table, what it is good for, and room for names. Drawn for print alone. */
import { formatLongJa } from '../../../domain/wareki.ts';
import { namesOf } from '../../logic/names-of.ts';
import type { Paper, Signature } from '../../logic/papers.ts';
import { useSession, useTablet } from '../../state/context.ts';
import './papers.css';

interface PaperSheetProps {
  readonly paper: Paper;
  /** A blank one names nobody and no day. */
  readonly isBlank?: boolean | undefined;
}

export function PaperSheet({ paper, isBlank = false }: PaperSheetProps) {
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
        <Sign key={who} who={who} isBlank={isBlank} />
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

function Sign({ who, isBlank }: { readonly who: Signature; readonly isBlank: boolean }) {
  const { actor, get } = useSession();
  const nameOf = namesOf(get);
  const today = formatLongJa(useTablet().today());
  if (who === 'client')
    return <p class="paper-sign">ご本人の署名　　　　　　　　　　　　　　　　　年　　月　　日</p>;
  return isBlank ? (
    <p class="paper-sign">窓口・担当　　　　　　　　　　　　　　　　　　年　　月　　日</p>
  ) : (
    <p class="paper-sign">
      {today}
      <br />
      {nameOf('organisation', actor.org)}　{nameOf('site', actor.site)}
      <br />
      担当 {nameOf('staff', actor.user)}
    </p>
  );
}
