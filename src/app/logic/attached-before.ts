/** A visit that was attached to somebody else first: whose it is now, and where that is put right. */
import type { Session } from '../../device/types.ts';
import { seekerName } from '../../domain/kinds/seeker.ts';
import { sideOf } from '../../domain/kinds/visit.ts';
import { partOf } from '../../domain/record.ts';
import { text, type Values } from '../../domain/value.ts';
import { discardWords, type DeadEnd } from './outbox-view.ts';

export function attachedBefore(
  { get, actor }: Pick<Session, 'get' | 'actor'>,
  { verb, args = {} }: { readonly verb: string; readonly args: Values | undefined },
): DeadEnd | undefined {
  const side = sideOf(actor);
  const visit = get('visit', text(args['id']) ?? '');
  const now = text(partOf(visit, side)[`${side}Seeker`]);
  if (verb !== 'visit.attach' || now === undefined) return undefined;
  const name = seekerName(get('seeker', now));
  const whose = name === '' ? 'ほかの方' : `「${name}」さん`;
  const isSame = now === args['seeker'];
  const reason = isSame
    ? `この来所は、もう${whose}に結びついています。`
    : `この来所には、先に${whose}が結びつけられています。`;
  const other = isSame || name === '' ? '' : elsewhere(whose);
  const press = `いまのままでよければ「${discardWords}」を押してください。${other}`;
  const safe = '来所の記録は、何も変えていません。';
  return {
    problem: { code: 'refused', reason },
    safe,
    press,
    ...(name === '' ? {} : { page: now }),
  };
}

const elsewhere = (whose: string) =>
  `ちがうときは、${whose}のページの「経過」で、この来所の「訂正・取消」をひらき、「別の人に付けかえる」で直してください。そのあと、この記録を取り下げてください。`;
