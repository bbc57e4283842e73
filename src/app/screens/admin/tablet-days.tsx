/** 端末ごとの照合: for a day, what each tablet of this counter says it entered, what arrived, and whether they are the same. */
import { useState } from 'preact/hooks';
import { addDays } from '../../../domain/date.ts';
import { dayFrom, dayState, type TabletDay } from '../../logic/supervision.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Section } from '../../ui/list.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Counted, DateText, TimeText } from '../../ui/text.tsx';
import { TableScroll } from '../../ui/table-scroll.tsx';
import { useAsked } from '../ready/use-asked.ts';
import '../ready/ready.css';

export function TabletDays() {
  const session = useSession();
  const today = useTablet().today();
  const [back, setBack] = useState(0);
  const day = addDays(today, -back);
  const asked = useAsked(async () => dayFrom(await session.ask(`/api/proof?day=${day}`)), day);
  return (
    <Section
      title="端末ごとの照合（入力した記録と、届いた記録）"
      aside={
        <div class="proof-day">
          <Button size="small" onPress={() => setBack(back + 1)}>
            前の日
          </Button>
          <strong>
            {back === 0 && 'きょう '}
            <DateText date={day} />
          </strong>
          {back > 0 && (
            <Button size="small" onPress={() => setBack(back - 1)}>
              次の日
            </Button>
          )}
          <Button kind="plain" size="small" busy={asked.busy} onPress={asked.again}>
            読みなおす
          </Button>
        </div>
      }
    >
      <ProblemNotice problem={asked.problem} />
      {asked.answer && <Table tablets={asked.answer.tablets} />}
      {!asked.answer && !asked.problem && <p class="quiet">サーバーに確かめています。</p>}
    </Section>
  );
}

function Table({ tablets }: { readonly tablets: readonly TabletDay[] }) {
  if (tablets.length === 0) return <Empty>登録された端末はありません。</Empty>;
  return (
    <TableScroll label="端末ごとの照合">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">端末</th>
            <th scope="col">入力</th>
            <th scope="col">受信</th>
            <th scope="col">照合</th>
            <th scope="col">要確認</th>
            <th scope="col">取り下げ</th>
            <th scope="col">報告</th>
            <th scope="col">最後の送信</th>
          </tr>
        </thead>
        <tbody>
          {tablets.map((tablet) => (
            <TabletLine key={tablet.device} tablet={tablet} />
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

function TabletLine({ tablet }: { readonly tablet: TabletDay }) {
  const { name, claimed, received, care, withdrawn, pushedAt } = tablet;
  const { tone, words } = dayState(tablet);
  return (
    <tr>
      <th scope="row">{name || '（名前のない端末）'}</th>
      <td>{claimed ? <Counted n={claimed.count} unit="件" /> : '—'}</td>
      <td>
        <Counted n={received} unit="件" />
      </td>
      <td>
        <Tag tone={tone}>{words}</Tag>
      </td>
      <td>{care > 0 ? <Counted n={care} unit="件" /> : '—'}</td>
      <td>{withdrawn > 0 ? <Counted n={withdrawn} unit="件" /> : '—'}</td>
      <td>{claimed ? <TimeText at={claimed.at} withDate /> : 'まだ'}</td>
      <td>{pushedAt === null ? 'まだ' : <TimeText at={pushedAt} withDate />}</td>
    </tr>
  );
}
