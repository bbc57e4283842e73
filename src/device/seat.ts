/**
 * Who sits at this tab: at most one open desk and the session that screens see of it. Seating somebody closes the desk
 * before, here and in other tabs; whoever is being let in while somebody locks stays outside.
 */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Desk } from './desk.ts';
import type { DevicePorts } from './ports.ts';
import type { Session } from './types.ts';

export type NewSession = (name: string) => Session;

export interface Seat {
  readonly session: ReadonlySignal<Session | undefined>;
  readonly desk: () => Desk | undefined;
  /** How often this tab was locked so far. */
  readonly locks: () => number;
  readonly lock: () => void;
  /** Closes a desk whose store is meant. */
  readonly closeIf: (isMeant: (store: string) => boolean) => void;
  /** Only if nobody locked since. */
  readonly seat: (desk: Desk, open: () => Session, locks: number) => Result<void>;
}

export function createSeat({ vault, channel }: Pick<DevicePorts, 'vault' | 'channel'>): Seat {
  const session = signal<Session | undefined>(undefined);
  let desk: Desk | undefined;
  let locks = 0;
  const putAway = (old: Desk | undefined) => {
    if (old) vault.lock(old.keys.store);
    old?.close();
  };
  const close = () => {
    putAway(desk);
    desk = undefined;
    session.value = undefined;
  };
  return {
    session,
    desk: () => desk,
    locks: () => locks,
    lock: () => {
      locks += 1;
      close();
    },
    closeIf: (isMeant) => {
      if (desk && isMeant(desk.keys.store)) close();
    },
    seat: (next, open, before) => {
      if (locks !== before) {
        putAway(next);
        return fail({ code: 'locked' });
      }
      close();
      desk = next;
      session.value = open();
      // What other tabs did while this desk was being opened, nobody told it.
      void next.catchUp();
      channel.post({ type: 'seated', store: next.keys.store });
      return ok(undefined);
    },
  };
}
