/**
 * The last resort, where not even the lock screen can be drawn: whoever was in is locked out, for nothing watches over an
 * idle screen any more, and what is unsent can still be written out.
 */
import { useEffect } from 'preact/hooks';
import { RescueFold } from '../screens/rescue/rescue-export.tsx';
import { useTablet } from '../state/context.ts';
import { lockNow } from '../state/leave.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

export function AppFailed() {
  const tablet = useTablet();
  useEffect(() => void lockNow(tablet), [tablet]);
  return (
    <main class="screen">
      <Notice tone="danger" title="画面を表示できません。">
        <p>保存した記録は安全です。未送信の記録の送信は続きます。</p>
        <p>「もう一度ひらく」を押してください。続くときは、責任者に知らせてください。</p>
        <Button kind="primary" onPress={() => location.reload()}>
          もう一度ひらく
        </Button>
      </Notice>
      <RescueFold rescue={tablet.rescue} />
    </main>
  );
}
