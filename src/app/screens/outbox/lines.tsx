/** One entry of 未送信・要確認 as a line: what, for whom, when, why, and one button. */
import { useEffect, useId, useState } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import {
  conflictWords,
  discardWords,
  remedyOf,
  remedyWords,
  whyOf,
  type DeadEnd,
} from '../../logic/outbox-view.ts';
import { deadEndNow } from '../../logic/outlook.ts';
import { overtaken } from '../../logic/overtaken.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/notice.tsx';
import { Entry } from './entry.tsx';

export type Act = 'open' | 'decide' | 'discard';

export function PendingLine({ item }: { readonly item: OutboxItem }) {
  return (
    <li class="row-item">
      <div class="row">
        <Entry item={item} />
        <Tag tone="warning">この端末に保存済み</Tag>
      </div>
    </li>
  );
}

export const stateWords: Readonly<Record<string, string>> = {
  rejected: '受け付けられませんでした',
  conflict: 'ほかの書き換えと重なりました',
  quarantined: 'サーバーで預かっています',
  blocked: '待っています',
};

/** Asked anew with every pull: what it is about may have moved on since it was refused. */
function useRemedy(item: OutboxItem) {
  const session = useSession();
  const [asked, setAsked] = useState<{ readonly deadEnd: DeadEnd | undefined }>();
  useEffect(() => {
    void deadEndNow(session, item).then((deadEnd) => setAsked({ deadEnd }));
  }, [item.id, item.state, session.asOf.value]);
  return {
    remedy: remedyOf(item, asked),
    refused: asked?.deadEnd?.problem,
    deadEnd: asked?.deadEnd,
  };
}

interface CareLineProps {
  readonly item: OutboxItem;
  readonly onAct: (act: Act) => void;
}

/** What waits by itself may be put right all the same, but nothing urges it; nor a step that somebody else overtook. */
export function CareLine({ item, onAct }: CareLineProps) {
  const { remedy, refused, deadEnd } = useRemedy(item);
  const words = whyOf(item, { remedy, refused, deadEnd, step: overtaken(item, useSession().get) });
  const waits = item.state === 'blocked';
  const about = useId();
  return (
    <li class="row-item">
      <div class="row outbox-refused">
        <Entry item={item} id={about} />
        <Tag tone={waits ? 'accent' : 'danger'}>
          {conflictWords(item) ?? stateWords[item.state] ?? item.state}
        </Tag>
        {words && (
          <p class="outbox-why">
            {words.what}
            <span class="quiet">
              {words.safe}
              {words.press}
            </span>
          </p>
        )}
        <div class="buttons outbox-acts">
          {remedy !== 'decide' && (
            <Button kind="plain" size="small" about={about} onPress={() => onAct('discard')}>
              {discardWords}
            </Button>
          )}
          {remedy && (
            <Button
              about={about}
              kind={waits || remedy === 'again' ? 'secondary' : 'primary'}
              onPress={() => onAct(remedy === 'decide' ? remedy : 'open')}
            >
              {remedyWords[remedy]}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
