/** 来所を数える without a key: site, time, purpose, number of heads, in the counter's own stream. A person is attached later. */
import { useState } from 'preact/hooks';
import type { CountInput } from '../../../device/types.ts';
import { codeLabel } from '../../../domain/codes.ts';
import type { Problem } from '../../../domain/problem.ts';
import { sayWhenSlow } from '../../form/slow.ts';
import { useNow, useTablet } from '../../state/context.ts';
import { ProblemNotice, showProblem } from '../../ui/notice.tsx';
import { Counted } from '../../ui/text.tsx';
import { toast } from '../../ui/toast.tsx';
import { LogPanel } from '../reception/log-panel.tsx';
import { suggestedKind } from '../reception/suggested-kind.ts';

export function CountVisits() {
  const tablet = useTablet();
  const now = useNow();
  const [problem, setProblem] = useState<Problem>();
  const counted = tablet.counted.value;
  const refuse = (found: Problem) => {
    setProblem(found);
    showProblem();
  };
  const undo = async (id: string) => {
    const result = await tablet.undoCount(id);
    if (result.ok) toast('来所の記録を取り消しました');
    else refuse(result.problem);
  };
  const log = async (input: CountInput) => {
    setProblem(undefined);
    const result = await sayWhenSlow(tablet.count(input), () => refuse({ code: 'storageSlow' }));
    if (!result.ok) {
      refuse(result.problem);
      return false;
    }
    setProblem(undefined);
    const words = input.purposes.map((code) => codeLabel('purpose', code)).join('・');
    toast(`${words}（${codeLabel('visitKind', input.visitKind)}）を、この端末に保存しました`, {
      undo: () => undo(result.value.id),
    });
    return true;
  };
  return (
    <section class="lock-pane lock-count" aria-label="来所を数える">
      <header class="section-head">
        <h2>来所を数える</h2>
        {counted.length > 0 && (
          <p class="quiet">
            この画面で数えた分 <Counted n={counted.length} unit="件" />
          </p>
        )}
      </header>
      <LogPanel suggested={suggestedKind(counted, now)} onLog={log} />
      <ProblemNotice problem={problem} />
    </section>
  );
}
