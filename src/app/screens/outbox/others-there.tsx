/** Consultations of the same person and day, as far as their nameless facts tell them: to see whether it is written down already. */
import { kindNamed } from '../../../domain/kinds/index.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { integer } from '../../../domain/value.ts';
import type { Anew } from '../../logic/anew.ts';
import { namesOf } from '../../logic/names-of.ts';
import { uuidTime } from '../../logic/uuid-time.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { TimeText } from '../../ui/text.tsx';

interface OthersThereProps {
  readonly anew: Anew;
  /** Her own entry, and not one that she takes over. */
  readonly isMine: boolean;
}

export function OthersThere({ anew, isMine }: OthersThereProps) {
  return (
    <>
      <p>
        同じ日に、この方の相談がほかに{anew.others.length}
        件あります。同じ内容がもう入っていないか、先に確かめてください。
      </p>
      <ul class="outbox-others" aria-label="同じ日の、この方の相談">
        {anew.others.map((record) => (
          <Other key={record.id} record={record} />
        ))}
      </ul>
      <p>
        <Button size="small" onPress={() => go('seeker', { seeker: anew.seeker.id })}>
          この方のページで確かめる
        </Button>
        <span class="quiet">
          　書きかけは残ります。{isMine ? '「未送信・要確認」' : '「管理」の「職員の要確認」'}
          から続けられます。
        </span>
      </p>
    </>
  );
}

function Other({ record }: { readonly record: Rec }) {
  const { get } = useSession();
  const facts = partOf(record, 'facts');
  const at = integer(facts['startedAt']) ?? uuidTime(record.id);
  const minutes = integer(facts['minutes']);
  const words = [
    kindNamed(record.kind)?.summary(record),
    minutes === undefined ? '' : `${minutes}分`,
    namesOf(get)('staff', facts['staff']),
  ];
  return (
    <li>
      {at !== undefined && <TimeText at={at} />} {words.filter(Boolean).join('・')}
    </li>
  );
}
