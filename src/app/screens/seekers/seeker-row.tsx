/** One person in a list: kana, name, age with 和暦 birth date, last visit this tablet knows of, whose case. */
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { namesOf } from '../../logic/names-of.ts';
import { personCard } from '../../logic/person.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Row } from '../../ui/list.tsx';
import { DateText, NameWithKana } from '../../ui/text.tsx';

interface SeekerRowProps {
  readonly record: Rec;
  readonly lastVisit?: string | undefined;
  /** Why the row is here, e.g. 「フリガナが同じ」. */
  readonly why?: string | undefined;
  readonly onPress: () => void;
}

export function SeekerRow({ record, lastVisit, why, onPress }: SeekerRowProps) {
  const card = personCard(record, useTablet().today());
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
          <span>
            {lastVisit ? (
              <>
                最近の来所 <DateText date={lastVisit} />
              </>
            ) : (
              '最近の来所 なし'
            )}
          </span>
          <span class="quiet">{useCase(record)}</span>
        </span>
      }
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
