/** Choosing one person of the own organisation inside a sheet: the same search as the 求職者 screen, over cards only. */
import { useState } from 'preact/hooks';
import { stateOf } from '../../../domain/kind.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { personCard } from '../../logic/person.ts';
import { List, Row } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';
import { NameWithKana } from '../../ui/text.tsx';

interface PersonPickerProps {
  readonly label: string;
  readonly chosen: string | undefined;
  /** A person who cannot be the answer. */
  readonly without?: string | undefined;
  readonly onChoose: (id: string) => void;
}

const most = 8;

export function PersonPicker({ label, chosen, without, onChoose }: PersonPickerProps) {
  const session = useSession();
  const today = useTablet().today();
  const [typed, setTyped] = useState('');
  const found = session
    .search(typed)
    .map((hit) => hit.record)
    .filter((record) => record.id !== without && stateOf(record) === 'active')
    .slice(0, most);
  const shown = typed.trim() === '' ? [] : found;
  const one = chosen === undefined ? undefined : session.get('seeker', chosen);
  const rows = one && !shown.includes(one) ? [one, ...shown] : shown;
  return (
    <div class="person-picker">
      <label>
        <span class="label">{label}（名前・フリガナ・生年月日・電話の下4けた）</span>
        <input
          type="search"
          class="input"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <List label={`${label}の候補`}>
        {rows.map((record) => {
          const card = personCard(record, today);
          return (
            <Row
              key={record.id}
              title={<NameWithKana name={card.name} kana={card.kana} />}
              sub={[card.age, card.birth && `${card.birth}生`].filter(Boolean).join('　')}
              tags={record.id === chosen && <Tag tone="good">選択中</Tag>}
              isSelected={record.id === chosen}
              onPress={() => onChoose(record.id)}
            />
          );
        })}
      </List>
      {typed.trim() !== '' && shown.length === 0 && (
        <p class="quiet">この端末では見つかりません。</p>
      )}
    </div>
  );
}
