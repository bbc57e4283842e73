/** When the counter's own store takes nothing more: a supervisor's code admits the tablet anew; what is unsent still goes. */
import { useState } from 'preact/hooks';
import { digitsOnly } from '../../../domain/names.ts';
import type { Problem } from '../../../domain/problem.ts';
import { useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';

const titles = {
  forked: 'この端末の記録が、別の場所に写されて使われています。',
  storageLost: 'この端末の窓口の記録が、ブラウザーから消えています。',
} as const;

export function AdmitAnew() {
  const tablet = useTablet();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const known = tablet.enrolment.value;
  if (!known?.admitAnew) return null;
  const admit = async () => {
    setBusy(true);
    setProblem(undefined);
    const answer = await tablet
      .admit({ code: digitsOnly(code.normalize('NFKC')), name: known.deviceName })
      .finally(() => setBusy(false));
    if (!answer.ok) setProblem(answer.problem);
  };
  return (
    <div class="lock-notice">
      <Notice tone="danger" title={titles[known.admitAnew]}>
        <p>
          端末に残っている記録の送信は続きます。来所を数えるには、責任者が出した端末コードで登録しなおしてください。職員は、そのあとパスワードで入りなおします。
        </p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim() !== '') void admit();
          }}
        >
          <label class="field">
            <span class="label">端末コード</span>
            <input
              class="input number"
              autocomplete="off"
              inputMode="numeric"
              value={code}
              onInput={(event) => setCode(event.currentTarget.value)}
            />
          </label>
          <Button type="submit" kind="primary" busy={busy}>
            登録しなおす
          </Button>
        </form>
        <ProblemNotice problem={problem} />
      </Notice>
    </div>
  );
}
