/**
 * What a closed epoch waits for: the stores that are in use, had pushed before, and have not offered all they have; and the
 * two supervisors who may open it without them.
 */
import { ok, type Result } from '../domain/problem.ts';
import type { EpochState } from '../sync/protocol.ts';
import { readEpoch } from './log-now.ts';
import type { Tables } from './schema.ts';
import type { Server } from './server.ts';
import type { Asker } from './session.ts';
import { nameOfStaff } from './staff.ts';
import type { Tx } from './storage.ts';

interface Release {
  readonly staff: string;
  readonly at: number;
}

export async function releasesOf(tx: Tx, tenant: string, epoch: string): Promise<Release[]> {
  const row = await tx
    .selectFrom('epoch')
    .select('released_by')
    .where('tenant', '=', tenant)
    .where('epoch', '=', epoch)
    .executeTakeFirst();
  return JSON.parse(row?.released_by ?? '[]') as Release[]; // written by us alone
}

/** A lane in which nothing has been heard of is not waited for. */
export async function missingStores(
  tx: Tx,
  tenant: string,
  epoch: string,
): Promise<Tables['store'][]> {
  const stores = await tx
    .selectFrom('store')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('state', '=', 'active')
    .where('pushed_at', 'is not', null)
    .execute();
  const missing: Tables['store'][] = [];
  for (const store of stores) {
    const isWaitedFor = async (lane: 'write' | 'access', offered: string | null) =>
      offered !== epoch && (await hasLane(tx, tenant, store.store, lane));
    if (
      (await isWaitedFor('write', store.offered_write)) ||
      (await isWaitedFor('access', store.offered_access))
    )
      missing.push(store);
  }
  return missing;
}

async function hasLane(tx: Tx, tenant: string, store: string, lane: 'write' | 'access') {
  for (const table of ['entry', 'reoffer'] as const) {
    const row = await tx
      .selectFrom(table)
      .select('seq')
      .where('tenant', '=', tenant)
      .where('store', '=', store)
      .where('lane', '=', lane)
      .limit(1)
      .executeTakeFirst();
    if (row) return true;
  }
  return false;
}

export async function epochState(server: Server): Promise<EpochState> {
  const { tenant } = server;
  return server.storage.read(async (tx): Promise<EpochState> => {
    const { epoch, isClosed } = await readEpoch(tx, tenant);
    const row = await tx
      .selectFrom('epoch')
      .select('made_at')
      .where('tenant', '=', tenant)
      .where('epoch', '=', epoch)
      .executeTakeFirst();
    const madeAt = row?.made_at ?? 0;
    if (!isClosed) return { state: 'open', madeAt, releases: [], missing: [] };
    const releases = await releasesOf(tx, tenant, epoch);
    const missing = await missingStores(tx, tenant, epoch);
    return {
      state: 'closed',
      madeAt,
      releases: await Promise.all(
        releases.map(async (one) => ({ ...one, name: await nameOf(server, tx, one.staff) })),
      ),
      missing: await Promise.all(missing.map((store) => shown(server, tx, store))),
    };
  });
}

async function nameOf(server: Server, tx: Tx, staff: string): Promise<string> {
  return (await nameOfStaff(server, tx, staff)) ?? staff;
}

async function shown(server: Server, tx: Tx, store: Tables['store']) {
  const device = await tx
    .selectFrom('device')
    .select('name')
    .where('tenant', '=', server.tenant)
    .where('device', '=', store.device)
    .executeTakeFirst();
  const heardAt = Math.max(store.pushed_at ?? 0, store.pulled_at ?? 0) || null;
  const userName = store.role === 'counter' ? null : await nameOf(server, tx, store.user);
  return { deviceName: device?.name ?? '', userName, heardAt };
}

/** Counts once for each supervisor. */
export async function release(server: Server, { member }: Asker): Promise<Result<void>> {
  const { tenant } = server;
  await server.storage.write(tenant, async (tx) => {
    const { epoch, isClosed } = await readEpoch(tx, tenant);
    const releases = await releasesOf(tx, tenant, epoch);
    if (!isClosed || releases.some(({ staff }) => staff === member.id)) return;
    const all = [...releases, { staff: member.id, at: server.clock() }];
    await tx
      .updateTable('epoch')
      .set({ released_by: JSON.stringify(all) })
      .where('tenant', '=', tenant)
      .where('epoch', '=', epoch)
      .execute();
  });
  return ok(undefined);
}
