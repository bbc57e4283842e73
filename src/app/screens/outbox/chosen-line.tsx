/** Two values about which she has chosen, until the server has said so: nothing is left to press. */
import type { OutboxItem } from '../../../device/types.ts';
import { chosenWords } from '../../logic/chosen-here.ts';
import { Tag } from '../../ui/notice.tsx';
import { Entry } from './entry.tsx';

export function ChosenLine({ item }: { readonly item: OutboxItem }) {
  const { what, safe, press } = chosenWords(item);
  return (
    <li class="row-item">
      <div class="row outbox-refused">
        <Entry item={item} />
        <Tag tone="accent">決めました</Tag>
        <p class="outbox-why">
          {what}
          <span class="quiet">
            {safe}
            {press}
          </span>
        </p>
      </div>
    </li>
  );
}
