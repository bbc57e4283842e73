/** 締める: what is missing is said first, then it is one write; the figures are the server's, so it is sent at once. */
import { closingId } from '../../../domain/kinds/day-closing.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { useWrite } from '../../form/use-write.ts';
import { heardWords, missingTablets } from '../../logic/closing.ts';
import type { Official, TabletState } from '../../logic/official-counts.ts';
import { useNow, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { entered } from '../../words/tally.ts';
import { TabletTimes } from './tablet-times.tsx';
import { Unsettled } from './unsettled.tsx';

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
        <Notice tone="warning" title={quarantinedWords(official.quarantined)} />
      )}
      <UnsentHere />
      <Unsettled site={site} date={date} />
      <p>届いた件数は「管理」の「端末ごとの照合」で確かめられます。</p>
      <p>
        締めると、この日の数字は確定します。締めたあとに届いた記録や訂正は、数字を変えずに「締め後の追加」などとして横に並べます。締めは、理由を付けて解けます。
      </p>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

const quarantinedWords = (n: number) =>
  `サーバーで預かっている記録が${n}件あります（この窓口の、すべての日の分）。`;

interface ReportedProps {
  readonly tablets: readonly TabletState[];
  readonly missing: readonly TabletState[];
  readonly isToday: boolean;
}

/** Of its own unsent entries this tablet knows. */
function UnsentHere() {
  const pending = entered(useTablet().sync.value);
  if (pending === 0) return null;
  return (
    <Notice tone="warning" title={`この端末に、まだ送っていない記録が${pending}件あります。`}>
      <p>この画面を閉じ、上の「未送信」が消えてから締めると、この日の数字に入ります。</p>
    </Notice>
  );
}

/** Heard is not the same as complete: no tick, and the words promise no more than the server knows. */
function Reported({ tablets, missing, isToday }: ReportedProps) {
  const title = heardWords(missing.length, isToday);
  return (
    <Notice tone={missing.length > 0 ? 'warning' : 'accent'} title={title}>
      <TabletTimes tablets={tablets} missing={missing} />
    </Notice>
  );
}
