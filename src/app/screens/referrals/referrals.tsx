/** 紹介: the board by state, the longest waiting first, with days since the issue; one referral beside it with its steps. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { columnLabels, columnOf, referralBoard, type Column } from '../../logic/referral-steps.ts';
import { stateOf } from '../../../domain/kind.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty, List, SplitView } from '../../ui/list.tsx';
import { ReferralDetail } from './referral-detail.tsx';
import { ReferralRow } from './referral-row.tsx';
import './referrals.css';

const order: readonly Column[] = ['waiting', 'preparing', 'working', 'ended'];

export function Referrals() {
  const { actor, all } = useSession();
  const { id } = screen.value.params;
  const referrals = all('referral').value;
  const [picked, setPicked] = useState<Column>('waiting');
  const [chosen, setChosen] = useState(id);
  const board = referralBoard(referrals, actor.org, useTablet().today());
  const record = referrals.find((one) => one.id === chosen);
  // What is open stays in sight: when its state moves it to another column, the list follows.
  const column = record ? columnOf(stateOf(record)) : picked;
  const pick = (code: string) => {
    setPicked(code as Column);
    setChosen(undefined);
  };
  const close = () => pick(column);
  return (
    <section class="screen referrals" aria-label="紹介">
      <header class="screen-head">
        <h1>紹介</h1>
        <Button onPress={() => go('jobs')}>求人をさがす</Button>
        <Button onPress={() => go('seekers')}>求職者を選んで紹介する</Button>
      </header>
      <Chips
        label="状態"
        isLabelHidden
        options={order.map((name) => ({
          code: name,
          label: `${columnLabels[name]} ${board[name].length}`,
        }))}
        value={column}
        onChange={pick}
      />
      <SplitView
        list={
          <>
            {board[column].length === 0 && (
              <Empty>「{columnLabels[column]}」紹介はありません。</Empty>
            )}
            <List label={columnLabels[column]}>
              {board[column].map((row) => (
                <ReferralRow
                  key={row.record.id}
                  row={row}
                  isSelected={row.record.id === chosen}
                  onPress={() => setChosen(row.record.id)}
                />
              ))}
            </List>
          </>
        }
        hint="左の一覧から選ぶと、内容と次の操作がここに出ます。"
        detail={record && <Detail record={record} onClose={close} />}
      />
    </section>
  );
}

function Detail({ record, onClose }: { readonly record: Rec; readonly onClose: () => void }) {
  return <ReferralDetail key={record.id} record={record} onClose={onClose} />;
}
