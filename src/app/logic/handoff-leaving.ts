/** Which handoffs are still on their way: domain.md's 送信待ち is what a tablet calls a `sent` that has not left it yet. */
import type { OutboxItem } from '../../device/types.ts';
import { text } from '../../domain/value.ts';

/**
 * What was sent on this tablet and the other desk has not from the server: still here alone, given to that desk by hand, or
 * at the server, waiting for what it rests on.
 */
export type Leaving = 'here' | 'byHand' | 'waits';

const sendingVerbs = ['offer', 'offerUnnamed', 'send', 'sendUnnamed'].map(
  (one) => `handoff.${one}`,
);
type Outbox = readonly Pick<OutboxItem, 'state' | 'verb' | 'args'>[];
type OutboxOfRecords = readonly Pick<OutboxItem, 'state' | 'verb' | 'records'>[];

/** Nothing that the other desk waits for. */
const silentVerbs = ['receive', 'draft', 'amend'].map((one) => `handoff.${one}`);

/** Ids of the handoffs that were sent here and have not reached the server. */
export const unsentHandoffs = (outbox: Outbox) => sentHere(outbox, 'pending');

/** Ids of those that have, and wait there. */
export const waitingHandoffs = (outbox: Outbox) => sentHere(outbox, 'blocked');

/** What somebody has done with it on this tablet, by a withdrawal of its consent too, and nobody else knows yet. */
export function hasUnsentStep(outbox: OutboxOfRecords, handoff: string): boolean {
  return outbox.some(
    ({ state, verb, records }) =>
      state === 'pending' &&
      !silentVerbs.includes(verb) &&
      records.some(({ kind, id }) => kind === 'handoff' && id === handoff),
  );
}

function sentHere(outbox: Outbox, wanted: OutboxItem['state']): readonly string[] {
  return outbox
    .filter(({ state, verb }) => state === wanted && sendingVerbs.includes(verb))
    .flatMap(({ args }) => text(args?.['id']) ?? []);
}
