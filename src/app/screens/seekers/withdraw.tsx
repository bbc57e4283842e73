/** 同意の撤回: says plainly what will happen, then does it in one write; the link and what rests on it end with it. */
import { useState } from 'preact/hooks';
import type { Rec } from '../../../domain/record.ts';
import { partOf } from '../../../domain/record.ts';
import { codeLabel } from '../../../domain/codes.ts';
import { text, texts } from '../../../domain/value.ts';
import { useWrite } from '../../form/use-write.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { List, Row } from '../../ui/list.tsx';
import { Notice, ProblemNotice, Tag } from '../../ui/notice.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { DateText } from '../../ui/text.tsx';

interface WithdrawProps {
  readonly seeker: Rec;
  readonly consents: readonly Rec[];
  readonly onClose: () => void;
}

export function Withdraw({ seeker, consents, onClose }: WithdrawProps) {
  const write = useWrite();
  const [chosen, setChosen] = useState(consents.length === 1 ? consents[0]?.id : undefined);
  const withdraw = async () => {
    const saved = await write.save('consent.withdraw', { id: chosen ?? '' });
    if (saved !== undefined) onClose();
  };
  return (
    <Sheet
      title="同意を撤回する"
      size="narrow"
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
      actions={
        chosen && (
          <Button kind="danger" size="large" busy={write.busy} onPress={withdraw}>
            撤回を記録する
          </Button>
        )
      }
    >
      <Notice tone="warning" title="撤回すると、こうなります。">
        <ul>
          <li>
            この同意で伝えた内容は、相手の端末から消えます（相手の端末が次につながったとき）。
          </li>
          <li>終わっていない引継ぎは、取りやめになります。</li>
          <li>
            相手が自分の台帳に書いたもの（受け入れたときの氏名や電話番号など）は、相手の組織に残ります。
          </li>
          <li>こちらの台帳はそのまま残ります。</li>
        </ul>
      </Notice>
      <List label="撤回する同意">
        {consents.map((consent) => (
          <ConsentRow
            key={consent.id}
            consent={consent}
            isChosen={consent.id === chosen}
            onChoose={() => setChosen(consent.id)}
          />
        ))}
      </List>
      <ProblemNotice problem={write.problem} />
    </Sheet>
  );
}

interface ConsentRowProps {
  readonly consent: Rec;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function ConsentRow({ consent, isChosen, onChoose }: ConsentRowProps) {
  const nameOf = namesOf(useSession().get);
  const { toOrg, toSite, date, expiresOn } = partOf(consent, 'facts');
  const items = texts(partOf(consent, 'terms')['items']);
  return (
    <Row
      title={`${nameOf('organisation', toOrg)}・${nameOf('site', toSite)}へ`}
      sub={
        <>
          <DateText date={text(date)} />
          に同意・
          <DateText date={text(expiresOn)} />
          まで　{items.map((item) => codeLabel('sharedItem', item)).join('、')}
        </>
      }
      tags={isChosen && <Tag tone="accent">選択中</Tag>}
      isSelected={isChosen}
      onPress={onChoose}
    />
  );
}
