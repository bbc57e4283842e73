/** Finding the person who came, in memory; a new one is registered on the 求職者 screen, with what was typed. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { List, Row } from '../../ui/list.tsx';
import { NameWithKana } from '../../ui/text.tsx';

interface AttachPersonProps {
  readonly visit: Rec;
  readonly onChoose: (seeker: string) => Promise<void>;
}

const most = 12;

export function AttachPerson({ visit, onChoose }: AttachPersonProps) {
  const session = useSession();
  const today = useTablet().today();
  const [typed, setTyped] = useState('');
  const hits = typed.trim() === '' ? [] : session.search(typed).slice(0, most);
  return (
    <>
      <label>
        <span class="label">氏名・かな・生年月日・電話の下4けた</span>
        <input
          // The sheet's own opening moves the focus; this is where it goes.
          autofocus
          class="input"
          type="search"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <List label="見つかった求職者">
        {hits.map(({ record }) => {
          const card = personCard(record, today);
          return (
            <Row
              key={record.id}
              title={<NameWithKana name={card.name} kana={card.kana} />}
              sub={card.birth && `${card.birth}生`}
              aside={card.age}
              onPress={() => void onChoose(record.id)}
            />
          );
        })}
      </List>
      {typed.trim() !== '' && hits.length === 0 && <p>この端末では見つかりません。</p>}
      <div class="buttons">
        <Button onPress={() => go('seekers', { visit: visit.id, text: typed, values: {} })}>
          新しく登録する
        </Button>
        <Button kind="plain" onPress={() => go('seekers', { visit: visit.id, text: typed })}>
          サーバーでもさがす
        </Button>
      </div>
    </>
  );
}
