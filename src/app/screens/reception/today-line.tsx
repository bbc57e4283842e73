/** Today's counts so far, by the same metrics as every report; what this tablet may see, and it says so. */
import { codeLabel } from '../../../domain/codes.ts';
import { breakDown, byVisitKind } from '../../../domain/metrics/breakdown.ts';
import type { Fact } from '../../../domain/metrics/metric.ts';
import { visits as visitMetric } from '../../../domain/metrics/visits.ts';
import { stateOf } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { useTablet } from '../../state/context.ts';
import { Counted } from '../../ui/text.tsx';
import { useDayWord } from './day-word.ts';

export function TodayLine({ visits }: { readonly visits: readonly Rec[] }) {
  const today = useTablet().today();
  const facts: Fact[] = visits.map((visit) => ({
    kind: 'visit',
    id: visit.id,
    values: partOf(visit, 'facts'),
  }));
  const period = { from: today, to: today };
  const waiting = visits.filter((visit) => stateOf(visit) === 'waiting').length;
  const byPhone = facts.filter(
    ({ values }) => values['channel'] === 'phone' && values['state'] !== 'voided',
  );
  return (
    <p class="today-line">
      <span>
        {useDayWord()}の利用者 <Counted n={visitMetric.count(facts, period).value} unit="人" />
      </span>
      {breakDown(visitMetric, byVisitKind, facts, period).map((cell) => (
        <span key={cell.code}>
          {codeLabel('visitKind', cell.code)} <Counted n={cell.value} unit="人" />
        </span>
      ))}
      {byPhone.length > 0 && (
        <span>
          電話 <Counted n={byPhone.length} unit="件" />
        </span>
      )}
      <span>
        待っている <Counted n={waiting} unit="件" />
      </span>
      <span class="quiet">この端末で見える分</span>
    </p>
  );
}
