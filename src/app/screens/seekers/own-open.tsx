/** On a person's page: what I entered about her and is not in her records. Nobody shall think it lost, and type it again. */
import type { OutboxItem } from '../../../device/types.ts';
import type { Rec } from '../../../domain/record.ts';
import { ownOpen } from '../../logic/own-open.ts';
import { idsOfPerson } from '../../logic/person.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TimeText } from '../../ui/text.tsx';

export function OwnOpen({ seeker }: { readonly seeker: Rec }) {
  const session = useSession();
  const ids = idsOfPerson(seeker.id, session.all('link').value, session.all('seeker').value);
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
  return (
    <li>
      {item.title}
      <span class="quiet">
        {'　'}
        <TimeText at={item.occurredAt} withDate />
        {'　'}
        {item.state === 'blocked' ? '待っています' : '受け付けられていません'}
      </span>
    </li>
  );
}
