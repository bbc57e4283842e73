/**
 * 紙の用紙: the entering of what was written on paper, on the day it happened, and blank papers for a day when even tablets
 * fail. What is entered so is marked 後日入力 wherever it is shown.
 */
import { useState } from 'preact/hooks';
import { addDays } from '../../../domain/date.ts';
import type { Fields } from '../../../domain/field.ts';
import { text } from '../../../domain/value.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { blankPapers } from '../../logic/papers.ts';
import { useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { isPaperDay, longestBack, startPaperDay } from '../../state/paper-day.ts';
import { Button } from '../../ui/button.tsx';
import { List, Row, Section } from '../../ui/list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PrintButton } from './print-button.tsx';

export function Papers() {
  return (
    <section class="screen papers" aria-label="紙の用紙">
      <header class="screen-head">
        <h1>紙の用紙・あとから入力</h1>
      </header>
      <EnterLater />
      <Section title="白紙の用紙を印刷する">
        <p>端末が使えない日のために、窓口に印刷しておく用紙です。</p>
        <List label="白紙の用紙">
          {blankPapers().map((paper) => (
            <Row
              key={paper.code}
              title={paper.title}
              aside={<PrintButton paper={paper} isBlank />}
            />
          ))}
        </List>
      </Section>
    </section>
  );
}

const fields: Fields = {
  day: { type: 'date', label: '紙に書いた日', required: true, today: 'never' },
};

function EnterLater() {
  const today = useTablet().today();
  const form = useForm({ fields, initial: { day: addDays(today, -1) } });
  const [wrong, setWrong] = useState(false);
  const start = () => {
    const day = text(form.args()['day']) ?? '';
    setWrong(!isPaperDay(day, today));
    if (!isPaperDay(day, today)) return;
    startPaperDay(day);
    go('reception');
  };
  return (
    <Section title="紙に書いた記録を、あとから入れる">
      <p>
        日を選んで始めると、受付・相談・紹介などで入れた記録が、その日の記録として保存されます。「後日入力」の印がつきます。
      </p>
      <FormFields form={form} />
      {wrong && (
        <Notice tone="warning" title="この日は選べません。">
          きのうから{longestBack}日前までの日を選んでください。
        </Notice>
      )}
      <div class="buttons">
        <Button kind="primary" onPress={start}>
          この日の記録を入れる
        </Button>
      </div>
    </Section>
  );
}
