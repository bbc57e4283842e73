/**
 * 集計: today, this month, this fiscal year at my counter, from the nameless facts on this tablet. Each figure opens down to
 * its events. It is a 速報 and says so; official figures come from the server, for supervisors, with a connection.
 */
import { useState } from 'preact/hooks';
import { isAllowed } from '../../../domain/permission.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import {
  countedRecords,
  factsOf,
  figures,
  spans,
  type Figure,
  type Span,
  type SpanView,
} from '../../logic/count-view.ts';
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
import './counts.css';
import './table.css';

export function Counts() {
  const session = useSession();
  const views = spans(useTablet().today());
  const [span, setSpan] = useState<Span>('day');
  const [open, setOpen] = useState<string>();
  const view = views.find((one) => one.span === span);
  if (!view) return null;
  const records = countedRecords((kind) => session.all(kind).value);
  const found = figures(factsOf(records), session.actor.site, view.period);
  const chosen = found.find(({ metric }) => metric.name === open);
  return (
    <section class="screen counts" aria-label="集計">
      <header class="screen-head">
        <h1>集計</h1>
        {isAllowed('day.close', session.actor, 'none') && (
          <Button onPress={toClosings}>日ごとの締めへ</Button>
        )}
        <Button onPress={() => go('achievement')}>実績と目標（平成25年度）</Button>
      </header>
      <Chips
        label="期間"
        isLabelHidden
        options={views.map((one) => ({ code: one.span, label: one.label }))}
        value={span}
        onChange={(code) => setSpan(code as Span)}
      />
      <Provisional view={view} />
      <SplitView
        list={<FigureTable figures={found} open={open} onOpen={setOpen} />}
        hint="項目を押すと、数えた記録がここに並びます。"
        detail={chosen && <Events figure={chosen} onClose={() => setOpen(undefined)} />}
      />
      {isAllowed('counts.export', session.actor, 'none') && (
        <OfficialCounts key={span} period={view.period} />
      )}
    </section>
  );
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
