/** 未送信・要確認: every entry that is not yet safe or was refused: what, for whom, when, why, and one button. */
import { useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import { kindLabel } from '../../../domain/kinds/index.ts';
import { problemText } from '../../../domain/problem.ts';
import { text } from '../../../domain/value.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, List, Section } from '../../ui/list.tsx';
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx';
import { Counted, TimeText } from '../../ui/text.tsx';
import { syncWords } from '../../words/sync-words.ts';
import { Discard } from './discard.tsx';
import { isRepairable, Repair } from './repair.tsx';
import './outbox.css';

type Opened = { readonly item: OutboxItem; readonly act: 'repair' | 'discard' };

export function Outbox() {
  const session = useSession();
  const [opened, setOpened] = useState<Opened>();
  const items = session.outbox.value;
  const refused = items.filter(({ state }) => state !== 'pending' && state !== 'applied');
  const pending = items.filter(({ state }) => state === 'pending');
  const close = () => setOpened(undefined);
  return (
    <section class="screen" aria-label="未送信・要確認">
      <header class="screen-head">
        <h1>未送信・要確認</h1>
        <SendNow />
      </header>
      <OthersNotice mine={refused.length + pending.length} />
      <Section title="要確認" aside={<Counted n={refused.length} unit="件" />}>
        <List label="要確認">
          {refused.map((item) => (
            <Refused key={item.id} item={item} onOpen={setOpened} />
          ))}
        </List>
        {refused.length === 0 && <Empty>確かめる記録はありません。</Empty>}
      </Section>
      <Section title="未送信" aside={<Counted n={pending.length} unit="件" />}>
        <List label="未送信">
          {pending.map((item) => (
            <li key={item.id} class="row-item">
              <div class="row">
                <Entry item={item} />
                <Tag tone="warning">この端末に保存済み</Tag>
              </div>
            </li>
          ))}
        </List>
        {pending.length === 0 && <Empty>すべて送信済みです。</Empty>}
      </Section>
      {opened?.act === 'repair' && <Repair item={opened.item} onClose={close} />}
      {opened?.act === 'discard' && <Discard item={opened.item} onClose={close} />}
    </section>
  );
}

function SendNow() {
  const tablet = useTablet();
  const state = tablet.sync.value;
  const { words } = syncWords(state);
  return (
    <>
      <ProblemNotice problem={state.problem} />
      <div class="buttons outbox-send">
        <span role="status">{words}</span>
        <Button kind="primary" busy={state.busy} onPress={() => tablet.syncNow()}>
          {state.busy ? '送っています…' : 'いま送る'}
        </Button>
      </div>
    </>
  );
}

/** The top bar counts everybody's entries on this tablet; this list shows one's own. */
function OthersNotice({ mine }: { readonly mine: number }) {
  const { pending, needsCare } = useTablet().sync.value;
  const others = pending + needsCare - mine;
  if (others <= 0) return null;
  return (
    <Notice title={`ほかに、台帳を開いた記録や、ほかの職員・受付の記録が${others}件あります。`}>
      <p>送信は自動で続きます。要確認の記録は、書いた職員が画面をひらくと、ここに出ます。</p>
    </Notice>
  );
}

/** The person, or the visit that a nameless entry is about: one must know what to look at. */
function useWhatItIsAbout({ verb, args, personName }: OutboxItem): string {
  const session = useSession();
  const visit = verb.startsWith('visit.')
    ? session.get('visit', text(args?.['id']) ?? '')
    : undefined;
  return [personName, visit && visitWords(visit)].filter(Boolean).join('　') || '（人の指定なし）';
}

function Entry({ item }: { readonly item: OutboxItem }) {
  const about = useWhatItIsAbout(item);
  return (
    <span class="row-main">
      <span class="row-title">{item.title}</span>
      <span class="row-sub">
        <TimeText at={item.occurredAt} withDate />　{about}
      </span>
    </span>
  );
}

const stateWords: Readonly<Record<string, string>> = {
  rejected: '受け付けられませんでした',
  conflict: 'ほかの書き換えと重なりました',
  quarantined: 'サーバーで預かっています',
};

interface RefusedProps {
  readonly item: OutboxItem;
  readonly onOpen: (opened: Opened) => void;
}

function Refused({ item, onOpen }: RefusedProps) {
  const words = item.problem && problemText(item.problem, kindLabel);
  return (
    <li class="row-item">
      <div class="row outbox-refused">
        <Entry item={item} />
        <Tag tone="danger">{stateWords[item.state] ?? item.state}</Tag>
        {words && (
          <p class="outbox-why">
            {words.what}
            <span class="quiet">
              {words.safe}
              {words.press}
            </span>
          </p>
        )}
        <div class="buttons outbox-acts">
          <Button kind="plain" size="small" onPress={() => onOpen({ item, act: 'discard' })}>
            理由を書いて取り下げる
          </Button>
          {isRepairable(item) && (
            <Button kind="primary" onPress={() => onOpen({ item, act: 'repair' })}>
              直して送りなおす
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
