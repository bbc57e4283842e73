/** One entry of 未送信・要確認 as a line: what, for whom, when, why, and one button. */
import { useId } from 'preact/hooks';
import type { OutboxItem } from '../../../device/types.ts';
import {
  conflictWords,
  discardWords,
  remedyOf,
  remedyWords,
  whyOf,
} from '../../logic/outbox-view.ts';
import { overtaken } from '../../logic/overtaken.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Tag } from '../../ui/notice.tsx';
import { Entry } from './entry.tsx';
import { useDeadEnd } from './use-dead-end.ts';

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

const neverWords = '待っていても入りません';

interface CareLineProps {
  readonly item: OutboxItem;
  readonly onAct: (act: Act) => void;
}

/** What waits by itself may be put right all the same, but nothing urges it; nor a step that somebody else overtook. */
export function CareLine({ item, onAct }: CareLineProps) {
  const asked = useDeadEnd(item);
  const deadEnd = asked?.deadEnd;
  const remedy = remedyOf(item, asked);
  const step = overtaken(item, useSession().get);
  const words = whyOf(item, { remedy, refused: deadEnd?.problem, deadEnd, step });
  const waits = item.state === 'blocked' && !deadEnd?.neverComes;
  const about = useId();
  return (
    <li class="row-item">
      <div class="row outbox-refused">
        <Entry item={item} id={about} />
        <Tag tone={waits ? 'accent' : 'danger'}>
          {deadEnd?.neverComes ? neverWords : (conflictWords(item) ?? stateWords[item.state])}
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
