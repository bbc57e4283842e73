/**
 * The counter's own lease is renewed online without a person, once a day, and with it the names of who may sign in here: who
 * begins or has left since. Its token reads nothing.
 */
import { businessDateJst } from '../domain/date.ts';
import type { Problem } from '../domain/problem.ts';
import { keepSaid, type StoreRow } from './device-db.ts';
import { durably } from './durable.ts';
import { createLogin } from './login.ts';
import type { Net } from './net.ts';
import type { Clock } from './ports.ts';
import type { Stores } from './stores.ts';
import type { TabletState } from './tablet-state.ts';

interface Ports {
  readonly clock: Clock;
  readonly crypto: SubtleCrypto;
}

export function createCounterLogin(
  ports: Ports,
  net: Net,
  stores: Stores,
  state: TabletState,
): () => Promise<Problem | undefined> {
  return async () => {
    const { enrolment, stores: rows } = state.known.peek();
    const row = rows.find(({ store }) => store === enrolment?.counterStore);
    if (!enrolment || !row || row.state !== 'live') return undefined;
    const today = businessDateJst(ports.clock.now());
    const isOfToday = businessDateJst(row.lease.lease.issuedAt) === today;
    if (isOfToday && !hasMoved(row, rows)) return undefined;
    const db = stores.of(row.store);
    const login = createLogin(ports, net, {
      store: row.store,
      identity: enrolment.identity,
      signingKey: enrolment.counterKey,
      lease: () => row.lease,
      onLease: async (lease) => {
        const kept = await durably(db, () => db.leases.put({ id: lease.lease.id, signed: lease }));
        if (!kept.ok) return kept;
        const noted = await durably(stores.device, () =>
          stores.device.stores.update(row.store, { lease }),
        );
        return noted.ok ? state.refresh() : noted;
      },
      // The server refuses what it must at push; the counter holds nothing that could be wiped.
      onRevoked: () => Promise.resolve(),
      onSaid: async (said) => {
        const kept = await durably(stores.device, () => keepSaid(stores.device, said));
        if (kept.ok && kept.value) await state.refresh();
      },
    });
    const renewed = await login.renew();
    return renewed.ok || renewed.problem.code === 'revoked' ? undefined : renewed.problem;
  };
}

/** Somebody's newer lease on this tablet is of another counter: it has moved, and counts there from now on. */
function hasMoved({ lease: { lease } }: StoreRow, rows: readonly StoreRow[]): boolean {
  return rows.some(
    ({ role, state, lease: { lease: other } }) =>
      role === 'user' &&
      state === 'live' &&
      other.issuedAt > lease.issuedAt &&
      other.site !== lease.site,
  );
}
