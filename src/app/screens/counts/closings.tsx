/**
 * 日ごとの締め: each day of the period with 確定 or 速報, what came after the closing, and the buttons of the counter's
 * supervisors. Whoever closes sees first which tablets have not reported.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { kindLabel } from '../../../domain/kind-labels.ts';
import { stateOf } from '../../../domain/kind.ts';
import { closingId, monthClosingId } from '../../../domain/kinds/day-closing.ts';
import { monthOf } from '../../../domain/month.ts';
import type { Period } from '../../../domain/metrics/metric.ts';
import { isAllowed } from '../../../domain/permission.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { dayRows, lateSummary, lateWords, skewWords, type DayRow } from '../../logic/closing.ts';
import type { LateChange, Official } from '../../logic/official-counts.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/notice.tsx';
import { DateText, TimeText } from '../../ui/text.tsx';
import { CloseDay } from './close-day.tsx';
import { Reopen } from './reopen.tsx';

interface ClosingsProps {
  readonly site: string;
  readonly official: Official;
  readonly period: Period;
  /** Asks the server again. */
  readonly onChanged: () => void;
}

export function Closings({ site, official, period, onChanged }: ClosingsProps) {
  const [open, setOpen] = useState<DayRow>();
  const rows = dayRows(official, period, useTablet().today());
  const done = () => {
    setOpen(undefined);
    onChanged();
  };
  const close = () => setOpen(undefined);
  return (
    <section class="closings" aria-label="日ごとの締め">
      <h3>日ごとの締め</h3>
      <Folded rows={rows}>
        <table class="table">
          <caption class="visually-hidden">日ごとの締め</caption>
          <thead>
            <tr>
              <th scope="col">業務日</th>
              <th scope="col">状態</th>
              <th scope="col">締めたあと</th>
              <th scope="col">
                <span class="visually-hidden">操作</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <ClosingRow key={row.date} site={site} row={row} onPress={() => setOpen(row)} />
            ))}
          </tbody>
        </table>
      </Folded>
      {open && !open.isClosed && (
        <CloseDay site={site} date={open.date} official={official} onClose={close} onDone={done} />
      )}
      {open?.isClosed && (
        <Reopen
          verb="dayClosing.reopen"
          id={closingId(site, open.date)}
          what={formatDateJa(open.date)}
          words="解くと、締めたあとに届いた記録も数字に入り、この日は速報にもどります。"
          onClose={close}
          onDone={done}
        />
      )}
    </section>
  );
}

/** One day stands there; of many the numbers, until they are opened. */
function Folded({ rows, children }: { rows: readonly DayRow[]; children: ComponentChildren }) {
  const closed = rows.filter(({ isClosed }) => isClosed).length;
  const late = rows.filter((row) => row.late.length > 0).length;
  if (rows.length < 2) return <>{children}</>;
  return (
    <details class="closing-days">
      <summary>
        締めた日 {closed}日、締めていない日 {rows.length - closed}日
        {late > 0 && `、締めたあとに届いた日 ${late}日`}
      </summary>
      {children}
    </details>
  );
}

interface ClosingRowProps {
  readonly site: string;
  readonly row: DayRow;
  readonly onPress: () => void;
}

/** While its month stands closed, a day is not opened by itself. */
function ClosingRow({ site, row, onPress }: ClosingRowProps) {
  const { actor, all } = useSession();
  const month = monthClosingId(site, monthOf(row.date));
  const isOver = all('monthClosing').value.some(
    (one) => one.id === month && stateOf(one) === 'closed',
  );
  const may = isAllowed('day.close', actor, 'none') && !isOver;
  return (
    <tr>
      <th scope="row">
        <DateText date={row.date} />
      </th>
      <td>
        <State row={row} />
      </td>
      <td>{row.late.length > 0 && <Late late={row.late} />}</td>
      <td class="closing-act">
        {may && (
          <Button kind={row.isClosed ? 'plain' : 'secondary'} size="small" onPress={onPress}>
            {row.isClosed ? '締めを解く' : '締める'}
          </Button>
        )}
      </td>
    </tr>
  );
}

function State({ row }: { readonly row: DayRow }) {
  if (!row.isClosed)
    return (
      <>
        <Tag>速報</Tag>
        {row.reopenReason && (
          <span class="quiet">　締めを解いた：{codeLabel('reopenReason', row.reopenReason)}</span>
        )}
      </>
    );
  return (
    <>
      <Tag tone="good">確定</Tag>
      <span class="quiet">
        {'　'}
        <TimeText at={row.closedAt} withDate />
        {(row.missing ?? 0) > 0 && `　未着の端末 ${row.missing}台`}
      </span>
    </>
  );
}

/** Nothing of the records themselves: kind, what happened, when it was entered and when it came. */
function Late({ late }: { readonly late: readonly LateChange[] }) {
  return (
    <details class="closing-late">
      <summary>{lateSummary(late)}</summary>
      <ul>
        {late.map((one, index) => (
          <li key={index}>
            {kindLabel(one.kind)}の{lateWords[one.what]}　入力{' '}
            <TimeText at={one.enteredAt} withDate />
            {skewWords(one.skew) && `（${skewWords(one.skew)}）`}　受信{' '}
            <TimeText at={one.receivedAt} withDate />
          </li>
        ))}
      </ul>
    </details>
  );
}
