/**
 * 引継ぎ: what is new to this desk, what was accepted, what waits for the other desk, with its age in days. A slip
 * number that a client brings finds the handoff without a name. Opening a new one tells the sender that it was seen.
 */
import { useEffect, useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import { useWrite } from '../../form/use-write.ts';
import {
  boxes,
  boxLabels,
  boxOf,
  bySlip,
  isReceiver,
  type Box,
} from '../../logic/handoff-boxes.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { useLeaving } from '../../state/leaving.ts';
import { go, screen } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { Empty, List, SplitView } from '../../ui/list.tsx';
import { CarriedNotices } from '../handover/carried-notices.tsx';
import { Take } from '../handover/take.tsx';
import { HandoffDetail } from './handoff-detail.tsx';
import { HandoffRow } from './handoff-row.tsx';
import './handoffs.css';

const order: readonly Box[] = ['fresh', 'mine', 'unsent', 'waiting', 'back', 'ended'];

export function Handoffs() {
  const { actor, all } = useSession();
  const { id } = screen.value.params;
  const handoffs = all('handoff').value;
  const [picked, setPicked] = useState<Box>('fresh');
  const [chosen, setChosen] = useState(id);
  const leavingOf = useLeaving();
  const found = boxes(handoffs, actor, useTablet().today(), leavingOf);
  const record = handoffs.find((one) => one.id === chosen);
  useReceipt(record);
  // What is open stays in sight: when its state moves it to another box, the list follows.
  const box = (record && boxOf(record, actor, leavingOf(record))) ?? picked;
  // Rare, and none while there is a line: no box for it then.
  const shown = order.filter((one) => one !== 'unsent' || one === box || found[one].length > 0);
  const pick = (code: string) => {
    setPicked(code as Box);
    setChosen(undefined);
  };
  return (
    <section class="screen handoffs" aria-label="引継ぎ">
      <header class="screen-head">
        <h1>引継ぎ</h1>
        <Slip onFound={(one) => setChosen(one.id)} />
        <Button onPress={() => go('seekers')}>求職者を選んで引き継ぐ</Button>
        <Button onPress={() => go('handoff-new')}>名前を伝えずに引き継ぐ</Button>
      </header>
      <CarriedNotices />
      <Chips
        label="箱"
        isLabelHidden
        options={shown.map((name) => ({
          code: name,
          label: `${boxLabels[name]} ${found[name].length}`,
        }))}
        value={box}
        onChange={pick}
      />
      <SplitView
        list={
          <>
            {found[box].length === 0 && <Empty>{boxLabels[box]}引継ぎはありません。</Empty>}
            <List label={boxLabels[box]}>
              {found[box].map((row) => (
                <HandoffRow
                  key={row.record.id}
                  row={row}
                  isSelected={row.record.id === chosen}
                  onPress={() => setChosen(row.record.id)}
                />
              ))}
            </List>
            {box === 'fresh' && <TakeButton onTaken={setChosen} />}
          </>
        }
        hint="左の一覧から選ぶと、内容と次の操作がここに出ます。"
        detail={
          record && <HandoffDetail key={record.id} record={record} onClose={() => pick(box)} />
        }
      />
    </section>
  );
}

/** Opening what was sent to this desk is itself recorded, once. */
function useReceipt(record: Rec | undefined): void {
  const { actor } = useSession();
  const write = useWrite();
  const id = record?.id;
  const isNew = record !== undefined && stateOf(record) === 'sent' && isReceiver(record, actor);
  useEffect(() => {
    if (id !== undefined && isNew) void write.save('handoff.receive', { id }, { message: '' });
  }, [id, isNew]);
}

function TakeButton({ onTaken }: { readonly onTaken: (handoff: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const taken = (handoff: string) => {
    setOpen(false);
    onTaken(handoff);
  };
  return (
    <>
      <p class="handover-take">
        <Button onPress={() => setOpen(true)}>つながらないときに受け取る</Button>
      </p>
      {isOpen && <Take onTaken={taken} onClose={() => setOpen(false)} />}
    </>
  );
}

interface SlipProps {
  readonly onFound: (record: Rec) => void;
}

/** What was handed over a minute ago may not be here yet: the server is asked before 「届いていません」 is said. */
function Slip({ onFound }: SlipProps) {
  const { actor, all } = useSession();
  const { syncNow } = useTablet();
  const [typed, setTyped] = useState('');
  const [isMissing, setMissing] = useState(false);
  const search = async () => {
    const known = bySlip(all('handoff').value, typed, actor);
    if (!known) await syncNow();
    const found = known ?? bySlip(all('handoff').value, typed, actor);
    setMissing(!found);
    if (found) onFound(found);
  };
  return (
    <form
      class="slip-search"
      onSubmit={(event) => {
        event.preventDefault();
        void search();
      }}
    >
      <label class="slip-label">
        <span class="label">引継ぎ票の番号</span>
        <input
          class="input number"
          inputMode="numeric"
          autocomplete="off"
          maxLength={9}
          value={typed}
          onInput={(event) => {
            setMissing(false);
            setTyped(event.currentTarget.value);
          }}
        />
      </label>
      <Button type="submit">探す</Button>
      <span class="slip-missing" role="status">
        {isMissing && 'この番号の引継ぎは、この窓口に届いていません。'}
      </span>
    </form>
  );
}
