/** 受付: arrivals by two taps on the left, today's visits newest first on the right, today's counts at the bottom. */
import { useState } from 'preact/hooks';
import type { CountInput } from '../../../device/types.ts';
import { codeLabel } from '../../../domain/codes.ts';
import type { Problem } from '../../../domain/problem.ts';
import { sayWhenSlow } from '../../form/slow.ts';
import { useNow, useSession, useTablet } from '../../state/context.ts';
import { screen } from '../../state/nav.ts';
import { ProblemNotice, showProblem } from '../../ui/notice.tsx';
import { toast } from '../../ui/toast.tsx';
import { Board } from './board.tsx';
import { LogPanel } from './log-panel.tsx';
import { TodayLine } from './today-line.tsx';
import { VisitPanel } from './visit-panel.tsx';
import { suggestedKind } from './suggested-kind.ts';
import { deviceLetter, nextTicket, todaysVisits } from './visits-today.ts';
import './reception.css';

export function Reception() {
  const session = useSession();
  const tablet = useTablet();
  const now = useNow();
  const visits = todaysVisits(session.all('visit').value, session.actor.site, tablet.today());
  const [opened, setOpened] = useState<string | undefined>(screen.value.params.visit);
  const chosen = visits.find((visit) => visit.id === opened);
  const { log, problem } = useLog();
  return (
    <section class="reception" aria-label="受付">
      <div class="reception-log">
        <h1>受付</h1>
        <LogPanel suggested={suggestedKind(visits, now)} onLog={log} />
        <ProblemNotice problem={problem} />
      </div>
      <div class="reception-board">
        <Board visits={visits} now={now} onOpen={setOpened} />
        <TodayLine visits={visits} />
      </div>
      {chosen && <VisitPanel visit={chosen} onClose={() => setOpened(undefined)} />}
    </section>
  );
}

function useLog() {
  const session = useSession();
  const tablet = useTablet();
  const [problem, setProblem] = useState<Problem>();
  const refuse = (found: Problem) => {
    setProblem(found);
    showProblem();
  };
  const undo = async (id: string) => {
    const result = await session.write('visit.void', { id, voidReason: 'mistake' });
    toast(
      result.ok
        ? '来所の記録を取り消しました'
        : '取り消せませんでした。右の一覧から取り消してください。',
    );
  };
  const log = async (input: CountInput) => {
    const id = session.newId();
    const visits = todaysVisits(session.all('visit').peek(), session.actor.site, tablet.today());
    const ticket = nextTicket(visits, deviceLetter(tablet.enrolment.peek()?.device ?? ''));
    const words = input.purposes.map((code) => codeLabel('purpose', code)).join('・');
    const message = `${ticket} ${words}（${codeLabel('visitKind', input.visitKind)}）を、この端末に保存しました`;
    const args = { id, arrivedAt: tablet.now(), ticket, ...input };
    const saving = session.write('visit.log', args);
    const result = await sayWhenSlow(saving, () => refuse({ code: 'storageSlow' }));
    if (!result.ok) {
      refuse(result.problem);
      return false;
    }
    setProblem(undefined);
    toast(message, { undo: () => undo(id) });
    return true;
  };
  return { log, problem };
}
