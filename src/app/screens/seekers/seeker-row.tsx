/** One person in a list: kana, name, age with 和暦 birth date, last visit this tablet knows of, whose case. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { namesOf } from '../../logic/names-of.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Row } from '../../ui/list.tsx';
import { Tag } from '../../ui/notice.tsx';
import { DateText, NameWithKana } from '../../ui/text.tsx';

interface SeekerRowProps {
  readonly record: Rec;
  /** Day of the last visit by person; absent where this tablet does not know her visits. */
  readonly visited?: ReadonlyMap<string, string> | undefined;
  /** Why the row is here, e.g. 「フリガナが同じ」. */
  readonly why?: string | undefined;
  readonly isSelected?: boolean | undefined;
  readonly onPress: () => void;
}

export function SeekerRow({ record, visited, why, isSelected, onPress }: SeekerRowProps) {
  const card = personCard(record, useTablet().today());
  const lastVisit = visited?.get(record.id);
  return (
    <Row
      title={<NameWithKana name={card.name} kana={card.kana} />}
      sub={
        <>
          {card.age ?? '年齢 未聴取'}
          {card.birth && `　${card.birth}生`}
          {card.alias && `　通称 ${card.alias}`}
          {card.phoneTail && `　電話の下4けた ${card.phoneTail}`}
          {why && <strong class="seekers-why">{why}</strong>}
        </>
      }
      aside={
        <span class="seekers-aside">
          {visited && <span>最近の来所 {lastVisit ? <DateText date={lastVisit} /> : 'なし'}</span>}
          <span class="quiet">{useCase(record)}</span>
        </span>
      }
      tags={isSelected && <Tag tone="good">選択中</Tag>}
      isSelected={isSelected}
      onPress={onPress}
    />
  );
}

/** The old name of a merged registration is what was found: the row shows under which one she stands now. */
export function formerlyWords(name: string): string {
  return `「${name}」から統合ずみ`;
}

/** The post that has the case where the file is open here, else the counter that registered her. */
function useCase(record: Rec): string {
  const session = useSession();
  const post = text(partOf(record, 'file')['post']);
  const site = namesOf(session.get)('site', partOf(record, 'facts')['site']);
  return post ? `担当席 ${post}` : `登録 ${site}`;
}
