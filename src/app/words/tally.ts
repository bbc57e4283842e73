/**
 * What a person must look at, what waits by itself and what is unsent: counted in one way and said in the same words wherever
 * numbers of entries stand, be it of a tablet, of one's own list, of a day or of what the server tells.
 */
import type { SyncState } from '../../device/types.ts';
import { waitsByItself } from '../../sync/verdict.ts';
import type { OutboxLists } from '../logic/outbox-view.ts';

export interface Tally {
  readonly care: number;
  readonly waits: number;
  readonly unsent: number;
}

/** Of everybody on this tablet. */
export function tallyHere(state: Pick<SyncState, 'pending' | 'views' | 'needsCare' | 'waits'>) {
  const { needsCare, waits = 0 } = state;
  return { care: needsCare - waits, waits, unsent: entered(state) };
}

/** What somebody entered. Views of files wait as well, and are told on the page where the button leads. */
export function entered({ pending, views = 0 }: Pick<SyncState, 'pending' | 'views'>): number {
  return pending - views;
}

/** Of one's own lists. */
export function tallyOf({ refused, waiting, pending }: OutboxLists): Tally {
  return { care: refused.length, waits: waiting.length, unsent: pending.length };
}

/** Of what has arrived and is not settled, by the server's own words. */
export function tallyArrived(codes: readonly string[]): Tally {
  const waits = codes.filter(waitsByItself).length;
  return { care: codes.length - waits, waits, unsent: 0 };
}

export function tallyBeside(all: Tally, some: Tally): Tally {
  const rest = (name: keyof Tally) => Math.max(0, all[name] - some[name]);
  return { care: rest('care'), waits: rest('waits'), unsent: rest('unsent') };
}

export function tallySum(a: Tally, b: Tally): Tally {
  return { care: a.care + b.care, waits: a.waits + b.waits, unsent: a.unsent + b.unsent };
}

/** 「要確認2件・待っています1件・未送信3件」; nothing of what there is none of. */
export function tallyWords({ care, waits, unsent }: Tally): string {
  const named = [
    ['要確認', care],
    ['待っています', waits],
    ['未送信', unsent],
  ] as const;
  return named.flatMap(([name, n]) => (n > 0 ? [`${name}${n}件`] : [])).join('・');
}

/** What that means for the records. */
export function unsettledWords({ care, waits }: Tally): string {
  const first = 'サーバーに届いていますが、';
  if (care === 0) return `${first}もとの記録が届くのを待っています。届くと、自動で入ります。`;
  const rest = waits > 0 ? '「待っています」は、もとの記録が届くと、自動で入ります。' : '';
  return `${first}人が確かめるまで、記録に入らないものがあります。${rest}`;
}
