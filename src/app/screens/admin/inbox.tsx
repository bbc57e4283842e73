/**
 * 職員の要確認: entries of colleagues of the own organisation that wait for a person. One opens with its form filled in and
 * is sent again in its place, on its own day, or is withdrawn with a reason. Opening is logged by the server.
 */
import { useState } from 'preact/hooks';
import { verbNamed } from '../../../domain/kinds/index.ts';
import type { Problem } from '../../../domain/problem.ts';
import { text } from '../../../domain/value.ts';
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { daysAgo } from '../../logic/days.ts';
import { namesOf } from '../../logic/names-of.ts';
import {
  authorWords,
  byAuthor,
  openedFrom,
  repairsFrom,
  type OpenedRepair,
  type RepairLine,
} from '../../logic/supervision.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Section } from '../../ui/list.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Counted, TimeText } from '../../ui/text.tsx';
import { Discard } from '../outbox/discard.tsx';
import { stateWords } from '../outbox/lines.tsx';
import { Repair, type Repairable } from '../outbox/repair.tsx';
import { useAsked } from '../ready/use-asked.ts';
import { Look, personIn } from './inbox-look.tsx';
import '../outbox/outbox.css';
import '../referrals/referrals.css';

interface Opened {
  readonly line: RepairLine;
  readonly opened: OpenedRepair;
  readonly act: 'look' | 'repair' | 'discard';
}

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
    if (answer.ok) setOpened({ line, opened: answer.value, act: 'look' });
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

const titleOf = ({ verb }: RepairLine) => verbNamed(verb)?.title ?? verb;

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

interface SheetsProps {
  readonly of: Opened;
  readonly setOpened: (opened: Opened | undefined) => void;
  readonly onSent: () => void;
}

function Sheets({ of, setOpened, onSent }: SheetsProps) {
  const session = useSession();
  const { line, act } = of;
  const close = () => setOpened(undefined);
  const item = useItem(of);
  switch (act) {
    case 'look':
      return (
        <Look
          line={line}
          item={item}
          onRepair={() => setOpened({ ...of, act: 'repair' })}
          onDiscard={() => setOpened({ ...of, act: 'discard' })}
          onClose={close}
        />
      );
    case 'repair':
      return (
        <Repair
          item={item}
          author={authorWords(line)}
          onClose={close}
          onDiscard={() => setOpened({ ...of, act: 'discard' })}
          onSent={onSent}
        />
      );
    case 'discard':
      return (
        <Discard
          title={`${authorWords(line)}の「${titleOf(line)}」`}
          explanation="この記録はサーバーの記録に入っていません。取り下げると、書いた職員の一覧からも消えます。だれがなぜ取り下げたかは残ります。"
          onDiscard={async (reason) => {
            const done = await session.discardOther(line.entry, reason);
            if (done.ok) onSent();
            return done;
          }}
          onClose={close}
        />
      );
  }
}

/** Names are looked up on this tablet alone. */
function useItem({ line, opened }: Opened): Repairable {
  const session = useSession();
  const { args } = opened;
  const person = personIn(session, args);
  const visit = line.verb.startsWith('visit.')
    ? session.get('visit', text(args?.['id']) ?? '')
    : undefined;
  const typed = text(args?.['familyName']) && seekerName({ parts: { card: args ?? {} } });
  return {
    id: line.entry,
    verb: line.verb,
    title: titleOf(line),
    businessDate: line.businessDate,
    problem: opened.problem,
    args,
    personName:
      typed || (person && seekerName(person)) || (visit && visitWords(visit)) || undefined,
  };
}
