/**
 * 受け入れる: the own seeker who may be meant stands first (kana, birth date, phone), any other can be searched; else the
 * person is registered from the offer in the same write. The sender's file is never touched.
 */
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import type { Values } from '../../../domain/value.ts';
import { useWrite } from '../../form/use-write.ts';
import { seekerFromOffer } from '../../logic/accept-offer.ts';
import { isLikely, likenessLabels, lookAlikes, type LookAlike } from '../../logic/look-alikes.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Chips } from '../../ui/chips.tsx';
import { List } from '../../ui/list.tsx';
import { Notice, ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { AcceptButton } from './accept-button.tsx';
import { Left, NewPerson } from './accept-new.tsx';
import { Otherwise, Who } from './accept-who.tsx';
import { useNewPerson } from './use-new-person.ts';
import { useTaking, type Taking } from './use-taking.ts';
import { PersonPicker } from '../seekers/person-picker.tsx';
import { SeekerRow } from '../seekers/seeker-row.tsx';
import { useLastVisits } from '../seekers/use-person.ts';

interface AcceptProps {
  readonly record: Rec;
  readonly onClose: () => void;
}

export function Accept({ record, onClose }: AcceptProps) {
  const session = useSession();
  const offered = seekerFromOffer(partOf(record, 'offer'));
  const alike = lookAlikes(session.all('seeker').value, session.actor.org, offered);
  const [way, setWay] = useState(alike.some((one) => isLikely(one, offered)) ? 'known' : 'new');
  const [chosen, setChosen] = useState<string>();
  const taking = useTaking(record);
  const person = useNewPerson(record, offered, taking.over !== undefined);
  const known = (seeker: string) => {
    setChosen(seeker);
    setWay('known');
  };
  return (
    <Sheet title="引継ぎを受け入れる" onClose={onClose}>
      <Who record={record} />
      {taking.over ? (
        <Notice tone="warning" title={taking.over} isAlert>
          <p>この画面からの受け入れは、記録していません。</p>
        </Notice>
      ) : (
        <Chips label="受け入れかた" options={ways} value={way} onChange={setWay} />
      )}
      {taking.over && <Left record={record} form={person.form} />}
      {!taking.over && way === 'new' && (
        <NewPerson {...{ record, person, taking }} onKnown={known} />
      )}
      {!taking.over && way === 'known' && (
        <Known {...{ record, alike, offered, taking, chosen }} onChoose={setChosen} />
      )}
    </Sheet>
  );
}

const ways = [
  { code: 'known', label: '登録ずみの方' },
  { code: 'new', label: '新しく登録する' },
];

interface KnownProps {
  readonly record: Rec;
  readonly offered: Values;
  readonly alike: readonly LookAlike[];
  readonly taking: Taking;
  readonly chosen: string | undefined;
  readonly onChoose: (seeker: string) => void;
}

function Known({ record, offered, alike, taking, chosen, onChoose }: KnownProps) {
  const session = useSession();
  const write = useWrite();
  const visited = useLastVisits();
  const accept = async () => {
    const seeker = chosen ?? '';
    const saved = await taking.take(write.save('handoff.accept', { id: record.id, seeker }));
    if (saved !== undefined) go('seeker', { seeker });
  };
  return (
    <div class="accept-known">
      {alike.length > 0 && (
        <p class="accept-lead">
          自分の組織の台帳に、似ている方が{alike.length}
          人います。同じ方なら、その方を押してください。
        </p>
      )}
      <List label="似ている方">
        {alike.map(({ record: one, why }) => (
          <SeekerRow
            key={one.id}
            record={one}
            visited={visited}
            isSelected={one.id === chosen}
            why={why.map((key) => likenessLabels[key]).join('・')}
            onPress={() => onChoose(one.id)}
          />
        ))}
      </List>
      <PersonPicker
        label="ほかの方を探す"
        chosen={alike.some(({ record: one }) => one.id === chosen) ? undefined : chosen}
        onChoose={onChoose}
      />
      <ProblemNotice problem={write.problem} />
      {chosen && (
        <AcceptButton write={write} label="この方として受け入れる" onPress={accept}>
          <Otherwise offered={offered} chosen={session.get('seeker', chosen)} />
        </AcceptButton>
      )}
    </div>
  );
}
