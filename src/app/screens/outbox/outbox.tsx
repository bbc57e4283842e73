/** 未送信・要確認: every entry that is not yet safe or was refused: what, for whom, when, why, and one button. */
import { useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import { isChosenHere } from '../../logic/chosen-here.ts';
import { outboxLists } from '../../logic/outbox-view.ts';
import { allSentWords, discardPoints, elsewhereWords } from '../../logic/outbox-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Counted } from '../../ui/text.tsx';
import { tallyOf, type Tally } from '../../words/tally.ts';
import { RescueFold } from '../rescue/rescue-export.tsx';
import { ChosenLine } from './chosen-line.tsx';
import { Decide } from './decide.tsx';
import { Discard } from './discard.tsx';
import { CareLine, PendingLine, type Act } from './lines.tsx';
import { Repair } from './repair.tsx';
import { Said, useSending } from './sending.tsx';
import { Withdrawn } from './withdrawn.tsx';
import './outbox.css';

interface Opened {
  readonly item: OutboxItem;
  readonly act: Act;
}

export function Outbox() {
  const session = useSession();
  const { rescue, sync } = useTablet();
  const [opened, setOpened] = useState<Opened>();
  const lists = outboxLists(session.outbox.value);
  const { refused, waiting, pending } = lists;
  const { send, said } = useSending();
  const line = (item: OutboxItem) =>
    isChosenHere(item, session.outbox.value, session.get) ? (
      <ChosenLine key={item.id} item={item} />
    ) : (
      <CareLine key={item.id} item={item} onAct={(act) => setOpened({ item, act })} />
    );
  return (
    <section class="screen" aria-label="未送信・要確認">
      <header class="screen-head">
        <h1>未送信・要確認</h1>
        <SendNow onPress={send} />
      </header>
      <Said words={said} />
      <ProblemNotice problem={sync.value.problem} />
      <OthersNotice mine={tallyOf(lists)} />
      <Section title="要確認" aside={<Counted n={refused.length} unit="件" />}>
        <List label="要確認">{refused.map(line)}</List>
        {refused.length === 0 && <Empty>確かめる記録はありません。</Empty>}
      </Section>
      {waiting.length > 0 && (
        <Section title="待っています" aside={<Counted n={waiting.length} unit="件" />}>
          <p>
            サーバーに届いています。もとの記録が届くと、自動で入ります。届かないと分かったものは、その行に書いてあります。
          </p>
          <List label="待っています">{waiting.map(line)}</List>
        </Section>
      )}
      <Section title="未送信" aside={<Counted n={pending.length} unit="件" />}>
        <List label="未送信">
          {pending.map((item) => (
            <PendingLine key={item.id} item={item} />
          ))}
        </List>
        {pending.length === 0 && <Empty>{allSentWords(lists)}</Empty>}
      </Section>
      {pending.length > 0 && <RescueFold rescue={rescue} />}
      <Withdrawn />
      {opened && <Sheets opened={opened} setOpened={setOpened} />}
    </section>
  );
}

interface SheetsProps {
  readonly opened: Opened;
  readonly setOpened: (opened: Opened | undefined) => void;
}

function Sheets({ opened: { item, act }, setOpened }: SheetsProps) {
  const session = useSession();
  const close = () => setOpened(undefined);
  switch (act) {
    case 'open':
      return (
        <Repair item={item} onClose={close} onDiscard={() => setOpened({ item, act: 'discard' })} />
      );
    case 'decide':
      return (
        <Decide item={item} onClose={close} onDiscard={() => setOpened({ item, act: 'discard' })} />
      );
    case 'discard':
      return (
        <Discard
          item={item}
          records={item.records.map(({ kind, id }) => session.get(kind, id))}
          title={`「${item.title}」`}
          points={discardPoints(item)}
          done="取り下げました。「取り下げた記録」にあります"
          onDiscard={(reason) => session.discard(item.id, reason)}
          onClose={close}
        />
      );
  }
}

function SendNow({ onPress }: { readonly onPress: () => Promise<void> }) {
  const { busy } = useTablet().sync.value;
  return (
    <div class="buttons outbox-send">
      <Button onPress={() => go('proof')}>きょうの照合</Button>
      <Button kind="primary" busy={busy} onPress={onPress}>
        {busy ? '送っています…' : 'いま送る'}
      </Button>
    </div>
  );
}

/** The top bar counts everybody's entries on this tablet; this list shows one's own. Views are entries to nobody. */
function OthersNotice({ mine }: { readonly mine: Tally }) {
  const [title, ...more] = elsewhereWords(useTablet().sync.value, mine);
  if (title === undefined) return null;
  return (
    <Notice title={title}>
      {more.map((words) => (
        <p key={words}>{words}</p>
      ))}
      <p>送信は自動で続きます。要確認の記録は、書いた職員が画面をひらくと、ここに出ます。</p>
    </Notice>
  );
}
