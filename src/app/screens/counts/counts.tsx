/**
 * 集計: a day, a month, a quarter, a fiscal year at my counter, from the nameless facts on this tablet. Each figure opens down to
 * its events. It is a 速報 and says so; official figures come from the server, for supervisors, with a connection. A member
 * of staff may look at what she served herself; nobody sees that of another, and nothing sets people side by side.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Fact, Period } from '../../../domain/metrics/metric.ts';
import { isAllowed } from '../../../domain/permission.ts';
import type { Actor } from '../../../domain/record.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import {
  countedRecords,
  factsOf,
  figures,
  grouped,
  namesStaff,
  ownFacts,
  rateFigures,
  type Figure,
  type RateFigure,
} from '../../logic/count-view.ts';
import { spanOf, type SpanView } from '../../logic/spans.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { SplitView } from '../../ui/list.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { EventList } from './event-list.tsx';
import { FigureTable } from './figure-table.tsx';
import { OfficialCounts } from './official-counts.tsx';
import { PeriodChoice } from './period-choice.tsx';
import './counts.css';
import './table.css';

export function Counts() {
  const session = useSession();
  const today = useTablet().today();
  const [view, setView] = useState(() => spanOf('day', today, today));
  const [whose, setWhose] = useState<Whose>('counter');
  const [open, setOpen] = useState<string>();
  const records = countedRecords((kind) => session.all(kind).value);
  const { found, groups } = figuresOf(factsOf(records), session.actor, view.period, whose);
  const hasOfficial = whose === 'counter' && isAllowed('counts.export', session.actor, 'none');
  const chosen = found.find(({ metric }) => metric.name === open);
  return (
    <section class="screen counts" aria-label="集計">
      <header class="screen-head">
        <h1>集計</h1>
        <div class="buttons">
          {isAllowed('day.close', session.actor, 'none') && (
            <Button onPress={toClosings}>締めへ</Button>
          )}
          <Button onPress={() => go('survey')}>アンケート</Button>
          <Button onPress={() => go('achievement')}>実績と目標</Button>
        </div>
      </header>
      <div class="counts-choice">
        <PeriodChoice view={view} today={today} onChange={setView} />
        <Chips
          label="だれの記録"
          isLabelHidden
          options={whoseOptions}
          value={whose}
          onChange={(code) => setWhose(code as Whose)}
        />
      </div>
      <Folded key={view.span} isFolded={hasOfficial && view.span !== 'day'}>
        <Provisional view={view} />
        <p class="quiet">
          {whose === 'mine'
            ? '担当の職員を記録するもの（相談・紹介・個別支援など）だけを数えます。'
            : '求人数とアンケートは端末に全部はないので、公式の集計だけに出ます。'}
        </p>
        <SplitView
          wide="list"
          list={<FigureTable groups={groups} open={open} onOpen={setOpen} />}
          hint="項目を押すと、数えた記録がここに並びます。"
          detail={chosen && <Events figure={chosen} onClose={() => setOpen(undefined)} />}
        />
      </Folded>
      {hasOfficial && <OfficialCounts key={view.label} period={view.period} />}
    </section>
  );
}

interface FoldedProps {
  readonly isFolded: boolean;
  readonly children: ComponentChildren;
}

/** Of more than a day the official figures below are the ones that count: nobody reads the same table twice. */
function Folded({ isFolded, children }: FoldedProps) {
  return isFolded ? (
    <details class="counts-folded">
      <summary>この端末で見える範囲の速報を見る</summary>
      {children}
    </details>
  ) : (
    <>{children}</>
  );
}

type Whose = 'counter' | 'mine';
const whoseOptions = [
  { code: 'counter', label: 'この窓口' },
  { code: 'mine', label: '自分の担当だけ' },
];

/** Rates are the counter's alone: what one member of staff reached is no rate to be measured by. */
function figuresOf(facts: readonly Fact[], { site, user }: Actor, period: Period, whose: Whose) {
  const isMine = whose === 'mine';
  const all = figures(isMine ? ownFacts(facts, user) : facts, site, period);
  const found = isMine ? all.filter(({ metric }) => metric.kinds.some(namesStaff)) : all;
  const groups = grouped<Figure, RateFigure>(
    found,
    isMine ? [] : rateFigures(facts, site, period),
    (item) => ('metric' in item ? item.metric.group : item.rate.group),
    ({ count }) => count.value === 0 && count.unknown === 0,
  );
  return { found, groups };
}

/** It stands below the official figures; without a connection these say why it is not there. */
function toClosings(): void {
  const place = document.querySelector('.closings') ?? document.querySelector('.official-actions');
  place?.scrollIntoView({ block: 'start' });
}

function Provisional({ view }: { readonly view: SpanView }) {
  const asOf = useSession().asOf.value;
  return (
    <>
      <h2 class="counts-head">
        この端末で見える範囲の速報（
        {asOf === undefined ? 'まだ同期していません' : <TimeText at={asOf} withDate />}
        {asOf !== undefined && '時点'}）
      </h2>
      {view.heldFrom && (
        <Notice tone="warning">
          この端末にあるのは{formatDateJa(view.heldFrom)}
          からの記録です。それより前は入っていません。
        </Notice>
      )}
    </>
  );
}

function Events({ figure, onClose }: { readonly figure: Figure; readonly onClose: () => void }) {
  return (
    <EventList
      title={figure.metric.label}
      note={figure.metric.note}
      basis={figure.metric.basis}
      events={figure.events}
      onClose={onClose}
    />
  );
}
