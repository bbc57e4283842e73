/**
 * 月の締め beside the days: whether the month is final, the button that makes it so, and the one that opens it again. A month
 * that has not ended says from when.
 */
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { monthClosingId } from '../../../domain/kinds/day-closing.ts';
import { daysOf } from '../../../domain/month.ts';
import { isAllowed } from '../../../domain/permission.ts';
import { partOf } from '../../../domain/record.ts';
import { integer, text } from '../../../domain/value.ts';
import { formatDateJa, formatMonthJa } from '../../../domain/wareki.ts';
import { openDays } from '../../logic/count-month.ts';
import type { Official } from '../../logic/official-counts.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { CloseMonth } from './close-month.tsx';
import { Reopen } from './reopen.tsx';

interface MonthProps {
  readonly site: string;
  readonly month: string;
  readonly official: Official;
  /** Asks the server again. */
  readonly onChanged: () => void;
}

export function Month(props: MonthProps) {
  const { month } = props;
  const end = daysOf(month).at(-1) ?? '';
  return (
    <section class="closings" aria-label="月の締め">
      <h3>月の締め</h3>
      {end > useTablet().today() ? (
        <p class="quiet">この月は、{formatDateJa(end)}から締められます。</p>
      ) : (
        <PastMonth {...props} />
      )}
    </section>
  );
}

function PastMonth(props: MonthProps) {
  const { site, month, official, onChanged } = props;
  const { actor, all } = useSession();
  const today = useTablet().today();
  const [isOpen, setOpen] = useState(false);
  const id = monthClosingId(site, month);
  const facts = partOf(
    all('monthClosing').value.find((one) => one.id === id),
    'facts',
  );
  const isClosed = facts['state'] === 'closed';
  const days = openDays(month, official.days, all('visit').value, { site, today });
  const shut = () => setOpen(false);
  const done = () => {
    shut();
    onChanged();
  };
  return (
    <div class="month-state">
      {isClosed ? (
        <p>
          <Tag tone="good">確定</Tag>{' '}
          <span class="quiet">
            <TimeText at={integer(facts['closedAt'])} withDate />
          </span>
        </p>
      ) : (
        <p>
          <Tag>速報</Tag> 締めた日 {daysOf(month).length - days.length}日、締めていない日{' '}
          {days.length}日
          <Why reason={text(facts['reopenReason'])} />
        </p>
      )}
      {isAllowed('day.close', actor, 'none') && (
        <Button kind={isClosed ? 'plain' : 'secondary'} onPress={() => setOpen(true)}>
          {isClosed ? '月の締めを解く' : 'この月を締める'}
        </Button>
      )}
      {isOpen && !isClosed && (
        <CloseMonth site={site} month={month} days={days} onClose={shut} onDone={done} />
      )}
      {isOpen && isClosed && (
        <Reopen
          verb="monthClosing.reopen"
          id={id}
          what={formatMonthJa(`${month}-01`)}
          words="解くと、締めたあとに届いた記録も数字に入り、この月は速報にもどります。日ごとの締めは、そのままです。"
          onClose={shut}
          onDone={done}
        />
      )}
    </div>
  );
}

const Why = ({ reason }: { readonly reason: string | undefined }) =>
  reason === undefined ? null : (
    <span class="quiet">　締めを解いた：{codeLabel('reopenReason', reason)}</span>
  );
