/**
 * 実績と目標: the targets of this area with their results, and beside them the published tables as printed. Targets and
 * results are entered among the records (計画); what the app counts itself stands here as a 速報.
 */
import { useState } from 'preact/hooks';
import hokkaido from '../../../../seeds/hokkaido-r6.json';
import kitakyushu from '../../../../seeds/kitakyushu-r6.json';
import { fiscalYearOf } from '../../../domain/date.ts';
import { target as targetKind } from '../../../domain/kinds/target.ts';
import { partOf } from '../../../domain/record.ts';
import { fiscalYearLabel } from '../../../domain/wareki.ts';
import { countedRecords, factsOf } from '../../logic/count-view.ts';
import { namesOf } from '../../logic/names-of.ts';
import { creations } from '../../logic/record-kinds.ts';
import { planSources, targetGroups, targetRows, yearsIn } from '../../logic/target-view.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty } from '../../ui/list.tsx';
import { SapporoSheet } from './sapporo-sheet.tsx';
import { TargetTable } from './target-table.tsx';
import './counts.css';
import './table.css';

const sheets = [
  { code: 'own', label: 'この地域の目標' },
  { code: 'sapporo', label: '札幌市 平成25年度' },
  { code: 'hokkaido', label: '北海道 令和6年度' },
  { code: 'kitakyushu', label: '北九州市 令和6年度' },
] as const;
type SheetCode = (typeof sheets)[number]['code'];

const bodies: Readonly<Record<SheetCode, () => preact.JSX.Element>> = {
  own: OwnTargets,
  sapporo: SapporoSheet,
  hokkaido: () => <PlanSheet plan={hokkaido} />,
  kitakyushu: () => <PlanSheet plan={kitakyushu} />,
};

export function Achievement() {
  const [sheet, setSheet] = useState<SheetCode>('own');
  const Body = bodies[sheet];
  return (
    <section class="screen achievement" aria-label="実績と目標">
      <header class="screen-head">
        <h1>実績と目標</h1>
        <Button onPress={() => go('counts')}>集計へ</Button>
      </header>
      <Chips
        label="表"
        isLabelHidden
        options={sheets}
        value={sheet}
        onChange={(code) => setSheet(code as SheetCode)}
      />
      <Body />
    </section>
  );
}

function OwnTargets() {
  const session = useSession();
  const { actor } = session;
  const today = useTablet().today();
  const sources = session
    .all('target')
    .value.map((record) => ({ id: record.id, facts: partOf(record, 'facts') }));
  const facts = factsOf(countedRecords((kind) => session.all(kind).value));
  const groups = targetGroups(targetRows(sources, { today, site: actor.site, facts }), actor.site);
  const nameOf = namesOf(session.get);
  const year = fiscalYearOf(today);
  return (
    <>
      <p class="quiet">
        「速報」は、この端末で数えた自分の窓口の数です。ほかの実績は、入力した数です。年度の終わりまでは、届いていない目標を未達成とはしません。
      </p>
      {creations(targetKind, actor).length > 0 && (
        <div class="buttons">
          <Button onPress={() => go('records', { kind: 'target' })}>目標と実績を入れる</Button>
        </div>
      )}
      {!yearsIn(groups).includes(year) && (
        <Empty>{fiscalYearLabel(year)}の目標は、まだありません。</Empty>
      )}
      {yearsIn(groups).map((year) => (
        <TargetTable
          key={year}
          title={fiscalYearLabel(year)}
          blocks={groups
            .filter(({ fiscalYear }) => fiscalYear === year)
            .map(({ site, rows, overall }) => ({
              heading: site === undefined ? '地域全体' : nameOf('site', site),
              overall,
              rows,
            }))}
        />
      ))}
    </>
  );
}

interface Plan {
  readonly source: {
    readonly title: string;
    readonly publisher: string;
    readonly document: string;
  };
  readonly notes: readonly string[];
  readonly rows: Parameters<typeof planSources>[0];
}

function PlanSheet({ plan }: { readonly plan: Plan }) {
  return (
    <>
      <TargetTable
        title={plan.source.title}
        blocks={[{ rows: targetRows(planSources(plan.rows)) }]}
      />
      <footer class="achievement-source">
        <p>
          出典：{plan.source.publisher}「{plan.source.title}」{plan.source.document}
        </p>
        {plan.notes.map((note) => (
          <p key={note}>※ {note}</p>
        ))}
      </footer>
    </>
  );
}
