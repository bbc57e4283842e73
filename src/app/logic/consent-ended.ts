/** That a consent is over, in words: on the handoff that rested on it, and on the page of the person who gave it. */
import type { Session } from '../../device/types.ts';
import { stateOf } from '../../domain/kind.ts';
import { partOf, type Rec } from '../../domain/record.ts';
import { text } from '../../domain/value.ts';

type Get = Session['get'];

const words: Readonly<Record<string, string>> = {
  withdrawn: 'ご本人が、情報を伝える同意を撤回しました。',
  expired: '情報を伝える同意の期限が切れました。',
};

export const consentOf = (get: Get, handoff: Rec | undefined): Rec | undefined =>
  get('consent', text(partOf(handoff, 'facts')['consent']) ?? '');

/** Nothing where it lasts, or ended with the handoff itself. */
export const consentEnd = (get: Get, handoff: Rec | undefined): string | undefined =>
  words[stateOf(consentOf(get, handoff)) ?? ''];

/** Whether a person of either desk has withdrawn the last that she gave; one recorded for somebody else is none of hers. */
export function hasWithdrawn(get: Get, handoffs: readonly Rec[], seeker: string): boolean {
  const hers = handoffs.filter((handoff) => {
    const { fromSeeker } = partOf(handoff, 'sender');
    const { toSeeker } = partOf(handoff, 'receiver');
    return (fromSeeker === seeker || toSeeker === seeker) && stateOf(handoff) !== 'voided';
  });
  // Ids are in order of time.
  const given = hers
    .flatMap((handoff) => consentOf(get, handoff) ?? [])
    .filter((consent) => stateOf(consent) !== 'voided');
  const last = given.sort((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  return stateOf(last) === 'withdrawn';
}
