/** What an import of a roster would do, in figures, and by name where somebody comes or goes. */
import type { RosterPlan } from '../../../domain/import/roster-plan.ts';
import { partOf } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';

interface RosterFiguresProps {
  readonly plan: RosterPlan;
  readonly bad: number;
}

export function RosterFigures({ plan, bad }: RosterFiguresProps) {
  const nameOf = (values: Values) => text(values['name']) ?? '';
  const ofRows = (rows: readonly { readonly values: Values }[]) =>
    rows.map(({ values }) => nameOf(values));
  return (
    <dl class="job-plan roster-plan">
      <Figure label="新しい職員" value={plan.fresh.length} names={ofRows(plan.fresh)} />
      <Figure label="内容が変わる職員" value={plan.changed.length} names={ofRows(plan.changed)} />
      <Figure label="復職する職員" value={plan.back.length} names={ofRows(plan.back)} />
      <Figure label="退任日が過ぎている職員" value={plan.over.length} names={ofRows(plan.over)} />
      <Figure
        label="名簿になく、退任にする職員"
        value={plan.ending.length}
        names={plan.ending.map((one) => nameOf(partOf(one, 'facts')))}
      />
      <Figure label="同じ職員" value={plan.same} names={[]} />
      <Figure label="取りこまない行" value={bad} names={[]} />
    </dl>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number;
  readonly names: readonly string[];
}

function Figure({ label, value, names }: FigureProps) {
  return (
    <div>
      <dt>
        {label}
        {names.length > 0 && <span class="quiet roster-names">{names.join('、')}</span>}
      </dt>
      <dd class="number">{value.toLocaleString('ja-JP')}人</dd>
    </div>
  );
}
