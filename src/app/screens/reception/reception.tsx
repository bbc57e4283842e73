/** 受付: arrivals by two taps on the left, today's visits newest first on the right, today's counts at the bottom. */
import { useState } from 'preact/hooks';
import type { CountInput } from '../../../device/types.ts';
import { codeLabel } from '../../../domain/codes.ts';
import type { Problem } from '../../../domain/problem.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { sayWhenSlow } from '../../form/slow.ts';
import { outpostChoices } from '../../logic/outposts.ts';
import { useNow, useSession, useTablet } from '../../state/context.ts';
import { screen } from '../../state/nav.ts';
import { useOutpost, type OutpostHere } from '../../state/outpost.ts';
import { Chips } from '../../ui/chips.tsx';
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
  const visits = todaysVisits(session.all('visit').value, session.actor, tablet.today());
  // Of a counter that moved here some may be among them: shown here, counted there.
  const isOwn = (visit: Rec) => partOf(visit, 'facts')['site'] === session.actor.site;
  const [opened, setOpened] = useState<string | undefined>(screen.value.params.visit);
  const chosen = visits.find((visit) => visit.id === opened);
  const outpost = useOutpost();
  const { log, problem } = useLog(outpost);
  return (
    <section class="reception" aria-label="受付">
      <div class="reception-log">
        <h1>受付</h1>
        {outpost.held.length > 0 && (
          <Chips
            label="どこで受けていますか"
            options={outpostChoices(outpost.held)}
            value={outpost.at}
            onChange={outpost.choose}
          />
        )}
        <LogPanel suggested={suggestedKind(visits, now)} onLog={log} />
        <ProblemNotice problem={problem} />
      </div>
      <div class="reception-board">
        <Board visits={visits} now={now} onOpen={setOpened} />
        <TodayLine visits={visits.filter(isOwn)} />
      </div>
      {chosen && <VisitPanel visit={chosen} onClose={() => setOpened(undefined)} />}
    </section>
  );
}

function useLog({ asArgs }: OutpostHere) {
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
    const visits = todaysVisits(session.all('visit').peek(), session.actor, tablet.today());
    const ticket = nextTicket(visits, deviceLetter(tablet.enrolment.peek()?.device ?? ''));
    const words = input.purposes.map((code) => codeLabel('purpose', code)).join('・');
    const message = `${ticket} ${words}（${codeLabel('visitKind', input.visitKind)}）を、この端末に保存しました`;
    const args = { id, arrivedAt: tablet.now(), ticket, ...input, ...(await asArgs()) };
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
