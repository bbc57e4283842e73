/** 今日: one list, most urgent first; beside it my appointments in order of time. */
import { seekerName } from '../../../domain/kinds/seeker.ts';
import { text } from '../../../domain/value.ts';
import { dueRecords, type DueRecord } from '../../logic/record-due.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useBegunTalks } from '../../state/begun-talks.ts';
import { useNow, useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Row, Section } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';
import { Counted, DateText } from '../../ui/text.tsx';
import { outboxLists } from '../../logic/outbox-view.ts';
import { tallyOf, tallyWords } from '../../words/tally.ts';
import { useRecordDesk } from '../records/record-desk.ts';
import { usePossiblePairs } from '../seekers/use-pairs.ts';
import { dueAppointments, dueTodos } from './due-todos.ts';
import { MovingNotice } from './moving-notice.tsx';
import { pairTodos } from './pair-todos.ts';
import {
  appointments,
  begunTodos,
  handoffTodos,
  inOrder,
  inTime,
  referralTodos,
  visitorTodos,
  type Appointment,
  type Desk,
  type Todo,
} from './todo.ts';
import './today.css';

export function Today() {
  const desk = useDesk();
  const todos = useTodos(desk);
  return (
    <section class="screen" aria-label="今日">
      <header class="screen-head">
        <h1>今日</h1>
        <span class="today-date">
          <DateText date={desk.today} form="long" />
        </span>
        <div class="buttons">
          <Button size="small" onPress={() => go('ready')}>
            準備チェック
          </Button>
          <Button size="small" onPress={() => go('proof')}>
            きょうの照合
          </Button>
        </div>
      </header>
      <MovingNotice />
      <div class="today-columns">
        <div class="today-todos">
          <Section title="すること" aside={<Counted n={todos.length} unit="件" />}>
            <List label="すること（急ぐ順）">
              {todos.map((todo) => (
                <TodoRow key={todo.key} todo={todo} />
              ))}
            </List>
            {todos.length === 0 && <Empty>いま、あなたを待っていることはありません。</Empty>}
          </Section>
        </div>
        <Appointments desk={desk} />
      </div>
    </section>
  );
}

function useDesk(): Desk {
  const session = useSession();
  const tablet = useTablet();
  const now = useNow();
  const nameOf = namesOf(session.get);
  return {
    actor: session.actor,
    today: tablet.today(),
    now,
    nameOf: (id) => seekerName(session.get('seeker', id ?? '')) || '（氏名はこの端末にありません）',
    siteName: (id) => nameOf('site', text(id)),
  };
}

function useTodos(desk: Desk): readonly Todo[] {
  const session = useSession();
  const mine = { ...tallyOf(outboxLists(session.outbox.value)), unsent: 0 };
  const care: Todo = {
    key: 'outbox',
    rank: -20,
    label: '要確認',
    tone: 'danger',
    who: 'あなたの記録',
    why: tallyWords(mine),
    act: '確かめる',
    screen: 'outbox',
    params: {},
  };
  return inOrder([
    ...(mine.care > 0 ? [care] : []),
    ...begunTodos(useBegunTalks(), desk),
    ...handoffTodos(session.all('handoff').value, desk),
    ...referralTodos(session.all('referral').value, desk),
    ...visitorTodos(session.all('visit').value, desk),
    ...dueTodos(useDue(), desk),
    ...pairTodos(usePossiblePairs(), desk),
  ]);
}

function TodoRow({ todo }: { readonly todo: Todo }) {
  return (
    <Row
      lead={<Tag tone={todo.tone}>{todo.label}</Tag>}
      title={todo.who}
      sub={todo.why}
      aside={<span class="todo-act">→ {todo.act}</span>}
      onPress={() => go(todo.screen, todo.params)}
    />
  );
}

function useDue(): readonly DueRecord[] {
  const session = useSession();
  const all = (kind: string) => session.all(kind).value;
  return dueRecords(all, useTablet().today(), useRecordDesk());
}

const pressOf = ({ open, seeker }: Appointment) =>
  open ? () => go('records', open) : seeker ? () => go('seeker', { seeker }) : undefined;

function Appointments({ desk }: { readonly desk: Desk }) {
  const session = useSession();
  const agreed = appointments(
    session.all('consultation').value,
    session.all('referral').value,
    desk,
  );
  const found = inTime([...agreed, ...dueAppointments(useDue(), desk)]);
  return (
    <Section title="わたしの予定">
      <List label="わたしの予定（時刻順）">
        {found.map((one) => (
          <Row
            key={one.key}
            lead={one.time || '時刻なし'}
            title={one.who}
            sub={one.what}
            onPress={pressOf(one)}
          />
        ))}
      </List>
      {found.length === 0 && <Empty>ここに出せる今日の予定はありません。</Empty>}
      <p class="quiet today-limit">予約は「予約」の記録から、面接の日は紹介の記録から出ます。</p>
    </Section>
  );
}
