/** What the server noticed, newest first; each says what it means and what to do. Older ones are folded away. */
import { alarmsFrom, wordsOfAlarm, type Alarm } from '../../logic/supervision.ts';
import { useSession } from '../../state/context.ts';
import { Empty, List, Section } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { useAsked } from '../ready/use-asked.ts';

const inSight = 3;

export function Alarms() {
  const session = useSession();
  const asked = useAsked(async () => alarmsFrom(await session.ask('/api/alarms')), 'alarms');
  const alarms = asked.answer?.alarms ?? [];
  return (
    <Section title="サーバーが見つけた異常">
      <ProblemNotice problem={asked.problem} />
      {asked.answer && alarms.length === 0 && <Empty>ありません。</Empty>}
      <List label="サーバーが見つけた異常">{alarms.slice(0, inSight).map(lineOf)}</List>
      {alarms.length > inSight && (
        <details>
          <summary>前の異常 {alarms.length - inSight}件</summary>
          <List label="前の異常">{alarms.slice(inSight).map(lineOf)}</List>
        </details>
      )}
    </Section>
  );
}

const lineOf = (alarm: Alarm) => <Line key={alarm.id} alarm={alarm} />;

function Line({ alarm }: { readonly alarm: Alarm }) {
  const [what, press] = wordsOfAlarm(alarm);
  const where = [alarm.deviceName, alarm.userName].filter(Boolean).join('・');
  return (
    <li class="row-item">
      <div class="row">
        <span class="row-main">
          <span class="row-title">{what}</span>
          <span class="row-sub">
            <TimeText at={alarm.at} withDate />　{where}
          </span>
          <span>→ {press}</span>
        </span>
      </div>
    </li>
  );
}
