/** Whoever works at a counter that closes, or that took one over lately, reads it here: no colleague has to tell her. */
import { addDays } from '../../../domain/date.ts';
import { partOf } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { formatDateJa } from '../../../domain/wareki.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Notice } from '../../ui/notice.tsx';

const lately = 14;

export function MovingNotice() {
  const { actor, get } = useSession();
  const today = useTablet().today();
  const nameOf = namesOf(get);
  const { movedTo, closedOn, tookOver } = partOf(get('site', actor.site), 'facts');
  if (movedTo !== undefined)
    return (
      <Notice
        tone="warning"
        title={`この窓口は、${formatDateJa(text(closedOn) ?? today)}が最後の日です`}
      >
        <p>
          次の日から「{nameOf('site', movedTo)}
          」の仕事になります。引継ぎや予約は、そのまま続けられます。
        </p>
      </Notice>
    );
  const lastDay = text(partOf(get('site', text(tookOver) ?? ''), 'facts')['closedOn']);
  if (lastDay === undefined || addDays(lastDay, lately) < today) return null;
  return (
    <Notice tone="accent" title={`「${nameOf('site', tookOver)}」の仕事を引き継いでいます`}>
      <p>受けた引継ぎ・予約・支援中の方は、ここで続けられます。</p>
    </Notice>
  );
}
