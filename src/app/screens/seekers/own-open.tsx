/** On a person's page: what I entered about her and is not in her records. Nobody shall think it lost, and type it again. */
import type { OutboxItem } from '../../../device/types.ts';
import type { Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { ownOpen } from '../../logic/own-open.ts';
import { idsOfPerson } from '../../logic/person.ts';
import { visitWords } from '../../logic/visit-words.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';
import { useDeadEnd } from '../outbox/use-dead-end.ts';

export function OwnOpen({ seeker }: { readonly seeker: Rec }) {
  const session = useSession();
  const ids = idsOfPerson(seeker.id, session.all('link').value, session.all('seeker').value);
  return <OwnOpenOf ids={ids} />;
}

/** The same of somebody whose file this tablet does not hold. */
export function OwnOpenOf({ ids }: { readonly ids: readonly string[] }) {
  const session = useSession();
  const items = ownOpen(session.outbox.value, session.get, ids);
  if (items.length === 0) return null;
  return (
    <section aria-label="まだ記録に入っていない、あなたの入力">
      <Notice
        tone="warning"
        title={`この方についてのあなたの入力${items.length}件が、まだ記録に入っていません。`}
      >
        <ul class="seeker-own-open">
          {items.map((item) => (
            <Line key={item.id} item={item} />
          ))}
        </ul>
        <p>書いた内容は残っています。もう一度入力せず、「未送信・要確認」で確かめてください。</p>
        <Button onPress={() => go('outbox')}>未送信・要確認をひらく</Button>
      </Notice>
    </section>
  );
}

function Line({ item }: { readonly item: OutboxItem }) {
  const { get } = useSession();
  const { verb, args = {} } = item;
  const visit = verb.startsWith('visit.') && get('visit', text(args['id']) ?? '');
  return (
    <li>
      {item.title}
      {visit && `（${visitWords(visit)}）`}
      <span class="quiet">
        {'　'}
        <TimeText at={item.occurredAt} withDate />
        {'　'}
        {useStateWords(item)}
      </span>
    </li>
  );
}

function useStateWords(item: OutboxItem): string {
  const neverComes = useDeadEnd(item)?.deadEnd?.neverComes;
  if (item.state !== 'blocked') return '受け付けられていません';
  return neverComes ? '待っていても入りません' : '待っています';
}
