/** The counter's own lease is renewed online without a person, in its second half; its token reads nothing. */
import type { Problem } from '../domain/problem.ts';
import { keepSurveyPass } from './device-db.ts';
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
    const { issuedAt, expiresAt } = row.lease.lease;
    if (ports.clock.now() < (issuedAt + expiresAt) / 2) return undefined;
    const db = stores.of(row.store);
    const login = createLogin(ports, net, {
      store: row.store,
      identity: enrolment.identity,
      signingKey: enrolment.counterKey,
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
      onSurveyPass: (pass) => durably(stores.device, () => keepSurveyPass(stores.device, pass)),
    });
    const renewed = await login.renew();
    return renewed.ok || renewed.problem.code === 'revoked' ? undefined : renewed.problem;
  };
}
