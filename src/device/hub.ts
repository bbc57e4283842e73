/** What one tab's tablet is made of: databases, network, the counter's stream, and the seat of whoever has unlocked it. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals-core';
import { ok, type Result } from '../domain/problem.ts';
import type { SessionResponse } from '../sync/protocol.ts';
import { createCounter, type Counter } from './counter.ts';
import type { Desk, DeskPorts } from './desk.ts';
import { isHeard } from './device-db.ts';
import { createIds } from './ids.ts';
import { createNet, type Net } from './net.ts';
import type { DevicePorts } from './ports.ts';
import { outboxTag } from './push.ts';
import { createSeat, type NewSession, type Seat } from './seat.ts';
import { createSpare } from './spare.ts';
import { openStores, type Stores } from './stores.ts';
import { createTabletState, type TabletState } from './tablet-state.ts';
import type { Spared } from './types.ts';
import type { UnlockContext } from './unlock.ts';

export interface Hub extends Omit<Seat, 'seat'> {
  readonly ports: DevicePorts & DeskPorts;
  readonly net: Net;
  readonly stores: Stores;
  readonly state: TabletState;
  readonly counter: ReadonlySignal<Counter | undefined>;
  readonly spared: Signal<Spared | undefined>;
  readonly seat: (desk: Desk, open: NewSession, locks: number) => Result<void>;
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
  const seat = createSeat(given);
  const spared = signal<Spared | undefined>(undefined);

  const wrote = (store: string) => {
    given.channel.post({ type: 'entries', store });
    void state.refreshCounts([store]);
    void given.requestBackgroundSync?.(outboxTag);
    wake();
  };
  const { spare: place, ...rest } = given;
  const spare = place && createSpare(place, given.timers);
  const ports = { ...rest, newId: createIds(given), wrote, ...(spare && { spare }) };
  const readAgain = async (): Promise<Result<void>> => {
    const read = await state.refresh();
    if (!read.ok) return read;
    const { enrolment, stores: rows } = state.known.peek();
    const live = rows.filter(({ state: now }) => now === 'live').map(({ store }) => store);
    seat.closeIf((store) => !live.includes(store));
    if (!enrolment || counter.peek()?.store === enrolment.counterStore) return ok(undefined);
    const { counterStore } = enrolment;
    const made = createCounter(ports, stores, enrolment, leaseOf(state, counterStore), () =>
      state.known.peek().stores.some((row) => row.store === counterStore && row.state === 'forked'),
    );
    counter.value = made;
    return made.refresh();
  };
  const onRevoked = (store: string) => {
    seat.closeIf((open) => open === store);
    given.channel.post({ type: 'stores' });
    void readAgain();
  };
  const onSaid = (said: SessionResponse) => {
    if (isNews(state, said)) void state.refresh();
  };
  return {
    ...seat,
    ports,
    net,
    stores,
    state,
    counter,
    spared,
    readAgain,
    seat: (desk, open, locks) => {
      const session = () => open(nameOf(state, desk.actor().user));
      const seated = seat.seat(desk, session, locks);
      if (seated.ok) wake();
      return seated;
    },
    context: () => {
      const found = counter.peek();
      return found && { ports, net, stores, counter: found, onRevoked, onSaid };
    },
  };
}

function nameOf(state: TabletState, staff: string): string {
  const known = state.known.peek().enrolment?.staff ?? [];
  return known.find(({ id }) => id === staff)?.name ?? '';
}

/** By the lease of another counter this one learns that it has moved (counter-login.ts). */
function isNews(state: TabletState, said: SessionResponse): boolean {
  const { enrolment, stores } = state.known.peek();
  const own = stores.find(({ store }) => store === enrolment?.counterStore);
  return own?.lease.lease.site !== said.lease.lease.site || !isHeard(enrolment, said);
}

function leaseOf(state: TabletState, store: string) {
  return () => {
    const row = state.known.peek().stores.find((found) => found.store === store);
    if (!row) throw new Error('a store without a lease');
    return row.lease;
  };
}
