/**
 * アンケート on the tablet that a user holds: the one page there is while it is shown, with no name, no list and no way on. Staff take
 * the tablet back by two presses, and stand before the lock screen. Nothing here is signed in.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { showing } from '../ready/showing.ts';
import { AnswerForm } from './answer-form.tsx';

type Page = 'questions' | 'thanks' | 'staff';

export function UserSurvey() {
  const [page, setPage] = useState<Page>('questions');
  const [back, setBack] = useState<Page>('questions');
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), [page]);
  const toStaff = () => {
    setBack(page);
    setPage('staff');
  };
  const toQuestions = () => setPage('questions');
  return (
    <main class="survey">
      <header class="survey-head">
        <p>{useTablet().enrolment.value?.site.name}</p>
        <h1 ref={head} tabIndex={-1}>
          {titles[page]}
        </h1>
      </header>
      {page === 'questions' && <Questions onKept={() => setPage('thanks')} />}
      {page === 'thanks' && (
        <p class="survey-words">ご協力ありがとうございました。端末を職員にお返しください。</p>
      )}
      {page === 'staff' ? (
        <StaffOnly isDone={back === 'thanks'} onBack={() => setPage(back)} onNext={toQuestions} />
      ) : (
        <footer class="survey-foot">
          <Button kind="plain" size="small" onPress={toStaff}>
            職員の方はこちら
          </Button>
        </footer>
      )}
    </main>
  );
}

const titles: Readonly<Record<Page, string>> = {
  questions: 'アンケートのお願い',
  thanks: '回答をお預かりしました',
  staff: '職員の方へ',
};

function Questions({ onKept }: { readonly onKept: () => void }) {
  return (
    <>
      <p class="survey-words">
        お名前はうかがいません。どなたの回答か、わからない形で集計します。二つ目からの質問は、とばしてかまいません。
      </p>
      <AnswerForm press="回答する" onKept={onKept} />
    </>
  );
}

interface StaffOnlyProps {
  /** Somebody has answered: the next one begins with an empty page. */
  readonly isDone: boolean;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

function StaffOnly({ isDone, onBack, onNext }: StaffOnlyProps) {
  return (
    <div class="buttons">
      <Button kind="primary" onPress={() => (showing.value = undefined)}>
        ロック画面にもどる
      </Button>
      {isDone && <Button onPress={onNext}>つぎの方に答えてもらう</Button>}
      <Button onPress={onBack}>前のページにもどる</Button>
    </div>
  );
}
