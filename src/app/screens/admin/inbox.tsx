/**
 * 職員の要確認: entries of colleagues of the own organisation that wait for a person. One opens with its form filled in and
 * is sent again in its place, on its own day, or is withdrawn with a reason. Opening is logged by the server.
 */
import { useState } from 'preact/hooks';
import type { Problem } from '../../../domain/problem.ts';
import { daysAgo } from '../../logic/days.ts';
import { namesOf } from '../../logic/names-of.ts';
import {
  authorWords,
  byAuthor,
  openedFrom,
  repairsFrom,
  type RepairLine,
} from '../../logic/supervision.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Section } from '../../ui/list.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Counted, TimeText } from '../../ui/text.tsx';
import { stateWords } from '../outbox/lines.tsx';
import { useAsked } from '../ready/use-asked.ts';
import { find, Sheets, titleOf, type Opened } from './inbox-sheets.tsx';
import '../outbox/outbox.css';
import '../referrals/referrals.css';

export function Inbox() {
  const session = useSession();
  const tablet = useTablet();
  const asked = useAsked(async () => repairsFrom(await session.ask('/api/repair')), 'repair');
  const [opened, setOpened] = useState<Opened>();
  const [problem, setProblem] = useState<Problem>();
  const look = async (line: RepairLine) => {
    const body = { entry: line.entry };
    const answer = openedFrom(await session.ask('/api/repair/open', { body }));
    setProblem(answer.ok ? undefined : answer.problem);
    if (!answer.ok) return;
    const found = await find(session, line, answer.value);
    setOpened({ line, opened: answer.value, found, act: 'look' });
  };
  /** The server takes it off the list when it has it. */
  const sent = () => void tablet.syncNow().then(asked.again);
  const n = asked.answer?.repairs.length ?? 0;
  return (
    <Section
      title="職員の要確認"
      aside={
        <div class="buttons outbox-send">
          {asked.answer && <Counted n={n} unit="件" />}
          <Button kind="plain" size="small" busy={asked.busy} onPress={asked.again}>
            読みなおす
          </Button>
        </div>
      }
    >
      <ProblemNotice problem={problem ?? asked.problem} />
      {asked.answer && n === 0 && <Empty>所属の職員の記録で、確かめるものはありません。</Empty>}
      {byAuthor(asked.answer?.repairs ?? []).map(({ author, name, lines }) => (
        <div key={author} class="inbox-author">
          <h3>
            {name} <Counted n={lines.length} unit="件" />
          </h3>
          <List label={`${name}の要確認`}>
            {lines.map((line) => (
              <Line key={line.entry} line={line} onLook={() => look(line)} />
            ))}
          </List>
        </div>
      ))}
      {asked.answer?.limited && <p>古いものから{n}件を出しています。</p>}
      {opened && <Sheets of={opened} setOpened={setOpened} onSent={sent} />}
    </Section>
  );
}

function Line({ line, onLook }: { readonly line: RepairLine; readonly onLook: () => unknown }) {
  const session = useSession();
  const today = useTablet().today();
  const site = namesOf(session.get)('site', line.site);
  return (
    <li class="row-item">
      <div class="row">
        <span class="row-main">
          <span class="row-title">{titleOf(line)}</span>
          <span class="row-sub">
            <TimeText at={line.occurredAt} withDate />（{daysAgo(line.businessDate, today)}）　
            {site}
          </span>
        </span>
        <Tag tone={line.code === 'blocked' ? 'accent' : 'danger'}>{stateWords[line.code]}</Tag>
        <Button onPress={onLook} label={`${authorWords(line)}の${titleOf(line)}をひらく`}>
          ひらく
        </Button>
      </div>
    </li>
  );
}
