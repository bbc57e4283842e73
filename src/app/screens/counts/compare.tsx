/**
 * 突き合わせ of a month: Hello Work's own figures beside ours, line by line, and why they differ. Ours is the server's and is
 * kept as it was when it was compared; where it has changed since, both stand there. Source: domain.md §0.2, §4.
 */
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { formatCount } from '../../../domain/figures.ts';
import { isAllowed } from '../../../domain/permission.ts';
import { partOf } from '../../../domain/record.ts';
import { integer, text, texts } from '../../../domain/value.ts';
import { comparedFigures, type ComparedFigure } from '../../logic/count-month.ts';
import type { Official } from '../../logic/official-counts.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { TableScroll } from '../../ui/table-scroll.tsx';
import { CompareForm } from './compare-form.tsx';

interface CompareProps {
  readonly site: string;
  readonly month: string;
  readonly official: Official;
}

export function Compare({ site, month, official }: CompareProps) {
  const { all } = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<ComparedFigure>();
  const records = all('reconciliation').value;
  const { shown, others } = comparedFigures(official.rows, records, { site, month }, chosen);
  return (
    <section class="closings" aria-label="ハローワークの数との突き合わせ">
      <h3>ハローワークの数との突き合わせ</h3>
      <TableScroll label="ハローワークの数との突き合わせの表">
        <table class="table compare-table">
          <caption class="visually-hidden">ハローワークの数との突き合わせ</caption>
          <thead>
            <tr>
              <th scope="col">項目</th>
              <th scope="col">このアプリ</th>
              <th scope="col">ハローワーク</th>
              <th scope="col">ちがい</th>
              <th scope="col">
                <span class="visually-hidden">操作</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((figure) => (
              <Line key={figure.metric} figure={figure} onPress={() => setOpen(figure)} />
            ))}
          </tbody>
        </table>
      </TableScroll>
      {others.length > 0 && (
        <label class="compare-more">
          <span class="label">ほかの項目も突き合わせる</span>
          <select
            class="input"
            value=""
            onChange={(event) => setChosen([...chosen, event.currentTarget.value])}
          >
            <option value="">えらんでください</option>
            {others.map(({ metric, label }) => (
              <option key={metric} value={metric}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {open && (
        <CompareForm key={open.id} figure={open} month={month} onClose={() => setOpen(undefined)} />
      )}
    </section>
  );
}

interface LineProps {
  readonly figure: ComparedFigure;
  readonly onPress: () => void;
}

function Line({ figure, onPress }: LineProps) {
  const may = isAllowed('figures.reconcile', useSession().actor, 'none');
  const { label, unit, own: now, record } = figure;
  const facts = partOf(record, 'facts');
  const isThere = facts['state'] === 'recorded';
  const own = isThere ? (integer(facts['own']) ?? now) : now;
  const official = isThere ? integer(facts['official']) : undefined;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class="figure-number">
        <strong>{formatCount(own)}</strong>
        <span class="unit">{unit}</span>
        {own !== now && <span class="official-late quiet">いまは{formatCount(now)}</span>}
      </td>
      <td class="figure-number">
        {official !== undefined && (
          <>
            <strong>{formatCount(official)}</strong>
            <span class="unit">{unit}</span>
          </>
        )}
      </td>
      <td>
        {official !== undefined && <Difference by={own - official} facts={facts['reasons']} />}
      </td>
      <td class="closing-act">
        {may && (
          <Button
            kind={isThere ? 'plain' : 'secondary'}
            size="small"
            label={`${label}のハローワークの数を${isThere ? '直す' : '入れる'}`}
            onPress={onPress}
          >
            {isThere ? '直す' : '入れる'}
          </Button>
        )}
      </td>
    </tr>
  );
}

interface DifferenceProps {
  readonly by: number;
  readonly facts: Parameters<typeof texts>[0];
}

/** Ours less theirs; ▲ where ours is the smaller. */
function Difference({ by, facts }: DifferenceProps) {
  if (by === 0) return <>一致</>;
  const reasons = texts(facts).map((code) => codeLabel('differenceReason', text(code) ?? ''));
  return (
    <>
      {by > 0 ? `＋${formatCount(by)}` : formatCount(by)}
      <span class="quiet compare-why">{reasons.join('、')}</span>
    </>
  );
}
