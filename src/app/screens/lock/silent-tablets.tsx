/** After an admission: tablets of this counter that the server has not heard of for long; this one may have been one of them. */
import { businessDateJst, jstTimeOfDay } from '../../../domain/date.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import { useTablet } from '../../state/context.ts';
import { Notice } from '../../ui/notice.tsx';

export function SilentTablets() {
  const silent = useTablet().enrolment.value?.silent ?? [];
  if (silent.length === 0) return null;
  return (
    <div class="lock-notice">
      <Notice tone="warning" title="しばらく届いていない端末があります。">
        <ul>
          {silent.map(({ name, heardAt }) => (
            <li key={name}>
              {name}（最後に届いた時刻：{formatWareki(businessDateJst(heardAt))}{' '}
              {jstTimeOfDay(heardAt)}）
            </li>
          ))}
        </ul>
        <p>
          この端末がそのうちの1台だったときは、そのあと未送信だった記録は失われています。責任者に知らせ、紙の控えと照らし合わせてください。
        </p>
      </Notice>
    </div>
  );
}
