/** 締める: what is missing is said first, then it is one write; the figures are the server's, so it is sent at once. */
import { closingId } from '../../../domain/kinds/day-closing.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { useWrite } from '../../form/use-write.ts';
import { missingTablets } from '../../logic/closing.ts';
import type { Official, TabletState } from '../../logic/official-counts.ts';
import { useNow, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TimeText } from '../../ui/text.tsx';

interface DayProps {
  readonly site: string;
  readonly date: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function CloseDay({
  site,
  date,
  official,
  onClose,
  onDone,
}: DayProps & { readonly official: Official }) {
  const tablet = useTablet();
  const missing = missingTablets(official.tablets, date, tablet.today(), useNow());
  const write = useWrite();
  const save = async () => {
    const args = { id: closingId(site, date), date, missing: missing.length };
    if ((await write.save('dayClosing.close', args, { message: '締めました' })) === undefined)
      return;
    await tablet.syncNow();
    onDone();
  };
  return (
    <Sheet
      title={`${formatDateJa(date)}を締める`}
      size="narrow"
      onClose={onClose}
      actions={
        <Button kind="primary" size="large" busy={write.busy} onPress={save}>
          {missing.length > 0 ? `${missing.length}台を待たずに締める` : '締める'}
        </Button>
      }
    >
      <Reported tablets={official.tablets} missing={missing} isToday={date === tablet.today()} />
      {official.quarantined > 0 && (
        <Notice tone="warning" title={`確認待ちの記録が${official.quarantined}件あります。`} />
      )}
      <p>
        つながった時刻よりあとに入力した記録は、まだ届いていないことがあります。届いた件数は「管理」の「端末ごとの照合」で確かめられます。
      </p>
      <p>
        締めると、この日の数字は確定します。締めたあとに届いた記録や訂正は、数字を変えずに「締め後の追加」などとして横に並べます。締めは、理由を付けて解けます。
      </p>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

interface ReportedProps {
  readonly tablets: readonly TabletState[];
  readonly missing: readonly TabletState[];
  readonly isToday: boolean;
}

/** Heard is not the same as complete: the words promise no more than the server knows. */
function Reported({ tablets, missing, isToday }: ReportedProps) {
  const since = isToday ? 'この15分のあいだ' : 'その日が終わってから';
  const title =
    missing.length > 0
      ? `${missing.length}台の端末と、${since}つながっていません。`
      : `すべての端末と、${since}${isToday ? 'に' : ''}つながりました。`;
  return (
    <Notice tone={missing.length > 0 ? 'warning' : 'good'} title={title}>
      <p>最後につながった時刻</p>
      <ul class="tablet-times">
        {tablets.map((one, index) => (
          <li key={index}>
            {one.name}：
            {one.heardAt === undefined ? '一度もなし' : <TimeText at={one.heardAt} withDate />}
            {missing.includes(one) && '　まだ'}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
