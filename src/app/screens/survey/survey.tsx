/**
 * アンケート behind the lock: hand the tablet over, or copy paper sheets. Whoever copies stands in no answer, and the month is all
 * that is asked of when. Answers leave the tablet by lot over some hours; how many wait is said, so that nobody wonders.
 */
import { useState } from 'preact/hooks';
import { addMonths } from '../../../domain/date.ts';
import { monthOf } from '../../../domain/month.ts';
import { formatMonthJa } from '../../../domain/wareki.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Counted } from '../../ui/text.tsx';
import { showing } from '../ready/showing.ts';
import { AnswerForm } from './answer-form.tsx';

export function SurveyScreen() {
  const tablet = useTablet();
  const waiting = tablet.surveysWaiting.value;
  const handOver = () => {
    showing.value = 'survey';
    tablet.lock();
  };
  return (
    <section class="screen" aria-label="アンケート">
      <header class="screen-head">
        <h1>アンケート</h1>
        <div class="buttons">
          <Button kind="primary" onPress={handOver}>
            この端末で答えてもらう
          </Button>
        </div>
      </header>
      <Notice title="だれの回答かは、残りません。">
        <p>画面はロックされ、アンケートだけが出ます。回答は、時間をずらして一つずつ送ります。</p>
        {waiting > 0 && (
          <p>
            この端末からまだ送っていない回答 <Counted n={waiting} unit="件" />
          </p>
        )}
      </Notice>
      <PaperSheets />
    </section>
  );
}

const monthsBack = 3;

function PaperSheets() {
  const today = useTablet().today();
  const months = Array.from({ length: monthsBack }, (_, back) => monthOf(addMonths(today, -back)));
  const [month, setMonth] = useState(months[0] ?? '');
  const [copied, setCopied] = useState(0);
  return (
    <section class="survey-paper" aria-label="紙のアンケートを入れる">
      <header class="section-head">
        <h2>紙のアンケートを入れる</h2>
        {copied > 0 && (
          <p class="quiet" role="status">
            入れた枚数 <Counted n={copied} unit="枚" />
          </p>
        )}
      </header>
      <Chips
        label="答えた月"
        options={months.map((one) => ({ code: one, label: formatMonthJa(`${one}-01`) }))}
        value={month}
        onChange={setMonth}
      />
      <AnswerForm
        key={copied}
        press="この一枚を入れる"
        given={{ month }}
        onKept={() => setCopied(copied + 1)}
      />
    </section>
  );
}
