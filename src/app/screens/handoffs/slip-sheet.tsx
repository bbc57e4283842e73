/** The six digits, big, for the client to carry; on paper too. The slip names no person. */
import type { Values } from '../../../domain/value.ts';
import { formatLongJa } from '../../../domain/wareki.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession, useTablet } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PrintAlone } from '../../ui/print-alone.tsx';
import { Sheet } from '../../ui/sheet.tsx';

import { usePrinting } from './print-sheet.ts';

interface SlipSheetProps {
  readonly id: string;
  readonly slip: string;
  readonly values: Values;
  readonly onClose: () => void;
}

export function SlipSheet({ id, slip, values, onClose }: SlipSheetProps) {
  const session = useSession();
  const nameOf = namesOf(session.get);
  const number = `${slip.slice(0, 3)} ${slip.slice(3)}`;
  const from = `${nameOf('organisation', session.actor.org)}・${nameOf('site', session.actor.site)}`;
  const today = formatLongJa(useTablet().today());
  const to = `${nameOf('organisation', values['toOrg'])}・${nameOf('site', values['toSite'])}`;
  const { isPrinting, print } = usePrinting({ kind: 'handoff', id, sheet: 'slip' });
  return (
    <Sheet
      title="引継ぎ票"
      size="narrow"
      onClose={onClose}
      actions={
        <>
          <Button busy={isPrinting} onPress={print}>
            <Icon name="print" />
            紙に印刷する
          </Button>
          <Button kind="primary" size="large" onPress={onClose}>
            渡しました
          </Button>
        </>
      }
    >
      <p>この番号を紙に書いて、ご本人に渡してください。</p>
      <p class="slip-number" aria-label={`引継ぎ票の番号 ${slip.split('').join(' ')}`}>
        {number}
      </p>
      <p class="quiet">{to} の窓口で、この番号を見せてもらいます。</p>
      {isPrinting && (
        <PrintAlone>
          <article class="slip-paper">
            <h1>引継ぎ票</h1>
            <p class="slip-number">{number}</p>
            <p>この紙を、次の窓口でお見せください。</p>
            <p class="slip-to">{to}</p>
            <p>
              {today}　{from}
            </p>
          </article>
        </PrintAlone>
      )}
    </Sheet>
  );
}
