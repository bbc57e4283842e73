/** The supervisor's list of tablets and stores of her counter, and the switch that turns one off at once. */
import { fail, ok, type Result } from '../domain/problem.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { nameOfStaff } from './staff.ts';
import type { Tables } from './schema.ts';

export async function listStores(server: Server, { member }: Asker) {
  return server.storage.read(async (tx) => {
    const stores = await tx
      .selectFrom('store')
      .selectAll()
      .where('tenant', '=', server.tenant)
      .where('site', '=', member.site)
      .orderBy('made_at')
      .execute();
    const devices = await tx
      .selectFrom('device')
      .selectAll()
      .where('tenant', '=', server.tenant)
      .where('site', '=', member.site)
      .orderBy('made_at')
      .execute();
    const nameOf = new Map(devices.map(({ device, name }) => [device, name]));
    const named = stores.map(async (store) => ({
      ...shown(store),
      deviceName: nameOf.get(store.device) ?? '',
      userName: await nameOfStaff(server, tx, store.user),
      mayRevoke: store.org === member.org,
    }));
    return {
      devices: devices.map(({ device, name, made_at }) => ({ device, name, madeAt: made_at })),
      stores: await Promise.all(named),
    };
  });
}

function shown(store: Tables['store']) {
  const { device, user, role, org, state } = store;
  const [pushedAt, pulledAt] = [store.pushed_at, store.pulled_at];
  const lastSyncAt = Math.max(pushedAt ?? 0, pulledAt ?? 0) || null;
  const times = { pushedAt, pulledAt, lastSyncAt, madeAt: store.made_at };
  return { store: store.store, device, user, role, org, state, ...times };
}

/** Her own organisation's stores at her counter; others answer as if there were none. */
export async function revokeStore(
  server: Server,
  { member }: Asker,
  store: string,
): Promise<Result<{ readonly store: string; readonly state: 'revoked' }>> {
  const now = server.clock();
  const changed = await server.storage.write(server.tenant, (tx) =>
    tx
      .updateTable('store')
      .set({ state: 'revoked', revoked_at: now, revoked_by: member.id })
      .where('tenant', '=', server.tenant)
      .where('store', '=', store)
      .where('site', '=', member.site)
      .where('org', '=', member.org)
      .executeTakeFirst(),
  );
  if (changed.numUpdatedRows === 0n) return fail({ code: 'notFound', kind: 'store' });
  server.sessions.end(store);
  server.hints.end(store);
  return ok({ store, state: 'revoked' });
}
