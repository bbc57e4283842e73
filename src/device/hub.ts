/**
 * What one tab's tablet is made of, and who sits at it: databases, network, the counter's stream and at most one open desk.
 * Seating somebody closes the desk before.
 */
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { ok, type Result } from '../domain/problem.ts';
import { createCounter, type Counter } from './counter.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { createIds } from './ids.ts';
import { createNet, type Net } from './net.ts';
import type { DevicePorts } from './ports.ts';
import { outboxTag } from './push.ts';
import { createSession } from './session.ts';
import { openStores, type Stores } from './stores.ts';
import { createTabletState, type TabletState } from './tablet-state.ts';
import type { Session } from './types.ts';
import type { UnlockContext } from './unlock.ts';

export interface Hub {
  readonly ports: DevicePorts & DeskPorts;
  readonly net: Net;
  readonly stores: Stores;
  readonly state: TabletState;
  readonly counter: ReadonlySignal<Counter | undefined>;
  readonly session: ReadonlySignal<Session | undefined>;
  readonly desk: () => Desk | undefined;
  readonly closeDesk: () => void;
  readonly seat: (desk: Desk) => void;
  /** Reads the tablet's own database again: somebody was enrolled, here or in another tab. */
  readonly readAgain: () => Promise<Result<void>>;
  /** undefined before the tablet is admitted. */
  readonly context: () => UnlockContext | undefined;
}

export function createHub(given: DevicePorts, wake: () => void): Hub {
  const stores = openStores(given.storage);
  const net = createNet(given);
  const state = createTabletState(stores);
  const counter = signal<Counter | undefined>(undefined);
  const session = signal<Session | undefined>(undefined);
  let desk: Desk | undefined;

  const wrote = (store: string) => {
    given.channel.post({ type: 'entries', store });
    void state.refreshCounts();
    void given.requestBackgroundSync?.(outboxTag);
    wake();
  };
  const ports = { ...given, newId: createIds(given), wrote };
  const closeDesk = () => {
    if (desk) given.vault.lock(desk.keys.store);
    desk?.close();
    desk = undefined;
    session.value = undefined;
  };
  const readAgain = async (): Promise<Result<void>> => {
    const read = await state.refresh();
    if (!read.ok) return read;
    const { enrolment } = state.known.peek();
    if (!enrolment || counter.peek()?.store === enrolment.counterStore) return ok(undefined);
    const made = createCounter(ports, stores, enrolment, leaseOf(state, enrolment.counterStore));
    counter.value = made;
    return made.refresh();
  };
  const onRevoked = (store: string) => {
    if (desk?.keys.store === store) closeDesk();
    given.channel.post({ type: 'stores' });
    void readAgain();
  };
  return {
    ports,
    net,
    stores,
    state,
    counter,
    session,
    desk: () => desk,
    closeDesk,
    readAgain,
    seat: (next) => {
      closeDesk();
      desk = next;
      session.value = createSession(next, nameOf(state, next.actor.user));
      wake();
    },
    context: () => {
      const found = counter.peek();
      return found && { ports, net, stores, counter: found, onRevoked };
    },
  };
}

function nameOf(state: TabletState, staff: string): string {
  const known = state.known.peek().enrolment?.staff ?? [];
  return known.find(({ id }) => id === staff)?.name ?? '';
}

function leaseOf(state: TabletState, store: string) {
  return () => {
    const row = state.known.peek().stores.find((found) => found.store === store);
    if (!row) throw new Error('a store without a lease');
    return row.lease;
  };
}
