/** Which handoffs are still on their way: domain.md's 送信待ち is what a tablet calls a `sent` that has not left it yet. */
import type { OutboxItem } from '../../device/types.ts';
import { text } from '../../domain/value.ts';

/** What was sent on this tablet and is not at the server: still here alone, or given to the other desk by hand. */
export type Leaving = 'here' | 'byHand';

const sendingVerbs = ['offer', 'offerUnnamed', 'send', 'sendUnnamed'].map(
  (one) => `handoff.${one}`,
);
const onTheWay = ['pending', 'blocked'];

/** Ids of the handoffs that were sent here and have not reached the server. */
export function unsentHandoffs(
  outbox: readonly Pick<OutboxItem, 'state' | 'verb' | 'args'>[],
): readonly string[] {
  return outbox
    .filter(({ state, verb }) => onTheWay.includes(state) && sendingVerbs.includes(verb))
    .flatMap(({ args }) => text(args?.['id']) ?? []);
}
