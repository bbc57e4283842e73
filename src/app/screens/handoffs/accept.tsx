/**
 * 受け入れる: the own seeker who may be meant stands first (kana, birth date, phone), any other can be searched; else the
 * person is registered from the offer in the same write. The sender's file is never touched.
 */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { partOf, type Rec } from '../../../domain/record.ts';
import { FormFields } from '../../form/form-fields.tsx';
import { useForm } from '../../form/use-form.ts';
import { useWrite, type Write } from '../../form/use-write.ts';
import { seekerFromOffer } from '../../logic/accept-offer.ts';
import { isLikely, likenessLabels, lookAlikes } from '../../logic/look-alikes.ts';
import { seekerFields, withPhoneTail } from '../../logic/registration-parts.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { Chips } from '../../ui/chips.tsx';
import { List } from '../../ui/list.tsx';
import { ProblemNotice } from '../../ui/notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Otherwise, Who } from './accept-who.tsx';
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
  return (
    <Sheet title="引継ぎを受け入れる" onClose={onClose}>
      <Who record={record} />
      {alike.length > 0 && (
        <p class="accept-lead">
          自分の組織の台帳に、似ている方が{alike.length}
          人います。同じ方なら、その方を押してください。
        </p>
      )}
      <Chips
        label="受け入れかた"
        options={[
          { code: 'known', label: '登録ずみの方' },
          { code: 'new', label: '新しく登録する' },
        ]}
        value={way}
        onChange={setWay}
      />
      {way === 'known' ? (
        <Known record={record} alike={alike} offered={offered} />
      ) : (
        <NewPerson record={record} offered={offered} />
      )}
    </Sheet>
  );
}

interface KnownProps {
  readonly record: Rec;
  readonly offered: ReturnType<typeof seekerFromOffer>;
  readonly alike: ReturnType<typeof lookAlikes>;
}

function Known({ record, offered, alike }: KnownProps) {
  const session = useSession();
  const write = useWrite();
  const visited = useLastVisits();
  const [chosen, setChosen] = useState<string>();
  const accept = async () => {
    const seeker = chosen ?? '';
    const saved = await write.save('handoff.accept', { id: record.id, seeker });
    if (saved !== undefined) go('seeker', { seeker });
  };
  return (
    <div class="accept-known">
      <List label="似ている方">
        {alike.map(({ record: one, why }) => (
          <SeekerRow
            key={one.id}
            record={one}
            visited={visited}
            isSelected={one.id === chosen}
            why={why.map((key) => likenessLabels[key]).join('・')}
            onPress={() => setChosen(one.id)}
          />
        ))}
      </List>
      <PersonPicker
        label="ほかの方を探す"
        chosen={alike.some(({ record: one }) => one.id === chosen) ? undefined : chosen}
        onChoose={setChosen}
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

interface NewPersonProps {
  readonly record: Rec;
  readonly offered: ReturnType<typeof seekerFromOffer>;
}

const names = [
  'familyName',
  'givenName',
  'familyKana',
  'givenKana',
  'birthDate',
  'phone',
  'wishes',
];

function NewPerson({ record, offered }: NewPersonProps) {
  const session = useSession();
  const [newSeeker] = useState(() => session.newId());
  // The offer may go while she types.
  const [filled] = useState(offered);
  const form = useForm({
    fields: seekerFields,
    initial: filled,
    draftKey: `handoff.acceptNew ${record.id}`,
  });
  const write = useWrite(form);
  const accept = async () => {
    const args = { ...withPhoneTail(form.args()), id: record.id, newSeeker };
    if ((await write.save('handoff.acceptNew', args, { seen: filled })) !== undefined)
      go('seeker', { seeker: newSeeker });
  };
  return (
    <div class="accept-new">
      <p class="quiet">
        {Object.keys(filled).length > 0
          ? '伝えられた内容を写してあります。ご本人に確かめて直してください。'
          : 'ご本人に聞いて書いてください。'}
      </p>
      <FormFields form={form} names={names} />
      <ProblemNotice problem={write.problem} />
      <AcceptButton write={write} label="登録して受け入れる" onPress={accept} />
    </div>
  );
}

interface AcceptButtonProps {
  readonly write: Write;
  readonly label: string;
  readonly onPress: () => unknown;
  /** Beside the button, so that it is never out of sight where the button is in sight. */
  readonly children?: ComponentChildren;
}

function AcceptButton({ write, label, onPress, children }: AcceptButtonProps) {
  return (
    <div class="accept-action">
      {children}
      <Button kind="primary" size="large" busy={write.busy} onPress={onPress}>
        {label}
      </Button>
    </div>
  );
}
