/**
 * While paper is being entered the frame stands on the paper's day: screens below see that day's tablet and session, and a bar
 * says so everywhere. It ends by its button, and with the lock.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { formatLongJa } from '../../domain/wareki.ts';
import { SessionContext, TabletContext, useSession, useTablet } from '../state/context.ts';
import { endPaperDay, paperDay, sessionOn, tabletOn } from '../state/paper-day.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

export function PaperDayBar() {
  const day = paperDay.value;
  if (day === undefined) return null;
  return (
    <div class="paper-day-bar" role="status">
      <Icon name="warning" />
      <p>
        <strong>紙から入力中</strong>　{formatLongJa(day)}の記録として保存します。
      </p>
      <Button size="small" onPress={endPaperDay}>
        入力を終わる
      </Button>
    </div>
  );
}

export function OnPaperDay({ children }: { readonly children: ComponentChildren }) {
  const [tablet, session] = [useTablet(), useSession()];
  const day = paperDay.value;
  const there = useMemo(() => tabletOn(tablet, day), [tablet, day]);
  const hers = useMemo(() => sessionOn(session, day), [session, day]);
  useEffect(() => endPaperDay, []);
  return (
    <TabletContext.Provider value={there}>
      <SessionContext.Provider value={hers}>{children}</SessionContext.Provider>
    </TabletContext.Provider>
  );
}
